"""Decides what of the view is painted again: as little as a change needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QRectF

from designer.drawing.looks import Badge
from designer.drawing.scene import Scene
from designer.model.annotations import Placement
from designer.model.changes import ChangeSet
from designer.ui.canvas.camera import Box, Camera
from designer.ui.canvas.lookup import Rows
from designer.ui.canvas.still_picture import SHADOW, StillPicture

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from designer.ui.canvas.layer import StaticLayer
    from designer.ui.canvas.stage import Stage

LABEL_REACH = 144.0
"""Scene units that the labels of a link reach beyond its line, as far as they are enlarged far away."""


class Repaint(QObject):
    """Follows the signals of a stage and marks the layer and the widget."""

    def __init__(self, widget: QWidget, stage: Stage, layer: StaticLayer, picture: StillPicture) -> None:
        super().__init__(widget)
        self._widget, self._stage, self._layer, self._picture = widget, stage, layer, picture
        self._camera = stage.camera
        self._scene = stage.scene
        self._last: QRectF | None = None
        self._left_out: Box | None = None
        stage.camera_changed.connect(self.follow_camera)
        stage.scene_changed.connect(self.follow_scene)
        stage.findings_changed.connect(self.follow_findings)
        stage.preview_changed.connect(self.follow_preview)
        stage.overlay_changed.connect(self.follow_overlay)

    def follow_camera(self) -> None:
        """Scroll the picture; paint all of it at another magnification."""
        before, self._camera = self._camera, self._stage.camera
        if before.scale == self._camera.scale:
            self._layer.scroll(before.left - self._camera.left, before.top - self._camera.top)
        else:
            self._layer.invalidate()
        self._widget.update()

    def follow_scene(self, change: ChangeSet | None) -> None:
        """Paint again what a change of the design has moved; everything when it did more than move."""
        before, self._scene = self._scene, self._stage.scene
        boxes = moved_boxes(before, self._scene, change) if change is not None else None
        if boxes is None:
            self._layer.invalidate()
        else:
            for box in boxes:
                self._layer.invalidate(self._view_rect(box))
        self._widget.update()

    def follow_findings(self, before: Scene) -> None:
        """Paint again the things whose findings are others now."""
        self._scene = scene = self._stage.scene
        rows = changed_keys(before.badges.rows, scene.badges.rows)
        links = changed_keys(before.badges.links, scene.badges.links)
        box = bounds_of(scene, rows, links)
        if box is not None:
            self._layer.invalidate(self._view_rect(box))
            self._widget.update()

    def follow_preview(self) -> None:
        """Take what begins or ends being dragged out of the picture, or back into it."""
        box = self._dragged_box(self._stage.scene)
        if box is not None and self._stage.dragged:
            self._left_out = box
        if self._left_out is not None:
            self._layer.invalidate(self._view_rect(self._left_out))
        if not self._stage.dragged:
            self._left_out = None
        self._widget.update()

    def follow_overlay(self, box: Box | None) -> None:
        """Paint the overlay again: where it was and where it is when a drag shows nothing else."""
        stage = self._stage
        preview = self._dragged_box(stage.preview) if stage.preview is not None and box is None else box
        around = self._view_rect(preview) if preview is not None and stage.overlay.is_quiet else None
        if around is None or self._last is None:
            self._widget.update()
        else:
            self._widget.update(around.united(self._last).toAlignedRect())
        self._last = around

    def _dragged_box(self, scene: Scene) -> Box | None:
        return bounds_of(scene, *self._stage.dragged_parts)

    def _view_rect(self, box: Box) -> QRectF:
        camera: Camera = self._camera
        left, top, right, bottom = camera.box_to_view(box)
        margin = SHADOW * max(camera.scale, 1.0)
        return QRectF(left - margin, top - margin, right - left + 2 * margin, bottom - top + 2 * margin)


def bounds_of(scene: Scene, rows: Rows, links: Rows) -> Box | None:
    """Return the scene box around some rows and links with their labels."""
    boxes = []
    if len(rows):
        rects = scene.rects[rows]
        low, high = rects[:, :2].min(axis=0), (rects[:, :2] + rects[:, 2:]).max(axis=0)
        boxes.append((float(low[0]), float(low[1]), float(high[0]), float(high[1])))
    if len(links):
        low = scene.links.low[links].min(axis=0) - LABEL_REACH
        high = scene.links.high[links].max(axis=0) + LABEL_REACH
        boxes.append((float(low[0]), float(low[1]), float(high[0]), float(high[1])))
    if not boxes:
        return None
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def moved_boxes(before: Scene, after: Scene, change: ChangeSet) -> list[Box] | None:
    """Return the scene boxes that differ when a change only moved things; None when it did more."""
    only_moves = all(isinstance(edit.after or edit.before, Placement) for edit in change.edits)
    if not change.edits or not only_moves or before.keys is not after.keys:
        return None
    rows = np.flatnonzero((before.rects != after.rects).any(axis=1))
    links = np.union1d(
        np.flatnonzero(((before.links.low != after.links.low) | (before.links.high != after.links.high)).any(axis=1)),
        np.union1d(before.links_of_rows(rows), after.links_of_rows(rows)),
    )
    found = (bounds_of(before, rows, links), bounds_of(after, rows, links))
    return [box for box in found if box is not None]


def changed_keys(before: Mapping[int, Badge], after: Mapping[int, Badge]) -> Rows:
    """Return the rows or links that have another badge than before."""
    different = [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
    return np.array(sorted(different), dtype=np.int64)
