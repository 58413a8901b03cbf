"""Rules about name resolution and MAC addresses."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.rules.designs import design
from tests.unit.rules.examples import Also, Example, check

HOST = design().host().network("nat0", subnet="172.16.0.0/20")
POOL: dict[str, Any] = {"first": "00-15-5D-00-10-00", "last": "00-15-5D-00-10-01"}

EXAMPLES = [
    Example(
        "DNS002",
        HOST.network("ov", mode="overlay", dns_servers=("10.0.0.53",)),
        HOST.network("ov", mode="overlay"),
        fixable=True,
    ),
    Example("DNS003", HOST.container(dns_options=("ndots:2",)), HOST.container(), fixable=True),
    Example(
        "DNS004",
        HOST.network("lab", dns_suffix="my site"),
        HOST.network("lab", dns_suffix="corp.example.com"),
        fixable=True,
    ),
    Example(
        "DNS010",
        design().host(listening=({"port": 53, "protocol": "udp", "service": "DNS"},)).network("nat0"),
        design().host(listening=({"port": 80},)).network("nat0"),
    ),
    Example(
        "DNS011",
        design()
        .host()
        .network("nat0", internal_flag=True)
        .container("web01")
        .attached("web01", "nat0", dns_servers=("10.0.0.53",)),
        HOST.container("web01").attached("web01", "nat0", dns_servers=("10.0.0.53",)),
        fixable=True,
        also=(Also("DKR004", "the flag itself isolates nothing, which matters more than the servers"),),
    ),
    Example(
        "MAC003",
        HOST.network("lab", mac_pools=({"first": "00-15-5D-00-20-00", "last": "00-15-5D-00-10-00"},)),
        HOST.network("lab", mac_pools=(POOL,)),
        fixable=True,
    ),
    Example(
        "MAC004",
        HOST.network("a", mac_pools=(POOL,)).network("b", mac_pools=(POOL,)),
        HOST.network("a", mac_pools=(POOL,)).network("b"),
        fixable=True,
    ),
    Example(
        "MAC005",
        HOST.container(on="nat0", mac="01-00-5E-00-00-01"),
        HOST.container(on="nat0", mac="00-15-5D-01-02-03"),
        fixable=True,
    ),
    Example(
        "MAC006",
        HOST.container("web01", on="nat0", mac="00-15-5D-01-02-03").container(
            "app01", on="nat0", mac="00-15-5D-01-02-03"
        ),
        HOST.container("web01", on="nat0", mac="00-15-5D-01-02-03").container("app01", on="nat0"),
        fixable=True,
    ),
    Example(
        "MAC007",
        HOST.network("a", mac_pools=(POOL,)).container("w1", on="a").container("w2", on="a").container("w3", on="a"),
        HOST.network("a", mac_pools=(POOL,)).container("w1", on="a").container("w2", on="a"),
        fixable=True,
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)
