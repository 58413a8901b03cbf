"""Lines, their ports and their labels."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF

from designer.drawing import measures as m
from designer.drawing.labels import Label, is_before, riding_corner
from designer.drawing.looks import Border, Stroke
from designer.drawing.paths import arrow, beside, without_arrow
from designer.drawing.port_marks import port_marks
from designer.drawing.scene import Scene
from designer.drawing.theme import Layer, Theme
from designer.painting.marks import paint_chip
from designer.painting.pens import link_colour, link_pen, pen
from designer.painting.surface import Surface


class LinkPainter:
    """Paints links as their looks say."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def line(self, surface: Surface, scene: Scene, link: int) -> None:
        """Paint the line itself."""
        look = scene.links.looks[link]
        points = scene.links.polyline(link)
        if look.stroke is Stroke.FLOW:
            points = without_arrow(points, m.ARROW_LENGTH - 1)
        outline = link_pen(self._theme, look)
        if look.stroke is Stroke.VMNIC:
            surface.lines(beside(points, m.VMNIC_SPREAD / 2), outline)
            surface.lines(beside(points, -m.VMNIC_SPREAD / 2), outline)
        else:
            surface.lines(points, outline)

    def ports(self, surface: Surface, scene: Scene, link: int) -> None:
        """Paint the small squares where the line meets a bar or an adapter, or the head of its arrow."""
        look = scene.links.looks[link]
        if look.stroke is Stroke.FLOW:
            head = arrow(scene.links.polyline(link), m.ARROW_LENGTH, m.ARROW_WIDTH)
            surface.polygon(head, link_colour(self._theme, look.layer))
            return
        for x, y, layer in port_marks(scene, link):
            colour = self._theme.layer(layer).text
            rect = QRectF(x - m.PORT / 2, y - m.PORT / 2, m.PORT, m.PORT)
            surface.box(rect, m.PORT_RADIUS, colour, pen(colour, 1))

    def labels(self, surface: Surface, scene: Scene, links: Sequence[int]) -> None:
        """Paint labels on patches of the colour behind them, and port mappings on chips."""
        for link in links:
            labels = scene.labels(link)
            if labels:
                line = scene.links.polyline(link)
                patch = ground(self._theme, scene, int(scene.links.chunks[link]))
                for label in labels:
                    before = is_before(label, line)
                    self._label(surface, label, patch, marked=link in scene.badges.links, before=before)
        surface.flush()

    def _label(self, surface: Surface, label: Label, patch: str, *, marked: bool, before: bool) -> None:
        """Paint one; what is enlarged leaves room for a badge, and what stands before its line stays off it."""
        grow = surface.enlargement(label.style)
        if label.chip:
            x = label.x - (label.width * (grow - 1.0) if before else 0.0)
            paint_chip(surface, self._theme, (x, label.y), label.width, label.text)
            return
        if label.rides:
            tone = self._theme.layer(Layer.TRAFFIC)
            rect = QRectF(*riding_corner(label, grow, marked=marked), label.width * grow, label.height * grow)
            surface.box(rect, rect.height() / 2, tone.tint, pen(tone.text, m.CARD_STROKE))
            surface.text(rect.x() + m.PILL_PADDING * grow, rect.y() + 11.2 * grow, label.text, label.style, tone.text)
            return
        rect = QRectF(label.x, label.y, label.width * grow, label.height * grow)
        surface.patch(rect, patch, self._theme.label_opacity)
        surface.text(label.x + 4 * grow, label.y + 11.2 * grow, label.text, label.style, self._theme.muted)


def ground(theme: Theme, scene: Scene, row: int) -> str:
    """Return the colour behind what is drawn directly in a row; -1 is the canvas."""
    if row < 0:
        return theme.canvas
    look = scene.look(row)
    return theme.zone if look.border is Border.BAND else theme.layer(look.layer).tint
