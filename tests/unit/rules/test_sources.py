"""Sources are repository paths or well-known documents, never sentences."""

from __future__ import annotations

from designer.rules import sources


def test_every_source_is_short_and_unique() -> None:
    found = {name: value for name, value in vars(sources).items() if name.isupper() and isinstance(value, str)}
    assert len(set(found.values())) == len(found)
    assert all(value and "\n" not in value and not value.endswith(".") and len(value) < 160 for value in found.values())
