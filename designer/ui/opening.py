"""Opens large files on a thread of their own, so that the window answers all the while."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from designer.collector import collector_paused
from designer.drawing.scene import Scene
from designer.errors import DesignerError
from designer.storage.files import load

if TYPE_CHECKING:
    from designer.storage.document import Document

LARGE_FILE = 1_000_000
"""From this size on (bytes) a file is opened on the thread: some 2 500 elements, a quarter of a second."""

BUSY_AFTER_MS = 500
"""How long it takes until the window says that a file is being opened."""

WATCH_MS = 15
"""How often it is looked whether the thread has finished."""


class Opened(NamedTuple):
    """A design that was read, and its picture."""

    path: Path
    document: Document
    drawing: Scene


class Opening(QObject):
    """Reads and draws one file at a time; the design that is open stays until the other one is there."""

    opened = Signal(object)
    """Opened."""
    failed = Signal(object, object)
    """The path, and the DesignerError that says why."""
    busy = Signal(str)
    """What is being done, after a while; empty when it is over."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="opening")
        self._running: Future[Opened] | None = None
        self._path = Path()
        self._watch = QTimer(self)
        self._watch.setInterval(WATCH_MS)
        self._watch.timeout.connect(self._look)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(BUSY_AFTER_MS)
        self._patience.timeout.connect(lambda: self.busy.emit(f"Opening {self._path.name}…"))

    @property
    def is_running(self) -> bool:
        """Whether a file is being opened."""
        return self._running is not None

    def start(self, path: Path, *, flows: bool) -> None:
        """Begin to open a file instead of the one that is being opened; ``flows`` tells whether traffic is drawn."""
        self.cancel()
        self._path = path
        self._running = self._thread.submit(_read, path, flows)
        self._watch.start()
        self._patience.start()

    def cancel(self) -> None:
        """Open nothing; what the thread is at leaves no trace."""
        self._watch.stop()
        self._patience.stop()
        if self._running is not None:
            self._running.cancel()
            self._running = None
            self.busy.emit("")

    def close(self) -> None:
        """End the thread when it has finished what it is at; the window calls this once."""
        self.cancel()
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _look(self) -> None:
        """Take the result of the thread when it is there; the thread itself touches no Qt object."""
        running = self._running
        if running is None or not running.done():
            return
        self.cancel()
        try:
            opened = running.result()
        except DesignerError as error:
            self.failed.emit(self._path, error)
        else:
            self.opened.emit(opened)


def is_large(path: Path) -> bool:
    """Whether opening a file would make the window wait."""
    try:
        return path.stat().st_size >= LARGE_FILE
    except OSError:  # opening it says what is wrong
        return False


def _read(path: Path, flows: bool) -> Opened:
    with collector_paused(staying=True):
        document = load(path)
        return Opened(path, document, Scene.build(document.topology, flows=flows))
