"""Selecting an area: left to right takes what it holds, right to left what it touches."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from designer.drawing.looks import Shape
from designer.model.realisation import PartKey
from designer.ui.canvas.camera import Box
from designer.ui.canvas.gesture import Gesture, Pointer, State

if TYPE_CHECKING:
    from designer.ui.canvas.stage import Stage


class Marquee(Gesture):
    """Draws a rectangle and previews what it selects."""

    state: ClassVar[State] = State.MARQUEE
    scrolls_at_edges: ClassVar[bool] = True

    def __init__(self, stage: Stage, start: Pointer, inside: PartKey | None = None, *, clicked: bool = False) -> None:
        super().__init__(stage)
        self._start, self._inside, self._clicked = start, inside, clicked
        self._before = stage.selection
        self._focus_before = stage.focus

    def move(self, pointer: Pointer) -> Gesture | None:
        """Stretch the rectangle to the pointer."""
        x0, y0, x1, y1 = self._start.scene_x, self._start.scene_y, pointer.scene_x, pointer.scene_y
        box = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
        touching = x1 < x0
        overlay = self.stage.overlay
        overlay.marquee, overlay.marquee_touches = box, touching
        found = covered(self.stage, box, touching=touching, inside=self._inside)
        self.stage.controller.select(self._combined(found, pointer))
        what = "touches" if touching else "holds"
        self.stage.hint(
            f"{len(self.stage.selection)} selected · takes what it {what} · Shift adds, Ctrl toggles, Alt removes"
        )
        self.stage.touch()
        return self

    def release(self, pointer: Pointer) -> Gesture | None:
        """Keep the selection."""
        if self._clicked and not pointer.far_from(self._start):
            return self
        self.stage.clear_preview()
        self.stage.select(self.stage.selection)
        return None

    def press(self, pointer: Pointer) -> Gesture | None:
        """Take the second of two clicks as the opposite corner."""
        self._clicked = False
        return self.move(pointer)

    def cancel(self) -> None:
        """Bring the former selection back."""
        super().cancel()
        self.stage.controller.select(self._before)
        self.stage.set_focus(self._focus_before)

    def _combined(self, found: frozenset[PartKey], pointer: Pointer) -> frozenset[PartKey]:
        if pointer.alt:
            return self._before - found
        if pointer.ctrl:
            return self._before ^ found
        return self._before | found if pointer.shift else found


class SelectArea(Gesture):
    """Waits for the first of the two clicks that span an area; needs no drag."""

    state: ClassVar[State] = State.MARQUEE

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        stage.hint("Click one corner of the area, then the opposite one")

    def press(self, pointer: Pointer) -> Gesture | None:
        """Begin at the first corner."""
        return Marquee(self.stage, pointer, clicked=True)


def covered(stage: Stage, box: Box, *, touching: bool, inside: PartKey | None) -> frozenset[PartKey]:
    """Return what an area selects: a zone only when wholly inside, and then without its contents."""
    scene = stage.scene
    rects = scene.rects
    left, top, right, bottom = rects[:, 0], rects[:, 1], rects[:, 0] + rects[:, 2], rects[:, 1] + rects[:, 3]
    held = (left >= box[0]) & (top >= box[1]) & (right <= box[2]) & (bottom <= box[3])
    met = (left <= box[2]) & (top <= box[3]) & (right >= box[0]) & (bottom >= box[1])
    zones = scene.shapes == Shape.ZONE
    taken = np.where(zones, held, met) if touching else held
    if inside is not None and inside in scene.row_of:
        within = np.zeros(len(rects), dtype=np.bool_)
        within[scene.row_of[inside] + 1 : scene.ends[scene.row_of[inside]]] = True
        taken = taken & within if bool((taken & within).any()) else taken
    keys: set[PartKey] = set()
    end = 0
    for row in (int(index) for index in np.flatnonzero(taken)):
        if row >= end:
            key = scene.keys[row]
            keys.add(scene.mover(key))
            end = int(scene.ends[row]) if zones[row] else row + 1
    return frozenset(keys)
