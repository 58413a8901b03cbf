from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.drawing import typography as t


def test_fixed_width_text_is_six_tenths_of_its_size_for_each_character() -> None:
    assert t.width("10.0.0.1", t.FACT_MONO) == pytest.approx(8 * 0.6 * 11.5)
    assert t.width("→ 10", t.LABEL_MONO) == pytest.approx(4 * 0.6 * 10.5)


def test_bold_text_is_wider() -> None:
    assert t.width("web01", t.TextStyle(13, 700)) > t.width("web01", t.TextStyle(13, 400))


@pytest.mark.parametrize("text", ["网络", "🚀🚀", "\uff21\uff22"])
def test_wide_scripts_take_a_square_each(text: str) -> None:
    assert t.width(text, t.NAME) >= 13 * len(text)


def test_marks_that_combine_take_no_room() -> None:
    assert t.width("e\u0301", t.NAME) == t.width("e", t.NAME)
    assert t.width("\u200b", t.NAME) == 0


@given(st.text(max_size=60), st.floats(min_value=30, max_value=300))
def test_elided_text_fits_and_keeps_both_ends(text: str, room: float) -> None:
    short = t.elide(text, room, t.NAME)

    assert t.width(short, t.NAME) <= room or short == "…"
    if short != text:
        assert "…" in short
        assert text.startswith(short.split("…")[0])


def test_names_are_shown_on_one_line() -> None:
    assert t.shown("a\nb\tc\0") == "a␣b␣c␣"
    assert t.shown("web01") == "web01"


def test_right_to_left_names_keep_their_direction_to_themselves() -> None:
    assert t.shown("خادم") == "\u2068خادم\u2069"
    assert t.shown("a\u202eb").startswith("\u2068")


def test_text_wraps_into_lines_that_fit() -> None:
    lines = t.wrap("one two three four five six seven", 90, t.NOTE_TEXT)

    assert " ".join(lines) == "one two three four five six seven"
    assert all(t.width(line, t.NOTE_TEXT) <= 90 for line in lines)


def test_text_with_too_many_lines_says_so() -> None:
    assert t.wrap("a\nb\nc\nd", 90, t.NOTE_TEXT, most_lines=2) == ("a", "b …")
