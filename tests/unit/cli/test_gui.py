"""The command that opens the window."""

from __future__ import annotations

from tests.unit.cli.conftest import Designer


def test_the_window_opens_with_the_file(designer: Designer) -> None:
    assert designer("gui", "a.cnd").opened == ["a.cnd"]
    assert designer("gui").opened == [None]
