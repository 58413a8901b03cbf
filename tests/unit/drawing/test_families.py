"""The names of the type families."""

from __future__ import annotations

import pytest

from designer.drawing.families import MONO, SANS
from designer.resources import resource


@pytest.mark.parametrize("family", [SANS, MONO])
def test_both_families_ship_with_the_product(family: str) -> None:
    assert resource("fonts", f"{family.replace(' ', '')}-Regular.ttf").is_file()
