"""The part of a design that a suggestion looks at."""

from __future__ import annotations

from ipaddress import IPv4Interface

from designer.model.fabric import Router
from designer.model.hosts import Host, PhysicalNic, SetTeam, VSwitch
from designer.model.links import Backend, Cable, Uplink
from designer.model.networks import ContainerNetwork, LoadBalancer, NetworkMode
from designer.model.topology import Topology
from designer.planning.area import Area, adapters_of, on_the_wire
from tests.unit.sample import CORP, HOST, LAN, NAT, NIC, WEB, eid, ip, sample

ELSEWHERE = (
    Host(id=eid("h2"), name="h2"),
    SetTeam(id=eid("t2"), name="t2", parent=eid("h2")),
    PhysicalNic(id=eid("n2"), name="n2", parent=eid("t2"), addresses=(IPv4Interface("10.0.0.12/24"),)),
    VSwitch(id=eid("s2"), name="s2", parent=eid("h2")),
    ContainerNetwork(id=eid("c2"), name="c2", parent=eid("h2"), mode=NetworkMode.TRANSPARENT, switch=eid("s2")),
    ContainerNetwork(id=eid("x2"), name="x2", parent=eid("h2")),
    Uplink(id=eid("u2"), source=eid("s2"), target=eid("t2")),
    Router(id=eid("r"), name="r"),
    Cable(id=eid("n2-lan"), source=eid("n2"), target=LAN),
    Cable(id=eid("r-lan"), source=eid("r"), target=LAN),
)


def network(topology: Topology, name: str) -> ContainerNetwork:
    found = topology.find(eid(name), ContainerNetwork)
    assert found is not None
    return found


def ids(area: Area) -> set[str]:
    found = (*area.hosts, *area.networks, *area.devices, *area.segments, *area.balancers)
    return {element.id for element in found}


def test_around_a_host_are_its_own_things_and_what_is_on_its_wire_outside_of_hosts() -> None:
    topology = sample(*ELSEWHERE)
    host = topology.find(HOST, Host)
    assert host is not None
    assert ids(Area.around(topology, host)) == {HOST, NAT, CORP, NIC, LAN, "r"}


def test_a_network_on_a_wire_shares_it_with_the_networks_of_other_hosts() -> None:
    topology = sample(*ELSEWHERE)
    assert ids(Area.of_network(topology, network(topology, CORP))) == {
        HOST,
        CORP,
        "c2",
        NIC,
        "n2",
        LAN,
        "r",
        "client",
    }
    assert [nic.id for nic in adapters_of(topology, network(topology, "c2"))] == ["n2"]


def test_a_network_inside_a_host_is_alone_with_its_load_balancers() -> None:
    balancer = LoadBalancer(id=eid("lb"), name="lb", parent=HOST, vip=ip("172.16.0.9"))
    topology = sample(*ELSEWHERE, balancer, Backend(id=eid("b"), source=balancer.id, target=WEB))
    assert ids(Area.of_network(topology, network(topology, NAT))) == {HOST, NAT, "lb"}


def test_the_whole_is_everything() -> None:
    topology = sample(*ELSEWHERE)
    assert {HOST, "h2", "x2", "n2", "client", "r", LAN} <= ids(Area.whole(topology))
    assert Area.whole(topology).place == ()


def test_only_modes_with_addresses_of_the_physical_network_are_on_the_wire() -> None:
    modes = {mode for mode in NetworkMode if on_the_wire(ContainerNetwork(id=eid("n"), name="n", mode=mode))}
    assert modes == {NetworkMode.TRANSPARENT, NetworkMode.L2BRIDGE, NetworkMode.L2TUNNEL}
