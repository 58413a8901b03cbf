"""The picture from afar: every element as its shape and colour, handed to Qt as whole arrays."""

from __future__ import annotations

import numpy as np
import shiboken6
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from designer.drawing import measures as m
from designer.drawing.hits import badge_centre, link_badge_centre
from designer.drawing.looks import Border, Shape, Stroke
from designer.drawing.scene import Scene
from designer.drawing.segmented import Floats, Ints
from designer.drawing.theme import Layer, Theme
from designer.painting.marks import paint_badge
from designer.painting.pens import brush
from designer.painting.surface import Surface, TextCache

_LAYERS = list(Layer)
_OUTLINED_FROM = 0.12


def draw_rects(painter: QPainter, rects: Floats) -> None:
    """Hand rectangles (n, 4) to Qt as they lie in memory: no copy, no objects."""
    if len(rects):
        painter.drawRects(shiboken6.wrapInstance(rects.ctypes.data, QRectF), len(rects))  # type: ignore[call-overload]


def draw_lines(painter: QPainter, lines: Floats) -> None:
    """Hand lines (n, 4) to Qt as they lie in memory."""
    if len(lines):
        painter.drawLines(shiboken6.wrapInstance(lines.ctypes.data, QLineF), len(lines))  # type: ignore[call-overload]


class OverviewPainter:
    """Paints every element as its shape and colour, for zoom levels at which text cannot be read."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._texts = TextCache()

    def paint(self, painter: QPainter, scene: Scene, rows: Ints, links: Ints, scale: float) -> None:
        """Paint some rows and lines; one call to Qt for each kind, never one for each element."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        kinds = scene.rows.kinds[rows]
        self._zones(painter, scene, rows, kinds, scale)
        self._lines(painter, scene, links, scale)
        painter.setPen(Qt.PenStyle.NoPen)
        for kind in np.unique(kinds[scene.shapes[rows] != Shape.ZONE]).tolist():
            painter.setBrush(brush(self.theme.layer(_LAYERS[kind % 16]).text))
            draw_rects(painter, scene.rects[rows[kinds == kind]])
        self._badges(painter, scene, rows, links, scale)
        painter.restore()

    def _zones(self, painter: QPainter, scene: Scene, rows: Ints, kinds: Ints, scale: float) -> None:
        zones = scene.shapes[rows] == Shape.ZONE
        for depth in np.unique(scene.rows.depths[rows[zones]]).tolist():
            level = zones & (scene.rows.depths[rows] == depth)
            for kind in np.unique(kinds[level]).tolist():
                chosen = rows[level & (kinds == kind)]
                look = scene.look(int(chosen[0]))
                tone = self.theme.layer(look.layer)
                band = look.border is Border.BAND
                painter.setBrush(brush(self.theme.zone if band else tone.tint))
                line = self.theme.card_line if band or look.layer is Layer.NEUTRAL else tone.text
                painter.setPen(QPen(QColor(line), 0) if scale > _OUTLINED_FROM or band else Qt.PenStyle.NoPen)
                draw_rects(painter, scene.rects[chosen])

    def _lines(self, painter: QPainter, scene: Scene, links: Ints, scale: float) -> None:
        polylines = scene.links.polylines(links)
        strokes = scene.links.strokes[links]
        for stroke in np.unique(strokes).tolist():
            chosen = strokes == stroke
            look = scene.links.looks[int(links[np.argmax(chosen)])]
            width = m.UPLINK_STROKE if stroke == Stroke.UPLINK and scale * m.UPLINK_STROKE > 1 else 0
            style = Qt.PenStyle.DashLine if stroke == Stroke.FLOW else Qt.PenStyle.SolidLine
            painter.setPen(QPen(QColor(self.theme.layer(look.layer).text), width, style))
            draw_lines(painter, segments(polylines[chosen]))

    def _badges(self, painter: QPainter, scene: Scene, rows: Ints, links: Ints, scale: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        surface = Surface(painter, scale, self._texts)
        wanted = np.zeros(len(scene), np.bool_)
        wanted[rows] = True
        for row, badge in scene.badges.rows.items():
            if wanted[row]:
                paint_badge(surface, self.theme, badge, badge_centre(scene, row))
        shown = set(links.tolist()) if scene.badges.links else set()
        for link, badge in scene.badges.links.items():
            if link in shown:
                paint_badge(surface, self.theme, badge, link_badge_centre(scene, link))


def segments(polylines: Floats) -> Floats:
    """Return the segments (n, 4) of polylines, without those that have no length."""
    lines = np.concatenate([polylines[:, :-1], polylines[:, 1:]], axis=2).reshape(-1, 4)
    real = (lines[:, 0] != lines[:, 2]) | (lines[:, 1] != lines[:, 3])
    return np.ascontiguousarray(lines[real])
