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

NODE: dict[str, Any] = {"role": "swarm-manager", "swarm": "blue"}
NODES = (
    design()
    .network("ov", mode="overlay", attachable=True, subnet="10.100.0.0/24")
    .host(**NODE)
    .nic("E1", addresses=("10.0.0.11/24",))
    .network("nat0", subnet="172.16.0.0/20")
    .container("other1", on="nat0")
    .host("HOST02", **NODE | {"role": "swarm-worker"})
    .nic("E2", addresses=("10.0.0.12/24",))
    .network("nat2", subnet="172.16.0.0/20")
    .container("other2", on="nat2")
    .container("db", on="ov")
    .uplink("ov", "E1")
    .uplink("ov", "E2")
)
BALANCED: dict[str, Any] = {"to": ("w1", "w2"), "source_vip": "10.100.0.200"}

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
        NODES.container("w2", on="nat2").container("w1", parent="HOST01", on="nat0").balancer(to=("w1", "w2")),
        NODES.container("w2", on="ov").container("w1", parent="HOST01", on="ov").balancer(**BALANCED),
        also=(Also("LBL001", "HNS balances nothing on nat; overlay mends both"),),
        fixable=True,
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
