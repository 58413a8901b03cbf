"""Every module of the core can be imported where Qt is not installed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
QT_PARTS = {"ui", "painting"}

IMPORT_WITHOUT_QT = """
import importlib, sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"PySide6", "shiboken6"}:
            raise ModuleNotFoundError(f"{name} is blocked", name=name)

sys.meta_path.insert(0, NoQt())
for module in sys.argv[1:]:
    importlib.import_module(module)
"""


def core_modules() -> list[str]:
    paths = (path.relative_to(ROOT).with_suffix("") for path in (ROOT / "designer").rglob("*.py"))
    return sorted(".".join(path.parts) for path in paths if path.parts[1] not in QT_PARTS)


def test_the_core_imports_without_qt() -> None:
    command = [sys.executable, "-W", "error", "-c", IMPORT_WITHOUT_QT, *core_modules()]

    outcome = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert outcome.returncode == 0, outcome.stderr
