"""Exit codes, one-line errors, help that answers at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from designer import __version__
from designer.cli import main
from designer.cli.main import COMMANDS
from tests.unit.cli.conftest import Designer


def test_help_lists_every_command_with_an_example(designer: Designer) -> None:
    result = designer("--help")

    assert result.code == 0
    assert all(f"  {name} " in result.out for name in COMMANDS)
    assert "Examples:" in result.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(designer: Designer, name: str) -> None:
    result = designer(name, "--help")

    assert result.code == 0
    assert "Example" in result.out
    assert f"designer {name} " in result.out.partition("Example")[2]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_summary_of_the_list_is_the_one_of_the_command(name: str) -> None:
    command = main.cli.get_command(click.Context(main.cli), name)

    assert command is not None
    assert command.short_help == COMMANDS[name]


def test_version(designer: Designer) -> None:
    assert designer("--version").out == f"designer {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["chek"], "error: There is no command “chek”. Did you mean “check”?\n"),
        (["frobnicate"], "error: There is no command “frobnicate”. There are: gui, new, check,"),
        (["check"], "error: Missing argument 'FILE...'. See: designer check --help\n"),
        (["a.cnd"], "error: There is no command “a.cnd”. To open a design: designer gui a.cnd\n"),
        (["rules", "\x1b[2J"], "error: There is no rule named “\ufffd[2J”."),
        (["check", "--frob"], "error: No such option '--frob'"),
        (["check", "gone.cnd"], "error: gone.cnd: there is no such file or folder. Check the name;"),
        (["check", "x.cnd", "--format", "xml"], "error: Invalid value for '--format'"),
        (["rules", "NAT999"], "error: There is no rule named “NAT999”."),
    ],
)
def test_a_mistake_of_the_user_is_one_line_and_code_2(designer: Designer, arguments: list[str], message: str) -> None:
    result = designer(*arguments)

    assert result.code == 2
    assert result.err.startswith(message)
    assert result.err.count("\n") == 1
    assert result.out == ""


def broken_check(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise error

    monkeypatch.setattr("designer.api.schema", fail)


def test_a_fault_of_the_program_is_code_3_and_is_kept_for_a_report(
    designer: Designer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken_check(monkeypatch, KeyError("secret"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    result = designer("schema")

    (report,) = tmp_path.iterdir()
    assert result.code == 3
    assert result.err == (
        f"error: the program has a fault (KeyError). Please report it; the details are in {report}.\n"
    )
    assert "KeyError: 'secret'" in report.read_text(encoding="utf-8")
    assert __version__ in report.read_text(encoding="utf-8")


def test_a_fault_shows_where_when_it_is_asked_to(designer: Designer, monkeypatch: pytest.MonkeyPatch) -> None:
    broken_check(monkeypatch, KeyError("secret"))
    monkeypatch.setenv(main.TRACE_VARIABLE, "1")

    result = designer("schema")

    assert result.code == 3
    assert "Traceback" in result.err


def test_an_interruption_is_quiet(designer: Designer, monkeypatch: pytest.MonkeyPatch) -> None:
    broken_check(monkeypatch, KeyboardInterrupt())

    result = designer("schema")

    assert (result.code, result.out, result.err.strip()) == (130, "", "")


def test_without_a_command_the_window_opens(designer: Designer) -> None:
    result = designer()

    assert (result.code, result.opened) == (0, [None])


@pytest.mark.parametrize("module", ["pydantic", "numpy", "PySide6", "networkx", "orjson"])
def test_help_does_not_import_what_it_does_not_need(module: str) -> None:
    code = (
        "import sys\n"
        "from designer.cli.main import Session, run\n"
        "run(['--help'], Session(lambda name: 0))\n"
        f"sys.exit({module!r} in sys.modules)\n"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0


def test_an_output_that_takes_nothing_is_no_fault_of_the_program(
    designer: Designer, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_check(monkeypatch, OSError(28, "No space left on device"))

    result = designer("schema")

    assert result.code == 2
    assert result.err == "error: standard output cannot be written: No space left on device. Send it elsewhere.\n"


def test_a_reader_that_goes_away_in_the_middle_of_a_line_is_no_error() -> None:
    program = (
        "import os, sys; reader, writer = os.pipe(); os.close(reader); "
        "sys.stdout = os.fdopen(writer, 'w', buffering=1); "
        "from designer.cli.main import Session, run; "
        "os._exit(run(['rules', '--format', 'json'], Session(open_window=lambda name: 0)))"
    )

    result = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False, timeout=60)

    assert (result.returncode, result.stderr) == (0, b"")
