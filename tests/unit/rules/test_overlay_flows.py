"""Rules about flows over overlay networks."""

from __future__ import annotations

from typing import Any

import pytest

from designer.model.flows import Flow
from designer.model.services import Service
from tests.unit.rules.designs import Drawn, design
from tests.unit.rules.examples import Example, check, found

NET: dict[str, Any] = {"mode": "overlay", "attachable": True, "subnet": "10.100.0.0/24"}


def swarm(*releases: str, role: str = "swarm-manager", address: str = "10.0.0.1") -> Drawn:
    """Return nodes on one physical network, web01 on the first of them and on the overlay network."""
    drawn = design().segment("LAN", prefix="10.0.0.0/24").client("PC", cable="LAN", addresses=("10.0.0.50/24",))
    drawn = drawn.network("ov", **NET)
    for number, release in enumerate(releases, start=1):
        node_role = role if number == 1 or role == "kubernetes-node" else "swarm-worker"
        drawn = drawn.host(f"NODE{number}", os=release, role=node_role)
        drawn = drawn.nic(f"Ethernet{number}", cable="LAN", addresses=(f"{address}{number}/24",))
        drawn = drawn.uplink("ov", f"Ethernet{number}")
        drawn = drawn.container(f"web0{number}", on="ov")
    return drawn


TWO = swarm("ws2022", "ws2022")
WEB = TWO.service("web", on="ov")

EXAMPLES = [
    Example("OVL012", TWO.flow("web01", "PC", protocol="icmp"), TWO.flow("web01", "PC", protocol="tcp"), fixable=True),
    Example("OVL014", TWO.flow("NODE1", "web01"), TWO.flow("web02", "web01")),
    Example("OVL015", TWO.flow("PC", "web01"), TWO.flow("web02", "web01"), fixable=True),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)


def test_an_ipv6_flow_over_overlay() -> None:
    check(Example("IPV001", TWO.flow("web02", "web01", ip_version=6), TWO.flow("web02", "web01"), fixable=True))


def test_ping_inside_an_overlay_works() -> None:
    assert not found("OVL012", TWO.flow("web01", "web02", protocol="icmp"))


def test_containers_on_2016_leave_by_nat_where_ping_works() -> None:
    assert not found("OVL012", swarm("ws2016").flow("web01", "PC", protocol="icmp"))


def test_a_container_does_not_reach_its_own_host_either() -> None:
    assert found("OVL014", TWO.flow("web01", "NODE1"))
    assert not found("OVL014", TWO.flow("web01", "NODE2"))


@pytest.mark.parametrize(("release", "number"), [("ws2016", 1), ("ws2019", 0)])
def test_a_cni_plug_in_gives_the_host_a_leg(release: str, number: int) -> None:
    drawn = swarm(release, role="kubernetes-node").flow("NODE1", "web01")
    assert len(found("OVL014", drawn)) == number


def test_a_node_that_tasks_run_on_is_their_own_host() -> None:
    assert found("OVL014", WEB.flow("NODE1", "web"))
    assert found("OVL015", WEB.flow("PC", "web"))


def after_fix(rule: str, drawn: Drawn) -> Drawn:
    (judged,) = found(rule, drawn)
    assert judged.finding.fix is not None
    return Drawn(tuple(drawn.topology.apply(judged.finding.fix).entities.values()))


def test_a_service_publishes_by_the_mesh() -> None:
    fixed = after_fix("OVL015", WEB.flow("PC", "web"))
    (service,), (flow,) = fixed.topology.of(Service), fixed.topology.of(Flow)
    assert [(port.mode, port.target) for port in service.ports] == [("ingress", 80)]
    assert (flow.address, flow.port) == ("published", service.ports[0].published)
    assert not found("OVL015", fixed)


def test_before_1709_no_port_can_be_published() -> None:
    (judged,) = found("OVL015", swarm("ws2016").flow("PC", "web01"))
    assert judged.finding.fix is None
