"""Shipped files are found, and their absence is said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from designer import resources
from designer.errors import MissingPartError


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """The program as if it were installed in another folder."""
    package = tmp_path / "designer"
    package.mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", package)
    resources.resource_folder.cache_clear()
    resources.example_folder.cache_clear()
    yield package
    resources.resource_folder.cache_clear()
    resources.example_folder.cache_clear()


def test_the_source_tree_has_them() -> None:
    assert (resources.example_folder() / "seed.cnd").is_file()
    assert resources.resource("fonts").is_dir()


def test_a_wheel_has_them_in_the_package(elsewhere: Path) -> None:
    (elsewhere / "_resources" / "examples").mkdir(parents=True)
    (elsewhere / "_resources" / "icons").mkdir()

    assert resources.example_folder() == elsewhere / "_resources" / "examples"
    assert resources.resource("icons") == elsewhere / "_resources" / "icons"


def test_a_broken_installation_is_named(elsewhere: Path) -> None:
    with pytest.raises(MissingPartError, match="Install it again"):
        resources.resource_folder()
    with pytest.raises(MissingPartError, match="The examples are missing"):
        resources.example_folder()


def test_a_missing_file_is_named() -> None:
    with pytest.raises(MissingPartError, match=r"icons/gone\.svg is missing"):
        resources.resource("icons", "gone.svg")
