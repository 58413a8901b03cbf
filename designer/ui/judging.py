"""Keeps the findings of a design current without ever making a keystroke wait."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from designer.model.changes import ChangeSet
from designer.rules.runner import judge, rejudge

if TYPE_CHECKING:
    from designer.model.topology import Topology
    from designer.rules.registry import Judged

DELAY_MS = 150
"""How long the design must rest before it is judged again."""

WATCH_MS = 15
"""How often it is looked whether the thread has finished."""

SMALL_DESIGN = 2_000
"""Up to this many entities judging is faster than handing it to a thread."""


class Judging(QObject):
    """Judges a design shortly after its last change; large designs on a thread of their own.

    Designs are values that never change, so the thread needs no lock; a result for a design that is no longer the
    current one is judged further from there.

    Attributes:
        is_live: whether a change is judged by itself; else when it is asked for.
    """

    judged = Signal(object)
    """tuple[Judged, ...] for the design as it is now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._findings: tuple[Judged, ...] | None = None
        self._pending: ChangeSet | None = None
        self._topology: Topology | None = None
        self._running: Future[tuple[Judged, ...]] | None = None
        self._held = False
        self.is_live = True
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="judging")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self.settle)
        self._watch = QTimer(self)
        self._watch.setInterval(WATCH_MS)
        self._watch.timeout.connect(self._look)

    @property
    def is_settled(self) -> bool:
        """Whether the findings are those of the current design."""
        return not self._timer.isActive() and self._running is None and self._pending is None

    @property
    def is_coming(self) -> bool:
        """Whether findings will be told without anybody asking."""
        return self._timer.isActive() or self._running is not None

    def start_over(self, topology: Topology) -> None:
        """Judge another design from the beginning."""
        self._drop()
        self._topology, self._findings, self._pending = topology, None, None
        self._timer.start(0)

    def note(self, topology: Topology, change: ChangeSet) -> None:
        """Remember that the design changed; it is judged when it has rested."""
        self._topology = topology
        self._pending = change if self._pending is None else self._pending.then(change)
        if self.is_live:
            self._timer.start(DELAY_MS)

    def hold(self, *, held: bool) -> None:
        """Judge nothing and tell nothing while a gesture runs; what has changed meanwhile is judged at its end."""
        self._held = held
        due = self._findings is None or (self.is_live and self._pending is not None)
        if not held and due and self._topology is not None and not self._timer.isActive():
            self._timer.start(DELAY_MS)

    def settle(self) -> None:
        """Judge what has changed now instead of after the rest."""
        self._timer.stop()
        is_current = self._findings is not None and self._pending is None
        if self._topology is None or self._held or self._running is not None or is_current:
            return
        topology, change, before = self._topology, self._pending, self._findings
        self._pending = None
        if len(topology) <= SMALL_DESIGN:
            self._finish(_findings(topology, change, before))
            return
        self._running = self._thread.submit(_findings, topology, change, before)
        self._watch.start()

    def close(self) -> None:
        """Wait for the thread and end it."""
        self._timer.stop()
        self._drop()
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _drop(self) -> None:
        """Forget what the thread is at; its result is for another design."""
        self._watch.stop()
        self._running = None

    def _look(self) -> None:
        """Take the result of the thread when it is there; the thread itself touches no Qt object."""
        running = self._running
        if running is not None and running.done() and not self._held:
            self._drop()
            self._finish(running.result())

    def _finish(self, findings: tuple[Judged, ...]) -> None:
        self._findings = findings
        if self._pending is not None and self.is_live:
            self._timer.start(0)
            return
        self.judged.emit(findings)


def _findings(topology: Topology, change: ChangeSet | None, before: tuple[Judged, ...] | None) -> tuple[Judged, ...]:
    if before is None or change is None:
        return judge(topology)
    return rejudge(topology, change, before)
