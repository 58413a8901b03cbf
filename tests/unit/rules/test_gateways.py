"""Gateways outside the prefix that they are for."""

from __future__ import annotations

import pytest

from designer.rules.registry import Severity
from tests.unit.rules.designs import Drawn, design
from tests.unit.rules.examples import Example, check, found, ids_of

LAN = design().segment("LAN", "10.0.0.0/24", router="10.0.0.1")


def adapter(gateway: str, drawn: Drawn = LAN) -> Drawn:
    return drawn.host().nic(cable="LAN", addresses=("10.0.0.11/24",), gateway=gateway)


def client(gateway: str) -> Drawn:
    return LAN.client(cable="LAN", addresses=("10.0.0.50/24",), gateway=gateway)


EXAMPLES = [
    Example("IPA002", adapter("10.0.1.1"), adapter("10.0.0.1"), Severity.WARNING, fixable=True),
    Example("IPA002", client("fd00::1"), client("10.0.0.1"), Severity.WARNING, fixable=True),
    Example(
        "IPA002",
        design().host().vnic(addresses=("10.0.0.11/24",), gateway="10.0.1.1"),
        design().host().vnic(addresses=("10.0.0.11/24",), gateway="10.0.0.1"),
        Severity.WARNING,
    ),
    Example("IPA002", design().segment("LAN", "10.0.0.0/24", router="10.0.1.1"), LAN, Severity.WARNING),
    Example(
        "IPA002",
        design().segment("LAN", "10.0.0.0/24", dhcp={"first": "10.0.1.100", "last": "10.0.1.199"}),
        design().segment("LAN", "10.0.0.0/24", dhcp={"first": "10.0.0.100", "last": "10.0.0.199"}),
        Severity.WARNING,
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=ids_of(EXAMPLES))
def test_rule(example: Example) -> None:
    check(example)


def test_without_an_address_nothing_is_said() -> None:
    assert not found("IPA002", LAN.host().nic(cable="LAN", gateway="10.7.0.1", dhcp=True))


def test_the_router_of_the_wire_is_offered() -> None:
    (told,) = found("IPA002", adapter("10.0.1.1"))
    assert told.finding.fix is not None
    assert told.finding.fix.label == "Use gateway 10.0.0.1"
    (alone,) = found("IPA002", adapter("10.0.1.1", design().segment("LAN")))
    assert alone.finding.fix is None
