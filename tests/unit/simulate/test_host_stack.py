"""What a host takes itself and what it passes on (rows N3, N4, N10, I1 to I3)."""

from __future__ import annotations

from ipaddress import IPv4Address

import pytest

from tests.unit.simulate.paths import Case, one_host, walk
from tests.unit.simulate.test_mesh import PUBLISHED, swarm
from tests.unit.simulate.test_winnat import ISOLATIONS, NAT_GW, nats, source, target


@ISOLATIONS
def test_n3_own_host(hyperv: bool) -> None:
    Case(
        "N3",
        nats(hyperv),
        "C",
        "HOST1",
        by=(*source("C", "nat0", hyperv), NAT_GW, "HOST1:compartment"),
        headers={"nat0:switch": "E[HOST1<-C] I[172.16.0.10>172.16.0.1] T[50000>80]"},
        warns=("PRT022",),
    ).check()


def test_n3_docker_answers_names_at_the_gateway() -> None:
    found = Case("N3", nats(), "C", "HOST1", port=53, packet={"protocol": "udp"}).check()

    assert "resolver" in found.hops[-1].text
    assert found.warnings == ()


def test_n3_a_blocked_port() -> None:
    blocked = nats(blocked_ports=({"port": 80},))

    Case("N3", blocked, "C", "HOST1", "D-FW").check()


@ISOLATIONS
def test_n4_from_the_host(hyperv: bool) -> None:
    Case(
        "N4",
        nats(hyperv),
        "HOST1",
        "C",
        by=("HOST1", "HOST1:compartment", NAT_GW, *target("C", "nat0", hyperv)),
        headers={NAT_GW: "E[C<-HOST1] I[172.16.0.1>172.16.0.10] T[50000>80]"},
    ).check()


def test_n10_a_port_that_is_not_published() -> None:
    Case("N10", nats(), "X", "HOST1", "D-FW", port=9999).check()
    Case("", nats(listening=({"port": 443},)), "X", "HOST1", port=443).check()


@ISOLATIONS
def test_i_internal_networks_stay_inside(hyperv: bool) -> None:
    drawn = one_host().network("int0", mode="internal", subnet="192.168.7.0/24")
    drawn = drawn.container("C", on="int0", ip="192.168.7.10", hyperv=hyperv)
    drawn = drawn.container("C2", on="int0", ip="192.168.7.11", hyperv=hyperv)

    Case("I1", drawn, "C", "C2", headers={"int0:switch": "E[C2<-C] I[192.168.7.10>192.168.7.11] T[50000>80]"}).check()
    Case(
        "I2", drawn, "C", "HOST1", headers={"int0:switch": "E[HOST1<-C] I[192.168.7.10>192.168.7.1] T[50000>80]"}
    ).check()
    Case("I2", drawn, "HOST1", "C").check()
    Case("I3", drawn, "C", "X", "D-INTERNAL").check()
    Case("I3", drawn, "X", "C", "D-INTERNAL").check()


def test_ports_that_an_inbound_rule_opens_to_containers() -> None:
    found = Case("N3", nats(opened_ports=({"port": 80},)), "C", "HOST1").check()

    assert found.warnings == ()


def test_any_address_of_the_host_is_its_own() -> None:
    Case("N3", nats(), "C", IPv4Address("10.0.0.11")).check()


@pytest.mark.parametrize("source_name", ["HOST1", "C"])
def test_a_node_does_not_reach_the_mesh_on_itself(source_name: str) -> None:
    drawn = swarm().host("ALONE", role="swarm-manager", swarm="t").nic("N", cable="LAN", addresses=("10.0.0.9/24",))
    drawn = drawn.network("nat9", subnet="172.16.9.0/24").container("C", on="nat9", ip="172.16.9.10")
    drawn = drawn.service("solo", swarm="t", ports=({"published": 8080, "target": 80},))

    node = "ALONE" if source_name == "HOST1" else source_name
    Case("O9", drawn, node, "solo", "D-LOOPBACK", port=8080, packet=PUBLISHED).check()
    assert walk(swarm(), "HOST1", "web", 8080, **PUBLISHED).works


def test_loopback_of_a_host_is_the_host() -> None:
    found = walk(one_host(), "HOST1", IPv4Address("127.0.0.1"))

    assert found.works
    assert found.touched == {"HOST1"}
