"""Paints the scene without anything on top: background, dots, and one of two painters by magnification."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shiboken6
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from designer.drawing import measures
from designer.drawing.scene import Scene
from designer.drawing.theme import Theme
from designer.painting.detail import DetailPainter
from designer.painting.overview import OverviewPainter
from designer.ui.canvas.camera import Box, Camera
from designer.ui.canvas.lookup import Rows

if TYPE_CHECKING:
    from designer.ui.canvas.stage import Stage

CLOSEST_DOTS = 7.0
"""Logical pixels between dots; closer ones are left out, every second at a time."""

COARSE_DOTS = 0.7
"""From this magnification dots are two physical pixels wide, below it one."""

SHADOW = 12.0
"""Scene units that strokes, badges and labels reach beyond the box of their thing."""


class StillPicture:
    """Paints regions of the scene in logical pixels of the view."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.set_theme(stage.theme)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._detail = DetailPainter(theme)
        self._overview = OverviewPainter(theme)

    def paint(self, painter: QPainter, box: QRectF) -> None:
        """Paint what belongs into a rectangle, without what is being dragged."""
        stage = self._stage
        painter.fillRect(box, QColor(stage.theme.canvas))
        self._dots(painter, box)
        scene_box = _grown(stage.camera.box_to_scene((box.left(), box.top(), box.right(), box.bottom())))
        scene = stage.scene
        rows = scene.visible(*scene_box)
        links = lines_in(scene, scene_box, labels=stage.camera.scale >= measures.LABELS_FROM_ZOOM)
        if stage.dragged:
            hidden_rows, hidden_links = self._stage.dragged_parts
            rows = rows[~np.isin(rows, hidden_rows)]
            links = links[~np.isin(links, hidden_links)]
        self._paint_parts(painter, scene, rows, links)

    def paint_dragged(self, painter: QPainter) -> None:
        """Paint what is being dragged where the running gesture has it."""
        rows, links = self._stage.dragged_parts
        self._paint_parts(painter, self._stage.shown, rows, links, labels=False)

    def _paint_parts(self, painter: QPainter, scene: Scene, rows: Rows, links: Rows, *, labels: bool = True) -> None:
        camera = self._stage.camera
        painter.save()
        painter.translate(-camera.left, -camera.top)
        painter.scale(camera.scale, camera.scale)
        if camera.scale < measures.NAMES_FROM_ZOOM:
            self._overview.paint(painter, scene, rows, links, camera.scale)
        else:
            self._detail.paint(painter, scene, rows, links, camera.scale, labels=labels)
        painter.restore()

    def _dots(self, painter: QPainter, box: QRectF) -> None:
        camera = self._stage.camera
        ratio = self._stage.pixel_ratio
        points = dot_grid(camera, (box.left(), box.top(), box.right(), box.bottom()))
        if not len(points):
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        points = np.round(points * ratio) / ratio  # on whole physical pixels, so that all dots are alike
        painter.setPen(QPen(QColor(self._stage.theme.dots), (2.0 if camera.scale >= COARSE_DOTS else 1.0) / ratio))
        first = shiboken6.wrapInstance(points.ctypes.data, QPointF)
        painter.drawPoints(first, len(points))  # type: ignore[call-overload]  # the array itself: no copy, no QPointF each


def lines_in(scene: Scene, box: Box, *, labels: bool) -> Rows:
    """Return the lines that touch a scene box themselves or, when labels are drawn, with a label or its badge."""
    own = scene.links.within(*box)
    if not labels:
        return np.flatnonzero(own)
    candidates = scene.visible_links(*box)
    beside = [link for link in candidates[~own[candidates]].tolist() if _labelled_in(scene, link, box)]
    return np.sort(np.concatenate([candidates[own[candidates]], np.array(beside, dtype=np.int64)]))


def _labelled_in(scene: Scene, link: int, box: Box) -> bool:
    reach = 2 * measures.BADGE
    return any(
        label.x - reach <= box[2]
        and label.x + label.width + reach >= box[0]
        and label.y - reach <= box[3]
        and label.y + label.height + reach >= box[1]
        for label in scene.labels(link)
    )


def dot_grid(camera: Camera, box: Box) -> NDArray[np.float64]:
    """Return the dots in a box of the view, in logical pixels; none when they would merge into grey."""
    pitch = measures.DOT_PITCH
    while pitch * camera.scale < CLOSEST_DOTS:
        pitch *= 2
    if pitch > 4 * measures.DOT_PITCH:
        return np.empty((0, 2))
    left, top, right, bottom = camera.box_to_scene(box)
    across = np.arange(np.floor(left / pitch), np.ceil(right / pitch) + 1) * pitch * camera.scale - camera.left
    down = np.arange(np.floor(top / pitch), np.ceil(bottom / pitch) + 1) * pitch * camera.scale - camera.top
    points = np.empty((len(down), len(across), 2))
    points[:, :, 0] = across[None, :]
    points[:, :, 1] = down[:, None]
    return points.reshape(-1, 2)


def _grown(box: Box) -> Box:
    return box[0] - SHADOW, box[1] - SHADOW, box[2] + SHADOW, box[3] + SHADOW
