"""Every kind of bad document and bad place: one line, code 2, and every existing file as it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from designer.storage.document import PRODUCT
from tests.e2e.conftest import Command

Contents = Callable[[Path], dict[str, bytes]]
HOST = {"kind": "host", "id": "h", "name": "HOST01"}


def text_of(*elements: Any, number: str = "1.0") -> bytes:
    return json.dumps({"document": {"format": number, "product": PRODUCT}, "elements": list(elements)}).encode()


DOCUMENTS: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "the file is empty"),
    "no JSON": (b"hello", "this is not valid JSON"),
    "cut off": (text_of(HOST)[:-20], "it was cut off"),
    "another document": (b'{"openapi": "3.1.0"}', "no design of Container Network Designer"),
    "UTF-16": (text_of(HOST).decode().encode("utf-16"), "encoded in UTF-16"),
    "byte order mark": (b"\xef\xbb\xbf" + text_of(HOST), "byte order mark"),
    "not UTF-8": (text_of(HOST).replace(b"HOST01", b"H\xf6ST"), "not UTF-8"),
    "deep": (b"[" * 200_000, "nested more than 32 levels deep"),
    "huge": (b" " * (65 * 1024 * 1024), "larger than 64 MB"),
    "many": (text_of(*[1] * 500_001), "holds 500001 elements"),
    "huge number": (text_of(HOST).replace(b'"h"', b"1" * 5000), "a number is too large"),
    "NaN": (text_of(HOST).replace(b'"h"', b"NaN"), "“NaN” is not a number"),
    "wrong type": (text_of({**HOST, "name": 5}), "name: “5” is not text."),
    "unknown field": (text_of({**HOST, "zork": 5}), "there is no field “zork”"),
    "key twice": (text_of(HOST).replace(b'"id"', b'"id": "g", "id"'), "the key “id” occurs twice"),
    "id twice": (text_of(HOST, HOST), "the id “h” occurs twice"),
    "dangling parent": (text_of({**HOST, "parent": "x"}), "“HOST01” is inside “x”"),
    "dangling link": (text_of(HOST, {"kind": "cable", "id": "c", "source": "h", "target": "x"}), "refers to “x”"),
    "circular": (text_of({**HOST, "parent": "b"}, {"kind": "host", "id": "b", "name": "B", "parent": "h"}), "itself"),
    "code": (b"!!python/object/apply:os.system ['touch hacked']", "this is not valid JSON"),
}


@pytest.mark.parametrize("case", DOCUMENTS)
def test_a_bad_document(designer: Command, tmp_path: Path, contents: Contents, case: str) -> None:
    content, message = DOCUMENTS[case]
    (tmp_path / "bad.cnd").write_bytes(content)
    before = contents(tmp_path)

    result = designer("check", "bad.cnd", "--fix")

    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.startswith("error: bad.cnd")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "bad.cnd"),
        ("export", "bad.cnd", "--to", "powershell", "-o", "kept.txt"),
        ("render", "bad.cnd", "-o", "kept.txt.svg"),
        ("layout", "bad.cnd", "-o", "kept.txt"),
        ("check", "bad.cnd", "--format", "sarif"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_no_command_writes_anything_for_a_bad_document(
    designer: Command, tmp_path: Path, contents: Contents, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "bad.cnd").write_bytes(DOCUMENTS["cut off"][0])
    (tmp_path / "kept.txt").write_text("kept")
    before = contents(tmp_path)

    result = designer(*arguments)

    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert contents(tmp_path) == before


PLACES: dict[str, tuple[str, str]] = {
    "missing folder": ("gone/out.cnd", "the folder does not exist"),
    "folder": ("folder", "this is a folder"),
    "circle of links": ("loop", "symbolic links go in a circle"),
    "long name": ("x" * 300, "the name is too long"),
    "full device": ("/dev/full", "no ordinary file"),
}


@pytest.mark.parametrize("case", PLACES)
def test_a_bad_place(designer: Command, tmp_path: Path, examples: Path, contents: Contents, case: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    name, message = PLACES[case]
    before = contents(tmp_path)

    result = designer("layout", examples / "seed.cnd", "-o", name)

    assert (result.returncode, result.stdout) == (2, "")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
    assert contents(tmp_path) == before


@pytest.mark.skipif(os.name != "posix", reason="/dev/full is a thing of POSIX systems")
@pytest.mark.parametrize(
    "arguments", [("schema",), ("check", "seed.cnd"), ("layout", "seed.cnd", "-o", "-"), ("--help",)]
)
def test_a_standard_output_that_is_full(examples: Path, arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        program = [sys.executable, "-m", "designer", *arguments]
        result = subprocess.run(program, stdout=full, stderr=subprocess.PIPE, cwd=examples, check=False)

    assert result.returncode == 2
    assert result.stderr.startswith(b"error: standard output cannot be written: ")
    assert result.stderr.count(b"\n") == 1


def test_a_newer_major_format_can_be_looked_at_but_not_written(
    designer: Command, tmp_path: Path, contents: Contents
) -> None:
    (tmp_path / "future.cnd").write_bytes(text_of(HOST, {"kind": "cloud", "id": "c"}, number="7.0"))
    before = contents(tmp_path)

    shown = designer("show", "future.cnd")
    written = designer("layout", "future.cnd", "-o", "future.cnd")

    assert (shown.returncode, shown.stdout) == (0, "HOST01 (ws2022)\n")
    assert shown.stderr.startswith("note: The file has format 7.0")
    assert written.returncode == 2
    assert "Update to edit it." in written.stderr
    assert contents(tmp_path) == before


NAMES = ["'; Remove-Item C:\\ -Recurse; '", '"$(whoami)"', "`n`$x", "a\nb", "\u202ertl", "😀 Ünïcode", "-o", "\x1b[2J"]


def test_hostile_names_pass_through_every_command(designer: Command, tmp_path: Path) -> None:
    hosts = [{**HOST, "id": f"h{number}", "name": name} for number, name in enumerate(NAMES)]
    networks = [
        {"kind": "network", "id": f"n{number}", "name": name, "parent": f"h{number}"}
        for number, name in enumerate(NAMES)
    ]
    (tmp_path / "odd.cnd").write_bytes(text_of(*hosts, *networks))

    checked = designer("check", "odd.cnd")
    shown = designer("show", "odd.cnd", "--format", "json")
    drawn = designer("render", "odd.cnd", "-o", "odd.svg")
    exported = designer("export", "odd.cnd", "--to", "powershell", "--force", "-o", "out/")

    assert checked.returncode in (0, 1)
    assert "\x1b" not in checked.stdout
    assert sorted(host["name"] for host in json.loads(shown.stdout)["hosts"]) == sorted(NAMES)
    assert drawn.returncode == 0
    assert exported.returncode in (0, 2)
    assert all(result.stderr.count("\n") <= len(NAMES) for result in (checked, shown, drawn, exported))
    assert {path.name for path in tmp_path.iterdir()} <= {"odd.cnd", "odd.svg", "out"}
