"""nat and ics (rows N1 to N12, S1, S2)."""

from __future__ import annotations

from typing import Any

import pytest

from designer.model.hosts import WinNat
from tests.unit.rules.designs import Drawn
from tests.unit.simulate.paths import NOW, OLD, V1709, V2019, Case, host, one_host, walk, with_route

ISOLATIONS = pytest.mark.parametrize("hyperv", [False, True], ids=["P", "H"])

NAT_GW = "nat0:vnic:HOST1"


def nats(hyperv: bool = False, **fields: Any) -> Drawn:
    """Return HOST1 with C and C2 on nat0 and E on nat1, all publishing, and HOST2 with D on its own nat."""
    drawn = one_host(**fields)
    drawn = drawn.network("nat0", subnet="172.16.0.0/24").network("nat1", subnet="172.17.0.0/24")
    drawn = drawn.container("C", on="nat0", ip="172.16.0.10", hyperv=hyperv)
    drawn = drawn.container("C2", on="nat0", ip="172.16.0.11", hyperv=hyperv, ports=({"host_port": 8080},))
    drawn = drawn.container("E", on="nat1", ip="172.17.0.10", hyperv=hyperv, ports=({"host_port": 8081},))
    drawn = host(drawn, 2, **fields).network("nat2", subnet="172.18.0.0/24")
    return drawn.container("D", on="nat2", ip="172.18.0.10", hyperv=hyperv, ports=({"host_port": 8082},))


def stack(name: str, hyperv: bool) -> str:
    return f"{name}:utility-vm" if hyperv else f"{name}:compartment"


def source(name: str, network: str, hyperv: bool) -> tuple[str, ...]:
    """Return where a packet comes by from a program to the switch."""
    return (name, stack(name, hyperv), f"{name}|{network}", f"{network}:switch")


def target(name: str, network: str, hyperv: bool) -> tuple[str, ...]:
    """Return where a packet comes by from the switch to a program."""
    return (f"{network}:switch", f"{name}|{network}", stack(name, hyperv))


@ISOLATIONS
def test_n1_same_network(hyperv: bool) -> None:
    Case(
        "N1",
        nats(hyperv),
        "C",
        "C2",
        by=(*source("C", "nat0", hyperv), "C2|nat0", stack("C2", hyperv)),
        headers={"nat0:switch": "E[C2<-C] I[172.16.0.10>172.16.0.11] T[50000>80]"},
    ).check()


@ISOLATIONS
def test_n1_before_1709_warns_of_the_default_policy_of_windows_containers(hyperv: bool) -> None:
    found = Case("N1", nats(hyperv, os=OLD), "C", "C2", warns=() if hyperv else ("ACL005",)).check()

    assert ("ACL005" in {rule for rule, _ in found.warnings}) is not hyperv


def test_n1_before_1709_drops_with_the_updates_that_did() -> None:
    Case("N1", nats(os=OLD, update_revision=693), "C", "C2", "D-ISO-DENY").check()
    Case("N1", nats(os=OLD, update_revision=693), "C", "C2", packet={"protocol": "icmp"}).check()
    Case("N1", nats(True, os=OLD, update_revision=693), "C", "C2").check()
    Case("N8", nats(os=OLD, update_revision=693), "X", "C2", port=8080, packet={"address": "published"}).check()


@ISOLATIONS
@pytest.mark.parametrize("os", [OLD, NOW])
def test_n2_other_nat_network(hyperv: bool, os: str) -> None:
    Case(
        "N2",
        nats(hyperv, os=os),
        "C",
        "E",
        "D-NATX",
        by=(*source("C", "nat0", hyperv), NAT_GW, "HOST1:compartment"),
        headers={NAT_GW: "I[172.16.0.10>172.17.0.10] T[50000>80]"},
    ).check()


@ISOLATIONS
@pytest.mark.parametrize("protocol", ["tcp", "udp", "icmp"])
def test_n5_outside(hyperv: bool, protocol: str) -> None:
    transport = "ICMP" if protocol == "icmp" else "T[61001>80]"
    found = Case(
        "N5",
        nats(hyperv),
        "C",
        "X",
        by=(
            *source("C", "nat0", hyperv),
            NAT_GW,
            "nat0:winnat",
            "HOST1:compartment",
            "NIC1",
            "LAN",
            "R",
            "WAN",
            "X",
        ),
        headers={
            NAT_GW: f"I[172.16.0.10>192.0.2.50] {'ICMP' if protocol == 'icmp' else 'T[50000>80]'}",
            "nat0:winnat": f"I[10.0.0.11>192.0.2.50] {transport} TTL−1",
            "NIC1": f"E[R<-HOST1] I[10.0.0.11>192.0.2.50] {transport}",
            "WAN": f"E[X<-R] I[10.0.0.11>192.0.2.50] {transport}",
        },
        packet={"protocol": protocol},
    ).check()

    assert found.reply is not None
    headers = [hop.header for hop in found.reply.hops]
    back = "ICMP" if protocol == "icmp" else "T[80>61001]"
    assert f"E[HOST1<-R] I[192.0.2.50>10.0.0.11] {back}" in headers
    inside = "ICMP" if protocol == "icmp" else "T[80>50000]"
    assert f"E[C<-HOST1] I[192.0.2.50>172.16.0.10] {inside}" in headers


@ISOLATIONS
def test_n6_the_address_of_a_container_on_another_host(hyperv: bool) -> None:
    found = Case(
        "N6", nats(hyperv), "C", "D", "D-NOROUTE", headers={"LAN": "E[R<-HOST1] I[10.0.0.11>172.18.0.10] T[61001>80]"}
    ).check()

    assert found.where == "R"


@ISOLATIONS
def test_n7_a_published_port_of_another_host(hyperv: bool) -> None:
    found = Case(
        "N8",
        nats(hyperv),
        "C",
        "D",
        port=8082,
        packet={"address": "published"},
        headers={
            "LAN": "E[HOST2<-HOST1] I[10.0.0.11>10.0.0.12] T[61001>8082]",
            "nat2:winnat": "I[10.0.0.11>172.18.0.10] T[61001>80] TTL−1",
        },
    ).check()

    assert {hop.path for hop in found.hops} >= {"N7", "N8"}


@ISOLATIONS
@pytest.mark.parametrize("os", [OLD, NOW])
def test_n8_a_published_port_from_outside(hyperv: bool, os: str) -> None:
    found = Case(
        "N8",
        nats(hyperv, os=os),
        "X",
        "C2",
        port=8080,
        packet={"address": "published"},
        by=(
            *("X", "WAN", "R", "LAN", "NIC1"),
            *("nat0:winnat", "HOST1:compartment", NAT_GW),
            *target("C2", "nat0", hyperv),
        ),
        headers={
            "LAN": "E[HOST1<-R] I[192.0.2.50>10.0.0.11] T[50000>8080]",
            "nat0:winnat": "I[192.0.2.50>172.16.0.11] T[50000>80] TTL−1",
            NAT_GW: "E[C2<-HOST1] I[192.0.2.50>172.16.0.11] T[50000>80]",
        },
    ).check()

    assert found.reply is not None
    assert "E[R<-HOST1] I[10.0.0.11>192.0.2.50] T[8080>50000]" in [hop.header for hop in found.reply.hops]


def test_n8_a_blocked_port() -> None:
    blocked = nats(blocked_ports=({"port": 8080},))

    Case("N8", blocked, "X", "C2", "D-FW", port=8080, packet={"address": "published"}).check()


def test_n8_a_mapping_made_by_hand() -> None:
    mapping = {"external_port": 9000, "internal_address": "172.16.0.10", "internal_port": 81}
    manual = {"id": "manual", "name": "manual", "parent": "HOST1", "mappings": (mapping,)}
    drawn = nats().also(WinNat.model_validate(manual))

    found = Case("N8", drawn, "X", "HOST1", port=9000).check()

    assert found.hops[-1].element == "C"


@ISOLATIONS
def test_n9_the_address_of_a_container_from_outside(hyperv: bool) -> None:
    Case("N9", nats(hyperv), "X", "C", "D-NOROUTE", by=("X", "WAN", "R")).check()


def test_n9_with_a_route_to_the_host() -> None:
    drawn = with_route(nats(), "172.16.0.0/24", "10.0.0.11")

    found = Case("N9", drawn, "X", "C", "D-NOROUTE").check()

    assert found.where == "HOST1"


@ISOLATIONS
@pytest.mark.parametrize(("os", "code"), [(OLD, "D-LOOPBACK"), ("ws1803", "D-LOOPBACK"), (V2019, ""), (NOW, "")])
def test_n11_localhost(hyperv: bool, os: str, code: str) -> None:
    headers = {NAT_GW: "E[C2<-HOST1] I[172.16.0.1>172.16.0.11] T[50000>80]"} if not code else {}
    local = {"address": "localhost"}
    Case("N11", nats(hyperv, os=os), "HOST1", "C2", code, port=8080, packet=local, headers=headers).check()


@ISOLATIONS
@pytest.mark.parametrize(("os", "code"), [(OLD, "D-LOOPBACK"), (V1709, "D-LOOPBACK"), (V2019, ""), (NOW, "")])
def test_n12_back_into_the_same_host(hyperv: bool, os: str, code: str) -> None:
    headers = {"nat1:winnat": "I[172.17.0.1>172.17.0.10] T[61001>80] TTL−1"} if not code else {}
    published = {"address": "published"}
    found = Case("N12", nats(hyperv, os=os), "C", "E", code, port=8081, packet=published, headers=headers).check()

    assert code or "not reliable" in " ".join(hop.text for hop in found.hops)


@ISOLATIONS
def test_s1_ics_leads_outside(hyperv: bool) -> None:
    drawn = one_host(os="win11").network("ics0", mode="ics")
    drawn = drawn.container("C", on="ics0", hyperv=hyperv).container("C2", on="ics0", hyperv=hyperv)

    Case("S1", drawn, "C", "X", headers={"NIC1": "E[R<-HOST1] I[10.0.0.11>192.0.2.50] T[61001>80]"}).check()
    Case("S1", drawn, "C", "C2", headers={"ics0:switch": "E[C2<-C] I[C>C2] T[50000>80]"}).check()
    Case("S1", drawn, "C", "HOST1").check()
    Case("S2", drawn, "X", "C", "D-MAP").check()


def test_the_answer_to_a_plain_walk_is_recorded() -> None:
    found = walk(nats(), "C", "X")

    assert found.works
    assert found.reply is not None
    assert found.touched == {"HOST1"}
