"""The two ends of a flow as the rules see them."""

from __future__ import annotations

from designer.model.flows import Flow
from designer.rules.design import Design
from designer.rules.flow_ends import Ends, by_published_port, ends_of, spoken
from tests.unit.rules.designs import Drawn, design

BASE = design().client("PC").host("HOST01").network("nat0", subnet="172.16.0.0/20").container("web01", on="nat0")


def ends(drawn: Drawn) -> Ends:
    topology = drawn.topology
    return ends_of(Design(topology), topology.of(Flow)[0])


def test_a_container_has_the_networks_of_its_endpoints() -> None:
    found = ends(BASE.flow("PC", "web01"))
    assert [network.id for network in found.target.networks] == ["nat0"]
    assert found.target.host is not None
    assert found.target.host.id == "HOST01"
    assert found.source.host is None
    assert not found.on_one_host
    assert not found.on_one_network


def test_a_sharer_has_the_networks_of_its_donor() -> None:
    drawn = BASE.container("web02", shares_network_of="web01").flow("web02", "web01")
    found = ends(drawn)
    assert found.source.networks == found.target.networks
    assert not found.apart


def test_sharers_in_a_circle_end() -> None:
    drawn = BASE.container("a", shares_network_of="b").container("b", shares_network_of="a").flow("a", "PC")
    assert ends(drawn).source.networks == ()


def test_containers_of_a_compartment_have_one_stack() -> None:
    drawn = BASE.compartment("pod", on="nat0").container("a", parent="pod").container("b", parent="pod").flow("a", "b")
    found = ends(drawn)
    assert not found.apart
    assert found.on_one_network


def test_a_service_has_networks_and_no_host() -> None:
    drawn = BASE.network("ov", mode="overlay").service("web", on="ov").flow("PC", "web")
    found = ends(drawn)
    assert [network.id for network in found.target.networks] == ["ov"]
    assert found.target.host is None
    assert not found.target.is_container


def test_an_end_that_is_no_element_goes_by_its_id() -> None:
    found = ends(BASE.flow("PC", "web01|nat0"))
    assert (found.target.name, found.target.host) == ("web01|nat0", None)


def test_a_flow_is_spoken_with_the_port_that_it_takes() -> None:
    drawn = BASE.flow("PC", "web01")
    assert spoken(Design(drawn.topology), drawn.topology.of(Flow)[0]) == "“PC” to “web01” (tcp 80)"
    drawn = BASE.flow("PC", "web01", protocol="icmp")
    assert spoken(Design(drawn.topology), drawn.topology.of(Flow)[0]) == "“PC” to “web01” (icmp)"


def test_a_protocol_without_mappings_is_not_published() -> None:
    drawn = BASE.flow("PC", "web01", protocol="sctp")
    flow = drawn.topology.of(Flow)[0]
    target = ends(drawn).target
    assert by_published_port(Design(drawn.topology), flow, target, target.endpoints[0]) is None
