"""Rules about what a command asks for and Windows does not have."""

from __future__ import annotations

import pytest

from tests.unit.rules.designs import design
from tests.unit.rules.examples import Example, check, found

HOST = design().host()
OLD = design().host(os="ws2016").network("nat", predefined=True)
NAT = HOST.network("nat0", subnet="172.16.0.0/24")

EXAMPLES = [
    Example("DKR001", HOST.network(driver_name="bridge"), HOST.network(), fixable=True),
    Example(
        "DKR002",
        HOST.nic().network("corp", mode="transparent", driver_name="Transparent", uplink="Ethernet"),
        HOST.nic().network("corp", mode="transparent", uplink="Ethernet"),
        fixable=True,
    ),
    Example("DKR003", HOST.container(network_host=True), HOST.container(), fixable=True),
    Example("HOT001", OLD.container(on="nat", while_running=True), OLD.container(on="nat"), fixable=True),
    Example(
        "HOT002",
        NAT.container(on="nat0", hyperv=True, while_running=True),
        NAT.container(on="nat0", hyperv=True),
        fixable=True,
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)


def test_a_windows_container_of_a_newer_host_can_be_connected_while_it_runs() -> None:
    drawn = NAT.container(on="nat0", while_running=True)

    assert not found("HOT001", drawn)
    assert not found("HOT002", drawn)


def test_a_driver_is_either_unknown_or_in_capitals() -> None:
    assert not found("DKR002", HOST.network(driver_name="Bridge"))
    assert not found("DKR001", HOST.network(driver_name="NAT"))
    assert not found("DKR002", HOST.network(driver_name="nat"))
