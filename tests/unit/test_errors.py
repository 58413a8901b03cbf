"""What users read when something is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from designer import errors
from designer.errors import (
    DesignerError,
    FileAccessError,
    MalformedDocumentError,
    NewerFormatError,
    StructureError,
    UnknownNameError,
)


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (MalformedDocumentError("a.cnd", "it is empty."), "a.cnd: it is empty."),
        (MalformedDocumentError("a.cnd", "bad.", line=3), "a.cnd, line 3: bad."),
        (MalformedDocumentError("a.cnd", "bad.", line=3, place="elements[1]"), "a.cnd, line 3: elements[1]: bad."),
        (NewerFormatError("a.cnd", 3, 1), "a.cnd has format 3; this version knows up to 1. Update to edit it."),
        (FileAccessError(Path("a.cnd"), "it is gone", "Look again."), "a.cnd: it is gone. Look again."),
        (UnknownNameError("rule", "NAT01", ["NAT001"]), "There is no rule named “NAT01”. Did you mean “NAT001”?"),
        (
            UnknownNameError("host", "node01", ["NODE02", "NODE01"]),
            "There is no host named “node01”. Did you mean “NODE01”?",
        ),
        (UnknownNameError("rule", "x", ["b", "a"]), "There is no rule named “x”. Known: a, b."),
        (UnknownNameError("rule", "x", []), "There is no rule named “x”. Known: none."),
        (StructureError("“a” would contain itself.", "a"), "“a” would contain itself."),
    ],
)
def test_an_error_says_what_where_and_what_to_do(error: DesignerError, text: str) -> None:
    assert str(error) == text


def test_long_lists_of_names_are_cut() -> None:
    assert str(UnknownNameError("rule", "x", [f"R{number:03}" for number in range(99)])).endswith("R011 and 87 more.")


def test_every_error_is_the_users_to_mend() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, DesignerError)]

    assert len(kinds) > 8
    assert all(kind.exit_code == 2 for kind in kinds)
    assert all(kind.__name__.removesuffix("Error") in (errors.__doc__ or "") for kind in kinds)
