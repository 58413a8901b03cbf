"""What follows from a drawing is complete and free of contradictions."""

from __future__ import annotations

from hypothesis import given

from designer.graph.queries import Fabric
from designer.model.hosts import Host
from designer.model.realisation import HostRealisation, containers_on, networks_on, realise
from designer.model.topology import Topology
from designer.model.workloads import HyperVContainer, WindowsContainer
from tests.property.strategies import topologies


@given(topologies())
def test_every_part_of_a_host_has_its_place(topology: Topology) -> None:
    for host in topology.of(Host):
        found = realise(topology, host.id)
        assert_consistent(topology, found)
        assert realise(topology, host.id) == found


def assert_consistent(topology: Topology, host: HostRealisation) -> None:
    switches = {switch.key for switch in host.switches}
    assert len(switches) == len(host.switches)
    networks = [network for switch in host.switches for network in switch.networks]
    assert sorted(networks) == sorted(network.id for network in networks_on(topology, host.host))
    assert {vnic.switch for vnic in host.host_vnics} <= switches
    assert {endpoint.switch for endpoint in host.endpoints} <= switches
    numbers = [compartment.number for compartment in host.compartments if compartment.key.is_derived]
    assert len(set(numbers)) == len(numbers)
    members = [member for compartment in host.compartments for member in compartment.members]
    assert len(set(members)) == len(members)
    containers = containers_on(topology, host.host)
    assert {found.id for found in containers if isinstance(found, WindowsContainer)} <= set(members)
    vms = [vm.container for vm in host.utility_vms]
    assert vms == [found.id for found in containers if isinstance(found, HyperVContainer)]
    places = {part.key for part in host.compartments} | {part.key for part in host.utility_vms}
    assert {endpoint.within for endpoint in host.endpoints} <= places


@given(topologies())
def test_sharing_a_broadcast_domain_is_mutual(topology: Topology) -> None:
    fabric = Fabric(topology)
    for element in topology.elements():
        for other in fabric.neighbours(element.id):
            assert element.id in fabric.neighbours(other)
            assert len(fabric.path(element.id, other)) == len(fabric.path(other, element.id))
