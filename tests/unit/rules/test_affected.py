"""What an edit can affect."""

from __future__ import annotations

from typing import Any

import pytest

from designer.model.changes import ChangeSet, Edit
from designer.model.entities import entity_adapter
from designer.model.identity import EntityId
from designer.model.topology import Topology
from designer.rules.affected import Affected, affected, neighbourhood
from designer.rules.design import Design
from designer.rules.registry import Finding, Reach
from designer.rules.runner import Judgement, judge, rejudge
from tests.unit.rules.designs import Drawn, design

DRAWN = (
    design()
    .segment("LAN", "10.0.0.0/24")
    .host("HOST01")
    .nic("Ethernet", cable="LAN")
    .network("corp", mode="transparent", uplink="Ethernet")
    .container("web01", on="corp")
    .network("nat0")
    .container("app01", on="nat0")
    .host("HOST02")
    .nic("Ethernet 2", cable="LAN")
    .host("HOST03")
)


def edited(drawn: Drawn, name: str, /, **fields: Any) -> Affected:
    before = drawn.topology
    entity = before[EntityId(name)]
    change = ChangeSet("Edit", (Edit(entity, entity.evolve(**fields)),))
    return affected(Design(before), Design(before.apply(change)), change)


def test_the_thing_itself_and_what_it_is_linked_to() -> None:
    found = edited(DRAWN, "web01", memory_mb=512)
    assert found.by_reach[Reach.SELF] == {"web01"}
    assert found.by_reach[Reach.LINKS] == {"web01", "web01|corp", "corp", "HOST01"}
    assert "HOST01" in found.by_reach[Reach.HOST]
    assert found.hosts == {"HOST01"}
    assert not found.renamed


def test_a_wire_concerns_all_that_it_carries() -> None:
    found = edited(DRAWN, "LAN", mtu=9000)
    assert {"corp", "web01|corp", "Ethernet"} <= found.by_reach[Reach.WIRE]
    assert "nat0" not in found.by_reach[Reach.WIRE]


def test_a_host_concerns_all_that_stands_in_it() -> None:
    found = edited(DRAWN, "HOST01", os="ws2016")
    assert {"web01", "app01", "corp", "nat0", "web01|corp", "Ethernet"} <= found.by_reach[Reach.SELF]
    assert "HOST02" not in found.by_reach[Reach.SELF]


def test_a_new_name_changes_no_truth() -> None:
    found = edited(DRAWN, "HOST01", name="HOST09")
    assert found.renamed
    assert found.old_names == {"HOST01"}
    assert found.by_reach[Reach.SELF] == {"HOST01"}


def test_hosts_on_one_wire_are_neighbours() -> None:
    found = neighbourhood((Design(DRAWN.topology),), edited(DRAWN, "app01", memory_mb=512))
    assert {"HOST01", "HOST02", "LAN"} <= found
    assert found.isdisjoint({"HOST03", None})


def test_an_edit_outside_all_hosts_is_near_everything_there() -> None:
    found = neighbourhood((Design(DRAWN.topology),), edited(DRAWN, "LAN", mtu=9000))
    assert {None, "LAN", "HOST01", "HOST02"} <= found
    assert "HOST03" not in found


NAMED = DRAWN.host("HOST04").network("ov", mode="overlay").container("w", on="ov", outbound_limit_bytes_per_second=9)
LEG = (
    DRAWN.host("HOST05")
    .nic("Ethernet 5", cable="LAN", addresses=("10.0.0.9/24",))
    .network("pods", subnet="10.244.1.0/24", gateway="10.244.1.1", mode="l2bridge", uplink="Ethernet 5")
    .vnic("leg", on="pods", addresses=("10.244.1.2/24",))
    .container("pod01", on="pods", gateway="10.244.1.1")
)
LIMITED = (
    DRAWN.host("HOST06")
    .nic("Slow", speed_mbps=1000)
    .network("inner")
    .container("many", on="inner", outbound_limit_bytes_per_second=800_000_000)
)
WALLED = DRAWN.container("walled", on="nat0", hyperv=True, acls=({"action": "block", "enforced_by": "host"},))
INTERFACE = {"key": "com.docker.network.windowsshim.interface", "value": "Ethernet"}
NAMING = design().host().nic("Ethernet").network("t", mode="transparent", options=(INTERFACE,))
LINKED = design().host().network("nat0").container("web01", on="nat0", legacy_links=("db01:db",))
LINKED = LINKED.container("db01", on="nat0")
NODES = design().host("A", role="swarm-manager", swarm="s").host("B", role="swarm-worker", swarm="s")
NODES = NODES.network("ov", mode="overlay").service("web", on="ov", swarm="s", ports=[{"published": 8080}])
NODES = NODES.client("PC", addresses=("10.0.0.50/24",)).flow("PC", "web", address="published", port=8080)
SERVICE = design().host("HOST01", os="win11", sharing_service=False).nic("Ethernet")
SERVICE = SERVICE.network("far", mode="ics", parent=None).uplink("far", "Ethernet")

FAR: dict[str, tuple[Drawn, dict[str, dict[str, Any] | None], str]] = {
    "a name that changes beside something else": (NAMED, {"w": {"name": "w2"}, "web01": {"memory_mb": 512}}, "QOS005"),
    "the address of a host's leg": (LEG, {"leg": {"addresses": ("10.244.1.3/24",)}}, "IPA026"),
    "the leg itself": (LEG, {"leg|pods": None}, "IPA026"),
    "an adapter, for a limit elsewhere on the host": (LIMITED, {"Slow": {"speed_mbps": 100_000}}, "QOS003"),
    "the isolation of a workload with an access list": (WALLED, {"walled": {"kind": "windows_container"}}, "ACL001"),
    "the name of an adapter that an option says": (NAMING, {"Ethernet": {"name": "Ethernet 9"}}, "SWI007"),
    "the name of a container that a link says": (LINKED, {"db01": {"name": "db02"}}, "DKR020"),
    "the name of the node that answers first": (NODES, {"A": {"name": "Z"}}, "TOP009"),
    "the uplink that brings a network to a host": (SERVICE, {"far|Ethernet": None}, "HST015"),
}


@pytest.mark.parametrize("case", FAR)
def test_what_a_far_edit_changes_is_found_and_undone(case: str) -> None:
    drawn, changes, rule = FAR[case]
    before = drawn.topology
    change = ChangeSet("Edit", tuple(_edit(before, EntityId(name), fields) for name, fields in changes.items()))
    after = before.apply(change)

    again = rejudge(after, change, judge(before))

    assert _of(rule, again) == _of(rule, judge(after)) != _of(rule, judge(before))
    assert _of(rule, rejudge(before, change.inverse(), again)) == _of(rule, judge(before))


def _edit(topology: Topology, entity_id: EntityId, fields: dict[str, Any] | None) -> Edit:
    entity = topology[entity_id]
    if fields is None:
        return Edit(entity, None)
    return Edit(entity, entity_adapter.validate_python(entity.model_dump() | fields))


def _of(rule: str, judgement: Judgement) -> list[Finding]:
    return [judged.finding for judged in judgement if judged.rule.id == rule]
