"""What may stand where."""

from __future__ import annotations

import pytest

from designer.model.annotations import Note
from designer.model.base import Element
from designer.model.entities import ELEMENT_TYPES
from designer.model.fabric import Client, Router, Segment
from designer.model.hosts import Host, HostVNic, PhysicalNic, SetTeam, VSwitch, WinNat
from designer.model.identity import EntityId
from designer.model.networks import ContainerNetwork, LoadBalancer
from designer.model.services import Service
from designer.model.workloads import Compartment, HyperVContainer, WindowsContainer
from designer.rules.nesting import can_contain, spoken
from tests.unit.rules.designs import design

PLACES = design().host("HOST01").team("Team").compartment("c2").host("VM01", machine="hyperv-vm")

ALLOWED: dict[str | None, set[type[Element]]] = {
    None: {Host, ContainerNetwork, Segment, Router, Client, Service, LoadBalancer, Note},
    "HOST01": {
        PhysicalNic,
        SetTeam,
        VSwitch,
        HostVNic,
        WinNat,
        ContainerNetwork,
        Compartment,
        WindowsContainer,
        HyperVContainer,
        LoadBalancer,
        Note,
    },
    "Team": {PhysicalNic},
    "c2": {WindowsContainer, HostVNic, WinNat},
}


@pytest.mark.parametrize("parent", list(ALLOWED))
def test_the_table_of_places(parent: str | None) -> None:
    place = EntityId(parent) if parent is not None else None
    verdicts = {kind: can_contain(PLACES.topology, place, kind) for kind in ELEMENT_TYPES}
    assert {kind for kind, verdict in verdicts.items() if verdict.ok} == ALLOWED[parent]
    assert all(verdict.ok or (verdict.code and verdict.reason.endswith(".")) for verdict in verdicts.values())


def test_the_reasons_name_the_places() -> None:
    topology = PLACES.topology
    assert "a host or compartment" in can_contain(topology, None, WindowsContainer).reason
    assert can_contain(topology, None, WindowsContainer).code == "TOP002"
    assert can_contain(topology, EntityId("c2"), HyperVContainer).code == "CMP006"
    assert "“HOST01”" in can_contain(topology, EntityId("HOST01"), Segment).reason
    assert can_contain(topology, EntityId("gone"), Host).code == "missing-parent"
    assert can_contain(topology, EntityId("HOST01"), EntityId("gone")).code == "missing-element"


def test_a_local_network_stays_in_a_host() -> None:
    drawn = design().host().network("nat0").network("ov", mode="overlay", parent="HOST01")
    assert can_contain(drawn.topology, None, EntityId("nat0")).code == "TOP002"
    assert can_contain(drawn.topology, None, EntityId("ov")).ok


def test_nothing_contains_itself() -> None:
    drawn = design().host().compartment("c2").container("web01", parent="c2")
    assert can_contain(drawn.topology, EntityId("c2"), EntityId("c2")).code == "nesting"
    assert can_contain(drawn.topology, EntityId("c2"), EntityId("HOST01")).code == "nesting"


def test_what_moves_to_another_host_with_its_links_is_warned_of() -> None:
    drawn = design().host().network("nat0").container("web01", on="nat0").container("app01").host("HOST02")
    moved = can_contain(drawn.topology, EntityId("HOST02"), EntityId("web01"))
    assert (moved.ok, moved.warning, moved.code) == (True, True, "TOP003")
    assert not can_contain(drawn.topology, EntityId("HOST02"), EntityId("app01")).warning


def test_a_team_takes_eight_free_adapters() -> None:
    drawn = design().host().team("Team")
    for number in range(8):
        drawn = drawn.nic(f"E{number}", parent="Team")
    assert can_contain(drawn.topology, EntityId("Team"), PhysicalNic).code == "SET001"
    used = design().host().team("Team").nic("Ethernet").switch("External", uplink="Ethernet")
    assert can_contain(used.topology, EntityId("Team"), EntityId("Ethernet")).code == "SET003"
    assert can_contain(PLACES.topology, EntityId("VM01"), SetTeam).code == "SET004"


def test_compartments_warn_of_what_rules_would_say() -> None:
    drawn = (
        design()
        .host()
        .compartment("one", number=1)
        .compartment("c2")
        .container("web01", parent="c2")
        .container("app01")
        .vnic("leg", role="host-endpoint")
    )
    assert can_contain(drawn.topology, EntityId("one"), EntityId("app01")).code == "CMP002"
    assert can_contain(drawn.topology, EntityId("c2"), EntityId("app01")).code == "CMP003"
    assert can_contain(drawn.topology, EntityId("c2"), EntityId("leg")).code == "CMP017"
    assert can_contain(drawn.topology, EntityId("c2"), EntityId("web01")).code == ""


def test_kinds_are_written_as_in_a_sentence() -> None:
    assert [spoken(kind) for kind in (HostVNic, HyperVContainer, SetTeam)] == [
        "host vNIC",
        "Hyper-V container",
        "SET team",
    ]
