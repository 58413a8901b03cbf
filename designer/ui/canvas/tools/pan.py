"""Moving the view over the canvas by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from designer.ui.canvas.gesture import Gesture, Pointer, State

if TYPE_CHECKING:
    from designer.ui.canvas.stage import Stage


class Pan(Gesture):
    """Keeps the scene point that was pressed under the pointer.

    Args:
        still: called when the button is released without having moved: the menu of a right click.
    """

    state: ClassVar[State] = State.PANNING

    def __init__(self, stage: Stage, start: Pointer, still: Callable[[Pointer], None] | None = None) -> None:
        super().__init__(stage)
        self._start, self._camera, self._still = start, stage.camera, still
        self._moved = still is None

    def move(self, pointer: Pointer) -> Gesture | None:
        """Follow the pointer."""
        self._moved = self._moved or pointer.far_from(self._start)
        if self._moved:
            self.stage.set_camera(self._camera.panned(self._start.x - pointer.x, self._start.y - pointer.y))
        return self

    def release(self, pointer: Pointer) -> Gesture | None:
        """Stay where the view is."""
        if self._still is not None and not self._moved:
            self._still(pointer)
        return None

    def cancel(self) -> None:
        """Go back to where the view was."""
        super().cancel()
        self.stage.set_camera(self._camera)
