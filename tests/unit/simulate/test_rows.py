"""Every mode has a row for every kind of destination."""

from __future__ import annotations

import re

import pytest

from designer.model.networks import NetworkMode
from designer.simulate import rows

TABLES = {name: table for name, table in vars(rows).items() if name.isupper() and isinstance(table, dict)}
LETTERS = dict(zip(NetworkMode, "NTBLOIVS", strict=True))


@pytest.mark.parametrize("name", TABLES)
def test_every_mode_has_a_row(name: str) -> None:
    assert set(TABLES[name]) == set(NetworkMode)
    for mode, row in TABLES[name].items():
        assert re.fullmatch(rf"{LETTERS[mode]}\d+", row)


def test_there_is_a_table_for_every_kind_of_destination() -> None:
    assert len(TABLES) == 8
