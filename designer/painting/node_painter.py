"""Cards, bars, zones and notes."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath, QPen

from designer.drawing import measures as m
from designer.drawing import typography as t
from designer.drawing.looks import Border, NodeLook, Shape
from designer.drawing.node_text import TextRun, card_chips, node_text, shows_chips
from designer.drawing.scene import Scene
from designer.drawing.theme import Layer, Theme
from designer.painting.marks import paint_chip
from designer.painting.pens import brush, pen
from designer.painting.surface import Surface

_DOUBLE_INSET = 3.5
_FOLD = 12.0


class NodePainter:
    """Paints nodes as their looks say."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def paint(self, surface: Surface, scene: Scene, row: int) -> None:
        """Paint one node: its shape, its icon and its words."""
        look = scene.look(row)
        x, y, width, height = scene.rects[row].tolist()
        paint = (self._card, self._bar, self._zone, self._note)[look.shape]
        paint(surface, look, x, y, width, height)
        if look.shape is not Shape.ZONE:
            for run in node_text(look, width, height, surface.enlargement):
                self._run(surface, run, x, y, look.layer)
            if look.chips and shows_chips(surface.enlargement):
                for chip in card_chips(look, width, height):
                    paint_chip(surface, self._theme, (x + chip.x, y + chip.y), chip.width, chip.text)

    def title(self, surface: Surface, scene: Scene, row: int) -> None:
        """Paint the words of a zone, on patches: lines that cross them pass behind."""
        look = scene.look(row)
        x, y, width, height = scene.rects[row].tolist()
        patch = self._theme.host_band if look.border is Border.BAND else self._theme.layer(look.layer).tint
        for run in node_text(look, width, height, surface.enlargement):
            grow = surface.enlargement(run.style)
            tall = run.style.size * grow
            wide = t.width(run.text, run.style) * grow
            surface.patch(QRectF(x + run.x - 3, y + run.baseline - tall, wide + 6, tall * 1.3), patch)
            self._run(surface, run, x, y, look.layer)

    def _run(self, surface: Surface, run: TextRun, x: float, y: float, layer: Layer) -> None:
        colour = {"text": self._theme.text, "muted": self._theme.muted}.get(run.tone) or self._theme.layer(layer).text
        surface.text(x + run.x, y + run.baseline, run.text, run.style, colour)

    def _card(self, surface: Surface, look: NodeLook, x: float, y: float, width: float, height: float) -> None:
        rect = surface.edge(x, y, width, height)
        surface.box(rect, m.CARD_RADIUS, self._theme.card, pen(self._theme.card_line, m.CARD_STROKE))
        tone = self._theme.layer(look.layer)
        surface.icon(look.icon, x + 11, y + (height - m.CARD_ICON) / 2, m.CARD_ICON, tone.text, tone.tint)

    def _bar(self, surface: Surface, look: NodeLook, x: float, y: float, width: float, height: float) -> None:
        tone = self._theme.layer(look.layer)
        surface.box(QRectF(x, y, width, height), m.BAR_RADIUS, tone.tint, pen(tone.text, m.BAR_STROKE))
        inner = self._theme.card if look.layer is not Layer.HARDWARE else tone.tint
        surface.icon(look.icon, x + 10, y + (height - m.BAR_ICON) / 2, m.BAR_ICON, tone.text, inner)

    def _zone(self, surface: Surface, look: NodeLook, x: float, y: float, width: float, height: float) -> None:
        if look.border is Border.BAND:
            self._host(surface, look, x, y, width, height)
            return
        tone = self._theme.layer(look.layer)
        rect = surface.edge(x, y, width, height)
        surface.box(rect, m.ZONE_RADIUS, tone.tint, self._border(look))
        if look.border is Border.DOUBLE:
            inner = rect.adjusted(_DOUBLE_INSET, _DOUBLE_INSET, -_DOUBLE_INSET, -_DOUBLE_INSET)
            surface.box(inner, m.ZONE_RADIUS - 2.5, None, self._border(look))
        if look.border is Border.LONG_DASHED:
            surface.icon(look.icon, x + 12, y + 5, m.BAR_ICON, tone.text, self._theme.card)

    def _border(self, look: NodeLook) -> QPen:
        tone = self._theme.layer(look.layer)
        colour = self._theme.card_line if look.layer in {Layer.NEUTRAL, Layer.HARDWARE} else tone.text
        dash = {Border.DASHED: m.COMPARTMENT_DASH, Border.LONG_DASHED: m.TUNNEL_DASH}.get(look.border)
        return pen(colour, m.ZONE_STROKE, dash, flat=True)

    def _host(self, surface: Surface, look: NodeLook, x: float, y: float, width: float, height: float) -> None:
        rect = surface.edge(x, y, width, height)
        line = pen(self._theme.card_line, m.HOST_STROKE)
        surface.box(rect, m.HOST_RADIUS, self._theme.zone, None)
        band = QPainterPath()
        band.addRoundedRect(rect, m.HOST_RADIUS, m.HOST_RADIUS)
        lower = QPainterPath()
        lower.addRect(QRectF(rect.x(), y + m.HOST_BAND, rect.width(), max(0.0, rect.bottom() - y - m.HOST_BAND)))
        surface.painter.fillPath(band - lower, brush(self._theme.host_band))
        edge = surface.edge(x, y + m.HOST_BAND, width, 0)
        surface.lines([(rect.x(), edge.y()), (rect.right(), edge.y())], pen(self._theme.card_line, m.CARD_STROKE))
        surface.box(rect, m.HOST_RADIUS, None, line)
        tone = self._theme.layer(look.layer)
        surface.icon(look.icon, x + 12, y + 7, m.BAR_ICON, tone.text, tone.tint)

    def _note(self, surface: Surface, look: NodeLook, x: float, y: float, width: float, height: float) -> None:
        tone = self._theme.layer(look.layer)
        rect = surface.edge(x, y, width, height)
        sheet = QPainterPath()
        sheet.moveTo(rect.left(), rect.top())
        for corner in (
            (rect.right(), rect.top()),
            (rect.right(), rect.bottom() - _FOLD),
            (rect.right() - _FOLD, rect.bottom()),
            (rect.left(), rect.bottom()),
        ):
            sheet.lineTo(*corner)
        sheet.closeSubpath()
        surface.painter.setBrush(brush(tone.tint))
        surface.painter.setPen(pen(tone.text, m.CARD_STROKE))
        surface.painter.drawPath(sheet)
        fold = [
            (rect.right(), rect.bottom() - _FOLD),
            (rect.right() - _FOLD, rect.bottom() - _FOLD),
            (rect.right() - _FOLD, rect.bottom()),
        ]
        surface.lines(fold, pen(tone.text, m.CARD_STROKE))
