"""Zooming, panning and jumping: everything that changes which part of the canvas is in view."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from designer.model.realisation import PartKey
from designer.ui.canvas import lookup
from designer.ui.canvas.camera import ZOOM_STEP, Box
from designer.ui.canvas.tools.move import box_of

if TYPE_CHECKING:
    from designer.ui.canvas.stage import Stage

REVEAL_MARGIN = 48.0
"""Logical pixels that a revealed thing keeps from the edge of the view."""


class CameraControl:
    """Moves the camera of a stage."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def zoom_in(self) -> None:
        """Show things a step larger, around the middle of the view."""
        self.zoom_to(self._stage.camera.scale * ZOOM_STEP)

    def zoom_out(self) -> None:
        """Show things a step smaller."""
        self.zoom_to(self._stage.camera.scale / ZOOM_STEP)

    def zoom_to(self, scale: float, at: tuple[float, float] | None = None) -> None:
        """Set the magnification; the scene point under ``at`` (else the middle of the view) stays there."""
        x, y = at if at is not None else (self._stage.size[0] / 2, self._stage.size[1] / 2)
        self._stage.set_camera(self._stage.camera.zoomed(scale, x, y))

    def fit_all(self) -> None:
        """Show the whole drawing, at most at 100 %."""
        self._fit(self._stage.scene.bounds())

    def fit_selection(self) -> None:
        """Show everything that is selected."""
        box = box_of(self._stage, self._stage.selection)
        self._fit(box if box is not None else self._stage.scene.bounds())

    def center_on(self, key: PartKey) -> None:
        """Bring a thing to the middle of the view."""
        box = self._box(key)
        if box is not None:
            middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            self._stage.set_camera(self._stage.camera.centred(*middle, *self._stage.size))

    def reveal(self, keys: Iterable[PartKey]) -> None:
        """Scroll as little as needed to have things in view; not at all when they already are."""
        boxes = [box for key in keys if (box := self._box(key)) is not None]
        if not boxes:
            return
        box = (
            min(box[0] for box in boxes),
            min(box[1] for box in boxes),
            max(box[2] for box in boxes),
            max(box[3] for box in boxes),
        )
        left, top, right, bottom = self._stage.camera.box_to_view(box)
        width, height = self._stage.size
        dx, dy = _shift(left, right, width), _shift(top, bottom, height)
        if dx or dy:
            self._stage.set_camera(self._stage.camera.panned(dx, dy))

    def scroll(self, dx: float, dy: float) -> None:
        """Move the view over the canvas by logical pixels."""
        self._stage.set_camera(self._stage.camera.panned(dx, dy))

    def _box(self, key: PartKey) -> Box | None:
        box = self._stage.box(key)
        line = lookup.line_of(self._stage.scene, key) if box is None else []
        if line:
            across, down = [x for x, _ in line], [y for _, y in line]
            return min(across), min(down), max(across), max(down)
        return box

    def _fit(self, box: Box) -> None:
        if self._stage.scene.keys:
            self._stage.set_camera(self._stage.camera.fitted(box, *self._stage.size))


def _shift(low: float, high: float, size: float) -> float:
    if high < 0 or low > size or (low < 0 and high < size) or (high > size and low > 0):
        if high - low > size - 2 * REVEAL_MARGIN or low < REVEAL_MARGIN:
            return low - REVEAL_MARGIN
        return high - size + REVEAL_MARGIN
    return 0.0
