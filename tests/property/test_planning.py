"""What the planner offers is never taken, always legal, and missing only when nothing is left."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Interface, IPv4Network
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.editing.commands import add_several, connect, place, set_fields
from designer.model.base import Element
from designer.model.entities import ELEMENT_TYPES
from designer.model.fabric import Segment
from designer.model.hosts import DaemonSettings, Host, HostRole, PhysicalNic, WinNat
from designer.model.identity import EntityId, counting_ids
from designer.model.links import Attachment, PortMapping
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.releases import OsRelease
from designer.model.topology import Topology
from designer.model.workloads import WindowsContainer
from designer.planning.addresses import free_address
from designer.planning.area import Area
from designer.planning.ids import free_vlan
from designer.planning.known import PRIVATE_POOLS
from designer.planning.ports import free_port
from designer.planning.prefixes import free_prefix, taken_prefixes
from designer.rules.connect import can_contain
from designer.rules.runner import judge
from tests.property.strategies import topologies

CLASHES = frozenset(
    (
        *("NAT002", "NAT003", "NAT016", "NAM001", "NAM004", "NAM005", "IPA005", "IPA006", "IPA007", "IPA008", "IPA018"),
        *("IPA021", "VSI003", "SWI018", "PRT005", "PRT006", "PRT011", "PRT012", "LBL008", "MAC006"),
    )
)
"""Rules that speak of something taken twice, or of something that nothing can have."""

MANY = 50
HOST = EntityId("h")


@given(topologies(), st.integers(16, 28))
def test_a_free_prefix_overlaps_nothing_and_is_private(topology: Topology, length: int) -> None:
    area = Area.whole(topology, *topology.of(Host))
    found = free_prefix(area, PRIVATE_POOLS, length)
    assert found is not None
    assert any(found.subnet_of(pool) for pool in PRIVATE_POOLS)
    assert not any(found.overlaps(used) for used in taken_prefixes(area) if isinstance(used, IPv4Network))


@given(topologies())
def test_a_free_address_is_one_that_no_rule_objects_to(topology: Topology) -> None:
    for network, container in product(topology.of(ContainerNetwork), topology.of(WindowsContainer)):
        for area in (Area.whole(topology), Area.of_network(topology, network)):
            found = free_address(area, network)
            if found is None:
                assert not network.subnets
                continue
            assert any(found in subnet.network for subnet in network.subnets)
            link = Attachment(id=EntityId("new"), source=container.id, target=network.id, ip=found)
            after = Topology.of_entities([*topology.entities.values(), link])
            objections = {judged.rule.id for judged in judge(after) if judged.finding.elements[0] == "new"}
            assert not objections & CLASHES


@given(topologies(), st.sampled_from([80, 445, 2377, 8080, 50_000]))
def test_a_free_port_is_one_that_no_rule_objects_to(topology: Topology, wanted: int) -> None:
    for link in topology.of(Attachment):
        for host in topology.of(Host):
            if any(inner.id == link.source for inner in topology.descendants(host.id)):
                port = free_port(topology, [host.id], wanted)
                assert port is not None
                ports = (PortMapping(host_port=port),)
                after = topology.apply(set_fields(topology, [link.id], ports=ports))
                objections = {judged.rule.id for judged in judge(after) if link.id in judged.finding.elements}
                assert not objections & {"PRT005", "PRT006", "PRT011", "PRT012"}


@given(topologies())
def test_a_free_vlan_is_one_that_the_adapters_carry(topology: Topology) -> None:
    for network in topology.of(ContainerNetwork):
        vlan = free_vlan(topology, network)
        if vlan is not None:
            after = topology.apply(set_fields(topology, [network.id], vlan=vlan))
            objections = {judged.rule.id for judged in judge(after) if judged.finding.elements[0] == network.id}
            assert not objections & {"VLN002", "VLN003"}


def _is_elsewhere(mode: object, parent: EntityId | None) -> bool:
    return (mode is NetworkMode.OVERLAY) is (parent is not None)


def clashes(topology: Topology) -> list[str]:
    return [judged.finding.message for judged in judge(topology) if judged.rule.id in CLASHES]


@pytest.mark.parametrize("release", [OsRelease.WS2019, OsRelease.WS2022, OsRelease.WIN11])
def test_many_new_things_of_each_kind_do_not_clash(release: OsRelease) -> None:
    new_id = counting_ids()
    topology = Topology.of_entities([Host(id=HOST, name="HOST01", os=release, role=HostRole.SWARM_MANAGER)])
    kinds: list[tuple[type[Element], dict[str, object]]] = [
        (kind, {}) for kind in ELEMENT_TYPES if kind is not ContainerNetwork
    ]
    kinds += [(ContainerNetwork, {"mode": mode}) for mode in NetworkMode]
    placed = 0
    for kind, fields in kinds:
        for parent in (HOST, None):
            if can_contain(topology, parent, kind).ok and not (fields and _is_elsewhere(fields["mode"], parent)):
                for _ in range(MANY):
                    topology = topology.apply(place(topology, kind, parent, 0, 0, new_id, **fields))
                    placed += 1
    assert placed >= MANY * len(kinds)
    assert clashes(topology) == []


@pytest.mark.parametrize("mode", list(NetworkMode))
def test_many_networks_at_once_do_not_clash(mode: NetworkMode) -> None:
    topology = Topology.of_entities([Host(id=HOST, name="HOST01")])
    parent = None if mode is NetworkMode.OVERLAY else HOST
    change = add_several(topology, ContainerNetwork, parent, 0, 0, "net{01..50}", new_id=counting_ids(), mode=mode)
    topology = topology.apply(change)
    assert len(topology.of(ContainerNetwork)) == MANY
    assert clashes(topology) == []


@pytest.mark.parametrize("kind", [Segment, WinNat])
def test_many_things_with_a_prefix_at_once_have_one_each(kind: type[Element]) -> None:
    topology = Topology.of_entities([Host(id=HOST, name="HOST01", daemon=DaemonSettings(default_nat=False))])
    parent = HOST if kind is WinNat else None
    topology = topology.apply(add_several(topology, kind, parent, 0, 0, "x{01..50}", new_id=counting_ids()))
    prefixes = {str(nat.internal_prefix) for nat in topology.of(WinNat)}
    prefixes |= {str(subnet.prefix) for segment in topology.of(Segment) for subnet in segment.subnets}
    assert len(prefixes) == MANY


def test_many_endpoints_on_one_wire_have_an_address_each() -> None:
    new_id, nic = counting_ids(), EntityId("n")
    address = IPv4Interface("10.0.0.9/24")
    topology = Topology.of_entities(
        [
            Host(id=HOST, name="HOST01"),
            PhysicalNic(id=nic, name="Ethernet", parent=HOST, addresses=(address,), gateway=IPv4Address("10.0.0.1")),
        ]
    )
    topology = topology.apply(place(topology, ContainerNetwork, HOST, 0, 0, new_id, mode=NetworkMode.L2BRIDGE))
    bridge = topology.of(ContainerNetwork)[0].id
    topology = topology.apply(connect(topology, bridge, nic, new_id))
    for _ in range(MANY):
        change = place(topology, WindowsContainer, HOST, 0, 0, new_id)
        topology = topology.apply(change)
        topology = topology.apply(connect(topology, change.edits[0].id, bridge, new_id))
    addresses = [link.ip for link in topology.of(Attachment)]
    assert len(set(addresses)) == MANY
    assert address.ip not in addresses
    assert clashes(topology) == []
