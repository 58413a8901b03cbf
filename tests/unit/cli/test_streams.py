"""Standard streams, files, progress."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from designer.cli.streams import working
from tests.unit.cli.conftest import Designer


def test_long_work_is_announced_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    with working("Checking big.cnd", after_seconds=0.01):
        time.sleep(0.3)

    captured = capsys.readouterr()
    assert captured.err == "Checking big.cnd …\n"
    assert captured.out == ""


def test_short_work_is_not_announced(capsys: pytest.CaptureFixture[str]) -> None:
    with working("Checking small.cnd"):
        pass

    assert capsys.readouterr().err == ""


def test_standard_input_is_named_in_messages(designer: Designer) -> None:
    result = designer("show", "-", given=b"{}")

    assert result.code == 2
    assert result.err.startswith("error: standard input, line 1: document: ")


def test_a_newer_format_is_noted_on_standard_error(designer: Designer, tmp_path: Path) -> None:
    content = b'{"document": {"format": "1.99", "product": "Container Network Designer"}, "elements": []}'

    result = designer("show", "-", given=content)

    assert result.code == 0
    assert result.err.startswith("note: The file has format 1.99, which is newer than 1.0.")


@pytest.mark.parametrize("arguments", [["check", "-"], ["layout", "-", "-o", "-"]])
def test_a_closed_standard_input_is_named(designer: Designer, arguments: list[str]) -> None:
    result = designer(*arguments, given=None)

    assert result.code == 2
    assert result.err == "error: standard input: it is closed. Send a design to it, or name a file.\n"
