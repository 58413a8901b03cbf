"""Finds out which files are still there, without waiting for a drive that does not answer."""

from __future__ import annotations

import threading
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

WATCH_MS = 20
LIMIT_MS = 1_000
"""A file that nothing is known about after this long counts as out of reach."""


class FilePresence(QObject):
    """Asks for files on a thread that nobody waits for.

    Args:
        exists: how to find out whether a file is there.
    """

    found = Signal(object, bool)
    """Path, and whether the file is there."""

    def __init__(self, parent: QObject | None, exists: Callable[[Path], bool]) -> None:
        super().__init__(parent)
        self._exists = exists
        self._asked: set[Path] = set()
        self._answers: SimpleQueue[tuple[Path, bool]] = SimpleQueue()
        self._watch = QTimer(self)
        self._watch.setInterval(WATCH_MS)
        self._watch.timeout.connect(self._collect)
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.setInterval(LIMIT_MS)
        self._limit.timeout.connect(self._give_up)

    def ask(self, paths: Iterable[Path]) -> None:
        """Find out about other files; each is told about once."""
        self._answers = SimpleQueue()
        self._asked = set(paths)
        for path in self._asked:
            threading.Thread(target=self._look, args=(path, self._answers), daemon=True).start()
        if self._asked:
            self._watch.start()
            self._limit.start()

    def _look(self, path: Path, answers: SimpleQueue[tuple[Path, bool]]) -> None:
        try:
            there = self._exists(path)
        except OSError:
            there = False
        answers.put((path, there))

    def _collect(self) -> None:
        try:
            while True:
                self._tell(*self._answers.get_nowait())
        except Empty:
            if not self._asked:
                self._stop()

    def _give_up(self) -> None:
        for path in tuple(self._asked):
            self._tell(path, there=False)
        self._stop()

    def _tell(self, path: Path, there: bool) -> None:
        if path in self._asked:
            self._asked.discard(path)
            self.found.emit(path, there)

    def _stop(self) -> None:
        self._watch.stop()
        self._limit.stop()
