"""The routing mesh and ports in mode host (rows O8, O9), and load balancers with a published port."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.rules.designs import Drawn
from tests.unit.simulate.paths import OLD, V1709, Case, host, outside

NODE = {"role": "swarm-manager", "swarm": "s"}
PUBLISHED = {"address": "published"}


def swarm(service: dict[str, Any] | None = None, **fields: Any) -> Drawn:
    """Return a swarm of HOST1 and HOST2 with the service web, whose only task is on HOST1 unless something is said."""
    drawn = host(outside(), **NODE | fields).network("net1", mode="overlay", subnet="10.100.0.0/24", uplink="NIC1")
    drawn = host(drawn, 2, **NODE | fields).uplink("net1", "NIC2")
    ports = ({"published": 8080, "target": 80},)
    return drawn.service("web", on="net1", **{"ports": ports} | (service or {}))


@pytest.mark.parametrize("isolation", ["process", "hyperv"])
def test_o9_the_task_is_on_the_node(isolation: str) -> None:
    found = Case("O9", swarm({"isolation": isolation}), "X", "web", port=8080, packet=PUBLISHED).check()

    assert found.hops[-1].element == "web"
    assert found.hops[-1].header == "I[source VIP of HOST1>web.1] T[61001>80]"
    assert found.reply is not None
    assert "E[R<-HOST1] I[10.0.0.11>192.0.2.50] T[8080>50000]" in [hop.header for hop in found.reply.hops]


def test_o9_the_task_is_on_another_node() -> None:
    elsewhere = {"constraints": ("node.hostname == host2",)}
    found = Case("O9", swarm(elsewhere), "X", "web", port=8080, packet=PUBLISHED).check()

    assert found.touched == {"HOST1", "HOST2"}
    outer = "O{E[HOST2<-HOST1] I[10.0.0.11>10.0.0.12] UDP[hash>4789] VNI=n}"
    inner = "E[web.1<-HOST1] I[source VIP of HOST1>web.1] T[61001>80]"
    assert f"{outer} {inner}" in [hop.header for hop in found.hops]
    assert found.reply is not None
    assert found.reply.hops[-1].header == "I[10.0.0.11>192.0.2.50] T[8080>50000]"


@pytest.mark.parametrize(
    ("service", "fields", "code"),
    [
        ({}, {"os": OLD}, "D-MESH"),
        ({}, {"os": V1709}, ""),
        ({}, {"swarm_ingress": False}, "D-MESH"),
        ({"endpoint_mode": "dnsrr"}, {}, "D-MESH"),
        ({}, {"blocked_ports": ({"port": 8080},)}, "D-FW"),
        ({"replicas": 0}, {}, "D-LB"),
    ],
)
def test_o9_what_can_be_in_the_way(service: dict[str, Any], fields: dict[str, Any], code: str) -> None:
    row = "" if service.get("replicas") == 0 else "O9"

    Case(row, swarm(service, **fields), "X", "web", code, port=8080, packet=PUBLISHED).check()


@pytest.mark.parametrize(("os", "code"), [(OLD, "D-MAP"), (V1709, "")])
def test_o8_mode_host(os: str, code: str) -> None:
    ports = ({"published": 8080, "target": 80, "mode": "host"},)

    Case("O8", swarm({"ports": ports}, os=os), "X", "web", code, port=8080, packet=PUBLISHED).check()


def test_a_load_balancer_with_a_published_port() -> None:
    drawn = host(outside()).network("b1", mode="l2bridge", subnet="10.0.0.0/24", gateway="10.0.0.1", uplink="NIC1")
    drawn = drawn.container("C", on="b1", ip="10.0.0.20").balancer(
        "LB", to="C", port=8080, target_port=80, parent="HOST1"
    )

    Case("B12", drawn, "X", "LB", port=8080).check()
