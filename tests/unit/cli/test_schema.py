"""The schema on standard output and in a file."""

from __future__ import annotations

import json
from pathlib import Path

from designer import api
from tests.unit.cli.conftest import Designer


def test_the_schema_is_printed(designer: Designer) -> None:
    result = designer("schema")

    assert result.code == 0
    assert json.loads(result.out) == api.schema()


def test_the_schema_is_written(designer: Designer, tmp_path: Path) -> None:
    assert designer("schema", "-o", tmp_path / "s.json").out == ""
    assert json.loads((tmp_path / "s.json").read_bytes()) == api.schema()
