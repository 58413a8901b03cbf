"""l2tunnel (rows L1 to L6): the fabric of Azure judges every frame."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.rules.designs import Drawn, design
from tests.unit.simulate.paths import NOW, OLD, V1709, Case, host

ISOLATIONS = pytest.mark.parametrize("hyperv", [False, True], ids=["P", "H"])


def tunnelled(hyperv: bool = False, machine: str = "azure-vm", outbound_nat: bool = False, **fields: Any) -> Drawn:
    """Return C, C2 and E in VM HOST1 and D in VM HOST2 of one virtual network, with the client X elsewhere."""
    drawn = design().segment("LAN", prefix="10.0.0.0/24", router="10.0.0.1", azure_vnet=True)
    drawn = drawn.client("X", internet=True)
    options: dict[str, Any] = {
        "mode": "l2tunnel",
        "subnet": "10.0.0.0/24",
        "gateway": "10.0.0.1",
        "outbound_nat": outbound_nat,
    }
    drawn = host(drawn, machine=machine, **fields).network("tun1", uplink="NIC1", **options)
    drawn = drawn.container("C", on="tun1", ip="10.0.0.20", hyperv=hyperv)
    drawn = drawn.container("C2", on="tun1", ip="10.0.0.21", hyperv=hyperv, ports=({"host_port": 8080},))
    drawn = host(drawn, 2, machine=machine, **fields).network("tun2", uplink="NIC2", **options)
    return drawn.container("D", on="tun2", ip="10.0.0.30", hyperv=hyperv).client(
        "J", cable="LAN", addresses=("10.0.0.50/24",)
    )


def stack(name: str, hyperv: bool) -> str:
    return f"{name}:utility-vm" if hyperv else f"{name}:compartment"


@ISOLATIONS
def test_l1_even_a_neighbour_is_reached_by_the_fabric(hyperv: bool) -> None:
    Case(
        "L1",
        tunnelled(hyperv),
        "C",
        "C2",
        by=(
            *("C", stack("C", hyperv), "C|tun1", "tun1:switch", "NIC1", "LAN", "NIC1"),
            *("tun1:switch", "C2|tun1", stack("C2", hyperv)),
        ),
        headers={
            "LAN": "E[C2<-HOST1] I[10.0.0.20>10.0.0.21] T[50000>80]",
            "C2|tun1": "E[C2<-HOST1] I[10.0.0.20>10.0.0.21] T[50000>80]",
        },
    ).check()


@ISOLATIONS
def test_l2_another_vm(hyperv: bool) -> None:
    Case(
        "L2",
        tunnelled(hyperv),
        "C",
        "D",
        headers={
            "LAN": "E[HOST2<-HOST1] I[10.0.0.20>10.0.0.30] T[50000>80]",
            "tun2:switch": "E[D<-HOST1] I[10.0.0.20>10.0.0.30] T[50000>80]",
        },
    ).check()


@ISOLATIONS
def test_l3_own_vm(hyperv: bool) -> None:
    found = Case("L3", tunnelled(hyperv), "C", "HOST1").check()
    assert "LAN" in [hop.element for hop in found.hops]

    Case("L3", tunnelled(hyperv), "HOST1", "C").check()


@ISOLATIONS
@pytest.mark.parametrize(("nat", "source", "port"), [(False, "10.0.0.20", 50000), (True, "10.0.0.11", 61001)])
def test_l4_outside(hyperv: bool, nat: bool, source: str, port: int) -> None:
    headers = {"NIC1": f"E[10.0.0.1<-HOST1] I[{source}>X] T[{port}>80]"}
    Case("L4", tunnelled(hyperv, outbound_nat=nat), "C", "X", headers=headers).check()
    Case(
        "L4", tunnelled(hyperv, outbound_nat=nat), "C", "X", "D-ICMP" if nat else "", packet={"protocol": "icmp"}
    ).check()


@ISOLATIONS
@pytest.mark.parametrize(("os", "code"), [(OLD, "D-MAP"), (V1709, ""), (NOW, "")])
def test_l5_from_outside(hyperv: bool, os: str, code: str) -> None:
    drawn = tunnelled(hyperv, os=os)

    Case("L5", drawn, "J", "C2", code, port=8080, packet={"address": "published"}).check()
    Case("L5", drawn, "J", "C").check()


@ISOLATIONS
@pytest.mark.parametrize("target", ["C2", "D", "HOST1", "X"])
def test_l6_outside_azure_nothing_returns_the_frames(hyperv: bool, target: str) -> None:
    Case("L6", tunnelled(hyperv, machine="bare-metal"), "C", target, "D-AZURE").check()
