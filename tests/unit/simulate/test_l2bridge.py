"""l2bridge (rows B1 to B11): the MAC address of the host on the wire, OutboundNAT, host endpoints."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import IPv4Address
from typing import Any

import pytest

from tests.unit.rules.designs import Drawn, design
from tests.unit.simulate.paths import NOW, OLD, V1709, Case, host, one_host, with_route

ISOLATIONS = pytest.mark.parametrize("hyperv", [False, True], ids=["P", "H"])


def bridged(hyperv: bool = False, network: dict[str, Any] | None = None, ports: bool = False, **fields: Any) -> Drawn:
    """Return C and C2 on bridge1 of HOST1, and D on bridge2 of HOST2, in the subnet of the hosts."""
    options = {"mode": "l2bridge", "subnet": "10.0.0.0/24", "gateway": "10.0.0.1"} | (network or {})
    drawn = one_host(**fields).network("bridge1", uplink="NIC1", **options)
    drawn = drawn.container("C", on="bridge1", ip="10.0.0.20", hyperv=hyperv)
    mapping = ({"host_port": 8080},) if ports else ()
    drawn = drawn.container("C2", on="bridge1", ip="10.0.0.21", hyperv=hyperv, ports=mapping)
    drawn = host(drawn, 2, **fields).network("bridge2", uplink="NIC2", **options)
    return drawn.container("D", on="bridge2", ip="10.0.0.30", hyperv=hyperv)


def custom(hyperv: bool = False, legs: bool = True, forwarding: bool = True, **fields: Any) -> Drawn:
    """Return C on pods1 and E on more1 of HOST1, D on pods2 of HOST2: subnets of their own behind host endpoints."""
    network = {key: fields.pop(key) for key in ("outbound_nat", "outbound_nat_exceptions") if key in fields}
    drawn = one_host(**fields)
    for number, name, prefix in ((1, "pods1", "10.244.1"), (1, "more1", "10.244.3"), (2, "pods2", "10.244.2")):
        drawn = host(drawn, 2, **fields) if number == 2 else drawn
        drawn = drawn.network(
            name, mode="l2bridge", subnet=f"{prefix}.0/24", gateway=f"{prefix}.2", uplink=f"NIC{number}", **network
        )
        if legs:
            leg = {"role": "host-endpoint", "addresses": (f"{prefix}.2/24",), "forwarding": forwarding}
            drawn = drawn.vnic(f"leg-{name}", on=name, **leg)
    drawn = replace(drawn, last="HOST1").container("C", on="pods1", ip="10.244.1.10", hyperv=hyperv)
    drawn = drawn.container("E", on="more1", ip="10.244.3.10", hyperv=hyperv)
    return replace(drawn, last="HOST2").container("D", on="pods2", ip="10.244.2.10", hyperv=hyperv)


def routed(drawn: Drawn) -> Drawn:
    """Give R routes to the subnets behind the hosts."""
    for prefix, address in (
        ("10.244.1.0/24", "10.0.0.11"),
        ("10.244.3.0/24", "10.0.0.11"),
        ("10.244.2.0/24", "10.0.0.12"),
    ):
        drawn = with_route(drawn, prefix, address)
    return drawn


def stack(name: str, hyperv: bool) -> str:
    return f"{name}:utility-vm" if hyperv else f"{name}:compartment"


@ISOLATIONS
@pytest.mark.parametrize("os", [OLD, NOW])
def test_b1_same_network(hyperv: bool, os: str) -> None:
    Case(
        "B1",
        bridged(hyperv, os=os),
        "C",
        "C2",
        by=("C", stack("C", hyperv), "C|bridge1", "bridge1:switch", "C2|bridge1", stack("C2", hyperv)),
        headers={"bridge1:switch": "E[C2<-C] I[10.0.0.20>10.0.0.21] T[50000>80]"},
    ).check()


@ISOLATIONS
def test_b2_another_subnet_by_the_router(hyperv: bool) -> None:
    drawn = one_host().network("bridge1", mode="l2bridge", subnet="10.0.0.0/24", gateway="10.0.0.1", uplink="NIC1")
    drawn = drawn.container("C", on="bridge1", ip="10.0.0.20", hyperv=hyperv)
    drawn = drawn.nic("NIC3", cable="WAN", addresses=("192.0.2.11/24",))
    drawn = drawn.network("bridge3", mode="l2bridge", subnet="192.0.2.0/24", gateway="192.0.2.1", uplink="NIC3")
    drawn = drawn.container("E", on="bridge3", ip="192.0.2.20", hyperv=hyperv)

    found = Case(
        "B2",
        drawn,
        "C",
        "E",
        headers={
            "LAN": "E[R<-HOST1] I[10.0.0.20>192.0.2.20] T[50000>80]",
            "WAN": "E[HOST1<-R] I[10.0.0.20>192.0.2.20] T[50000>80]",
            "bridge3:switch": "E[E<-R] I[10.0.0.20>192.0.2.20] T[50000>80]",
        },
    ).check()
    assert "I[10.0.0.20>192.0.2.20] T[50000>80] TTL−1" in [hop.header for hop in found.hops]


@ISOLATIONS
def test_b2_another_subnet_by_host_endpoints(hyperv: bool) -> None:
    Case(
        "B2",
        custom(hyperv),
        "C",
        "E",
        headers={
            "leg-pods1": "I[10.244.1.10>10.244.3.10] T[50000>80]",
            "leg-more1": "E[E<-HOST1] I[10.244.1.10>10.244.3.10] T[50000>80]",
        },
    ).check()


@ISOLATIONS
@pytest.mark.parametrize(("target", "row"), [("E", "B2"), ("HOST1", "B3"), ("X", "B5")])
def test_b2_b3_b5_a_subnet_of_its_own_without_host_endpoint(hyperv: bool, target: str, row: str) -> None:
    Case(row, custom(hyperv, legs=False), "C", target, "D-NOHOSTLEG").check()


@ISOLATIONS
def test_b3_own_host(hyperv: bool) -> None:
    by = ("C", stack("C", hyperv), "C|bridge1", "bridge1:switch", "bridge1:vnic:HOST1", "HOST1:compartment")
    Case(
        "B3",
        bridged(hyperv),
        "C",
        "HOST1",
        by=by,
        headers={"bridge1:switch": "E[HOST1<-C] I[10.0.0.20>10.0.0.11] T[50000>80]"},
    ).check()
    Case("B3", custom(hyperv), "C", "HOST1", headers={"leg-pods1": "I[10.244.1.10>10.244.1.2] T[50000>80]"}).check()
    management = IPv4Address("10.0.0.11")
    Case("B3", custom(hyperv), "C", management, headers={"leg-pods1": "I[10.244.1.10>10.0.0.11] T[50000>80]"}).check()


@ISOLATIONS
def test_b4_from_the_host(hyperv: bool) -> None:
    Case(
        "B4", custom(hyperv), "HOST1", "C", headers={"leg-pods1": "E[C<-HOST1] I[10.244.1.2>10.244.1.10] T[50000>80]"}
    ).check()
    Case("B4", custom(hyperv, legs=False), "HOST1", "C", "D-NOHOSTLEG").check()


@ISOLATIONS
def test_b5_outside_in_the_subnet_of_the_host(hyperv: bool) -> None:
    found = Case(
        "B5",
        bridged(hyperv),
        "C",
        "X",
        by=("C", stack("C", hyperv), "C|bridge1", "bridge1:switch", "NIC1", "LAN", "R", "WAN", "X"),
        headers={
            "C|bridge1": "E[R<-C] I[10.0.0.20>192.0.2.50] T[50000>80]",
            "NIC1": "E[R<-HOST1] I[10.0.0.20>192.0.2.50] T[50000>80]",
        },
    ).check()

    assert found.reply is not None
    headers = [hop.header for hop in found.reply.hops]
    assert "E[HOST1<-R] I[192.0.2.50>10.0.0.20] T[80>50000]" in headers
    assert "E[C<-R] I[192.0.2.50>10.0.0.20] T[80>50000]" in headers


@ISOLATIONS
def test_b5_outside_from_a_subnet_of_its_own(hyperv: bool) -> None:
    found = Case("B5", custom(hyperv), "C", "X", "reply D-NORETURN", warns=("TOP010",)).check()
    assert found.delivered
    assert not found.works
    assert found.reply is not None
    assert found.reply.where == "R"

    Case(
        "B5",
        routed(custom(hyperv)),
        "C",
        "X",
        headers={
            "leg-pods1": "I[10.244.1.10>192.0.2.50] T[50000>80]",
            "NIC1": "E[R<-HOST1] I[10.244.1.10>192.0.2.50] T[50000>80]",
        },
    ).check()
    Case("B5", routed(custom(hyperv, forwarding=False)), "C", "X", "D-NOROUTE").check()


@ISOLATIONS
@pytest.mark.parametrize("os", [V1709, NOW])
def test_b6_outbound_nat(hyperv: bool, os: str) -> None:
    translated = "I[10.0.0.11>192.0.2.50] T[61001>80]"
    for drawn in (bridged(hyperv, {"outbound_nat": True}, os=os), custom(hyperv, outbound_nat=True, os=os)):
        headers = {"NIC1": f"E[R<-HOST1] {translated}"}
        Case("B6", drawn, "C", "X", headers=headers).check()
        Case("B6", drawn, "C", "X", "D-ICMP", packet={"protocol": "icmp"}).check()
    exception = {"outbound_nat": True, "outbound_nat_exceptions": ("192.0.2.0/24",)}
    headers = {"NIC1": "E[R<-HOST1] I[10.0.0.20>192.0.2.50] T[50000>80]"}
    Case("B5", bridged(hyperv, exception, os=os), "C", "X", headers=headers).check()


def test_b6_outbound_nat_before_1709_does_nothing() -> None:
    drawn = bridged(network={"outbound_nat": True}, os=OLD)

    Case("B5", drawn, "C", "X", headers={"NIC1": "E[R<-HOST1] I[10.0.0.20>192.0.2.50] T[50000>80]"}).check()


@ISOLATIONS
def test_b7_another_host_in_the_same_subnet(hyperv: bool) -> None:
    Case(
        "B7",
        bridged(hyperv),
        "C",
        "D",
        headers={
            "C|bridge1": "E[HOST2<-C] I[10.0.0.20>10.0.0.30] T[50000>80]",
            "LAN": "E[HOST2<-HOST1] I[10.0.0.20>10.0.0.30] T[50000>80]",
            "bridge2:switch": "E[D<-HOST1] I[10.0.0.20>10.0.0.30] T[50000>80]",
        },
    ).check()


@ISOLATIONS
def test_b8_another_host_in_another_subnet(hyperv: bool) -> None:
    nodes = custom(hyperv, role="kubernetes-node", os="ws2019")
    found = Case(
        "B8", nodes, "C", "D", headers={"LAN": "E[HOST2<-HOST1] I[10.244.1.10>10.244.2.10] T[50000>80]"}
    ).check()
    assert "R" not in [hop.element for hop in found.hops]

    old = custom(hyperv, role="kubernetes-node", os=V1709)
    Case("B8", old, "C", "D", "D-NOROUTE").check()
    assert "R" in [hop.element for hop in Case("B8", routed(old), "C", "D").check().hops]
    Case("B8", custom(hyperv), "C", "D", "D-NOROUTE").check()


def test_b8_azure_needs_user_defined_routes() -> None:
    drawn = design().segment("LAN", prefix="10.0.0.0/24", router="10.0.0.1", azure_vnet=True)
    for number in (1, 2):
        drawn = host(drawn, number, machine="azure-vm", role="kubernetes-node")
        prefix = f"10.244.{number}"
        drawn = drawn.network(
            f"pods{number}", mode="l2bridge", subnet=f"{prefix}.0/24", gateway=f"{prefix}.2", uplink=f"NIC{number}"
        )
        drawn = drawn.vnic(
            f"leg{number}", on=f"pods{number}", role="host-endpoint", addresses=(f"{prefix}.2/24",), forwarding=True
        )
        drawn = drawn.container("C" if number == 1 else "D", on=f"pods{number}", ip=f"{prefix}.10")

    Case("B8", drawn, "C", "D", "D-AZURE").check()


@ISOLATIONS
@pytest.mark.parametrize(("os", "code"), [(OLD, "D-MAP"), (V1709, ""), (NOW, "")])
def test_b9_a_published_port_from_outside(hyperv: bool, os: str, code: str) -> None:
    headers = {"NIC1": "E[HOST1<-R] I[192.0.2.50>10.0.0.21] T[50000>80]"} if not code else {}
    drawn = bridged(hyperv, ports=True, os=os)
    found = Case("B9", drawn, "X", "C2", code, port=8080, packet={"address": "published"}, headers=headers).check()

    if not code:
        assert found.reply is not None
        assert "E[R<-HOST1] I[10.0.0.11>192.0.2.50] T[8080>50000]" in [hop.header for hop in found.reply.hops]


def test_b9_a_blocked_port() -> None:
    drawn = bridged(ports=True, blocked_ports=({"port": 8080},))

    Case("B9", drawn, "X", "C2", "D-FW", port=8080, packet={"address": "published"}).check()


@ISOLATIONS
def test_b10_from_its_own_host(hyperv: bool) -> None:
    local = {"address": "localhost"}
    Case("B10", bridged(hyperv, ports=True), "HOST1", "C2", "D-LOOPBACK", port=8080, packet=local).check()
    Case(
        "B10", bridged(hyperv, ports=True), "HOST1", "C2", "D-LOOPBACK", port=8080, packet={"address": "published"}
    ).check()
    option = {"options": ({"key": "localRoutedPortMapping", "value": "true"},)}
    Case("B10", bridged(hyperv, option, ports=True), "HOST1", "C2", port=8080, packet=local).check()


@ISOLATIONS
def test_b11_from_outside(hyperv: bool) -> None:
    Case(
        "B11",
        bridged(hyperv),
        "X",
        "C",
        headers={
            "LAN": "E[HOST1<-R] I[192.0.2.50>10.0.0.20] T[50000>80]",
            "bridge1:switch": "E[C<-R] I[192.0.2.50>10.0.0.20] T[50000>80]",
        },
    ).check()
    Case("B11", custom(hyperv), "X", "C", "D-NOROUTE").check()
    headers = {"leg-pods1": "E[C<-HOST1] I[192.0.2.50>10.244.1.10] T[50000>80]"}
    Case("B11", routed(custom(hyperv)), "X", "C", headers=headers).check()


def test_that_vfp_answers_arp_with_the_mac_address_of_the_host_is_inferred() -> None:
    found = Case("B7", bridged(), "C", "D").check()

    assert [hop.inferred for hop in found.hops if "the frame goes to HOST2" in hop.text] == [True]
