"""Severity marks: octagon, triangle, square, disc; the shape says as much as the colour."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from designer.drawing import measures as m
from designer.drawing import typography as t
from designer.drawing.looks import Badge
from designer.drawing.theme import Layer, Theme
from designer.painting.pens import pen
from designer.painting.surface import Surface

_SMALLEST = 10.0


def paint_chip(surface: Surface, theme: Theme, corner: tuple[float, float], width: float, text: str) -> None:
    """Paint a port mapping on its chip; width in scene units at the natural size of its text."""
    tone = theme.layer(Layer.TRANSLATION)
    grow = surface.enlargement(t.CHIP)
    x, y = corner
    height = m.CHIP_HEIGHT * grow
    surface.box(QRectF(x, y, width * grow, height), height / 2, tone.tint, None)
    surface.text(x + m.CHIP_PADDING * grow, y + m.CHIP_BASELINE * grow, text, t.CHIP, tone.text)


def paint_badge(surface: Surface, theme: Theme, badge: Badge, centre: tuple[float, float]) -> None:
    """Paint the mark of the worst finding, and how many there are; it never gets too small to see."""
    tone = theme.mark(badge.mark)
    grow = max(1.0, _SMALLEST / (m.BADGE * surface.scale))
    if badge.count > 1:
        grow = max(grow, surface.enlargement(t.MARK_TEXT))
    size = (m.BADGE + 2) * grow
    x, y = centre
    if badge.count > 1:
        text = str(badge.count) if badge.count < 100 else "99+"
        width = (t.width(text, t.MARK_TEXT) + 24) * grow
        height = 15 * grow
        pill = QRectF(x - width + 4 * grow, y - height / 2, width, height)
        surface.box(pill, height / 2, tone.tint, pen(tone.text, grow))
        surface.text(pill.x() + 6 * grow, y + 4 * grow, text, t.MARK_TEXT, tone.text)
        surface.flush()
    surface.icon(badge.mark.value, x - size / 2, y - size / 2, size, tone.text, theme.on_accent)
