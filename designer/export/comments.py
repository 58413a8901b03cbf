"""Text of people in comments, the same in every target: nothing in it ends the comment, and nothing stays unseen.

What a reader cannot see is spelled out: control characters, marks that turn the direction of text, zero-width ones.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable

_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cn", "Zl", "Zp"})
_WIDTH = 116
_PLAIN = re.compile(r"[ -~]*")


def comment(text: str) -> list[str]:
    """Return the lines of a comment that begins with ``#``; nothing in the text can end it."""
    if len(text) < _WIDTH and _PLAIN.fullmatch(text) and "#" not in text:
        return [f"# {text}"]
    return textwrap.wrap(visible(text), _WIDTH, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False)


def visible(text: str) -> str:
    """Return text for a comment: what a reader cannot see, and the end of a block comment, spelled out."""
    shown = "".join(run if seen else "".join(f"\\u{unit:04X}" for unit in _units(run)) for seen, run in _runs(text))
    return shown.replace("#>", "# >").replace("<#", "< #")


def _units(text: str) -> Iterable[int]:
    data = text.encode("utf-16-be")
    return (int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2))


def _runs(text: str) -> Iterable[tuple[bool, str]]:
    start = len(text) if text.isascii() and text.isprintable() else 0
    if text and start:
        yield True, text
    for at in range(start + 1, len(text) + 1):
        if at == len(text) or _seen(text[at]) != _seen(text[start]):
            yield _seen(text[start]), text[start:at]
            start = at


def _seen(character: str) -> bool:
    return unicodedata.category(character) not in _INVISIBLE
