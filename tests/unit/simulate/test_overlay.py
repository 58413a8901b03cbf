"""overlay (rows O1 to O8, O10 without virtual addresses, O11): VXLAN, translation, and no leg for the host."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from designer.model.hosts import PhysicalNic
from tests.unit.rules.designs import Drawn
from tests.unit.simulate.paths import NOW, OLD, V1709, Case, host, outside

ISOLATIONS = pytest.mark.parametrize("hyperv", [False, True], ids=["P", "H"])
NODE: dict[str, Any] = {"role": "swarm-manager", "swarm": "s"}


def overlays(
    hyperv: bool = False, second: dict[str, Any] | None = None, network: dict[str, Any] | None = None, **fields: Any
) -> Drawn:
    """Return C, C2 and P of net1 and E of net9 on HOST1, D of net1 on HOST2; P publishes 8080."""
    options: dict[str, Any] = {"mode": "overlay", "attachable": True} | (network or {})
    subnets = ({"prefix": "10.100.0.0/24", "gateway": "10.100.0.1", "vni": 4100},)
    drawn = host(outside(), **NODE | fields)
    drawn = drawn.network("net1", subnets=subnets, uplink="NIC1", **options)
    drawn = drawn.network("net9", subnet="10.109.0.0/24", gateway="10.109.0.1", uplink="NIC1", **options)
    drawn = drawn.container("C", on="net1", ip="10.100.0.10", hyperv=hyperv)
    drawn = drawn.container("C2", on="net1", ip="10.100.0.11", hyperv=hyperv)
    drawn = drawn.container("P", on="net1", ip="10.100.0.12", hyperv=hyperv, ports=({"host_port": 8080},))
    drawn = drawn.container("E", on="net9", ip="10.109.0.10", hyperv=hyperv)
    drawn = host(drawn, 2, **NODE | fields | (second or {})).uplink("net1", "NIC2")
    return drawn.container("D", on="net1", ip="10.100.0.20", hyperv=hyperv)


def stack(name: str, hyperv: bool) -> str:
    return f"{name}:utility-vm" if hyperv else f"{name}:compartment"


@ISOLATIONS
@pytest.mark.parametrize("os", [OLD, NOW])
def test_o1_same_host(hyperv: bool, os: str) -> None:
    Case(
        "O1",
        overlays(hyperv, os=os),
        "C",
        "C2",
        by=("C", stack("C", hyperv), "C|net1", "net1:switch:HOST1", "C2|net1", stack("C2", hyperv)),
        headers={"net1:switch:HOST1": "E[C2<-C] I[10.100.0.10>10.100.0.11] T[50000>80]"},
    ).check()


@ISOLATIONS
def test_o2_another_host_in_vxlan(hyperv: bool) -> None:
    inner = "E[D<-C] I[10.100.0.10>10.100.0.20] T[50000>80]"
    found = Case(
        "O2",
        overlays(hyperv),
        "C",
        "D",
        headers={
            "C|net1": inner,
            "LAN": f"O{{E[HOST2<-HOST1] I[10.0.0.11>10.0.0.12] UDP[hash>4789] VNI=4100}} {inner}",
            "HOST2:compartment": inner,
            "net1:switch:HOST2": inner,
        },
    ).check()

    assert found.touched == {"HOST1", "HOST2"}
    assert found.reply is not None
    back = "E[C<-D] I[10.100.0.20>10.100.0.10] T[80>50000]"
    assert f"O{{E[HOST1<-HOST2] I[10.0.0.12>10.0.0.11] UDP[hash>4789] VNI=4100}} {back}" in [
        hop.header for hop in found.reply.hops
    ]


@pytest.mark.parametrize(
    ("second", "code"),
    [
        ({"blocked_ports": ({"port": 7946, "protocol": "udp"},)}, "D-PEER"),
        ({"blocked_ports": ({"port": 7946, "protocol": "tcp"},)}, "D-PEER"),
        ({"role": "standalone"}, "D-PEER"),
        ({"swarm": "other"}, "D-PEER"),
        ({"blocked_ports": ({"port": 4789, "protocol": "udp"},)}, "D-4789"),
        ({"machine": "vmware-vm", "nsx": True}, "D-4789"),
    ],
)
def test_o2_what_can_be_in_the_way(second: dict[str, Any], code: str) -> None:
    Case("O2", overlays(second=second), "C", "D", code).check()


@pytest.mark.parametrize(("mtu", "code"), [(1450, ""), (1500, "D-MTU")])
def test_o2_a_packet_too_large_for_the_wire(mtu: int, code: str) -> None:
    Case("O2", overlays(network={"mtu": mtu}), "C", "D", code).check()


def test_o2_without_a_stated_mtu_the_packet_fits_an_ordinary_wire_only() -> None:
    Case("O2", overlays(), "C", "D").check()
    Case("O2", narrow(overlays(), 1450), "C", "D", "D-MTU").check()


def narrow(drawn: Drawn, mtu: int) -> Drawn:
    """Let the adapters carry less."""
    entities = (entity.evolve(mtu=mtu) if isinstance(entity, PhysicalNic) else entity for entity in drawn.entities)
    return replace(drawn, entities=tuple(entities))


def test_o2_in_a_swarm_with_linux_nodes() -> None:
    Case("O2", overlays(linux_nodes=True), "C", "D", warns=("MTU003",)).check()


@ISOLATIONS
@pytest.mark.parametrize("target", ["C2", "D"])
def test_o3_another_subnet_of_the_network(hyperv: bool, target: str) -> None:
    subnets = (
        {"prefix": "10.100.0.0/24", "gateway": "10.100.0.1"},
        {"prefix": "10.101.0.0/24", "gateway": "10.101.0.1"},
    )
    drawn = host(outside(), **NODE).network("net1", mode="overlay", subnets=subnets, uplink="NIC1")
    drawn = drawn.container("C", on="net1", ip="10.100.0.10", hyperv=hyperv)
    drawn = drawn.container("C2", on="net1", ip="10.101.0.11", hyperv=hyperv)
    drawn = host(drawn, 2, **NODE).uplink("net1", "NIC2").container("D", on="net1", ip="10.101.0.20", hyperv=hyperv)

    found = Case("O3", drawn, "C", target).check()

    assert any("distributed router" in hop.text for hop in found.hops)


@ISOLATIONS
def test_o4_another_overlay_network(hyperv: bool) -> None:
    Case("O4", overlays(hyperv), "C", "E", "D-VNI").check()


@ISOLATIONS
def test_o5_own_host(hyperv: bool) -> None:
    route = {"options": ({"key": "HostRoute", "value": "true"},)}
    Case("O5", overlays(hyperv), "C", "HOST1", "D-HOSTROUTE").check()
    Case("O5", overlays(hyperv), "HOST1", "C", "D-HOSTROUTE").check()
    Case("O5", overlays(hyperv, network=route), "C", "HOST1").check()
    Case("O5", overlays(hyperv, network=route), "HOST1", "C").check()
    Case("O5", overlays(hyperv, network=route, os=V1709), "C", "HOST1", "D-HOSTROUTE").check()


@ISOLATIONS
@pytest.mark.parametrize("os", [V1709, NOW])
def test_o6_outside(hyperv: bool, os: str) -> None:
    found = Case(
        "O6",
        overlays(hyperv, os=os),
        "C",
        "X",
        headers={"NIC1": "E[R<-HOST1] I[10.0.0.11>192.0.2.50] T[61001>80]"},
    ).check()

    assert found.reply is not None
    assert "I[192.0.2.50>10.100.0.10] T[80>50000]" in found.reply.hops[-1].header
    Case("O6", overlays(hyperv, os=os), "C", "X", "D-ICMP", packet={"protocol": "icmp"}).check()


@ISOLATIONS
def test_o7_before_1709_by_a_second_endpoint_on_nat(hyperv: bool) -> None:
    headers = {"NIC1": "E[R<-HOST1] I[10.0.0.11>192.0.2.50] T[61001>80]"}
    found = Case("O7", overlays(hyperv, os=OLD), "C", "X", headers=headers).check()
    assert found.reply is not None
    assert found.reply.hops[-1].header == "I[192.0.2.50>10.100.0.10] T[80>50000]"

    Case("O7", overlays(hyperv, os=OLD, daemon={"default_nat": False}), "C", "X", "D-NOGW").check()


@ISOLATIONS
@pytest.mark.parametrize(("os", "code"), [(OLD, "D-MAP"), (V1709, ""), (NOW, "")])
def test_o8_a_published_port(hyperv: bool, os: str, code: str) -> None:
    found = Case("O8", overlays(hyperv, os=os), "X", "P", code, port=8080, packet={"address": "published"}).check()

    if not code:
        assert found.reply is not None
        assert "E[R<-HOST1] I[10.0.0.11>192.0.2.50] T[8080>50000]" in [hop.header for hop in found.reply.hops]


@ISOLATIONS
def test_o11_from_another_host_or_outside(hyperv: bool) -> None:
    Case("O11", overlays(hyperv), "HOST2", "C", "D-HOSTROUTE").check()
    Case("O11", overlays(hyperv), "X", "C", "D-HOSTROUTE").check()
