"""Rules about names."""

from __future__ import annotations

import pytest

from tests.unit.rules.designs import design
from tests.unit.rules.examples import Example, check

HOST = design().host()

EXAMPLES = [
    Example("NAM001", HOST.container("w", name="web 01"), HOST.container("w", name="web01"), fixable=True),
    Example("NAM002", HOST.network("n", name="nat"), HOST.network("n", name="nat0"), fixable=True),
    Example("NAM003", HOST.network("n", name="  "), HOST.network("n", name="n"), fixable=True),
    Example(
        "NAM004",
        HOST.network("a", name="corp").network("b", name="corp"),
        HOST.network("a", name="corp").host("HOST02").network("b", name="corp"),
        fixable=True,
    ),
    Example(
        "NAM005",
        HOST.container("a", name="web01").container("b", name="web01"),
        HOST.container("a", name="web01").host("HOST02").container("b", name="web01"),
        fixable=True,
    ),
    Example(
        "NAM006",
        HOST.network("a", hns_name="corp").network("b", hns_name="Corp"),
        HOST.network("a", hns_name="corp").network("b"),
        fixable=True,
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)
