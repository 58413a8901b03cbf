"""Resizing by a handle: the opposite corner stays, the contents stay, and nothing gets smaller than its contents."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from designer.editing.commands import resize
from designer.model.realisation import PartKey
from designer.ui.canvas.camera import Box
from designer.ui.canvas.gesture import Gesture, Pointer, State
from designer.ui.canvas.snapping import to_grid

if TYPE_CHECKING:
    from designer.ui.canvas.stage import Stage

CONTENT_MARGIN = 16.0
"""Scene units that a zone keeps around its contents."""

SMALLEST_WIDTH, SMALLEST_HEIGHT = 64.0, 32.0


class Resize(Gesture):
    """Drags one corner or side of a thing.

    Args:
        side: which edges follow the pointer: -1 left or top, 1 right or bottom, 0 neither.
    """

    state: ClassVar[State] = State.RESIZING

    def __init__(self, stage: Stage, key: PartKey, side: tuple[int, int], start: Pointer) -> None:
        super().__init__(stage)
        self._key, self._side, self._start = key, side, start
        box = stage.box(key)
        assert box is not None, "what has handles is drawn"
        self._box = self._new = box
        self._content = _content_box(stage, key)

    def move(self, pointer: Pointer) -> Gesture | None:
        """Follow the pointer with the held edges."""
        dx, dy = pointer.scene_x - self._start.scene_x, pointer.scene_y - self._start.scene_y
        self._new = self._resized(dx, dy, free=pointer.alt)
        left, top, right, bottom = self._new
        self.stage.overlay.outline = self._new
        self.stage.hint(f"{right - left:.0f} × {bottom - top:.0f} · Alt leaves the grid")
        self.stage.touch()
        return self

    def release(self, pointer: Pointer) -> Gesture | None:
        """Keep the size."""
        if not pointer.far_from(self._start):
            self.stage.clear_preview()
            return None
        self.move(pointer)
        left, top, right, bottom = self._new
        self.stage.clear_preview()
        x, y = self._local()
        self.stage.attempt(lambda: resize(self.stage.topology, self._key, x, y, right - left, bottom - top))
        return None

    def _local(self) -> tuple[float, float]:
        """Return the new corner as a placement says it."""
        x, y = self.stage.scene.local_position(self._key)
        return x + self._new[0] - self._box[0], y + self._new[1] - self._box[1]

    def _resized(self, dx: float, dy: float, *, free: bool) -> Box:
        left, top, right, bottom = self._box
        content = self._content
        if self._side[0] < 0:
            left = min(_stop(left + dx, free=free), right - SMALLEST_WIDTH, content[0])
        elif self._side[0] > 0:
            right = max(_stop(right + dx, free=free), left + SMALLEST_WIDTH, content[2])
        if self._side[1] < 0:
            top = min(_stop(top + dy, free=free), bottom - SMALLEST_HEIGHT, content[1])
        elif self._side[1] > 0:
            bottom = max(_stop(bottom + dy, free=free), top + SMALLEST_HEIGHT, content[3])
        return left, top, right, bottom


def _stop(value: float, *, free: bool) -> float:
    return value if free else to_grid(value)


def _content_box(stage: Stage, key: PartKey) -> Box:
    """Return what the thing must go on holding; an impossible box when it is empty."""
    rows = stage.scene.subtree(key)
    inner = stage.scene.rects[rows.start + 1 : rows.stop]
    if not len(inner):
        return float("inf"), float("inf"), float("-inf"), float("-inf")
    return (
        float(inner[:, 0].min()) - CONTENT_MARGIN,
        float(inner[:, 1].min()) - CONTENT_MARGIN,
        float((inner[:, 0] + inner[:, 2]).max()) + CONTENT_MARGIN,
        float((inner[:, 1] + inner[:, 3]).max()) + CONTENT_MARGIN,
    )
