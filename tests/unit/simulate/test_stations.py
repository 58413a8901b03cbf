"""Ways out of a stack."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Interface, IPv4Network

from designer.model.identity import EntityId
from designer.model.realisation import PartKey
from designer.simulate.frames import fixed, of_interface
from designer.simulate.stations import Kind, Port, Route, Stack, find_way, gateway_is_off, gateways


def port(name: str, address: str, gateway: str | None = None) -> Port:
    given = fixed(IPv4Address(gateway)) if gateway else None
    key = PartKey(EntityId(name))
    return Port(key, key.element, key, Kind.ROUTER, name, name, (of_interface(IPv4Interface(address)),), given)


WIDE, NARROW = port("wide", "10.0.0.1/8", "10.0.0.254"), port("narrow", "10.1.0.1/24")
ROUTE = Route(IPv4Network("10.2.0.0/16"), fixed(IPv4Address("10.1.0.9")))
STACK = Stack(PartKey(EntityId("R")), EntityId("R"), "R", (WIDE, NARROW), (ROUTE,))


def way(target: str) -> tuple[str, str, bool] | None:
    found = find_way(STACK, fixed(IPv4Address(target)))
    return (found.port.name, found.next_hop.text, found.default) if found is not None else None


def test_the_longest_prefix_wins_then_the_default_gateway() -> None:
    assert way("10.1.0.7") == ("narrow", "10.1.0.7", False)
    assert way("10.9.0.7") == ("wide", "10.9.0.7", False)
    assert way("10.2.0.7") == ("narrow", "10.1.0.9", False)
    assert way("192.0.2.1") == ("wide", "10.0.0.254", True)
    assert find_way(Stack(STACK.key, STACK.owner, "R", (NARROW,)), fixed(IPv4Address("192.0.2.1"))) is None


def test_gateways_on_a_subnet_go_before_others() -> None:
    off = port("off", "172.16.0.1/24", "172.17.0.1")

    assert [found.name for found, _ in gateways((off, WIDE), 4)] == ["wide", "off"]
    assert gateway_is_off(off, fixed(IPv4Address("172.17.0.1")))
    assert not gateway_is_off(WIDE, fixed(IPv4Address("10.0.0.254")))


def test_titles_of_stacks() -> None:
    element = EntityId("x")

    assert STACK.title == "R"
    assert (
        Stack(PartKey(element, "utility-vm"), element, "api", (), host=element).title
        == "The stack in the utility VM of api"
    )
    assert Stack(PartKey(element, "compartment"), element, "web", (), host=element).title == "The compartment of web"
    assert Stack(PartKey(element), element, "H", (), host=element, is_host=True).title == "H, compartment 1"
