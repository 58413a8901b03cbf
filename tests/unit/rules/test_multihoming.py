"""Rules about containers with several networks, and IPv6."""

from __future__ import annotations

from typing import Any

import pytest

from designer.rules.registry import Severity
from tests.unit.rules.designs import Drawn, design
from tests.unit.rules.examples import Example, check, found

HOST = design().host().network("nat0", subnet="172.16.0.0/20").network("nat1", subnet="172.17.0.0/20")
HOST = HOST.network("lab", mode="internal", subnet="172.18.0.0/20")
ALL = HOST.container("all", network_none=True)
for _name in ("nat0", "nat1", "lab"):
    ALL = ALL.container(f"on {_name}", name=f"on-{_name}", on=_name)
SIX: dict[str, Any] = {"subnet": "fd00::/64"}

EXAMPLES = [
    Example("MHM001", HOST.container(on="nat0", network_none=True), HOST.container(network_none=True), fixable=True),
    Example(
        "MHM002",
        HOST.container("web01", on="nat0").attached("web01", "nat0", id="again"),
        HOST.container("web01", on="nat0"),
        fixable=True,
    ),
    Example("MHM003", ALL.container(on=("nat0", "nat1")), ALL.container(on=("nat0", "lab"))),
    Example(
        "MHM004",
        HOST.network("x", mode="internal", subnet="172.18.4.0/24").container(on=("lab", "x")),
        HOST.network("x", mode="internal", subnet="172.19.4.0/24").container(on=("lab", "x")),
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
        fixable=True,
    ),
    Example("IPV001", HOST.network("n6", **SIX), HOST.network("n6", subnet="172.19.0.0/20"), fixable=True),
    Example(
        "IPV002",
        design().host(os="ws2019").network("n6", mode="l2bridge", **SIX),
        design().host(role="kubernetes-node").network("n6", mode="l2bridge", **SIX),
    ),
    Example(
        "IPV003",
        HOST.nic().network("n6", mode="transparent", uplink="Ethernet", **SIX),
        HOST.nic().network("n6", mode="transparent", uplink="Ethernet"),
    ),
    Example(
        "IPV004",
        design().host().network("n6", mode="l2bridge", **SIX),
        design().host(role="kubernetes-node").network("n6", mode="l2bridge", **SIX),
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)


@pytest.mark.parametrize("mode", ["l2bridge", "l2tunnel", "internal", "private", "ics"])
def test_every_mode_of_the_local_driver_has_one_rule_on_ipv6(mode: str) -> None:
    for release, rule in (("ws2019", "IPV002"), ("ws2022", "IPV004")):
        drawn = design().host(os=release, machine="azure-vm").nic().network("n6", mode=mode, **SIX)
        assert found(rule, drawn)
        assert not found({"IPV002": "IPV004", "IPV004": "IPV002"}[rule], drawn)


def test_ipv6_of_a_transparent_network_is_documented_from_2022_on() -> None:
    def six(release: str) -> Drawn:
        return design().host(os=release).nic().network("n6", mode="transparent", uplink="Ethernet", **SIX)

    (told,) = found("IPV002", six("ws2019"))
    assert told.severity is Severity.WARNING
    assert not found("IPV002", six("ws2022"))
    assert found("IPV003", six("ws2022"))
