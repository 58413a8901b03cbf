"""Rules about what a design cannot hold."""

from __future__ import annotations

import pytest

from designer.rules import foreign_inputs
from designer.rules.catalogue import rule_of

IDS = [
    "OVL002",
    "VSI006",
    "ISO010",
    "CMP001",
    "CMP004",
    "CMP005",
    "CMP014",
    "IPA033",
    "IPA034",
    "PRT008",
    "DKR021",
    "NAM008",
    "NAM009",
    "MTU004",
    "CPS001",
    "CPS002",
    "CPS003",
    "CPS004",
    "CPS005",
    "CPS006",
    "CPS007",
    "CPS009",
]


@pytest.mark.parametrize("rule_id", IDS)
def test_the_rule_is_in_the_catalogue_and_says_why_no_design_shows_it(rule_id: str) -> None:
    found = rule_of(rule_id)
    assert not found.decidable
    assert found.reason
    assert found.bad != found.good


def test_nothing_else_is_in_the_module() -> None:
    pages = [
        name
        for name, value in vars(foreign_inputs).items()
        if getattr(value, "__module__", "") == foreign_inputs.__name__
    ]
    assert len(pages) == len(IDS)
