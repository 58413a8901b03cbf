"""The tokens are readable, and no other module names a colour."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import designer
from designer.drawing.theme import DARK, HIGH_CONTRAST, LIGHT, THEMES, Layer, Mark, Theme, contrast

THEME_LIST = [LIGHT, DARK, HIGH_CONTRAST]


@pytest.mark.parametrize("theme", THEME_LIST, ids=lambda theme: theme.name)
def test_every_text_in_use_can_be_read(theme: Theme) -> None:
    grounds = [theme.card, theme.zone, theme.canvas, theme.host_band, theme.panel, theme.panel_second]
    pairs = [(colour, ground) for colour in (theme.text, theme.muted) for ground in grounds]
    pairs += [(tone.text, tone.tint) for tone in (*theme.layers.values(), *theme.marks.values())]
    pairs += [(theme.text, tone.tint) for tone in theme.layers.values()]
    pairs += [(theme.on_accent, theme.accent)]

    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


@pytest.mark.parametrize("theme", THEME_LIST, ids=lambda theme: theme.name)
def test_lines_marks_and_icons_stand_out(theme: Theme) -> None:
    pairs = [(tone.text, ground) for tone in theme.layers.values() for ground in (theme.zone, theme.canvas, theme.card)]
    pairs += [(tone.text, theme.on_accent) for tone in theme.marks.values()]

    assert [pair for pair in pairs if contrast(*pair) < 3.0] == []


def test_high_contrast_draws_borders_that_can_be_seen() -> None:
    assert contrast(HIGH_CONTRAST.card_line, HIGH_CONTRAST.card) >= 3.0


def test_contrast_of_black_on_white_is_the_largest() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)


def test_tokens_have_flat_names_for_every_role() -> None:
    tokens = LIGHT.tokens()

    assert tokens["windows_tint"] == LIGHT.layer(Layer.WINDOWS).tint
    assert tokens["error"] == LIGHT.mark(Mark.ERROR).text
    assert set(THEMES) == {"light", "dark", "high-contrast"}


def test_no_other_module_of_drawing_and_painting_names_a_colour() -> None:
    root = Path(designer.__file__).parent
    modules = [path for folder in ("drawing", "painting") for path in (root / folder).glob("*.py")]
    named = {path.name for path in modules if re.search(r"#[0-9A-Fa-f]{6}\b", path.read_text("utf-8"))}

    assert named == {"theme.py"}
