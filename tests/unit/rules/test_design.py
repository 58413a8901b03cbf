"""The look-ups that rules share answer the same in a whole pass and near an edit."""

from __future__ import annotations

from ipaddress import IPv4Address

from hypothesis import given, settings

from designer.model.hosts import Host, PhysicalNic, VSwitch
from designer.model.identity import EntityId
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork
from designer.model.topology import Topology
from designer.model.workloads import ContainerBase
from designer.rules.design import Design, label
from tests.property.strategies import topologies
from tests.unit.rules.designs import design

DRAWN = (
    design()
    .segment("LAN", "10.0.0.0/24", router="10.0.0.1")
    .host("HOST01")
    .team("Team")
    .nic("Ethernet", parent="Team", cable="LAN")
    .switch("External", uplink="Team")
    .network("corp", mode="transparent", subnet="10.0.0.0/24", gateway="10.0.0.1", switch="External")
    .compartment("c2", on="corp")
    .container("web01", parent="c2")
    .container("app01", on="corp", ip="10.0.0.20")
)


def test_what_carries_a_network() -> None:
    found = Design(DRAWN.topology)
    corp = DRAWN.topology.find(EntityId("corp"), ContainerNetwork)
    assert corp is not None
    assert found.carrier(corp).name == "External"
    assert [nic.name for nic in found.nics_under(corp)] == ["Ethernet"]
    assert [segment.name for segment in found.segments_under(corp)] == ["LAN"]
    assert found.shares_wire(corp)
    assert IPv4Address("10.0.0.20") in found.addresses_in(corp)


def test_a_container_has_the_endpoints_of_its_compartment() -> None:
    found = Design(DRAWN.topology)
    web01 = DRAWN.topology.find(EntityId("web01"), ContainerBase)
    assert web01 is not None
    assert [network.name for network in found.networks_of(web01)] == ["corp"]  # type: ignore[arg-type]  # a container


def test_a_link_is_called_after_its_ends() -> None:
    drawn = DRAWN.client("Client").flow("Client", "app01").topology
    assert label(drawn, EntityId("Client>app01")) == "Client → app01"
    assert label(DRAWN.topology, EntityId("app01|corp")) == "app01 – corp"
    assert label(DRAWN.topology, EntityId("corp")) == "corp"
    assert label(DRAWN.topology, EntityId("gone")) == "gone"


@settings(max_examples=40, deadline=None)
@given(topologies())
def test_a_whole_pass_and_a_single_question_agree(topology: Topology) -> None:
    whole, near = Design(topology, whole=True), Design(topology)
    for host in topology.of(Host):
        for kind in (PhysicalNic, VSwitch):
            assert whole.inside(host.id, kind) == near.inside(host.id, kind)
        left, right = whole.networks_on(host.id), near.networks_on(host.id)
        assert {network.id for network in left} == {network.id for network in right}
        assert whole.containers_on(host.id) == near.containers_on(host.id)
    for network in topology.of(ContainerNetwork):
        assert whole.attachments(network.id) == near.attachments(network.id)
        assert whole.hosts_of_network(network) == near.hosts_of_network(network)
        assert whole.workloads_on(network.id) == near.workloads_on(network.id)
        assert whole.columns(network) == near.columns(network)
    for link in topology.of(Attachment):
        assert whole.host_of_link(link) == near.host_of_link(link)
        assert whole.label(link.id) == near.label(link.id)
