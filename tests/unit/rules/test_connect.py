"""May these two be joined? Every pair of kinds has an answer, and a refusal says why."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from designer.model.flows import Flow
from designer.model.identity import EntityId
from designer.model.links import Attachment, Backend, Cable, Reference, Uplink
from designer.rules.connect import can_connect, can_flow
from designer.rules.runner import judge
from tests.unit.rules.designs import design

CORP: dict[str, Any] = {"mode": "transparent", "subnet": "10.0.0.0/24", "gateway": "10.0.0.1"}

EVERYTHING = (
    design()
    .segment("LAN")
    .router("Router")
    .client("Client")
    .network("overlay", mode="overlay", attachable=True)
    .host("HOST01")
    .nic("Ethernet")
    .team("Team")
    .switch("External")
    .switch("Internal", switch_type="internal")
    .switch("Private", switch_type="private")
    .vnic("leg")
    .winnat("WinNAT")
    .network("nat0", subnet="172.16.0.0/20")
    .network("corp", mode="transparent")
    .network("lab", mode="private")
    .compartment("c2")
    .container("web01")
    .container("api01", hyperv=True)
    .balancer("LB")
    .service("shop")
)


@pytest.mark.parametrize(
    ("a", "b", "link", "source"),
    [
        ("web01", "nat0", Attachment, "web01"),
        ("nat0", "api01", Attachment, "api01"),
        ("c2", "nat0", Attachment, "c2"),
        ("leg", "nat0", Attachment, "leg"),
        ("Internal", "leg", Attachment, "leg"),
        ("Ethernet", "corp", Uplink, "corp"),
        ("External", "Ethernet", Uplink, "External"),
        ("Team", "corp", Uplink, "corp"),
        ("overlay", "Ethernet", Uplink, "overlay"),
        ("LAN", "Ethernet", Cable, "Ethernet"),
        ("Router", "LAN", Cable, "Router"),
        ("LAN", "Client", Cable, "Client"),
        ("web01", "LB", Backend, "LB"),
        ("overlay", "shop", Attachment, "shop"),
    ],
)
def test_allowed_pairs_know_their_link_and_direction(a: str, b: str, link: type, source: str) -> None:
    found = can_connect(EVERYTHING.topology, EntityId(a), EntityId(b))
    assert found.ok
    assert found.link is link
    assert found.source == source


@pytest.mark.parametrize(
    ("a", "b", "code", "words"),
    [
        ("web01", "web01", "self-link", "itself"),
        ("web01", "External", "TOP004", "container network"),
        ("web01", "Ethernet", "needs-network", "through a container network"),
        ("web01", "LAN", "needs-adapter", "adapter of its host"),
        ("corp", "LAN", "needs-adapter", "adapter"),
        ("Client", "corp", "needs-segment", "physical network"),
        ("nat0", "Ethernet", "SWI003", "internal switch"),
        ("Internal", "Ethernet", "SWI003", "only an external one"),
        ("leg", "Private", "SWI005", "no port for the host"),
        ("leg", "lab", "SWI005", "no port for the host"),
        ("shop", "nat0", "CPS008", "--scope swarm"),
        ("shop", "corp", "SWM004", "no swarm knows"),
        ("shop", "LAN", "no-link", "have no link"),
        ("Ethernet", "Team", "drop-inside", "Drop"),
        ("corp", "External", "set-switch", "set the switch"),
        ("nat0", "External", "SWI004", "internal"),
        ("HOST01", "LAN", "no-link", "place"),
        ("WinNAT", "nat0", "no-link", "internal prefix"),
        ("nat0", "corp", "no-link", "have no link"),
        ("web01", "nowhere", "missing-end", "two elements"),
    ],
)
def test_refused_pairs_say_why(a: str, b: str, code: str, words: str) -> None:
    for left, right in ((a, b), (b, a)):
        found = can_connect(EVERYTHING.topology, EntityId(left), EntityId(right))
        assert not found.ok
        assert found.code == code
        assert words in found.reason
        assert found.reason.endswith(".")


def test_every_pair_has_an_answer_that_does_not_depend_on_the_order() -> None:
    topology = EVERYTHING.topology
    for first, second in combinations([element.id for element in topology.elements()], 2):
        one, other = can_connect(topology, first, second), can_connect(topology, second, first)
        if Flow in {one.link, other.link}:
            continue
        assert (one.ok, one.code, one.link, one.source) == (other.ok, other.code, other.link, other.source)
        assert one.ok or one.reason


@pytest.mark.parametrize(("a", "b"), [("corp", "External"), ("Ethernet", "Team")])
def test_a_refusal_may_carry_what_was_meant(a: str, b: str) -> None:
    found = can_connect(EVERYTHING.topology, EntityId(a), EntityId(b))
    assert found.fix is not None
    EVERYTHING.topology.apply(found.fix)


def test_a_note_points_at_anything() -> None:
    topology = EVERYTHING.note("note").topology
    for element in topology.elements():
        if element.id != "note":
            assert can_connect(topology, EntityId("note"), element.id).link is Reference


def test_the_same_link_twice_is_refused() -> None:
    attached = EVERYTHING.attached("web01", "nat0").cabled("Ethernet", "LAN")
    assert can_connect(attached.topology, EntityId("web01"), EntityId("nat0")).code == "MHM002"
    assert can_connect(attached.topology, EntityId("Ethernet"), EntityId("LAN")).code == "duplicate"


def test_an_adapter_has_one_cable_and_a_router_many() -> None:
    drawn = EVERYTHING.segment("LAN 2").cabled("Ethernet", "LAN").cabled("Router", "LAN")
    assert can_connect(drawn.topology, EntityId("Ethernet"), EntityId("LAN 2")).code == "one-cable"
    assert can_connect(drawn.topology, EntityId("Router"), EntityId("LAN 2")).ok


def test_links_do_not_cross_hosts_but_overlay_does() -> None:
    two = EVERYTHING.host("HOST02").container("web02").nic("Ethernet 2")
    assert can_connect(two.topology, EntityId("web02"), EntityId("nat0")).code == "TOP003"
    assert can_connect(two.topology, EntityId("corp"), EntityId("Ethernet 2")).code == "TOP003"
    assert can_connect(two.topology, EntityId("web02"), EntityId("overlay")).ok


def test_an_adapter_is_not_shared() -> None:
    used = EVERYTHING.uplink("corp", "Ethernet").network("lan2", mode="transparent", parent="HOST01")
    assert can_connect(used.topology, EntityId("lan2"), EntityId("Ethernet")).code == "SWI009"
    assert can_connect(used.topology, EntityId("External"), EntityId("Ethernet")).code == "SWI001"
    assert can_connect(used.topology, EntityId("corp"), EntityId("Team")).code == "one-uplink"


def test_networks_of_one_type_are_layered_with_a_remark() -> None:
    drawn = (
        design()
        .host()
        .nic()
        .network("b1", mode="l2bridge", subnet="10.1.0.0/24", uplink="Ethernet")
        .network("b2", mode="l2bridge", subnet="10.2.0.0/24")
    )
    found = can_connect(drawn.topology, EntityId("b2"), EntityId("Ethernet"))
    assert (found.ok, found.warning, found.code) == (True, True, "SWI010")


@pytest.mark.parametrize(
    ("fields", "code", "ok"),
    [({"media": "wifi"}, "SWI013", True), ({"link_up": False}, "SWI017", True), ({"lbfo_team": True}, "SWI019", False)],
)
def test_the_state_of_an_adapter_is_told(fields: dict[str, Any], code: str, ok: bool) -> None:
    drawn = design().host().nic("Ethernet", "", **fields).network("corp", mode="transparent")
    found = can_connect(drawn.topology, EntityId("corp"), EntityId("Ethernet"))
    assert (found.ok, found.code) == (ok, code)


def test_a_member_of_a_team_is_no_uplink_by_itself() -> None:
    drawn = design().host().team("Team").nic("Ethernet", parent="Team").network("corp", mode="transparent")
    assert can_connect(drawn.topology, EntityId("corp"), EntityId("Ethernet")).code == "SET003"


def test_containers_that_cannot_be_attached() -> None:
    drawn = (
        design()
        .host()
        .network("nat0")
        .container("idle", network_none=True)
        .container("app01", on="nat0")
        .container("web01", shares_network_of="app01")
    )
    none = can_connect(drawn.topology, EntityId("idle"), EntityId("nat0"))
    assert none.code == "MHM001"
    assert none.fix is not None
    assert can_connect(drawn.topology.apply(none.fix), EntityId("idle"), EntityId("nat0")).ok
    assert can_connect(drawn.topology, EntityId("web01"), EntityId("nat0")).code == "MHM006"


def test_what_is_allowed_with_a_warning() -> None:
    stranded = can_connect(EVERYTHING.topology, EntityId("web01"), EntityId("corp"))
    assert (stranded.ok, stranded.warning, stranded.code) == (True, True, "SWI002")
    closed = design().network("ov", mode="overlay").host().container("web01")
    found = can_connect(closed.topology, EntityId("web01"), EntityId("ov"))
    assert (found.ok, found.warning, found.code) == (True, True, "OVL007")
    balanced = EVERYTHING.attached("web01", "nat0")
    found = can_connect(balanced.topology, EntityId("LB"), EntityId("web01"))
    assert (found.ok, found.warning, found.code) == (True, True, "LBL001")


def test_a_host_vnic_is_on_one_switch() -> None:
    drawn = EVERYTHING.attached("leg", "nat0")
    assert can_connect(drawn.topology, EntityId("leg"), EntityId("Internal")).code == "one-switch"


def test_what_was_allowed_without_a_word_gives_no_error() -> None:
    drawn = design().host().nic().network("corp", **CORP).container("web01")
    assert can_connect(drawn.topology, EntityId("corp"), EntityId("Ethernet")).code == ""
    joined = drawn.uplink("corp", "Ethernet").attached("web01", "corp")
    assert [judged.rule.id for judged in judge(joined.topology) if judged.severity.rank == 0] == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("web01", "api01"),
        ("Client", "web01"),
        ("web01", "Client"),
        ("HOST01", "api01"),
        ("web01", "HOST01"),
        ("Client", "HOST01"),
        ("shop", "web01"),
        ("Client", "shop"),
        ("Client", "LB"),
        ("shop", "LB"),
        ("HOST01", "LB"),
    ],
)
def test_what_has_no_link_of_its_own_is_traffic_in_the_direction_that_is_drawn(source: str, target: str) -> None:
    found = can_connect(EVERYTHING.topology, EntityId(source), EntityId(target))
    assert (found.ok, found.link, found.source, found.target) == (True, Flow, source, target)
    assert not found.warning
    assert found.reason == f"Declares traffic from “{source}” to “{target}”; it makes no connection by itself."


def test_a_load_balancer_answers_and_does_not_ask() -> None:
    assert can_connect(EVERYTHING.topology, EntityId("LB"), EntityId("Client")).code == "no-link"
    assert can_flow(EVERYTHING.topology, EntityId("LB"), EntityId("web01")).code == "no-flow"
    assert can_flow(EVERYTHING.topology, EntityId("web01"), EntityId("LB")).ok


def test_traffic_leads_from_what_can_send_to_something_else() -> None:
    assert can_flow(EVERYTHING.topology, EntityId("web01"), EntityId("web01")).code == "self-link"
    assert can_flow(EVERYTHING.topology, EntityId("web01"), EntityId("nowhere")).code == "missing-end"
    assert can_flow(EVERYTHING.topology, EntityId("web01"), EntityId("nat0")).code == "no-flow"


def test_several_flows_lead_from_one_to_another() -> None:
    drawn = EVERYTHING.flow("web01", "api01", port=80)
    assert can_connect(drawn.topology, EntityId("web01"), EntityId("api01")).link is Flow


def test_a_service_joins_networks_that_the_swarm_knows() -> None:
    known = EVERYTHING.network("mesh", mode="l2bridge", parent="HOST01", scope="swarm")
    assert can_connect(known.topology, EntityId("shop"), EntityId("mesh")).link is Attachment
    refused = can_connect(EVERYTHING.topology, EntityId("shop"), EntityId("nat0"))
    assert refused.fix is not None
    assert can_connect(EVERYTHING.topology.apply(refused.fix), EntityId("shop"), EntityId("nat0")).ok
