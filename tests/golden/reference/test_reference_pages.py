"""The reference pages are what the program says now.

After a deliberate change: ``UPDATE_GOLDEN=1 pytest tests/golden/reference``; read the difference before committing it.
"""

from __future__ import annotations

import os

from designer.explaining.mode_tables import as_markdown
from designer.resources import resource
from designer.rules.catalogue import catalogue
from designer.rules.pages import reference


def check(name: str, text: str) -> None:
    path = resource("reference") / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_bytes(text.encode())
    assert path.read_bytes().decode() == text, f"{name} is not current; see the docstring of this module"


def test_the_page_of_modes_is_current() -> None:
    check("modes.md", as_markdown())


def test_the_page_of_rules_is_current() -> None:
    check("rules.md", reference(catalogue()))
