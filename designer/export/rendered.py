"""A finished script: text, the element of each line, and its bytes on disk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Self

from designer.export.consent import Spoken
from designer.model.identity import EntityId
from designer.rules.suppressing import Sifted


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How a script is written.

    Attributes:
        teardown: the script that removes what the setup made, instead of the setup.
        what_if: a dry run: the script only says what it would do.
        spoken: the findings that the scripts of the design speak of, where they are known already.
        sifted: all findings, where they are known already.
    """

    teardown: bool = False
    what_if: bool = False
    spoken: Spoken | None = None
    sifted: Sifted | None = None


class TextForm(Enum):
    """How text is written to a file.

    ``WINDOWS``: CRLF, and UTF-8 with a byte order mark unless it is ASCII, as Windows PowerShell 5.1 needs it.
    ``BATCH``: CRLF and UTF-8 without a mark, as cmd.exe needs it.
    ``PLAIN``: LF and UTF-8 without a mark, as JSON, YAML and shells need it.
    """

    WINDOWS = "windows"
    BATCH = "batch"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class RenderedScript:
    """The text of a script and, for each of its lines, the element that the line is there for.

    Attributes:
        text: lines ending in LF.
        lines: one entry for each line; None for what belongs to the script as a whole.
        form: how the file is written.
    """

    text: str
    lines: tuple[EntityId | None, ...]
    form: TextForm = TextForm.WINDOWS

    @classmethod
    def of_lines(cls, lines: Iterable[tuple[str, EntityId | None]], form: TextForm = TextForm.WINDOWS) -> Self:
        """Join lines, none of which holds a line break, into a script."""
        pairs = list(lines)
        return cls("".join(f"{text}\n" for text, _ in pairs), tuple(element for _, element in pairs), form)

    def encoded(self) -> bytes:
        """Return the file."""
        if self.form is TextForm.PLAIN:
            return self.text.encode()
        data = self.text.replace("\n", "\r\n").encode()
        return data if self.form is TextForm.BATCH or self.text.isascii() else b"\xef\xbb\xbf" + data
