"""Modules and functions stay small enough to be read at once."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
MODULE_LINES = 500
FUNCTION_LINES = 50


@pytest.mark.parametrize("folder", ["designer", "packaging", "tests"])
def test_modules_and_functions_stay_small(folder: str) -> None:
    assert [problem for path in sorted((ROOT / folder).rglob("*.py")) for problem in too_long(path)] == []


def too_long(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    where = path.relative_to(ROOT).as_posix()
    if (lines := len(text.splitlines())) > MODULE_LINES:
        yield f"{where} has {lines} lines, the limit is {MODULE_LINES}"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and (lines := length(node)) > FUNCTION_LINES:
            yield f"{where}:{node.lineno} {node.name} has {lines} lines, the limit is {FUNCTION_LINES}"


def length(function: ast.FunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1
