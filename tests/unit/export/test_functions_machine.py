from __future__ import annotations

import pytest

from designer.export.functions_machine import FUNCTIONS


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_a_function_has_the_name_that_it_is_listed_under(name: str) -> None:
    assert FUNCTIONS[name].startswith(f"function {name}")
    assert FUNCTIONS[name].endswith("\n}\n")


@pytest.mark.parametrize("name", ["Test-FirewallRule", "Test-StartTask"])
def test_what_only_reads_is_not_stopped_by_a_preview(name: str) -> None:
    assert "$WhatIfPreference = $false" in FUNCTIONS[name]


def test_a_mark_is_there_before_its_text() -> None:
    lines = FUNCTIONS["Set-Mark"].splitlines()
    file = next(at for at, line in enumerate(lines) if "-ItemType File" in line)

    assert next(at for at, line in enumerate(lines) if "WriteAllText" in line) > file
