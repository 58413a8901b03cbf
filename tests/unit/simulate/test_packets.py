"""The packet of a flow."""

from __future__ import annotations

from typing import Any

import pytest

from designer.model.flows import Flow
from designer.simulate.packets import packet_of
from designer.simulate.trace import Packet
from tests.unit.rules.designs import design


def packet(target: str, **fields: Any) -> Packet:
    mapping = ({"host_port": 8080, "container_port": 81}, {"host_port": 0, "container_port": 53, "protocol": "udp"})
    drawn = design().host("H", listening=({"port": 3389},)).network("nat0")
    drawn = drawn.container("pub", on="nat0", ports=mapping).container("list", listening=({"port": 1433},))
    drawn = drawn.container("bare").service("svc", ports=({"published": 8443, "target": 443},))
    drawn = drawn.balancer("LB", port=90).flow("bare", target, **fields)
    return packet_of(drawn.topology, drawn.topology.of(Flow)[0])


@pytest.mark.parametrize(
    ("target", "fields", "port"),
    [
        ("pub", {}, 81),
        ("pub", {"port": 9}, 9),
        ("pub", {"address": "published"}, 8080),
        ("pub", {"address": "localhost"}, 8080),
        ("pub", {"protocol": "udp"}, 53),
        ("pub", {"protocol": "udp", "address": "published"}, 60000),
        ("pub", {"protocol": "icmp", "port": 7}, None),
        ("list", {}, 1433),
        ("bare", {}, 80),
        ("svc", {}, 443),
        ("svc", {"address": "published"}, 8443),
        ("LB", {}, 90),
        ("H", {}, 3389),
    ],
)
def test_the_port_that_a_flow_leaves_open(target: str, fields: dict[str, Any], port: int | None) -> None:
    assert packet(target, **fields).port == port


def test_everything_else_is_taken_over() -> None:
    found = packet("pub", address="published", ip_version=6, ipsec=True)

    assert (found.source, found.target, found.address, found.ip_version, found.ipsec) == (
        "bare",
        "pub",
        "published",
        6,
        True,
    )
