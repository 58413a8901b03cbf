"""``export``: files, folders, hosts, refusals."""

from __future__ import annotations

from pathlib import Path

import pytest

from designer import api
from tests.unit.cli.conftest import Designer

EXAMPLES = {path.stem: path for path in api.examples()}
SEED, NODES, BROKEN = EXAMPLES["seed"], EXAMPLES["multi-node"], EXAMPLES["broken"]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_one_host_goes_to_standard_output(designer: Designer) -> None:
    result = designer("export", SEED, "--to", "powershell")

    assert result.code == 0
    assert "docker" in result.out
    assert "HOST01" in result.out


def test_a_folder_that_exists_gets_a_file_for_each_host(designer: Designer, tmp_path: Path) -> None:
    result = designer("export", NODES, "--to", "powershell", "-o", tmp_path)

    assert (result.code, result.out) == (0, "")
    assert names(tmp_path) == ["NODE01.ps1", "NODE02.ps1"]
    assert str(tmp_path / "NODE01.ps1") in result.err


def test_a_folder_with_a_slash_is_made(designer: Designer, tmp_path: Path) -> None:
    assert designer("export", NODES, "--to", "docker", "--teardown", "-o", f"{tmp_path}/new/er/").code == 0
    assert names(tmp_path / "new" / "er") == ["NODE01.teardown.ps1", "NODE02.teardown.ps1"]


def test_a_file_gets_the_chosen_host(designer: Designer, tmp_path: Path) -> None:
    path = tmp_path / "up.ps1"

    assert designer("export", NODES, "--to", "powershell", "--host", "NODE02", "-o", path).code == 0
    assert b"NODE02" in path.read_bytes()
    assert names(tmp_path) == ["up.ps1"]


def test_the_same_design_gives_the_same_bytes(designer: Designer, tmp_path: Path) -> None:
    for folder in ("a/", "b/"):
        designer("export", SEED, "--to", "powershell", "-o", f"{tmp_path}/{folder}")

    assert (tmp_path / "a" / "HOST01.ps1").read_bytes() == (tmp_path / "b" / "HOST01.ps1").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([NODES, "--to", "powershell"], "The design has several hosts (NODE01, NODE02). Choose one with --host"),
        ([NODES, "--to", "powershell", "--host", "NODE1"], "There is no host named “NODE1”. Did you mean “NODE01”?"),
        ([SEED, "--to", "powershel"], "There is no format named “powershel”. Did you mean “powershell”?"),
        ([SEED, "--to", "powershell", "-o", "/gone/up.ps1"], "/gone/up.ps1: the folder does not exist."),
        ([SEED], "Missing option '--to'"),
    ],
)
def test_mistakes_are_one_line(designer: Designer, arguments: list[object], message: str) -> None:
    result = designer("export", *arguments)

    assert (result.code, result.out) == (2, "")
    assert message in result.err
    assert result.err.count("\n") == 1


def test_a_design_with_errors_is_exported_only_when_forced(designer: Designer, tmp_path: Path) -> None:
    refused = designer("export", BROKEN, "--to", "powershell", "-o", f"{tmp_path}/new/")

    assert refused.code == 2
    assert "The design has errors (" in refused.err
    assert "Mend them, or export with --force." in refused.err
    assert names(tmp_path) == []

    assert designer("export", BROKEN, "--to", "powershell", "--force", "-o", tmp_path).code == 0
    assert names(tmp_path) == ["BROKEN01.ps1"]


def test_a_folder_that_was_made_goes_when_the_files_cannot_be_written(
    designer: Designer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)

    result = designer("export", NODES, "--to", "powershell", "-o", f"{tmp_path}/new/er/")

    assert result.code == 2
    assert "the disk is full" in result.err
    assert names(tmp_path) == []


def test_a_folder_that_cannot_be_made_is_named(designer: Designer, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept")

    result = designer("export", SEED, "--to", "powershell", "-o", f"{tmp_path}/file/sub/")

    assert result.code == 2
    assert "/file/sub: a part of the path is a file, not a folder. Check the path." in result.err


@pytest.mark.parametrize("slash", ["", "/"])
def test_a_name_that_is_too_long_is_refused(designer: Designer, tmp_path: Path, slash: str) -> None:
    result = designer("export", SEED, "--to", "powershell", "-o", f"{tmp_path}/{'x' * 300}{slash}")

    assert result.code == 2
    assert "the name is too long. Choose a shorter name." in result.err


def test_hosts_without_anything_for_the_format_are_named(designer: Designer, tmp_path: Path) -> None:
    result = designer("export", EXAMPLES["swarm"], "--to", "stack", "-o", tmp_path)

    assert names(tmp_path) == ["NODE01.stack.yaml"]
    assert "NODE02: nothing to write as stack" in result.err
