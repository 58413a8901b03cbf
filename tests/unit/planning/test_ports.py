"""Free ports of hosts."""

from __future__ import annotations

import pytest

from designer.model.hosts import Host, HostRole, ListeningPort, StaticMapping, WinNat
from designer.model.links import Attachment, PortMapping
from designer.model.networks import ContainerNetwork
from designer.model.services import Service, ServicePort
from designer.model.workloads import WindowsContainer
from designer.planning.known import FIRST_DYNAMIC_PORT, FIRST_USER_PORT, NODE_PORTS
from designer.planning.ports import free_port
from tests.unit.sample import HOST, WEB, eid, ip, sample


def test_a_host_port_is_free_on_its_host() -> None:
    assert free_port(sample(), [HOST]) == 8081
    assert free_port(sample(), [HOST], protocol="udp") == 8080
    assert free_port(sample(), [HOST], wanted=0) == 8081
    assert free_port(sample(), [HOST], also_taken=[8081]) == 8082
    assert free_port(sample(), [HOST], wanted=49_152) == 8081


def test_services_mappings_and_the_swarm_have_ports_too() -> None:
    topology = sample(
        Host(id=HOST, name="HOST01", role=HostRole.SWARM_MANAGER, listening=(ListeningPort(port=8081),)),
        WinNat(
            id=eid("w"),
            name="w",
            parent=HOST,
            mappings=(StaticMapping(external_port=8082, internal_address=ip("172.16.0.5"), internal_port=80),),
        ),
    )
    assert free_port(topology, [HOST]) == 8083
    assert free_port(topology, [HOST], wanted=2377) == 2378


def test_another_host_has_its_own_ports() -> None:
    topology = sample(
        Host(id=eid("h2"), name="h2"),
        WindowsContainer(id=eid("w2"), name="w2", parent=eid("h2")),
        ContainerNetwork(id=eid("n2"), name="n2", parent=eid("h2")),
        Attachment(id=eid("a2"), source=eid("w2"), target=eid("n2"), ports=(PortMapping(host_port=8081),)),
    )
    assert free_port(topology, [HOST]) == 8081
    assert free_port(topology, [eid("h2")]) == 8080
    assert free_port(topology, [WEB]) == 8080


def test_the_wanted_port_may_be_a_well_known_one() -> None:
    assert free_port(sample(), [HOST], wanted=80) == 80
    assert free_port(sample(), [HOST], wanted=80, also_taken=[80]) == 8081


@pytest.mark.parametrize("port", [445, 3389, 5985, 2375])
def test_ports_of_windows_and_the_engine_are_not_offered(port: int) -> None:
    assert free_port(sample(), [HOST], wanted=port) != port


def test_a_closed_port_is_not_offered() -> None:
    topology = sample(Host(id=HOST, name="HOST01", blocked_ports=(ListeningPort(port=8081, protocol="any"),)))
    assert free_port(topology, [HOST]) == 8082


def test_the_search_goes_round_and_ends_when_all_are_taken() -> None:
    above = range(8080, FIRST_DYNAMIC_PORT)
    assert free_port(sample(), [HOST], also_taken=above) == FIRST_USER_PORT
    assert free_port(sample(), [HOST], also_taken=range(FIRST_USER_PORT, FIRST_DYNAMIC_PORT)) is None


def test_a_port_is_free_on_all_hosts() -> None:
    topology = sample(Host(id=eid("h2"), name="h2", listening=(ListeningPort(port=8081),)))
    assert free_port(topology, [HOST, eid("h2")]) == 8082


def test_node_ports_belong_to_kubernetes() -> None:
    topology = sample(Host(id=HOST, name="HOST01", role=HostRole.KUBERNETES_NODE))
    assert free_port(topology, [HOST], wanted=30_100) == NODE_PORTS[1] + 1


def test_services_publish_on_the_nodes_of_their_swarm() -> None:
    nodes = [
        Host(id=HOST, name="HOST01", role=HostRole.SWARM_MANAGER),
        Host(id=eid("h2"), name="h2", role=HostRole.SWARM_WORKER),
        Host(id=eid("h3"), name="h3"),
    ]
    here = Service(
        id=eid("s"),
        name="s",
        constraints=("node.role == worker",),
        ports=(ServicePort(published=8081), ServicePort(published=8082, mode="host"), ServicePort()),
    )
    topology = sample(*nodes, here)
    assert free_port(topology, [HOST]) == 8082
    assert free_port(topology, [eid("h2")], wanted=8081) == 8083
    assert free_port(topology, [eid("h3")], wanted=8081) == 8081
