"""The detailed picture: zones, lines, cards, bars, ports, labels and badges of what is visible."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtGui import QPainter

from designer.drawing import measures as m
from designer.drawing.hits import badge_centre, link_badge_centre
from designer.drawing.looks import Shape
from designer.drawing.scene import Scene
from designer.drawing.segmented import Ints
from designer.drawing.theme import Theme
from designer.painting.link_painter import LinkPainter
from designer.painting.marks import paint_badge
from designer.painting.node_painter import NodePainter
from designer.painting.surface import Surface, TextCache


class DetailPainter:
    """Paints what is visible richly, in the colours of a theme."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._texts = TextCache()
        self._nodes = NodePainter(theme)
        self._links = LinkPainter(theme)

    def paint(
        self, painter: QPainter, scene: Scene, rows: Ints, links: Ints, scale: float, *, labels: bool = True
    ) -> None:
        """Paint some rows and lines.

        Args:
            painter: in scene units.
            scene: where everything is.
            rows: the rows to paint, in drawing order.
            links: the lines to paint.
            scale: pixels for one scene unit; decides what is left out.
            labels: whether lines have their labels and badges; they have no place yet while a line is dragged.
        """
        painter.save()
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing
            | QPainter.RenderHint.TextAntialiasing
            | QPainter.RenderHint.SmoothPixmapTransform
        )
        surface = Surface(painter, scale, self._texts)
        is_zone = scene.shapes[rows] == Shape.ZONE
        for row in rows[is_zone].tolist():
            self._nodes.paint(surface, scene, row)
        chosen = links.tolist()
        for link in chosen:
            self._links.line(surface, scene, link)
        for row in rows[is_zone].tolist():
            self._nodes.title(surface, scene, row)
        for row in rows[~is_zone].tolist():
            self._nodes.paint(surface, scene, row)
        for link in chosen:
            self._links.ports(surface, scene, link)
        surface.flush()
        if labels and scale >= m.LABELS_FROM_ZOOM:
            self._links.labels(surface, scene, chosen)
        self._badges(surface, scene, rows, chosen if labels else ())
        painter.restore()

    def _badges(self, surface: Surface, scene: Scene, rows: Ints, links: Sequence[int]) -> None:
        wanted = set(rows.tolist())
        for row, badge in scene.badges.rows.items():
            if row in wanted:
                paint_badge(surface, self.theme, badge, badge_centre(scene, row))
        shown = set(links)
        for link, badge in scene.badges.links.items():
            if link in shown:
                paint_badge(surface, self.theme, badge, link_badge_centre(scene, link))
        surface.flush()


def everything(scene: Scene) -> tuple[Ints, Ints]:
    """Return all rows and all lines of a scene."""
    return np.arange(len(scene)), np.arange(len(scene.links))
