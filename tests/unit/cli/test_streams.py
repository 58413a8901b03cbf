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


@pytest.mark.parametrize(
    "arguments",
    [["show", ""], ["check", ""], ["layout", "-", "-o", ""], ["schema", "-o", ""], ["new", "-o", ""]],
    ids=" ".join,
)
def test_an_empty_name_is_no_name(designer: Designer, arguments: list[str]) -> None:
    content = b'{"document": {"format": "1.0", "product": "Container Network Designer"}, "elements": []}'

    result = designer(*arguments, given=content)

    assert (result.code, result.err) == (2, "error: “”: the name is empty. Name a file.\n")


def test_a_name_with_a_slash_at_the_end_is_no_file(designer: Designer, tmp_path: Path) -> None:
    for arguments in (["new"], ["schema"]):
        result = designer(*arguments, "-o", f"{tmp_path}/sub/")

        assert (result.code, "/sub/: this is a folder, not a file." in result.err) == (2, True)
    assert list(tmp_path.iterdir()) == []
