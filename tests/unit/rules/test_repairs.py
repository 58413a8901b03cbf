"""Larger changes that quick fixes are made of, and when they are refused."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, ip_network
from typing import Any

from designer.model.hosts import HostVNic, PhysicalNic, SetTeam
from designer.model.identity import EntityId
from designer.model.links import AclRule, Attachment, Cable, Uplink
from designer.model.networks import ContainerNetwork, MacRange
from designer.rules import repairs
from designer.rules.design import Design
from tests.unit.rules.designs import Drawn, design

HOST = design().host()


def ask(drawn: Drawn, name: str = "nat0") -> tuple[Design, ContainerNetwork]:
    found = drawn.topology.find(EntityId(name), ContainerNetwork)
    assert found is not None
    return Design(drawn.topology), found


def prefixes(drawn: Drawn, change: Any, name: str = "nat0") -> list[str]:
    assert change is not None
    found = drawn.topology.apply(change).find(EntityId(name), ContainerNetwork)
    assert found is not None
    return [str(subnet.network) for subnet in found.subnets]


def test_a_network_grows_in_place() -> None:
    drawn = HOST.network(subnet="172.16.0.0/29", gateway="172.16.0.1").container(on="nat0", ip="172.16.0.4")
    assert prefixes(drawn, repairs.widened(*ask(drawn), 6)) == ["172.16.0.0/28"]
    assert prefixes(drawn, repairs.widened(*ask(drawn), 300)) == ["172.16.0.0/23"]
    assert repairs.widened(*ask(drawn), 1 << 25) is None


def test_a_network_moves_when_something_is_beside_it() -> None:
    first = design().host(daemon={"default_nat": False}).network(subnet="172.16.0.0/29")
    beside = first.network("nat1", subnet="172.16.0.8/29")
    assert prefixes(beside, repairs.widened(*ask(beside), 6)) == ["172.16.0.16/28"]
    fixed = beside.container(on="nat0", ip="172.16.0.4")
    assert repairs.widened(*ask(fixed), 6) is None


def test_the_wire_and_the_winnat_of_2016_do_not_grow() -> None:
    wire = HOST.nic().network("corp", mode="transparent", subnet="10.0.0.0/29", uplink="Ethernet")
    assert repairs.widened(*ask(wire, "corp"), 20) is None
    old = design().host(os="ws2016").network(subnet="172.16.0.0/29").winnat()
    assert repairs.widened(*ask(old), 20) is None


def test_a_split_gives_each_subnet_a_network() -> None:
    two = ({"prefix": "172.16.0.0/24"}, {"prefix": "172.16.1.0/24"})
    drawn = HOST.network(subnets=two).container("a", on="nat0", ip="172.16.1.9").container("b", on="nat0")
    change = repairs.split(*ask(drawn))
    assert change is not None
    after = drawn.topology.apply(change)
    fresh = next(found for found in after.of(ContainerNetwork) if found.id != "nat0")
    assert [str(subnet.network) for subnet in fresh.subnets] == ["172.16.1.0/24"]
    assert {link.source: link.target for link in after.of(Attachment)} == {"a": fresh.id, "b": "nat0"}
    assert repairs.split(*ask(design().host(os="ws2016").network(subnets=two))) is None


def test_a_subnet_moves_with_everything_in_it() -> None:
    drawn = HOST.network(subnet="10.244.1.0/24", gateway="10.244.1.1", mode="l2bridge")
    drawn = drawn.container(on="nat0", ip="10.244.1.9", gateway="10.244.1.2").vnic(
        on="nat0", addresses=("10.244.1.2/24",)
    )
    asked, network = ask(drawn)
    change = repairs.shifted(asked, network, network.subnets[0], IPv4Network("10.244.7.0/24"))
    assert prefixes(drawn, change) == ["10.244.7.0/24"]
    assert change is not None
    after = drawn.topology.apply(change)
    link = next(found for found in after.of(Attachment) if found.source == "web01")
    assert (link.ip, link.gateway) == (IPv4Address("10.244.7.9"), IPv4Address("10.244.7.2"))
    assert [str(address) for address in after.of(HostVNic)[0].addresses] == ["10.244.7.2/24"]
    balanced = drawn.balancer(to="web01")
    asked, network = ask(balanced)
    assert repairs.shifted(asked, network, network.subnets[0], IPv4Network("10.244.7.0/24")) is None


def test_a_free_sibling_is_in_the_same_block() -> None:
    known = [IPv4Network("10.244.0.0/23")]
    assert repairs.free_sibling(IPv4Network("10.244.1.0/24"), known) == IPv4Network("10.244.2.0/24")
    assert repairs.free_sibling(IPv4Network("10.0.0.0/8"), known) is None
    assert repairs.free_sibling(ip_network("fd00::/64"), known) is None


def test_a_team_is_taken_apart() -> None:
    drawn = design().segment("LAN").host().team("Team").nic("E1", parent="Team", cable="LAN").nic("E2", parent="Team")
    drawn = drawn.switch("External", uplink="Team").placed("Team", 0, 0).placed("E1", 0, 0)
    team = drawn.topology.of(SetTeam)[0]
    change = repairs.single_adapter(Design(drawn.topology), team)
    assert change is not None
    after = drawn.topology.apply(change)
    assert not after.of(SetTeam)
    assert {nic.parent for nic in after.of(PhysicalNic)} == {"HOST01"}
    assert [link.target for link in after.of(Uplink)] == ["E1"]
    assert after.of(Cable)
    empty = design().host().team("Team")
    assert repairs.single_adapter(Design(empty.topology), empty.topology.of(SetTeam)[0]) is None


def test_an_access_list_entry_is_split_unless_it_is_many() -> None:
    entry = AclRule(protocol="tcp", local_ports=({"first": 80, "last": 82},), remote_addresses=("10.0.0.0/8",))
    single = repairs.single_values(entry)
    assert single is not None
    assert [found.local_ports[0].first for found in single] == [80, 81, 82]
    wide = AclRule(protocol="tcp", local_ports=({"first": 1, "last": 60_000},))
    assert repairs.single_values(wide) is None


def test_a_free_mac_pool_stays_with_its_vendor() -> None:
    pool = MacRange(first="00-15-5D-00-00-00", last="00-15-5D-00-00-0F")
    found = repairs.free_mac_range([pool], pool, 16)
    assert found == MacRange(first="00-15-5D-00-00-10", last="00-15-5D-00-00-1F")
    last = MacRange(first="00-15-5D-FF-FF-F0", last="00-15-5D-FF-FF-FF")
    assert repairs.free_mac_range([last], last, 16) is None


def test_a_team_under_two_switches_or_a_nat_network_is_left_alone() -> None:
    team = design().host().team("Team").nic("E1", parent="Team")
    for odd in (team.switch("s1", uplink="Team").switch("s2", uplink="Team"), team.network("nat0", uplink="Team")):
        assert repairs.single_adapter(Design(odd.topology), odd.topology.of(SetTeam)[0]) is None
