"""The import contracts of pyproject.toml hold, and each forbidden import, planted once, is found."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
LAYERS: list[list[str]] = [
    [name for name in layer.split(" | ") if not name.startswith("(")] for layer in CONTRACTS[0]["layers"]
]
PARTS = [part for layer in LAYERS for part in layer]
QT_PARTS = {"ui", "painting"}


def forbidden_imports() -> list[tuple[str, str]]:
    """Return every pair (part of designer, module) of which the first must not import the second."""
    pairs = []
    for number, layer in enumerate(LAYERS):
        above = [part for upper in LAYERS[:number] for part in upper]
        pairs += [(part, f"designer.{other}") for part in layer for other in [*above, *layer] if other != part]
    pairs += [(part, module) for part in PARTS if part not in QT_PARTS for module in ("PySide6", "shiboken6")]
    pairs += [(part, "networkx") for part in PARTS if part != "graph"]
    return pairs


def plant(package: Path, part: str, module: str) -> str:
    """Write the import into a part of a copy of designer and return the name of the module that now has it."""
    if (package / part).is_dir():
        name = f"planted_{module.replace('.', '_').lower()}"
        (package / part / f"{name}.py").write_text(f"import {module}\n", encoding="utf-8")
        return f"designer.{part}.{name}"
    with (package / f"{part}.py").open("a", encoding="utf-8") as file:
        file.write(f"\nimport {module}\n")
    return f"designer.{part}"


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts of the project in a folder."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package and its contracts."""
    shutil.copytree(ROOT / "designer", tmp_path / "designer", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_contracts_hold(copy: Path) -> None:
    outcome = lint_imports(copy)

    assert outcome.returncode == 0, outcome.stdout


def test_every_forbidden_import_is_found(copy: Path) -> None:
    planted = [(plant(copy / "designer", part, module), module) for part, module in forbidden_imports()]

    report = lint_imports(copy).stdout

    missed = [f"{importer} -> {module}" for importer, module in planted if f"{importer} -> {module}" not in report]
    assert missed == [], report


def test_a_cycle_between_siblings_is_found(copy: Path) -> None:
    (copy / "designer/model/planted_one.py").write_text("import designer.model.planted_two\n", encoding="utf-8")
    (copy / "designer/model/planted_two.py").write_text("import designer.model.planted_one\n", encoding="utf-8")

    outcome = lint_imports(copy)

    assert outcome.returncode == 1
    assert "planted_one" in outcome.stdout


def test_a_package_without_a_layer_is_found(copy: Path) -> None:
    (copy / "designer/unplaced.py").touch()

    outcome = lint_imports(copy)

    assert outcome.returncode == 1
    assert "unplaced" in outcome.stdout
