"""The icons of the product in the colours of a theme, as sharp at every size as the screen allows."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from designer.drawing.theme import LIGHT, Layer, Mark, Theme
from designer.resources import resource

_STROKE = LIGHT.layer(Layer.HARDWARE).text
_TINT = LIGHT.layer(Layer.HARDWARE).tint
_SMALL = 18
_GLYPH = LIGHT.on_accent


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text("utf-8")


@lru_cache(maxsize=512)
def renderer(name: str, stroke: str, tint: str, bold: bool = False) -> QSvgRenderer:
    """Return the drawing of an icon in two colours; ``bold`` has the stroke for 16 pixels.

    Raises:
        MissingPartError: there is no such icon.
    """
    text = _source(name)
    if name in set(Mark):
        text = text.replace(LIGHT.mark(Mark(name)).text, stroke).replace(_GLYPH, tint)
    else:
        text = text.replace(_STROKE, stroke).replace(_TINT, tint)
    if bold:
        text = text.replace('stroke-width="1.7"', 'stroke-width="2"')
    return QSvgRenderer(QByteArray(text.encode()))


@lru_cache(maxsize=1024)
def pixmap(name: str, stroke: str, tint: str, pixels: int) -> QPixmap:
    """Return an icon as a square of so many device pixels."""
    result = QPixmap(pixels, pixels)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer(name, stroke, tint, pixels <= _SMALL).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return result


def colours(theme: Theme, colour: str) -> tuple[str, str]:
    """Return stroke and tint for a colour: the name of a layer, of a mark or of another token, or ``#RRGGBB``."""
    if colour in set(Layer):
        tone = theme.layer(Layer(colour))
        return tone.text, tone.tint
    if colour in set(Mark):
        return theme.mark(Mark(colour)).text, theme.on_accent
    return theme.tokens().get(colour, colour), theme.tokens().get(f"{colour}_tint", "none")


def icon(name: str, theme: Theme, colour: str = "text", size: int = 20) -> QIcon:
    """Return an icon for menus, buttons and lists, sharp on screens of every density.

    Args:
        name: the file in ``resources/icons`` without its suffix.
        theme: where the colours come from.
        colour: a token of the theme, or ``#RRGGBB``.
        size: in logical pixels.
    """
    stroke, tint = (theme.mark(Mark(name)).text, theme.on_accent) if name in set(Mark) else colours(theme, colour)
    result = QIcon()
    for density in (1.0, 1.5, 2.0, 3.0):
        image = QPixmap(pixmap(name, stroke, tint, round(size * density)))
        image.setDevicePixelRatio(density)
        result.addPixmap(image)
        faint = QPixmap(pixmap(name, theme.card_line, "none", round(size * density)))
        faint.setDevicePixelRatio(density)
        result.addPixmap(faint, QIcon.Mode.Disabled)
    return result
