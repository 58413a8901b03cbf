"""Bash source as text: the only module that quotes for Bash."""

from __future__ import annotations

import re
from collections.abc import Iterable

from designer.export.docker_arguments import Option

_WORD = re.compile(r"[A-Za-z0-9_@%+=:,./-]+")
_SHORT = 100


def quote(text: str) -> str:
    """Return one word of Bash with exactly this text; plain words stay as they are.

    Nothing has a meaning between single quotes, a line break neither; only the quote itself ends them.
    """
    return text if _WORD.fullmatch(text) else "'" + text.replace("'", "'\\''") + "'"


def command(words: Iterable[Option]) -> list[str]:
    """Return a command line, with one option on each line if it is long."""
    rows = [" ".join(map(quote, option)) for option in words]
    line = " ".join(rows)
    if len(line) < _SHORT:
        return [line]
    return [f"{rows[0]} \\", *(f"    {row} \\" for row in rows[1:-1]), f"    {rows[-1]}"]
