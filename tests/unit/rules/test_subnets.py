"""Rules about the subnets and gateways of container networks."""

from __future__ import annotations

import pytest

from tests.unit.rules.designs import design
from tests.unit.rules.examples import Example, check

HOST = design().host()
WIRED = design().segment("LAN", "10.0.0.0/24", router="10.0.0.1").host().nic(cable="LAN")
FULL = HOST.network("nat0", subnet="172.16.0.0/29", gateway="172.16.0.1")
for _number in range(5):
    FULL = FULL.container(f"web{_number}", on="nat0")

EXAMPLES = [
    Example(
        "IPA020",
        HOST.network(
            mode="l2bridge",
            subnets=(
                {"prefix": "10.1.0.0/24", "gateway": "10.1.0.1"},
                {"prefix": "10.1.0.0/24", "gateway": "10.1.0.254"},
            ),
        ),
        HOST.network(mode="l2bridge", subnet="10.1.0.0/24", gateway="10.1.0.1"),
        fixable=True,
    ),
    Example("IPA001", HOST.network(subnet="10.1.0.7/24"), HOST.network(subnet="10.1.0.0/24"), fixable=True),
    Example(
        "IPA002",
        HOST.network(subnet="10.1.0.0/24", gateway="10.2.0.1"),
        HOST.network(subnet="10.1.0.0/24", gateway="10.1.0.1"),
        fixable=True,
    ),
    Example(
        "IPA003",
        HOST.network(subnet="10.1.0.0/24", gateway="10.1.0.255"),
        HOST.network(subnet="10.1.0.0/24", gateway="10.1.0.254"),
        fixable=True,
    ),
    Example(
        "IPA012",
        WIRED.network("corp", mode="transparent", subnet="10.5.0.0/24", gateway="10.5.0.1", uplink="Ethernet"),
        WIRED.network("corp", mode="transparent", subnet="10.0.0.0/24", gateway="10.0.0.1", uplink="Ethernet"),
        fixable=True,
    ),
    Example(
        "IPA013",
        WIRED.network("corp", mode="transparent", uplink="Ethernet").container(on="corp"),
        design()
        .segment("LAN", "10.0.0.0/24", dhcp={"first": "10.0.0.100", "last": "10.0.0.199"})
        .host()
        .nic(cable="LAN")
        .network("corp", mode="transparent", uplink="Ethernet")
        .container(on="corp"),
    ),
    Example(
        "IPA016",
        HOST.network(subnets=({"prefix": "10.1.0.0/24"}, {"prefix": "10.2.0.0/24"})),
        HOST.network(mode="l2bridge", subnets=({"prefix": "10.1.0.0/24"}, {"prefix": "10.2.0.0/24"})),
        fixable=True,
    ),
    Example(
        "IPA017",
        design()
        .host(os="ws2019")
        .network(mode="l2bridge", subnets=({"prefix": "10.1.0.0/24"}, {"prefix": "10.2.0.0/24"})),
        HOST.network(mode="l2bridge", subnets=({"prefix": "10.1.0.0/24"}, {"prefix": "10.2.0.0/24"})),
    ),
    Example(
        "IPA018",
        HOST.network(mode="l2bridge", subnets=({"prefix": "10.1.0.0/16"}, {"prefix": "10.1.4.0/24"})),
        HOST.network(mode="l2bridge", subnets=({"prefix": "10.1.0.0/24"}, {"prefix": "10.1.4.0/24"})),
        fixable=True,
    ),
    Example("IPA021", HOST.network(subnet="169.254.10.0/24"), HOST.network(subnet="172.16.0.0/20"), fixable=True),
    Example("IPA022", HOST.network(subnet="172.16.0.0/31"), HOST.network(subnet="172.16.0.0/29"), fixable=True),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)
