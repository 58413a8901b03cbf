"""Rules about ports that a firewall closes towards a host."""

from __future__ import annotations

import pytest

from tests.unit.rules.designs import Drawn, design
from tests.unit.rules.examples import Example, check, found


def swarm(port: int, protocol: str = "tcp", role: str = "swarm-manager") -> Drawn:
    closed = ({"port": port, "protocol": protocol},)
    return design().host("A", role="swarm-manager").host("B", role=role, blocked_ports=closed)


EXAMPLES = [
    Example("OVL005", swarm(4789, "udp"), swarm(8080)),
    Example(
        "PRT020",
        design().host(blocked_ports=({"port": 8080},)).network().container(on="nat0", ports=({"host_port": 8080},)),
        design().host(blocked_ports=({"port": 8081},)).network().container(on="nat0", ports=({"host_port": 8080},)),
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)


def test_only_managers_need_the_port_for_joining() -> None:
    assert found("OVL005", swarm(2377))
    assert not found("OVL005", swarm(2377, role="swarm-worker"))
    assert len(found("OVL005", swarm(7946, "any"))) == 2


def test_a_node_alone_talks_to_nobody() -> None:
    assert not found("OVL005", design().host(role="swarm-manager", blocked_ports=({"port": 2377},)))
