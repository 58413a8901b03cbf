"""What an IP stack does: its own addresses, its compartment, its gateways, its routes."""

from __future__ import annotations

from tests.unit.rules.designs import design
from tests.unit.simulate.paths import Case, host, one_host, outside, places, walk, with_route


def test_members_of_a_compartment_meet_on_loopback() -> None:
    drawn = one_host().network("nat0", subnet="172.16.0.0/24")
    shared = drawn.container("C", on="nat0", ip="172.16.0.10").container("C2", shares_network_of="C")
    pod = drawn.compartment("pod", on="nat0").container("C", parent="pod").container("C2", parent="pod")

    for drawing in (shared, pod):
        found = walk(drawing, "C", "C2")
        assert found.works
        assert len(places(found)) == 2
        assert "no switch sees it" in found.hops[-1].text


def test_members_of_a_compartment_share_its_way_out() -> None:
    drawn = one_host().network("nat0", subnet="172.16.0.0/24").container("C", on="nat0", ip="172.16.0.10")
    drawn = drawn.container("C2", shares_network_of="C")

    assert "C|nat0" in places(walk(drawn, "C2", "X"))


def test_no_default_gateway() -> None:
    drawn = one_host().network("corp", mode="transparent", subnet="10.0.0.0/24", uplink="NIC1")

    Case("T5", drawn.container("C", on="corp", ip="10.0.0.20"), "C", "X", "D-NOGW").check()


def test_a_gateway_outside_the_subnet() -> None:
    drawn = one_host().network("nat0", subnet="172.16.0.0/24", gateway="172.17.0.1")

    Case("N5", drawn.container("C", on="nat0", ip="172.16.0.10"), "C", "X", "D-NOGW").check()


def test_two_default_gateways() -> None:
    drawn = one_host().network("nat0", subnet="172.16.0.0/24")
    drawn = drawn.network("corp", mode="transparent", subnet="10.0.0.0/24", gateway="10.0.0.1", uplink="NIC1")
    drawn = drawn.container("C", on=("nat0", "corp"))

    assert "MHM003" in {rule for rule, _ in walk(drawn, "C", "X").warnings}


def test_the_longest_prefix_decides() -> None:
    drawn = one_host().network("nat0", subnet="172.16.0.0/24")
    drawn = drawn.network("corp", mode="transparent", subnet="10.0.0.0/24", gateway="10.0.0.1", uplink="NIC1")
    drawn = drawn.container("C", on=("nat0", "corp")).container("E", on="corp", ip="10.0.0.30")

    assert "C|corp" in places(walk(drawn, "C", "E"))


def test_localhost_in_a_container_is_the_container() -> None:
    drawn = one_host().network("nat0", subnet="172.16.0.0/24").container("C", on="nat0", ip="172.16.0.10")
    drawn = drawn.container("C2", on="nat0", ip="172.16.0.11", ports=({"host_port": 8080},))

    Case("", drawn, "C", "C2", "D-LOOPBACK", port=8080, packet={"address": "localhost"}).check()


def test_a_container_forwards_nothing() -> None:
    drawn = one_host().network("corp", mode="transparent", subnet="10.0.0.0/24", gateway="10.0.0.30", uplink="NIC1")
    drawn = drawn.container("C", on="corp", ip="10.0.0.20").container("E", on="corp", ip="10.0.0.30", forwards=True)

    found = Case("T5", drawn, "C", "X", "D-NOROUTE").check()

    assert found.where == "E"


def test_routers_pass_on_what_they_know_and_count() -> None:
    drawn = with_route(outside(), "198.51.100.0/24", "10.0.0.2").segment("FAR", prefix="198.51.100.0/24")
    drawn = drawn.router("R2", cable="LAN", addresses=("10.0.0.2/24", "198.51.100.1/24")).cabled("R2", "FAR")
    drawn = drawn.client("Y", cable="FAR", addresses=("198.51.100.50/24",), gateway="198.51.100.1")

    found = walk(drawn, "X", "Y")

    assert [hop.text for hop in found.hops if "hop limit" in hop.text] == [
        "R forwards it: hop limit 127.",
        "R2 forwards it: hop limit 126.",
    ]
    assert found.reply is not None
    assert found.reply.code == "D-NORETURN"


def test_routes_in_a_circle_end_by_the_hop_limit() -> None:
    drawn = with_route(outside(), "203.0.113.0/24", "10.0.0.2")
    back = {"destination": "203.0.113.0/24", "next_hop": "10.0.0.1"}
    drawn = drawn.router("R2", cable="LAN", addresses=("10.0.0.2/24",), routes=(back,))
    drawn = drawn.segment("FAR", prefix="203.0.113.0/24").client("Y", cable="FAR", addresses=("203.0.113.9/24",))

    found = Case("", drawn, "X", "Y", "D-TTL").check()

    assert len(found.hops) < 20


def test_a_host_is_no_router() -> None:
    drawn = design().segment("LAN", prefix="10.0.0.0/24").segment("B", prefix="10.9.0.0/24")
    drawn = host(drawn).nic("NIC3", cable="B", addresses=("10.9.0.11/24",))
    drawn = drawn.client("X", cable="LAN", addresses=("10.0.0.50/24",), gateway="10.0.0.11")
    drawn = drawn.client("Y", cable="B", addresses=("10.9.0.50/24",))

    found = Case("", drawn, "X", "Y", "D-NOROUTE").check()

    assert found.where == "HOST1"
