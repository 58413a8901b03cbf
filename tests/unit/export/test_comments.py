from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.export.comments import comment, visible


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_a_comment_stays_a_comment(text: str) -> None:
    for line in comment(text):
        assert line.startswith("#")
        assert len(line.splitlines()) == 1
    assert "#>" not in visible(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\u202eb", "a\\u202Eb"), ("a\nb", "a\\u000Ab"), ("\U000e0001", "\\uDB40\\uDC01"), ("#>", "# >")],
)
def test_what_cannot_be_seen_is_spelled_out(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_long_comment_is_wrapped() -> None:
    lines = comment("word " * 60)

    assert len(lines) > 1
    assert max(map(len, lines)) <= 118
