"""Free addresses."""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import IPv4Interface, IPv6Address, IPv6Interface

from designer.model.addressing import IpAddress
from designer.model.hosts import Host, HostVNic
from designer.model.identity import EntityId
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork, LoadBalancer, NetworkMode, Subnet
from designer.model.topology import Topology
from designer.planning.addresses import free_address, taken_addresses
from designer.planning.area import Area
from tests.unit.sample import CORP, HOST, NAT, eid, ip, sample, subnet


def network_of(topology: Topology, network: EntityId) -> ContainerNetwork:
    found = topology.find(network, ContainerNetwork)
    assert found is not None
    return found


def free(topology: Topology, network: EntityId, also_taken: Collection[IpAddress] = ()) -> IpAddress | None:
    return free_address(Area.whole(topology), network_of(topology, network), also_taken)


def test_an_address_is_taken_by_nothing_on_the_wire() -> None:
    taken = [ip(f"10.0.0.{last}") for last in range(2, 99) if last not in (11, 21, 50)]
    assert free(sample(), CORP) == ip("10.0.0.2")
    assert free(sample(), CORP, taken) == ip("10.0.0.99")
    assert free(sample(), CORP, [*taken, ip("10.0.0.99")]) == ip("10.0.0.200")


def test_nat_networks_know_only_their_own_addresses() -> None:
    assert free(sample(), NAT) == ip("172.16.0.2")


def test_a_full_network_has_none_left_and_the_next_subnet_helps() -> None:
    tiny = ContainerNetwork(id=NAT, name="nat0", parent=HOST, subnets=(subnet("172.16.0.8/30", "172.16.0.9"),))
    assert free(sample(tiny), NAT) is None
    both = tiny.evolve(subnets=(*tiny.subnets, subnet("172.17.0.0/24")))
    assert free(sample(both), NAT) == ip("172.17.0.2")


def test_l2bridge_leaves_the_host_endpoint_and_what_is_held_back() -> None:
    bridge = ContainerNetwork(
        id=eid("b"),
        name="b",
        parent=HOST,
        mode=NetworkMode.L2BRIDGE,
        subnets=(subnet("192.168.7.0/24", "192.168.7.1"),),
        aux_addresses=(ip("192.168.7.3"),),
    )
    balancer = LoadBalancer(id=eid("lb"), name="lb", parent=HOST, vip=ip("192.168.7.4"))
    assert free(sample(bridge, balancer), eid("b")) == ip("192.168.7.5")


def test_the_range_of_a_network_is_kept() -> None:
    nat = ContainerNetwork(
        id=NAT,
        name="nat0",
        parent=HOST,
        subnets=(subnet("172.16.0.0/20"),),
        ip_range=IPv4Interface("172.16.4.0/24"),
    )
    assert free(sample(nat), NAT) == ip("172.16.4.0")
    assert free(sample(nat.evolve(ip_range="192.168.0.0/24")), NAT) == ip("172.16.0.2")


def test_taken_addresses_are_listed() -> None:
    assert {ip("172.16.0.1"), ip("172.16.0.10")} <= set(
        taken_addresses(Area.whole(sample()), network_of(sample(), NAT))
    )


def test_on_its_wire_an_address_is_taken_by_all_that_is_there() -> None:
    topology = sample()
    corp = network_of(topology, CORP)
    taken = [ip(f"10.0.0.{last}") for last in range(2, 50) if last not in (11, 21)]
    assert free_address(Area.of_network(topology, corp), corp, taken) == ip("10.0.0.51")


def test_the_leg_of_a_host_has_an_address_too() -> None:
    leg = HostVNic(id=eid("leg"), name="leg", parent=HOST, addresses=(IPv4Interface("172.16.0.2/20"),))
    topology = sample(leg, Attachment(id=eid("l"), source=leg.id, target=NAT))
    nat = network_of(topology, NAT)
    assert free_address(Area.of_network(topology, nat), nat) == ip("172.16.0.3")


def test_a_network_outside_all_hosts_has_addresses() -> None:
    over = ContainerNetwork(id=eid("o"), name="o", mode=NetworkMode.OVERLAY, subnets=(subnet("10.1.0.0/24"),))
    topology = sample(over, Host(id=eid("h2"), name="h2"))
    assert free_address(Area.of_network(topology, over), over) == ip("10.1.0.2")


def test_the_second_family_has_its_own_addresses() -> None:
    six = Subnet(prefix=IPv6Interface("fd00:1::/64"))
    full = subnet("172.16.0.0/30", "172.16.0.1")
    nat = ContainerNetwork(id=NAT, name="nat0", parent=HOST, subnets=(full, six))
    assert free(sample(nat), NAT, [ip("172.16.0.2")]) == IPv6Address("fd00:1::2")
