"""Rules about bandwidth, access lists and exceptions in detail."""

from __future__ import annotations

from typing import Any

import pytest

from designer.model.links import Attachment
from tests.unit.rules.designs import Drawn, design
from tests.unit.rules.examples import Example, check, found

HOST = design().host().nic(speed_mbps=1000).network("b", mode="l2bridge", subnet="10.0.0.0/24", uplink="Ethernet")
LAN = design().segment("LAN", "10.0.0.0/24").host().nic(cable="LAN", addresses=("10.0.0.11/24",))


def switch(mode: str, **vnic: Any) -> Drawn:
    return HOST.nic("E2").switch("sw", uplink="E2", bandwidth_mode=mode).vnic("leg", on="sw", **vnic)


def pod(*exceptions: str, on: Drawn = LAN) -> Drawn:
    fields: dict[str, Any] = {"mode": "l2bridge", "subnet": "10.244.1.0/24", "uplink": "Ethernet"}
    return on.network("pod", outbound_nat=True, outbound_nat_exceptions=exceptions, **fields)


PORT = {"local_ports": ({"first": 80, "last": 80},)}

EXAMPLES = [
    Example("QOS002", HOST.container(on="b", inbound_limit_bytes_per_second=1000), HOST.container(on="b")),
    Example(
        "QOS003",
        HOST.container(on="b", outbound_limit_bytes_per_second=800_000_000),
        HOST.container(on="b", outbound_limit_bytes_per_second=100_000_000),
        fixable=True,
    ),
    Example(
        "QOS004",
        switch("absolute", minimum_bandwidth_weight=50),
        switch("default", minimum_bandwidth_weight=50),
        fixable=True,
    ),
    Example(
        "ACL010",
        HOST.container(on="b", acls=({"protocol": "any"} | PORT,)),
        HOST.container(on="b", acls=({"protocol": "tcp"} | PORT,)),
        fixable=True,
    ),
    Example("ACL012", pod("10.0.0.0/8"), pod("10.244.0.0/16"), fixable=True),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)


def test_any_protocol_becomes_two_and_one_without_ports_loses_them() -> None:
    drawn = HOST.container(on="b", acls=({"protocol": "any"} | PORT, {"protocol": "icmp"} | PORT))
    fix = found("ACL010", drawn)[0].finding.fix
    assert fix is not None
    acls = drawn.topology.apply(fix).of(Attachment)[0].acls
    assert [(entry.protocol, bool(entry.local_ports)) for entry in acls] == [
        ("tcp", True),
        ("udp", True),
        ("icmp", False),
    ]


def test_a_switch_that_another_vnic_needs_as_it_is_stays() -> None:
    shared = switch("absolute", minimum_bandwidth_weight=50)
    shared = shared.vnic("other", on="sw", minimum_bandwidth_bits_per_second=8000)
    assert found("QOS004", shared)[0].finding.fix is None


def test_a_routed_prefix_may_be_excepted() -> None:
    routed = design().segment("LAN", "10.0.0.0/24")
    routed = routed.router(cable="LAN", routes=({"destination": "10.244.0.0/16", "next_hop": "10.0.0.11"},))
    routed = routed.host().nic(cable="LAN", addresses=("10.0.0.11/24",))
    assert not found("ACL012", pod("10.0.0.0/8", on=routed))
