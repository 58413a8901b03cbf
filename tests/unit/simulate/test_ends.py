"""Which address a packet is sent to."""

from __future__ import annotations

from tests.unit.rules.designs import design
from tests.unit.simulate.paths import Case, host, one_host, outside, walk


def test_a_common_network_goes_before_one_that_reaches_further() -> None:
    drawn = one_host().network("nat0", subnet="172.16.0.0/24")
    drawn = drawn.network("corp", mode="transparent", subnet="10.0.0.0/24", gateway="10.0.0.1", uplink="NIC1")
    drawn = drawn.container("C", on="nat0", ip="172.16.0.10").container("E", on=("nat0", "corp"), ip="172.16.0.11")

    assert walk(drawn, "C", "E").hops[0].header == "I[172.16.0.10>172.16.0.11] T[50000>80]"
    assert walk(drawn, "X", "E").hops[0].header == "I[192.0.2.50>E] T[50000>80]"


def test_open_addresses_have_the_name_of_their_owner() -> None:
    drawn = one_host().network("nat0").container("C", on="nat0").container("C2", on="nat0")

    assert walk(drawn, "C", "C2").hops[-1].header == "I[C>C2] T[50000>80]"
    assert walk(drawn, "C", "X").works


def test_a_target_without_address() -> None:
    drawn = host(outside()).container("C").host("BARE").client("Y", cable="LAN")

    Case("", drawn, "X", "C", "D-NONE").check()
    Case("", drawn, "X", "BARE", "D-NOHOSTLEG").check()
    assert walk(drawn, "Y", "HOST1", None).works


def test_a_container_outside_all_hosts_publishes_nothing() -> None:
    drawn = outside().container("C", parent=None)

    Case("", drawn, "X", "C", "D-ARP").check()
    Case("", drawn, "X", "C", "D-MAP", packet={"address": "published"}).check()


def test_a_port_that_is_not_mapped() -> None:
    drawn = one_host().network("nat0", subnet="172.16.0.0/24").container("C", on="nat0", ip="172.16.0.10")

    Case("N8", drawn, "X", "C", "D-MAP", port=8080, packet={"address": "published"}).check()
    Case("N10", drawn, "HOST1", "C", "D-MAP", port=8080, packet={"address": "localhost"}).check()


def test_a_load_balancer_without_anything() -> None:
    Case("", one_host().balancer("LB"), "X", "LB", "D-LB").check()


def test_a_service_that_is_on_no_network() -> None:
    drawn = host(outside(), role="swarm-manager", swarm="s").service("web")

    Case("", drawn, "X", "web", "D-NONE").check()
    Case("Z1", drawn, "web", "X", "D-NONE").check()


def test_a_service_sends_from_its_first_task() -> None:
    drawn = host(design().segment("LAN", prefix="10.0.0.0/24", router="10.0.0.1"), role="swarm-manager", swarm="s")
    drawn = drawn.network("net1", mode="overlay", subnet="10.100.0.0/24", uplink="NIC1").service("web", on="net1")
    drawn = drawn.client("Y", cable="LAN", addresses=("10.0.0.50/24",))

    found = Case("O6", drawn, "web", "Y").check()

    assert found.hops[0].header == "I[web.1>10.0.0.50] T[50000>80]"
