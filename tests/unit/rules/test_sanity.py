"""Rules about the drawing as a whole."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.rules.designs import design
from tests.unit.rules.examples import Also, Example, check

HOST = design().host().network("nat0", subnet="172.16.0.0/20")
CORP: dict[str, Any] = {"mode": "transparent", "subnet": "10.0.0.0/24", "gateway": "10.0.0.1"}
INTERNAL = design().host().switch("sw", switch_type="internal").network("lab", mode="internal", switch="sw")
WIRED = design().segment("LAN", "10.0.0.0/24").host().nic(cable="LAN").network("corp", uplink="Ethernet", **CORP)

EXAMPLES = [
    Example("TOP001", HOST.container("app01", on="nat0").container(), HOST.container(on="nat0"), fixable=True),
    Example("TOP002", design().network("net", parent=None), design().network("net", mode="overlay")),
    Example("TOP003", HOST.host("HOST02").container(on="nat0"), HOST.container(on="nat0")),
    Example(
        "TOP004",
        INTERNAL.container(on="sw").container("app01", on="lab"),
        INTERNAL.vnic(on="sw").container("app01", on="lab"),
        fixable=True,
    ),
    Example("TOP005", HOST, HOST.container(on="nat0"), fixable=True),
    Example(
        "TOP012",
        HOST.container("w1", on="nat0")
        .host("HOST02")
        .network("nat2", subnet="172.16.0.0/20")
        .container("w2", on="nat2")
        .balancer(to=("w1", "w2")),
        HOST.container("w1", on="nat0").container("w2", on="nat0").balancer(to=("w1", "w2")),
        also=(Also("LBL001", "HNS balances nothing on nat; overlay mends both"),),
    ),
    Example(
        "TOP013",
        WIRED.host("HOST02").nic("E2", cable="LAN").network("corp2", uplink="E2", **CORP),
        WIRED.host("HOST02").nic("E2").network("corp2", uplink="E2", **CORP),
        fixable=True,
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)
