"""Rules about containers with several networks, and IPv6."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.rules.designs import design
from tests.unit.rules.examples import Example, check

HOST = design().host().network("nat0", subnet="172.16.0.0/20").network("nat1", subnet="172.17.0.0/20")
HOST = HOST.network("lab", mode="internal", subnet="172.18.0.0/20")
SIX: dict[str, Any] = {"subnet": "fd00::/64"}

EXAMPLES = [
    Example("MHM001", HOST.container(on="nat0", network_none=True), HOST.container(network_none=True), fixable=True),
    Example(
        "MHM002",
        HOST.container("web01", on="nat0").attached("web01", "nat0", id="again"),
        HOST.container("web01", on="nat0"),
        fixable=True,
    ),
    Example("MHM003", HOST.container(on=("nat0", "nat1")), HOST.container(on=("nat0", "lab"))),
    Example(
        "MHM004",
        HOST.network("x", mode="internal", subnet="172.16.4.0/24").container(on=("nat0", "x")),
        HOST.container(on=("nat0", "lab")),
        fixable=True,
    ),
    Example(
        "MHM006",
        HOST.container("a", name="app01", on="nat0").container("web01", on="nat0", shares_network_of="a"),
        HOST.container("a", name="app01", on="nat0").container("web01", shares_network_of="a"),
        fixable=True,
    ),
    Example(
        "PRT013",
        HOST.container(on=("nat0", "lab"), ports=({"host_port": 8080},)),
        HOST.container(on="nat0", ports=({"host_port": 8080},)),
    ),
    Example("IPV001", HOST.network("n6", **SIX), HOST, fixable=True),
    Example(
        "IPV002",
        design().host(os="ws2019").network("n6", mode="l2bridge", **SIX),
        design().host(role="kubernetes-node").network("n6", mode="l2bridge", **SIX),
    ),
    Example("IPV003", HOST.network("n6", mode="transparent", **SIX), HOST),
    Example(
        "IPV004",
        HOST.network("n6", mode="l2bridge", **SIX),
        design().host(role="kubernetes-node").network("n6", mode="l2bridge", **SIX),
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)
