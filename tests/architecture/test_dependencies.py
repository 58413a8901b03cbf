"""The lock files fit pyproject.toml, and the Qt that they name is safe to use."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUN = ROOT / "packaging" / "requirements.lock"
DEVELOPMENT = ROOT / "packaging" / "requirements-dev.lock"


def locked(path: Path) -> list[Requirement]:
    """Return the requirements of a lock file, without their hashes."""
    lines = re.findall(r"^([a-z0-9].*?) \\$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [Requirement(line) for line in lines]


def wanted(*groups: str) -> list[Requirement]:
    entries = [entry for group in groups for entry in PROJECT["dependency-groups"][group]]
    return [Requirement(text) for text in [*PROJECT["project"]["dependencies"], *entries] if isinstance(text, str)]


@pytest.mark.parametrize(("path", "groups"), [(RUN, ["build"]), (DEVELOPMENT, ["build", "dev"])], ids=["run", "dev"])
def test_every_dependency_is_locked_within_its_range(path: Path, groups: list[str]) -> None:
    pins = locked(path)
    for requirement in wanted(*groups):
        found = [pin for pin in pins if canonicalize_name(pin.name) == canonicalize_name(requirement.name)]
        assert found, f"{requirement.name} is not in {path.name}"
        assert all(requirement.specifier.contains(str(pin.specifier).removeprefix("==")) for pin in found)


def test_both_lock_files_agree() -> None:
    assert {str(pin) for pin in locked(RUN)} <= {str(pin) for pin in locked(DEVELOPMENT)}


@pytest.mark.parametrize("path", [RUN, DEVELOPMENT], ids=["run", "dev"])
def test_every_locked_package_has_hashes_and_no_address(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]

    assert len(blocks) == len(locked(path))
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in text


def test_qt_is_older_than_the_version_that_loses_references() -> None:
    assert "PySide6-Essentials>=6.8,<6.12" in PROJECT["project"]["dependencies"]


@pytest.mark.qt
def test_calls_into_qt_keep_the_references_to_none() -> None:
    from PySide6.QtGui import QPainterPath

    path = QPainterPath()
    before = sys.getrefcount(None)
    for _ in range(200):
        path.lineTo(1.0, 1.0)

    assert abs(sys.getrefcount(None) - before) < 100
