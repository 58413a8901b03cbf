"""Rules about nat networks and WinNAT."""

from __future__ import annotations

import pytest

from designer.rules.registry import Severity
from tests.unit.rules.designs import design
from tests.unit.rules.examples import Example, check

HOST = design().host()
OLD = design().host(os="ws2016")

EXAMPLES = [
    Example(
        "NAT010",
        design().host(role="kubernetes-node").network("nat0"),
        design().host(role="swarm-worker").network("nat0"),
    ),
    Example(
        "NAT016",
        design().host(machine="hyperv-vm", outer_nat_prefix="172.16.0.0/12").network("nat0", subnet="172.31.0.0/20"),
        design().host(machine="hyperv-vm", outer_nat_prefix="172.16.0.0/12").network("nat0", subnet="192.168.0.0/20"),
        fixable=True,
    ),
    Example(
        "NAT001",
        OLD.winnat(internal_prefix="172.16.0.0/16", owner="hns").network("nat0", subnet="192.168.5.0/24"),
        OLD.winnat(internal_prefix="172.16.0.0/16", owner="hns").network("nat0", subnet="172.16.5.0/24"),
        fixable=True,
    ),
    Example(
        "NAT002",
        HOST.network("nat0", subnet="172.16.0.0/16").network("nat1", subnet="172.16.4.0/24"),
        HOST.network("nat0", subnet="172.16.0.0/20").network("nat1", subnet="172.16.16.0/20"),
        fixable=True,
    ),
    Example(
        "NAT003",
        HOST.nic(addresses=("10.0.0.11/24",)).network("nat0", subnet="10.0.0.0/16"),
        HOST.nic(addresses=("10.0.0.11/24",)).network("nat0", subnet="172.16.0.0/20"),
        fixable=True,
    ),
    Example("NAT004", HOST.network("nat0").winnat(), HOST.network("nat0").winnat(owner="hns")),
    Example("NAT005", HOST.winnat("n1").winnat("n2"), HOST.winnat("n1")),
    Example(
        "NAT006",
        design().host(daemon={"default_nat": False}).network("nat", predefined=True).container(on="nat"),
        HOST.network("nat", predefined=True).container(on="nat"),
        fixable=True,
    ),
    Example(
        "NAT007",
        design().host(daemon={"fixed_cidr": "192.168.5.0/24"}).network("nat", predefined=True, subnet="172.16.0.0/20"),
        design().host(daemon={"fixed_cidr": "172.16.0.0/20"}).network("nat", predefined=True, subnet="172.16.0.0/20"),
    ),
    Example(
        "NAT013",
        HOST.network("nat0").container(on="nat0", ip="172.16.0.10"),
        HOST.network("nat0", subnet="172.16.0.0/20").container(on="nat0", ip="172.16.0.10"),
        fixable=True,
    ),
    Example(
        "NAT014",
        HOST.network("nat0", subnet="8.8.8.0/24"),
        HOST.network("nat0", subnet="100.64.0.0/24"),
        fixable=True,
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)


def test_two_disjoint_nat_prefixes_on_2016_need_one_winnat() -> None:
    bad = OLD.network("nat0", subnet="172.16.0.0/20").network("nat1", subnet="192.168.5.0/24")
    good = HOST.network("nat0", subnet="172.16.0.0/20").network("nat1", subnet="192.168.5.0/24")
    check(Example("NAT001", bad, good))


def test_a_foreign_winnat_is_an_error_on_2016() -> None:
    check(Example("NAT004", OLD.network("nat0").winnat(), OLD.network("nat0"), severity=Severity.ERROR))


def test_a_site_prefix_is_a_warning() -> None:
    bad = design().segment("LAN", "10.0.0.0/16").host().nic(cable="LAN").network("nat0", subnet="10.0.5.0/24")
    good = design().segment("LAN", "10.0.0.0/16").host().nic(cable="LAN").network("nat0")
    check(Example("NAT003", bad, good, severity=Severity.WARNING, fixable=True))


def test_a_network_with_fixed_addresses_is_not_renumbered() -> None:
    bad = (
        HOST.network("nat0", subnet="172.16.0.0/16")
        .network("nat1", subnet="172.16.4.0/24")
        .container(on="nat1", ip="172.16.4.9")
    )
    check(Example("NAT002", bad, HOST.network("nat0").network("nat1")))
