"""The changes that quick fixes are made of."""

from __future__ import annotations

from ipaddress import IPv4Network, ip_interface, ip_network

import pytest

from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.networks import ContainerNetwork, Subnet
from designer.model.workloads import WindowsContainer
from designer.rules.design import Design
from designer.rules.suggestions import (
    as_hyperv,
    fresh_id,
    is_private,
    prefixes_of_host,
    removable,
    removed,
    renumbered,
    reshaped,
)
from tests.unit.rules.designs import Drawn, design


def host(drawn: Drawn, name: str = "HOST01") -> Host:
    found = drawn.topology.find(EntityId(name), Host)
    assert found is not None
    return found


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


def test_a_network_moves_to_a_prefix_that_the_host_does_not_know() -> None:
    drawn = (
        design()
        .host(daemon={"default_nat": False})
        .nic(addresses=("172.16.0.5/24",))
        .network("nat0", subnet="172.16.16.0/20")
    )
    found = drawn.topology.find(EntityId("nat0"), ContainerNetwork)
    assert found is not None
    change = renumbered(Design(drawn.topology), host(drawn), found)
    assert change is not None
    moved = drawn.topology.apply(change).find(EntityId("nat0"), ContainerNetwork)
    assert moved is not None
    assert (str(moved.subnets[0].network), str(moved.subnets[0].gateway)) == ("172.16.32.0/20", "172.16.32.1")
    assert IPv4Network("172.16.16.0/20") in prefixes_of_host(Design(drawn.topology), host(drawn))


@pytest.mark.parametrize(("prefix", "private"), [("10.1.0.0/16", True), ("8.8.8.0/24", False), ("fd00::/64", True)])
def test_private_prefixes(prefix: str, private: bool) -> None:
    assert is_private(ip_network(prefix)) is private


def test_a_subnet_takes_a_prefix_of_the_other_ip_version() -> None:
    moved = reshaped(Subnet.model_validate({"prefix": "10.0.0.0/24"}), ip_network("fd00::/64"))
    assert moved.prefix == ip_interface("fd00::/64")


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
