"""Text for terminals."""

from __future__ import annotations

from designer.cli.terminal import shown


def test_text_that_steers_a_terminal_is_made_harmless() -> None:
    assert shown("a\x1b[2Jb\u202ec\u200dd\n→ é") == "a\ufffd[2Jb\ufffdc\ufffdd\ufffd→ é"
