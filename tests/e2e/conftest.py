"""The installed command, run as a person runs it, on copies of the shipped examples."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from designer.resources import example_folder

Command = Callable[..., "subprocess.CompletedProcess[str]"]
QUIET = {"NO_COLOR": "", "DISPLAY": "", "WAYLAND_DISPLAY": ""}


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    """A folder with copies of the examples."""
    folder = tmp_path / "examples"
    shutil.copytree(example_folder(), folder)
    return folder


@pytest.fixture
def designer(tmp_path: Path) -> Command:
    """A function that runs ``designer ARGUMENTS`` in a folder of its own.

    Progress, which a slow machine sees more of, is left out of what it says on standard error.
    """

    def call(*arguments: object, given: bytes | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "designer", *map(str, arguments)],
            cwd=tmp_path,
            env=os.environ | QUIET | environment,
            input=given if given is not None else b"",
            capture_output=True,
            timeout=120,
            check=False,
        )
        said = [line for line in done.stderr.decode("utf-8").splitlines(keepends=True) if not line.endswith(" …\n")]
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode("utf-8"), "".join(said))

    return call


@pytest.fixture
def contents() -> Callable[[Path], dict[str, bytes]]:
    """A function that reads every file below a folder."""

    def read(folder: Path) -> dict[str, bytes]:
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    return read
