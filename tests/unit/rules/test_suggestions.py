"""The free addresses, prefixes, ports and names that quick fixes offer."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, ip_network

import pytest

from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.networks import ContainerNetwork
from designer.model.workloads import WindowsContainer
from designer.rules.design import Design
from designer.rules.suggestions import (
    as_hyperv,
    free_address,
    free_name,
    free_port,
    free_prefix,
    fresh_id,
    is_private,
    removable,
    removed,
)
from tests.unit.rules.designs import Drawn, design


def network(drawn: Drawn, name: str) -> ContainerNetwork:
    found = drawn.topology.find(EntityId(name), ContainerNetwork)
    assert found is not None
    return found


def host(drawn: Drawn, name: str = "HOST01") -> Host:
    found = drawn.topology.find(EntityId(name), Host)
    assert found is not None
    return found


def test_a_free_address_avoids_all_that_is_taken() -> None:
    scope = {"first": "10.0.0.3", "last": "10.0.0.99"}
    drawn = (
        design()
        .segment("LAN", "10.0.0.0/24", router="10.0.0.1", dhcp=scope)
        .client("PC", cable="LAN", addresses=("10.0.0.100/24",))
        .host()
        .nic(cable="LAN", addresses=("10.0.0.101/24",))
        .network("corp", mode="transparent", subnet="10.0.0.0/24", gateway="10.0.0.1", uplink="Ethernet")
        .container(on="corp", ip="10.0.0.102")
    )
    assert free_address(Design(drawn.topology), network(drawn, "corp")) == IPv4Address("10.0.0.103")


def test_there_may_be_no_free_address() -> None:
    drawn = design().host().network("nat0", subnet="172.16.0.0/30", gateway="172.16.0.1").network("nat1")
    assert free_address(Design(drawn.topology), network(drawn, "nat0")) == IPv4Address("172.16.0.2")
    full = drawn.container(on="nat0", ip="172.16.0.2")
    assert free_address(Design(full.topology), network(full, "nat0")) is None
    assert free_address(Design(drawn.topology), network(drawn, "nat1")) is None


def test_a_free_prefix_avoids_what_the_host_knows() -> None:
    drawn = design().host().nic(addresses=("172.16.0.5/24",)).network("nat0", subnet="172.16.16.0/20")
    assert free_prefix(Design(drawn.topology), host(drawn)) == IPv4Network("172.16.32.0/20")


def test_on_2016_a_free_prefix_is_inside_the_winnat() -> None:
    drawn = design().host(os="ws2016").winnat(internal_prefix="192.168.0.0/16", owner="hns")
    found = free_prefix(Design(drawn.topology), host(drawn))
    assert found is not None
    assert found.subnet_of(IPv4Network("192.168.0.0/16"))


def test_a_free_port_is_near_and_below_the_dynamic_range() -> None:
    drawn = (
        design().host(listening=({"port": 8081},)).network("nat0").container(on="nat0", ports=({"host_port": 8080},))
    )
    found = Design(drawn.topology)
    assert free_port(found, host(drawn), "tcp", 8080) == 8082
    assert free_port(found, host(drawn), "udp", 8080) == 8080
    assert free_port(found, host(drawn), "tcp", 50_000) == 8082


def test_a_free_name_counts_on() -> None:
    assert free_name(["web01", "WEB-2"], "web01") == "web-3"
    assert free_name([], "01") == "01-2"


def test_a_fresh_id_is_the_same_for_the_same_seed_and_never_taken() -> None:
    topology = design().host().topology
    assert fresh_id(topology, "uplink", "a", "b") == fresh_id(topology, "uplink", "a", "b")
    assert fresh_id(topology, "uplink", "a", "b") != fresh_id(topology, "uplink", "b", "a")


def test_removing_takes_links_and_placements_along() -> None:
    drawn = design().host().network("nat0").container(on="nat0").placed("nat0", 1, 2)
    left = drawn.topology.apply(removed(drawn.topology, "Delete nat0", EntityId("nat0")))
    assert {entity.id for entity in left.entities.values()} == {"HOST01", "web01"}
    assert removable(drawn.topology, EntityId("nat0"))
    assert not removable(drawn.topology, EntityId("HOST01"))


@pytest.mark.parametrize(("prefix", "private"), [("10.1.0.0/16", True), ("8.8.8.0/24", False), ("fd00::/64", True)])
def test_private_prefixes(prefix: str, private: bool) -> None:
    assert is_private(ip_network(prefix)) is private


def test_isolation_changes_only_where_the_host_can() -> None:
    for drawn, possible in (
        (design().host().container(), True),
        (design().host(hyperv_role=False).container(), False),
        (design().host(machine="hyperv-vm").container(), False),
        (design().host(os="ws2019").container(image_build=20348), False),
        (design().host().compartment("c2").container(parent="c2"), False),
        (design().host().container().container("app01", shares_network_of="web01"), False),
    ):
        container = drawn.topology.find(EntityId("web01"), WindowsContainer)
        assert container is not None
        assert (as_hyperv(Design(drawn.topology), container) is not None) is possible
