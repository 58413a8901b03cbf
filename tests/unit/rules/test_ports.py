"""Rules about published ports."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.rules.designs import design
from tests.unit.rules.examples import Also, Example, check

HOST = design().host(listening=({"port": 3389, "service": "Remote Desktop"},))
NAT = HOST.network("nat0", subnet="172.16.0.0/20")
SWARM = design().host(role="swarm-manager").network("nat0", subnet="172.16.0.0/20")


def publish(host_port: int, container_port: int = 80, **fields: Any) -> dict[str, Any]:
    return {"ports": ({"host_port": host_port, "container_port": container_port} | fields,)}


CORP = HOST.nic().network("corp", mode="transparent", subnet="10.0.0.0/24", gateway="10.0.0.1", uplink="Ethernet")
BRIDGE: dict[str, Any] = {"mode": "l2bridge", "subnet": "10.0.0.0/24", "gateway": "10.0.0.1", "uplink": "Ethernet"}
GOOD = NAT.container(on="nat0", **publish(8080))

EXAMPLES = [
    Example("PRT001", CORP.container(on="corp", **publish(8080)), GOOD, fixable=True),
    Example(
        "PRT002",
        design().host(os="ws2016").nic().network("b", **BRIDGE).container(image_build=14393, on="b", **publish(8080)),
        HOST.nic().network("b", **BRIDGE).container(on="b", **publish(8080)),
        fixable=True,
    ),
    Example("PRT003", HOST.network("p", mode="private").container(on="p", **publish(8080)), GOOD, fixable=True),
    Example(
        "PRT004",
        HOST.network("nat0", internal_flag=True).container(on="nat0", **publish(8080)),
        GOOD,
        fixable=True,
        also=(Also("DKR004", "the flag isolates nothing, with published ports or without"),),
    ),
    Example(
        "PRT005",
        GOOD.container("web02", on="nat0", **publish(8080)),
        GOOD.container("web02", on="nat0", **publish(8081)),
        fixable=True,
    ),
    Example(
        "NAT012",
        GOOD.winnat(
            owner="hns",
            internal_prefix="172.16.0.0/20",
            mappings=({"external_port": 8080, "internal_address": "172.16.0.9", "internal_port": 80},),
        ),
        GOOD.winnat(
            owner="hns",
            internal_prefix="172.16.0.0/20",
            mappings=({"external_port": 8090, "internal_address": "172.16.0.9", "internal_port": 80},),
        ),
        fixable=True,
    ),
    Example("PRT006", NAT.container(on="nat0", **publish(3389)), GOOD, fixable=True),
    Example("PRT007", NAT.container(on="nat0", **publish(8080, host_address="10.0.0.11")), GOOD, fixable=True),
    Example("PRT009", NAT.container(on="nat0", **publish(5000, 5000, protocol="sctp")), GOOD, fixable=True),
    Example("PRT010", NAT.container(on="nat0", **publish(8080, 0)), GOOD, fixable=True),
    Example(
        "PRT011",
        SWARM.container(on="nat0", **publish(7946)),
        SWARM.container(on="nat0", **publish(8080)),
        fixable=True,
    ),
    Example("PRT012", NAT.container(on="nat0", **publish(50_000)), GOOD, fixable=True),
    Example("PRT018", NAT.container(on="nat0", **publish(0)), GOOD, fixable=True),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)


def test_one_container_that_publishes_a_port_twice() -> None:
    twice: dict[str, Any] = {
        "ports": ({"host_port": 8080, "container_port": 80}, {"host_port": 8080, "container_port": 81})
    }
    check(Example("PRT005", NAT.container(on="nat0", **twice), GOOD, fixable=True))
