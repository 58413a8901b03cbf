from __future__ import annotations

from ipaddress import IPv4Interface, IPv4Network

import pytest

from designer.editing.planner import (
    FIRST_VNI,
    Names,
    expand,
    free_address,
    free_name,
    free_port,
    free_prefix,
    free_vni,
    taken_addresses,
    used_prefixes,
)
from designer.model.fabric import Route, Router
from designer.model.hosts import DaemonSettings, Host, HostRole, ListeningPort, PhysicalNic, StaticMapping, WinNat
from designer.model.links import Attachment, PortMapping
from designer.model.networks import ContainerNetwork, LoadBalancer, NetworkMode
from designer.model.workloads import HyperVContainer, WindowsContainer
from tests.unit.sample import CORP, HOST, NAT, WEB, eid, ip, sample, subnet


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("web{01..03}", ("web01", "web02", "web03")),
        ("web{9..11}-x", ("web9-x", "web10-x", "web11-x")),
        ("n{3..1}", ("n3", "n2", "n1")),
        ("plain", ("plain",)),
        ("{a..b}", ("{a..b}",)),
        ("x{1..2000}", ()),
    ],
)
def test_patterns_stand_for_names(pattern: str, names: tuple[str, ...]) -> None:
    assert expand(pattern) == names


@pytest.mark.parametrize(
    ("wanted", "found"), [("web01", "web02"), ("WEB01", "WEB02"), ("api01", "api02"), ("db", "db"), ("nat0", "nat0")]
)
def test_a_taken_name_counts_up(wanted: str, found: str) -> None:
    assert free_name(sample(), WindowsContainer, wanted) == found


def test_a_name_without_a_number_gets_one() -> None:
    assert free_name(sample(), PhysicalNic, "Ethernet", HOST) == "Ethernet 2"
    assert free_name(sample(), HyperVContainer, "a", also_taken=["A", "a 2"]) == "a 3"


def test_every_host_has_its_ethernet() -> None:
    topology = sample(Host(id=eid("h2"), name="HOST02"))
    assert free_name(topology, PhysicalNic, "Ethernet", eid("h2")) == "Ethernet"


def test_names_stay_short_enough() -> None:
    long = "x" * 64
    topology = sample(Host(id=eid("h2"), name=long))
    assert len(free_name(topology, Host, long)) == 64


def test_names_given_out_are_held() -> None:
    names = Names(sample())
    assert [names.take(WindowsContainer, "web01") for _ in range(3)] == ["web02", "web03", "web04"]


def test_a_prefix_overlaps_nothing() -> None:
    pool = IPv4Network("172.16.0.0/12")
    assert free_prefix(sample(), pool, 20) == IPv4Network("172.16.16.0/20")
    assert free_prefix(sample(), IPv4Network("10.0.0.0/8"), 24) == IPv4Network("10.0.1.0/24")
    assert free_prefix(sample(), IPv4Network("172.16.0.0/20"), 24) is None
    found = free_prefix(sample(), IPv4Network("10.0.0.0/15"), 17)
    assert found == IPv4Network("10.0.128.0/17")


def test_gaps_between_prefixes_are_used() -> None:
    nets = [
        ContainerNetwork(id=eid(f"n{third}"), name="n", parent=HOST, subnets=(subnet(f"192.168.{third}.0/24"),))
        for third in (0, 1, 3)
    ]
    assert free_prefix(sample(*nets), IPv4Network("192.168.0.0/16"), 24) == IPv4Network("192.168.2.0/24")
    assert free_prefix(sample(*nets), IPv4Network("192.168.0.0/16"), 23) == IPv4Network("192.168.4.0/23")


def test_everything_that_names_a_prefix_uses_it() -> None:
    topology = sample(
        Router(
            id=eid("r"),
            name="r",
            routes=(
                Route(destination=IPv4Interface("10.77.0.0/16"), next_hop=ip("10.0.0.1")),
                Route(destination=IPv4Interface("0.0.0.0/0"), next_hop=ip("10.0.0.1")),
            ),
        ),
        WinNat(id=eid("w"), name="w", parent=HOST, internal_prefix=IPv4Interface("172.30.0.0/16")),
        Host(id=eid("h2"), name="h2", daemon=DaemonSettings(fixed_cidr=IPv4Interface("172.29.0.0/16"))),
    )
    used = {str(prefix) for prefix in used_prefixes(topology)}
    assert {"10.77.0.0/16", "172.30.0.0/16", "172.29.0.0/16", "10.0.0.0/24", "172.16.0.0/20"} <= used
    assert "0.0.0.0/0" not in used


def test_an_address_is_taken_by_nothing_on_the_wire() -> None:
    taken = [ip(f"10.0.0.{last}") for last in range(2, 99) if last not in (11, 21, 50)]
    assert free_address(sample(), CORP) == ip("10.0.0.2")
    assert free_address(sample(), CORP, taken) == ip("10.0.0.99")
    assert free_address(sample(), CORP, [*taken, ip("10.0.0.99")]) == ip("10.0.0.200")


def test_nat_networks_know_only_their_own_addresses() -> None:
    assert free_address(sample(), NAT) == ip("172.16.0.2")
    assert free_address(sample(), eid("missing")) is None


def test_a_full_network_has_none_left_and_the_next_subnet_helps() -> None:
    tiny = ContainerNetwork(id=NAT, name="nat0", parent=HOST, subnets=(subnet("172.16.0.8/30", "172.16.0.9"),))
    assert free_address(sample(tiny), NAT) is None
    both = tiny.evolve(subnets=(*tiny.subnets, subnet("172.17.0.0/24")))
    assert free_address(sample(both), NAT) == ip("172.17.0.2")


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
    assert free_address(sample(bridge, balancer), eid("b")) == ip("192.168.7.5")


def test_the_range_of_a_network_is_kept() -> None:
    nat = ContainerNetwork(
        id=NAT,
        name="nat0",
        parent=HOST,
        subnets=(subnet("172.16.0.0/20"),),
        ip_range=IPv4Interface("172.16.4.0/24"),
    )
    assert free_address(sample(nat), NAT) == ip("172.16.4.0")
    assert free_address(sample(nat.evolve(ip_range="192.168.0.0/24")), NAT) == ip("172.16.0.2")


def test_taken_addresses_are_listed() -> None:
    assert {ip("172.16.0.1"), ip("172.16.0.10")} <= set(taken_addresses(sample(), NAT))
    assert list(taken_addresses(sample(), eid("missing"))) == []


def test_a_host_port_is_free_on_its_host() -> None:
    assert free_port(sample(), HOST) == 8081
    assert free_port(sample(), HOST, protocol="udp") == 8080
    assert free_port(sample(), HOST, wanted=0) == 1
    assert free_port(sample(), HOST, also_taken=[8081]) == 8082
    assert free_port(sample(), HOST, wanted=49_152) is None


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
    assert free_port(topology, HOST) == 8083
    assert free_port(topology, HOST, wanted=2377) == 2378


def test_another_host_has_its_own_ports() -> None:
    topology = sample(
        Host(id=eid("h2"), name="h2"),
        WindowsContainer(id=eid("w2"), name="w2", parent=eid("h2")),
        ContainerNetwork(id=eid("n2"), name="n2", parent=eid("h2")),
        Attachment(id=eid("a2"), source=eid("w2"), target=eid("n2"), ports=(PortMapping(host_port=8081),)),
    )
    assert free_port(topology, HOST) == 8081
    assert free_port(topology, eid("h2")) == 8080
    assert free_port(topology, WEB) == 8080


def test_vxlan_ids_count_from_the_first_that_windows_takes() -> None:
    over = ContainerNetwork(
        id=eid("o"), name="o", mode=NetworkMode.OVERLAY, subnets=(subnet("10.1.0.0/24", vni=FIRST_VNI),), vsid=4097
    )
    assert free_vni(sample()) == FIRST_VNI
    assert free_vni(sample(over)) == 4098
    assert free_vni(sample(over), also_taken=[4098]) == 4099
