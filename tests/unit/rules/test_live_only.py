"""Rules that only a running machine can answer."""

from __future__ import annotations

import pytest

from designer.rules import live_only
from designer.rules.catalogue import rule_of

IDS = [
    "HST004",
    "SWI022",
    "SWI023",
    "NAT015",
    "NAT017",
    "HOT003",
    "HOT004",
    "HOT005",
    "ACL008",
    "LBL011",
]


@pytest.mark.parametrize("rule_id", IDS)
def test_the_rule_is_in_the_catalogue_and_says_why_no_design_shows_it(rule_id: str) -> None:
    found = rule_of(rule_id)
    assert not found.decidable
    assert found.reason
    assert found.bad != found.good


def test_nothing_else_is_in_the_module() -> None:
    pages = [name for name, value in vars(live_only).items() if getattr(value, "__module__", "") == live_only.__name__]
    assert len(pages) == len(IDS)
