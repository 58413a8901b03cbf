"""Rules about options of docker network create."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.rules.designs import design
from tests.unit.rules.examples import Example, check, ids_of

HOST = design().host()
SHIM = "com.docker.network.windowsshim."


def option(key: str) -> dict[str, Any]:
    return {"options": ({"key": key, "value": "1"},)}


EXAMPLES = [
    Example("DKR004", HOST.network(internal_flag=True), HOST.network(mode="internal"), fixable=True),
    Example("DKR005", HOST.network(ip_range="172.16.1.0/24"), HOST.network(), fixable=True),
    Example("DKR006", HOST.network(aux_addresses=("172.16.0.5",)), HOST.network(), fixable=True),
    Example("DKR007", HOST.network(ipv6_flag=True), HOST.network(), fixable=True),
    Example(
        "DKR009",
        HOST.network("nat0").container(on="nat0", ip="fd00::10"),
        HOST.network("nat0").container(on="nat0", ip="172.16.0.10"),
        fixable=True,
    ),
    Example(
        "DKR011",
        HOST.nic().network("corp", mode="transparent", vlan=30, uplink="Ethernet", **option(SHIM + "vlanid")),
        HOST.nic().network("corp", mode="transparent", uplink="Ethernet", **option(SHIM + "vlanid")),
        fixable=True,
    ),
    Example("DKR011", HOST.network(**option(SHIM + "vlan")), HOST.network(**option(SHIM + "vlanid")), fixable=True),
    Example("DKR018", HOST.network(**option(SHIM + "disableicc")), HOST.network(), fixable=True),
    Example("MAC008", HOST.network(**option(SHIM + "sourcemac")), HOST.network(), fixable=True),
    Example("MTU002", HOST.network(**option("com.docker.network.driver.mtu")), HOST.network(), fixable=True),
    Example(
        "MTU005",
        HOST.nic(mtu=1450).network(mode="transparent", uplink="Ethernet"),
        HOST.nic(mtu=9000).network(mode="transparent", uplink="Ethernet"),
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=ids_of(EXAMPLES))
def test_rule(example: Example) -> None:
    check(example)
