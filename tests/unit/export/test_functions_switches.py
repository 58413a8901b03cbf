from __future__ import annotations

import pytest

from designer.export.functions_switches import FUNCTIONS

SCRIPT_MODULES = ("Get-NetNat", "Get-NetIPAddress", "Get-NetIPInterface")


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_what_asks_a_script_module_is_not_stopped_by_a_preview(name: str) -> None:
    asks = any(command in FUNCTIONS[name] for command in SCRIPT_MODULES)

    assert asks is ("$WhatIfPreference = $false" in FUNCTIONS[name])
