"""Rules about swarms as a whole."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.rules.designs import Drawn, design
from tests.unit.rules.examples import Example, check


def overlay(network: dict[str, Any] | None = None, nic: dict[str, Any] | None = None, **host: Any) -> Drawn:
    drawn = design().host(**({"role": "swarm-manager"} | host)).nic(**(nic or {}))
    return drawn.network("ov", mode="overlay", attachable=True, uplink="Ethernet", **(network or {})).container(on="ov")


def published(engine: str) -> Drawn:
    host = design().host(os="ws2019", role="swarm-manager", update_revision=1397, engine_version=engine)
    host = host.nic().network("ov", mode="overlay", attachable=True, uplink="Ethernet")
    return host.container(on="ov", ports=({"host_port": 8080},))


SITE = {"addresses": ("10.0.0.11/24",)}

EXAMPLES = [
    Example("OVL016", overlay(os="ws2019", update_revision=1339), overlay(os="ws2019", update_revision=1554)),
    Example(
        "IPA032",
        overlay(nic=SITE, swarm_pools=("10.0.0.0/8",)),
        overlay(nic=SITE, swarm_pools=("172.20.0.0/16",)),
        fixable=True,
    ),
    Example("MTU001", overlay(nic={"mtu": 1450}), overlay({"mtu": 1400}, nic={"mtu": 1450}), fixable=True),
    Example("PRT023", published("19.03.12"), published("23.0.1")),
    Example("MTU003", overlay(linux_nodes=True), overlay(nic={"mtu": 1550}, linux_nodes=True)),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)
