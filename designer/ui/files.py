"""The life of a design as a file: new, open, save, close, recent; nothing is lost without a question."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from designer import api
from designer.errors import DesignerError, FileAccessError
from designer.model.topology import Topology
from designer.storage.document import Document
from designer.ui.dialogs.message import ask, tell
from designer.ui.opening import Opened, Opening, is_large

if TYPE_CHECKING:
    from collections.abc import Callable

    from designer.ui.document_controller import DocumentController
    from designer.ui.settings import Settings

FILTER = "Designs (*.cnd);;All files (*)"
SAVE, DO_NOT_SAVE, CANCEL = "&Save", "&Don't save", "Cancel"


class DocumentFiles(QObject):
    """Opens and saves the design of a controller."""

    start_wanted = Signal()
    """Show templates, examples and recent files."""
    recent_changed = Signal()

    def __init__(
        self,
        controller: DocumentController,
        settings: Settings,
        window: QWidget,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(window)
        self._controller, self._settings, self._window, self._now = controller, settings, window, now
        self.saved_at: float | None = None
        self.opening = Opening(self)
        self.opening.opened.connect(self._take)
        self.opening.failed.connect(self._offer_to_forget)
        self._left = controller.topology

    def new(self) -> None:
        """Begin an empty design."""
        if self.may_leave():
            self.opening.cancel()
            self._controller.adopt(Document(Topology()))
            self.saved_at = None

    def new_from(self, template: str) -> None:
        """Begin with a template, as a design without a file."""
        if not self.may_leave():
            return
        self.opening.cancel()
        try:
            self._controller.adopt(api.new(template))
        except DesignerError as error:
            self._tell("The template cannot be used", error)
        self.saved_at = None

    def open_chosen(self) -> None:
        """Ask for a file and open it."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Open a design", str(self._settings.folder), FILTER)
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> None:
        """Open a file; when it cannot be used, say why and leave everything as it is."""
        if not self.may_leave():
            return
        self.opening.cancel()
        if is_large(path):
            self._left = self._controller.topology
            self.opening.start(path, flows=self._settings.traffic)
            return
        try:
            self._controller.open(path)
        except DesignerError as error:
            self._offer_to_forget(path, error)
            return
        self._welcome(path)

    def _take(self, opened: Opened) -> None:
        """Make what the thread has read the open design, unless the one before was changed meanwhile and is kept."""
        if self._controller.topology is self._left or self.may_leave():
            self._controller.adopt(opened.document, opened.path, opened.drawing)
            self._welcome(opened.path)

    def _welcome(self, path: Path) -> None:
        self.saved_at = None
        self._remember(path)
        notes = self._controller.document.notes
        if notes:
            tell(self._window, f"{path.name} is from a newer version", "\n\n".join(notes))

    def save(self) -> bool:
        """Save to the file of the design, or ask for one; return whether it is saved."""
        if self._controller.path is None:
            return self.save_as()
        return self._write(self._controller.path)

    def save_as(self) -> bool:
        """Ask for a file and save to it; return whether it is saved."""
        here = self._controller.path or self._settings.folder / f"{self._controller.name}.cnd"
        name, _ = QFileDialog.getSaveFileName(self._window, "Save the design", str(here), FILTER)
        if not name:
            return False
        path = Path(name)
        return self._write(path if path.suffix else path.with_suffix(".cnd"))

    def close(self) -> None:
        """Close the design and show the start page."""
        if self.may_leave():
            self.opening.cancel()
            self._controller.adopt(Document(Topology()))
            self.saved_at = None
            self.start_wanted.emit()

    def show_start(self) -> None:
        """Show templates, examples and recent files."""
        self.start_wanted.emit()

    def forget(self, path: Path) -> None:
        """Take a file off the list of recent files."""
        self._settings.forget_file(path)
        self.recent_changed.emit()

    def forget_recent(self) -> None:
        """Empty the list of recent files."""
        self._settings.forget_files()
        self.recent_changed.emit()

    def may_leave(self) -> bool:
        """Ask what becomes of unsaved changes; false keeps the design open."""
        if not self._controller.is_dirty:
            return True
        changes = self._controller.undo_stack.count()
        steps = "1 change" if changes == 1 else f"{changes} changes"
        answer = ask(
            self._window,
            f"Save the changes to {self._controller.name}?",
            f"There are unsaved changes ({steps} since it was opened). They are lost if you do not save them.",
            (SAVE, DO_NOT_SAVE, CANCEL),
        )
        if answer == SAVE:
            return self.save()
        return answer == DO_NOT_SAVE

    def saved_words(self) -> str:
        """Return when the design was saved, for the status line."""
        if self.saved_at is None or self._controller.is_dirty:
            return "not saved" if self._controller.is_dirty else ""
        seconds = int(self._now() - self.saved_at)
        return f"saved {seconds} s ago" if seconds < 60 else f"saved {seconds // 60} min ago"

    def _write(self, path: Path) -> bool:
        try:
            self._controller.save(path)
        except FileAccessError as error:
            again = "Save &elsewhere…"
            answer = ask(
                self._window,
                f"{path.name} is not saved",
                f"{error}\n\nThe file is as it was before, and the design is still open with all its changes.",
                (again, "Close"),
            )
            return self.save_as() if answer == again else False
        except DesignerError as error:
            self._tell(f"{path.name} is not saved", error)
            return False
        self.saved_at = self._now()
        self._remember(path)
        return True

    def _remember(self, path: Path) -> None:
        self._settings.remember_file(path)
        self.recent_changed.emit()

    def _offer_to_forget(self, path: Path, error: DesignerError) -> None:
        text = f"{error}\n\nThe design that is open stays as it is."
        if path not in self._settings.recent or path.exists():
            tell(self._window, f"{path.name} cannot be opened", text)
            return
        forget = "&Take it off the list"
        if ask(self._window, f"{path.name} cannot be opened", text, (forget, "Close")) == forget:
            self.forget(path)

    def _tell(self, title: str, error: DesignerError) -> None:
        tell(self._window, title, str(error))
