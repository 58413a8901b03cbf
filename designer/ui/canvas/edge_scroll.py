"""Scrolls the view while a gesture holds the pointer at its edge."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

EDGE = 24.0
"""Logical pixels from an edge within which the view scrolls."""

FASTEST = 24.0
"""Logical pixels per tick at the very edge."""

TICK_MS = 16


class EdgeScroll(QObject):
    """Calls ``scroll`` with a step for each tick that the pointer stays at an edge.

    Args:
        scroll: takes the step in logical pixels.
    """

    def __init__(self, scroll: Callable[[float, float], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scroll = scroll
        self._step = (0.0, 0.0)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)

    @property
    def is_running(self) -> bool:
        """Whether the pointer is at an edge."""
        return self._timer.isActive()

    def watch(self, x: float, y: float, width: float, height: float) -> None:
        """Take where the pointer is; the deeper it is in the edge, the faster the view scrolls."""
        self._step = (_speed(x, width), _speed(y, height))
        if self._step == (0.0, 0.0):
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Scroll no more."""
        self._timer.stop()

    def tick(self) -> None:
        """Scroll one step."""
        self._scroll(*self._step)


def _speed(position: float, size: float) -> float:
    if position < EDGE:
        return -FASTEST * min((EDGE - position) / EDGE, 1.0)
    if position > size - EDGE:
        return FASTEST * min((position - size + EDGE) / EDGE, 1.0)
    return 0.0
