"""Virtual addresses (rows B12 and O10)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.rules.designs import Drawn
from tests.unit.simulate.paths import OLD, V1709, Case, host, one_host, outside

ISOLATIONS = pytest.mark.parametrize("hyperv", [False, True], ids=["P", "H"])
NODE = {"role": "swarm-manager", "swarm": "s"}


def bridged(hyperv: bool = False, to: Any = ("C2",), balancer: dict[str, Any] | None = None, **fields: Any) -> Drawn:
    """Return C and C2 on HOST1, D on HOST2, and the load balancer LB at 10.96.0.10."""
    subnet: dict[str, Any] = {"mode": "l2bridge", "subnet": "10.0.0.0/24", "gateway": "10.0.0.1"}
    drawn = (
        one_host(**fields).network("b1", uplink="NIC1", **subnet).container("C", on="b1", ip="10.0.0.20", hyperv=hyperv)
    )
    drawn = drawn.container("C2", on="b1", ip="10.0.0.21", hyperv=hyperv)
    drawn = host(drawn, 2, **fields).network("b2", uplink="NIC2", **subnet)
    drawn = drawn.container("D", on="b2", ip="10.0.0.30", hyperv=hyperv)
    return drawn.balancer("LB", to=to, **{"vip": "10.96.0.10", "port": 80, "target_port": 8080} | (balancer or {}))


@ISOLATIONS
@pytest.mark.parametrize(("backend", "last"), [("C2", "b1:switch"), ("D", "b2:switch")])
def test_b12_a_back_end_here_or_there(hyperv: bool, backend: str, last: str) -> None:
    drawn = bridged(hyperv, (backend,), {"source_vip": "10.0.0.200"})
    address = {"C2": "10.0.0.21", "D": "10.0.0.30"}[backend]

    found = Case("B12", drawn, "C", "LB").check()

    header = next(hop.header for hop in reversed(found.hops) if f"{hop.element}:{hop.part}" == last)
    assert header.split("] ", 1)[1] == f"I[10.0.0.200>{address}] T[61001>8080]"
    assert found.reply is not None
    assert found.reply.hops[-1].header == "I[10.96.0.10>10.0.0.20] T[80>50000]"


@ISOLATIONS
def test_b12_direct_server_return_keeps_the_source(hyperv: bool) -> None:
    found = Case("B12", bridged(hyperv, ("D",), {"direct_server_return": True}), "C", "LB").check()

    assert found.hops[-1].header == "I[10.0.0.20>10.0.0.30] T[50000>8080]"
    assert found.reply is not None
    assert found.reply.hops[-1].header == "I[10.96.0.10>10.0.0.20] T[80>50000]"


@ISOLATIONS
@pytest.mark.parametrize(
    ("to", "balancer", "os"),
    [
        ((), {}, "ws2022"),
        (("D",), {"local_backends_only": True}, "ws2022"),
        (("C2",), {"port": 443}, "ws2022"),
        (("C2",), {}, OLD),
    ],
)
def test_b12_without_back_end(hyperv: bool, to: Any, balancer: dict[str, Any], os: str) -> None:
    found = Case("B12", bridged(hyperv, to, balancer, os=os), "C", "LB", "D-LB", port=80).check()

    assert found.where == "LB"


def test_nat_has_no_load_balancer() -> None:
    drawn = one_host().network("nat0", subnet="172.16.0.0/24").container("C", on="nat0", ip="172.16.0.10")
    drawn = drawn.container("C2", on="nat0", ip="172.16.0.11").balancer("LB", to="C2", vip="10.96.0.10", port=80)

    Case("N5", drawn, "C", "LB", "D-LB").check()


def services(hyperv: bool = False, **fields: Any) -> Drawn:
    """Return C on HOST1 and the service web, both on net1 of a swarm."""
    service = {key: fields.pop(key) for key in ("endpoint_mode", "constraints", "replicas") if key in fields}
    drawn = host(outside(), **NODE | fields).network("net1", mode="overlay", subnet="10.100.0.0/24", uplink="NIC1")
    drawn = drawn.container("C", on="net1", ip="10.100.0.10", hyperv=hyperv)
    drawn = host(drawn, 2, **NODE | fields).uplink("net1", "NIC2")
    return drawn.service("web", on="net1", isolation="hyperv" if hyperv else "process", **service)


@ISOLATIONS
@pytest.mark.parametrize("node", ["host1", "host2"])
def test_o10_a_virtual_address_of_a_service(hyperv: bool, node: str) -> None:
    found = Case("O10", services(hyperv, constraints=(f"node.hostname == {node}",)), "C", "web").check()

    assert found.hops[-1].header == "I[source VIP of HOST1>web.1] T[61001>80]"
    assert found.reply is not None
    assert found.reply.hops[-1].header == "I[VIP of web>10.100.0.10] T[80>50000]"


@ISOLATIONS
def test_o10_dns_round_robin_needs_no_virtual_address(hyperv: bool) -> None:
    found = Case("O1", services(hyperv, endpoint_mode="dnsrr"), "C", "web").check()

    assert found.hops[-1].header == "I[10.100.0.10>web.1] T[50000>80]"


def test_o10_before_1709_only_dns_round_robin() -> None:
    Case("O10", services(os=OLD), "C", "web", "D-LB").check()
    Case("O1", services(os=OLD, endpoint_mode="dnsrr"), "C", "web").check()
    Case("O10", services(os=V1709), "C", "web").check()


def test_o10_a_service_without_task() -> None:
    Case("", services(replicas=0), "C", "web", "D-LB").check()


def test_o10_a_load_balancer_on_overlay_needs_a_source_vip() -> None:
    drawn = services().container("B", on="net1", ip="10.100.0.30")
    ready = drawn.balancer("LB", to="B", vip="10.100.0.100", port=80, source_vip="10.100.0.200")
    Case("O10", ready, "C", "LB").check()

    found = Case("O10", drawn.balancer("LB", to="B", vip="10.100.0.100", port=80), "C", "LB", "D-LB").check()
    assert "LBL003" in {rule for rule, _ in found.warnings}
