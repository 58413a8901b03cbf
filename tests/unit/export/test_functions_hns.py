from __future__ import annotations

import pytest

from designer.export.functions_hns import FUNCTIONS

READERS = sorted(name for name in FUNCTIONS if name.startswith(("Get-ContainerEndpoint", "Find-Load", "Get-Host")))


@pytest.mark.parametrize("name", READERS)
def test_what_only_reads_is_not_stopped_by_a_preview(name: str) -> None:
    assert "$WhatIfPreference = $false" in FUNCTIONS[name]


def test_only_one_function_brings_the_module_in() -> None:
    assert [name for name, text in FUNCTIONS.items() if "hns.v2.psm1" in text] == ["Import-HnsModule"]
