"""Rules about containers that use the network of another one (CMP)."""

from __future__ import annotations

import pytest

from tests.unit.rules.designs import design
from tests.unit.rules.examples import Example, check, found

HOST = design().host().network("net", subnet="10.1.0.0/24")


EXAMPLES = [
    Example(
        "CMP008",
        HOST.container("api01", hyperv=True, on="net").container("web01", shares_network_of="api01"),
        HOST.container("app01", on="net").container("web01", shares_network_of="app01"),
        fixable=True,
    ),
    Example(
        "CMP009",
        HOST.container("app01", on="net").container("web01", shares_network_of="app01", hostname="web"),
        HOST.container("app01", on="net").container("web01", shares_network_of="app01"),
        fixable=True,
    ),
    Example(
        "CMP010",
        HOST.container("app01", on="net").container("web01", shares_network_of="web01"),
        HOST.container("app01", on="net").container("web01", shares_network_of="app01"),
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)


def test_links_are_dropped_with_a_shared_network() -> None:
    drawn = design().host().network().container("a", on="nat0")
    assert found("CMP009", drawn.container("b", shares_network_of="a", legacy_links=("a:web",)))
