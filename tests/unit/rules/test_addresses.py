"""Rules about the addresses of endpoints."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.rules.designs import design
from tests.unit.rules.examples import Example, check

NAT = design().host().network("nat0", subnet="172.16.0.0/20", gateway="172.16.0.1")
LAN = design().segment("LAN", "10.0.0.0/24", router="10.0.0.1", dhcp={"first": "10.0.0.100", "last": "10.0.0.199"})
LAN = LAN.client("PC", cable="LAN", addresses=("10.0.0.50/24",))
LAN = LAN.host().nic(cable="LAN", addresses=("10.0.0.11/24",), gateway="10.0.0.1")
CORP = LAN.network("corp", mode="transparent", subnet="10.0.0.0/24", gateway="10.0.0.1", uplink="Ethernet")
BRIDGE: dict[str, Any] = {"mode": "l2bridge", "subnet": "10.244.1.0/24", "uplink": "Ethernet"}
LEG: dict[str, Any] = {"role": "host-endpoint", "addresses": ("10.244.1.2/24",), "forwarding": True}
POD = LAN.network("pod", **BRIDGE).vnic("leg", on="pod", **LEG)

EXAMPLES = [
    Example(
        "IPA019",
        design().host().network("nat0", subnet="172.16.0.0/20").container(on="nat0", gateway="10.9.0.1"),
        design().host().network("nat0", subnet="172.16.0.0/20").container(on="nat0", gateway="172.16.0.2"),
        fixable=True,
    ),
    Example("IPA004", NAT.container(on="nat0", ip="10.2.0.5"), NAT.container(on="nat0", ip="172.16.0.5"), fixable=True),
    Example(
        "IPA005", NAT.container(on="nat0", ip="172.16.0.1"), NAT.container(on="nat0", ip="172.16.0.5"), fixable=True
    ),
    Example(
        "IPA006", NAT.container(on="nat0", ip="172.16.15.255"), NAT.container(on="nat0", ip="172.16.0.5"), fixable=True
    ),
    Example(
        "IPA007",
        NAT.container("web01", on="nat0", ip="172.16.0.5").container("app01", on="nat0", ip="172.16.0.5"),
        NAT.container("web01", on="nat0", ip="172.16.0.5").container("app01", on="nat0", ip="172.16.0.6"),
        fixable=True,
    ),
    Example(
        "IPA008", CORP.container(on="corp", ip="10.0.0.50"), CORP.container(on="corp", ip="10.0.0.51"), fixable=True
    ),
    Example("IPA009", CORP.container(on="corp", ip="10.0.0.120"), CORP.container(on="corp", ip="10.0.0.20")),
    Example(
        "IPA011",
        LAN.network("corp", mode="transparent", uplink="Ethernet").container(on="corp", ip="10.0.0.20"),
        CORP.container(on="corp", ip="10.0.0.20"),
        fixable=True,
    ),
    Example(
        "IPA026",
        POD.container(on="pod", gateway="10.244.1.1"),
        POD.container(on="pod", gateway="10.244.1.2"),
        fixable=True,
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)


def test_the_address_of_the_host_is_taken_too() -> None:
    check(Example("IPA008", CORP.container(on="corp", ip="10.0.0.11"), CORP, fixable=True))


def test_two_hosts_on_one_wire_share_its_addresses() -> None:
    both = (
        CORP.container("web01", on="corp", ip="10.0.0.20")
        .host("HOST02")
        .nic("E2", cable="LAN", addresses=("10.0.0.12/24",))
        .network("corp2", mode="transparent", subnet="10.0.0.0/24", gateway="10.0.0.1", uplink="E2")
    )
    bad, good = (both.container("web02", on="corp2", ip=ip) for ip in ("10.0.0.20", "10.0.0.21"))
    check(Example("IPA008", bad, good, fixable=True))
