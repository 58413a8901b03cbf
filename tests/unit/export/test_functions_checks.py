from __future__ import annotations

import re

import pytest

from designer.export.functions_checks import FUNCTIONS
from designer.rules.registry import RULES

ASSERTIONS = sorted(name for name in FUNCTIONS if name.startswith("Assert-"))


@pytest.mark.parametrize("name", ASSERTIONS)
def test_a_check_notes_a_problem_and_changes_nothing(name: str) -> None:
    text = FUNCTIONS[name]

    assert "Add-Problem" in text or "Add-TakenName" in text
    assert not re.search(r"^\s*(New|Set|Remove|Restart|Start|Stop)-(?!StrictMode)", text, re.M)
    assert "throw" not in text


def test_rules_that_are_named_exist() -> None:
    named = set(re.findall(r"\b[A-Z]{3}\d{3}\b", "".join(FUNCTIONS.values())))

    assert len(named) > 10
    assert named <= RULES.keys()
