"""The type families that ship with the product, so that a picture is the same on every machine."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontDatabase

from designer.errors import MissingPartError
from designer.resources import resource

if TYPE_CHECKING:
    from designer.drawing.typography import TextStyle

OVERSIZE = 4
"""Fonts are made this many times too large and drawn as much smaller: sizes such as 11.5 stay exact."""

ASCENT = {False: 0.96875, True: 1.02}
"""From the baseline to the top of a line, as a share of the size; by whether the family is the one of fixed width."""


@lru_cache(maxsize=1)
def load_fonts() -> None:
    """Register the shipped families; needs a QGuiApplication.

    Raises:
        MissingPartError: the installation lacks them.
    """
    found = sorted(resource("fonts").glob("*.ttf")) + sorted(resource("fonts").glob("*.otf"))
    loaded = [path for path in found if QFontDatabase.addApplicationFont(str(path)) >= 0]
    if not loaded:
        raise MissingPartError("The fonts of the program are missing or damaged. Install it again.")


@lru_cache(maxsize=64)
def font(style: TextStyle) -> QFont:
    """Return the font of a style, OVERSIZE times too large; fixed sizes, without hinting, so that widths are exact."""
    load_fonts()
    result = QFont(style.family)
    result.setPixelSize(round(style.size * OVERSIZE))
    result.setWeight(QFont.Weight(style.weight))
    result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    result.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    return result
