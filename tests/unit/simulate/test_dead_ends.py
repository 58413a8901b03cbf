"""The edge of the drawing, and addresses that nobody has."""

from __future__ import annotations

from ipaddress import IPv4Address

import pytest

from tests.unit.rules.designs import Drawn, design
from tests.unit.simulate.paths import Case, host, one_host, walk


def home(router: bool = True) -> Drawn:
    """Return HOST1 with a nat container behind a router that is not drawn."""
    way_out = {"router": "10.0.0.1"} if router else {}
    drawn = host(design().segment("LAN", prefix="10.0.0.0/24", **way_out)).network("nat0", subnet="172.16.0.0/24")
    return drawn.container("C", on="nat0", ip="172.16.0.10")


@pytest.mark.parametrize("target", [IPv4Address("8.8.8.8"), "Internet"])
def test_the_router_of_a_physical_network_leads_to_the_internet(target: IPv4Address | str) -> None:
    found = walk(home().client("Internet", internet=True), "C", target)

    assert found.works
    assert found.hops[-1].inferred
    assert "beyond what is drawn" in found.hops[-1].text
    assert found.reply is not None
    assert found.reply.hops[-1].element == "C"


def test_a_private_address_that_nobody_has() -> None:
    found = Case("N5", home(), "C", IPv4Address("192.168.99.1"), "D-NOROUTE").check()
    assert found.where == "LAN"

    Case("N5", home(), "C", IPv4Address("10.0.0.99"), "D-ARP").check()


def test_a_gateway_that_nobody_has() -> None:
    found = Case("N5", home(router=False), "C", IPv4Address("8.8.8.8"), "D-ARP").check()

    assert found.sentence.endswith("as the way to 8.8.8.8. Nobody on “LAN” has the address 10.0.0.1.")


def test_a_drawn_router_needs_a_route_to_the_internet() -> None:
    drawn = one_host().network("nat0", subnet="172.16.0.0/24").container("C", on="nat0", ip="172.16.0.10")
    far = drawn.client("Internet", internet=True)
    near = drawn.client("Internet", internet=True, cable="WAN")

    Case("N5", far, "C", "Internet", "D-NOROUTE").check()
    assert walk(near, "C", "Internet").works
