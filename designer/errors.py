"""Every failure that a user can cause.

DesignerError
├── DocumentError            the design file cannot be used
│   ├── MalformedDocumentError   not a design: what, on which line, at which place in the document
│   ├── NewerFormatError         written by a newer version
│   └── DocumentTooLargeError    over the limits of size, depth or number of elements
├── FileAccessError          the file system refused: missing, read-only, full
├── ChangeError              a change does not fit the design
│   ├── StaleChangeError         the design is not as it was when the change was made
│   └── StructureError           the change would break containment or leave a reference dangling
├── ExportError              the design cannot be exported as asked
│   └── NothingToExportError the host has nothing that the format is for
├── QuestionError            the words of a question about packets make no packet
├── UnknownNameError         no host, rule, template or format of that name
└── MissingPartError         something that the program needs is not on this machine

``str(error)`` is what users read: what is wrong, where, what to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


MOST_LISTED = 12


def listed(names: Sequence[str]) -> str:
    """Return names with commas as messages list them: the first few, and how many more there are."""
    more = len(names) - MOST_LISTED
    return ", ".join(names[:MOST_LISTED]) + (f" and {more} more" if more > 0 else "")


class DesignerError(Exception):
    """An expected failure; ``str(error)`` is shown as it is."""

    exit_code: ClassVar[int] = 2


class DocumentError(DesignerError):
    """The design file cannot be used."""


class MalformedDocumentError(DocumentError):
    """The file is not a design; says which line and which place in the document."""

    def __init__(self, path: Path | str, problem: str, *, line: int | None = None, place: str = "") -> None:
        where = f"{path}, line {line}" if line else f"{path}"
        super().__init__(f"{where}: {place}: {problem}" if place else f"{where}: {problem}")
        self.path, self.problem, self.line, self.place = path, problem, line, place


class NewerFormatError(DocumentError):
    """The file was written by a newer version of the program."""

    def __init__(self, path: Path | str, found: int, newest: int) -> None:
        super().__init__(f"{path} has format {found}; this version knows up to {newest}. Update to edit it.")
        self.path, self.found, self.newest = path, found, newest


class DocumentTooLargeError(DocumentError):
    """The file is over a limit that protects the program from hostile input."""


class FileAccessError(DesignerError):
    """The file system refused: missing, not readable, read-only or full."""

    def __init__(self, path: Path | str, problem: str, advice: str) -> None:
        super().__init__(f"{path}: {problem}. {advice}")
        self.path, self.problem, self.advice = path, problem, advice


class ChangeError(DesignerError):
    """A change does not fit the design; nothing was changed."""


class StaleChangeError(ChangeError):
    """The design is no longer as it was when the change was made."""


class StructureError(ChangeError):
    """The change would break containment or leave a reference without its element; names the culprit if it can."""

    def __init__(self, problem: str, element: str = "") -> None:
        super().__init__(problem)
        self.element = element


class ExportError(DesignerError):
    """The design cannot be exported as asked."""


class NothingToExportError(ExportError):
    """A host has nothing that the format is for; the other hosts may have."""


class QuestionError(DesignerError):
    """The words of a question about packets make no packet."""


class UnknownNameError(DesignerError):
    """No host, rule, template or format has that name."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        from difflib import get_close_matches  # noqa: PLC0415  # slow to import, and hardly ever needed

        names = sorted(known)
        folded = {known_name.casefold(): known_name for known_name in reversed(names)}
        close = get_close_matches(name.casefold(), folded, n=1)
        hint = f"Did you mean “{folded[close[0]]}”?" if close else f"Known: {listed(names) or 'none'}."
        super().__init__(f"There is no {what} named “{name}”. {hint}")
        self.what, self.name = what, name


class MissingPartError(DesignerError):
    """Something that the program needs is not on this machine."""
