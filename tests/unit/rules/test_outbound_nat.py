"""Rules about OutboundNAT of l2bridge networks (DKR)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.rules.designs import design
from tests.unit.rules.examples import Example, check

HOST = design().host()

BRIDGE: dict[str, Any] = {"mode": "l2bridge", "subnet": "10.244.1.0/24"}


EXAMPLES = [
    Example("DKR013", HOST.network(outbound_nat=True), HOST.network(outbound_nat=True, **BRIDGE), fixable=True),
    Example(
        "DKR014",
        design().host(os="ws2016").network(outbound_nat=True, **BRIDGE),
        HOST.network(outbound_nat=True, **BRIDGE),
        fixable=True,
    ),
    Example(
        "DKR015",
        HOST.network(outbound_nat=True, **BRIDGE),
        HOST.network(outbound_nat=True, outbound_nat_exceptions=("10.244.0.0/16",), **BRIDGE),
        fixable=True,
    ),
    Example(
        "DKR016",
        HOST.network(outbound_nat_exceptions=("10.244.0.0/16",), **BRIDGE),
        HOST.network(outbound_nat=True, outbound_nat_exceptions=("10.244.0.0/16",), **BRIDGE),
        fixable=True,
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)
