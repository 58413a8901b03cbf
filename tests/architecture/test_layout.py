"""Folders, tests and documents are where they belong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import designer

ROOT = Path(__file__).parents[2]
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "examples/README.md", "resources/fonts/README.md"]

# Folders whose modules are tested through the window, by tests/ui/, and not one by one.
TESTED_IN_THE_WINDOW = {"ui"}


def modules() -> list[Path]:
    """Return every module of designer that is more than a docstring, relative to designer/."""
    found = (path.relative_to(ROOT / "designer") for path in sorted((ROOT / "designer").rglob("*.py")))
    return [path for path in found if path.name != "__init__.py"]


def test_packaging_and_resources_are_no_packages() -> None:
    assert [*(ROOT / "packaging").rglob("__init__.py"), *(ROOT / "resources").rglob("__init__.py")] == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [path for path in modules() if path.stem in {"common", "helpers", "misc", "utils"}] == []


def test_every_module_has_its_tests() -> None:
    wanted = [
        path.with_name(f"test_{path.stem.strip('_')}.py")
        for path in modules()
        if path.parts[0] not in TESTED_IN_THE_WINDOW
    ]

    assert [path.as_posix() for path in wanted if not (ROOT / "tests" / "unit" / path).is_file()] == []


def test_every_test_module_has_its_module() -> None:
    unit = ROOT / "tests" / "unit"
    stray = []
    for path in sorted(unit.rglob("test_*.py")):
        module = ROOT / "designer" / path.relative_to(unit).with_name(path.name.removeprefix("test_"))
        if not (
            module.is_file() or module.with_suffix("").is_dir() or module.with_stem(f"__{module.stem}__").is_file()
        ):
            stray.append(path.relative_to(ROOT).as_posix())

    assert stray == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_name_files_that_exist(name: str) -> None:
    document = ROOT / name
    text = document.read_text(encoding="utf-8")
    named = re.findall(r"\]\((?!https?:|#)([^)#]+)\)", text)
    named += re.findall(r"`((?:designer|examples|packaging|resources|tests|\.ci)/[\w./-]*)`", text)

    assert [path for path in named if not ((document.parent / path).exists() or (ROOT / path).exists())] == []


def test_the_changelog_describes_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert re.findall(r"^## (\S+)", changelog, flags=re.MULTILINE)[0] == designer.__version__
