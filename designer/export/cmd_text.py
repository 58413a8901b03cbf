"""Batch source as text: the only module that quotes for cmd.exe.

Each argument is quoted as programs split their command line; then a caret before each character that cmd.exe knows
keeps it out of the hands of cmd.exe, which therefore never sees a quoted string.
Source: the rules of CommandLineToArgvW; help of cmd.exe, "Quotation marks" and "Escape character".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from designer.errors import ExportError
from designer.export.comments import visible
from designer.export.docker_arguments import Option

LONGEST_LINE = 8_000
"""cmd.exe takes 8191 characters in a line, continued ones together."""

_PLAIN = re.compile(r"[^\s\"]+")
_BEFORE_QUOTE = re.compile(r'(\\*)"')
_KNOWN_TO_CMD = re.compile(r'(["^&|<>()!])')
_SHORT = 100


def word(text: str, what: str) -> str:
    """Return an argument that reaches a program with exactly this text.

    Args:
        text: of the argument.
        what: whose it is, for the message.

    Raises:
        ExportError: cmd.exe cannot say it.
    """
    for each in text:
        if unicodedata.category(each) == "Cc" and each != "\t":
            raise ExportError(
                f"A batch file cannot say the control character {ord(each):#04x} in “{visible(text)}” of {what}. "
                "Take it out, or export as powershell."
            )
    quoted = text
    if not _PLAIN.fullmatch(text):
        escaped = _BEFORE_QUOTE.sub(r'\1\1\\"', text)
        tail = len(escaped) - len(escaped.rstrip("\\"))
        quoted = f'"{escaped}{escaped[len(escaped) - tail :]}"'
    return escape(quoted)


def escape(text: str) -> str:
    """Return text that cmd.exe passes on as it is."""
    return _KNOWN_TO_CMD.sub(r"^\1", text).replace("%", "%%")


def command(words: Iterable[Option], what: str) -> list[str]:
    """Return a command line, with one option on each line if it is long.

    Raises:
        ExportError: cmd.exe cannot say it.
    """
    rows = [" ".join(word(each, what) for each in option) for option in words]
    if sum(len(row) + 6 for row in rows) > LONGEST_LINE:
        raise ExportError(f"The command for {what} is too long for a batch file. Export as powershell.")
    line = " ".join(rows)
    if len(line) < _SHORT:
        return [line]
    return [f"{rows[0]} ^", *(f"    {row} ^" for row in rows[1:-1]), f"    {rows[-1]}"]


def remark(lines: Iterable[str]) -> list[str]:
    """Return lines as remarks. The first word is always ``#``: behind it cmd.exe looks at nothing but percent signs."""
    return [f"rem # {line.removeprefix('#').strip()}".rstrip().replace("%", "%%") for line in lines]
