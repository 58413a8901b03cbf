"""Every command on every example."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree

import pytest

from designer.resources import example_folder
from tests.e2e.conftest import Command

NAMES = sorted(path.stem for path in example_folder().glob("*.cnd"))
CLEAN = [name for name in NAMES if name != "broken"]
Contents = Callable[[Path], dict[str, bytes]]


def test_check_of_all_clean_examples(designer: Command, examples: Path, contents: Contents) -> None:
    before = contents(examples)
    result = designer("check", *(examples / f"{name}.cnd" for name in CLEAN))
    strict = designer(
        "check", *(examples / f"{name}.cnd" for name in CLEAN if name != "multi-node"), "--fail-on=warning"
    )

    assert (result.returncode, result.stderr, strict.returncode) == (0, "", 0)
    assert "error" not in result.stdout.replace(str(examples), "")
    assert contents(examples) == before


def test_check_fix_and_check_of_the_broken_example(designer: Command, examples: Path) -> None:
    path = examples / "broken.cnd"

    assert designer("check", path).returncode == 1
    assert designer("check", path, "--fix").returncode == 0
    assert designer("check", path, "--fail-on", "warning").returncode == 0


@pytest.mark.parametrize("name", NAMES)
def test_the_picture(designer: Command, examples: Path, name: str) -> None:
    result = designer("render", examples / f"{name}.cnd", "-o", "out.svg")
    again = designer("render", examples / f"{name}.cnd", "-o", "-")

    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    text = (examples.parent / "out.svg").read_text(encoding="utf-8")
    assert ElementTree.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"
    assert text == again.stdout


@pytest.mark.qt
@pytest.mark.parametrize(("suffix", "begin"), [("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_pictures_of_pixels_and_pages(designer: Command, examples: Path, suffix: str, begin: bytes) -> None:
    result = designer("render", examples / "seed.cnd", "-o", f"out.{suffix}", "--theme", "dark")

    assert (result.returncode, result.stderr) == (0, "")
    assert (examples.parent / f"out.{suffix}").read_bytes().startswith(begin)


@pytest.mark.parametrize("name", CLEAN)
def test_scripts(designer: Command, examples: Path, name: str) -> None:
    hosts = [
        host["name"]
        for host in json.loads(designer("show", examples / f"{name}.cnd", "--format", "json").stdout)["hosts"]
    ]

    up = designer("export", examples / f"{name}.cnd", "--to", "powershell", "-o", "out/")
    down = designer("export", examples / f"{name}.cnd", "--to", "powershell", "--teardown", "-o", "out")

    assert (up.returncode, down.returncode) == (0, 0)
    assert sorted(path.name for path in (examples.parent / "out").iterdir()) == sorted(
        f"{host}{suffix}" for host in hosts for suffix in (".ps1", ".teardown.ps1")
    )


def test_layout_of_a_design_and_its_picture_through_pipes(designer: Command) -> None:
    design = designer("new", "--template", "overlay", "-o", "-").stdout.encode()
    placed = designer("layout", "-", "-o", "-", "--all", given=design)
    picture = designer("render", "-", "-o", "-", given=placed.stdout.encode())

    assert (placed.returncode, picture.returncode) == (0, 0)
    assert "NODE02" in picture.stdout


def test_the_schema_accepts_every_example(designer: Command, examples: Path) -> None:
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(json.loads(designer("schema").stdout))

    for path in examples.glob("*.cnd"):
        assert validator.is_valid(json.loads(path.read_bytes())), path.name


def has_pseudo_terminals() -> bool:
    """Whether this machine gives out pseudo-terminals; Windows and bare roots do not."""
    try:
        ends = os.openpty()
    except (AttributeError, OSError):
        return False
    for end in ends:
        os.close(end)
    return True


def on_a_terminal(*arguments: object, **environment: str) -> str:
    """Return what the command shows on a terminal."""
    import pty

    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "designer", *map(str, arguments)]
    with subprocess.Popen(command, stdout=follower, stderr=follower, env=os.environ | environment) as program:
        os.close(follower)
        shown = b""
        with suppress(OSError):
            while piece := os.read(leader, 4096):
                shown += piece
        os.close(leader)
        program.wait(timeout=60)
    return shown.decode("utf-8")


@pytest.mark.skipif(not has_pseudo_terminals(), reason="the machine has no pseudo-terminals")
def test_colour_only_on_a_terminal_and_never_with_no_color(designer: Command, examples: Path) -> None:
    assert "\x1b[" in on_a_terminal("check", examples / "broken.cnd", NO_COLOR="")
    assert "\x1b[" not in on_a_terminal("check", examples / "broken.cnd", NO_COLOR="1")
    assert "\x1b[" not in designer("check", examples / "broken.cnd").stdout


def test_a_reader_that_goes_away_is_no_error(examples: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-m", "designer", "rules", "--format", "json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert program.stdout is not None
    assert program.stderr is not None
    program.stdout.read(10)
    program.stdout.close()
    errors = program.stderr.read()
    program.stderr.close()

    assert program.wait(timeout=60) == 0
    assert errors == b""


def test_without_a_screen_the_window_says_so(designer: Command) -> None:
    result = designer("gui", QT_QPA_PLATFORM="")

    assert result.returncode == 2
    assert result.stderr.startswith("error: ")
    assert result.stderr.count("\n") == 1
