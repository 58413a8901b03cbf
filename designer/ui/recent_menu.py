"""File > Recent: the files used last."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from designer.ui.file_presence import FilePresence

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from designer.ui.files import DocumentFiles
    from designer.ui.settings import Settings


class RecentMenu(QObject):
    """A menu that is filled when it opens; files that are gone are marked as soon as that is known."""

    def __init__(self, menu: QMenu, before: QAction, settings: Settings, files: DocumentFiles) -> None:
        super().__init__(menu)
        self._settings, self._files = settings, files
        self.menu = QMenu("Open &recent", menu)
        self.menu.setToolTipsVisible(True)
        menu.insertMenu(before, self.menu)
        self._actions: dict[Path, QAction] = {}
        self._presence = FilePresence(self, Path.is_file)
        self._presence.found.connect(self._mark)
        self.menu.aboutToShow.connect(self._fill)
        files.recent_changed.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        self.menu.clear()
        self._actions.clear()
        for path in self._settings.recent:
            self._add(path)
        self._presence.ask(self._settings.recent)
        if self._settings.recent:
            self.menu.addSeparator()
            self.menu.addAction("&Clear the list", self._files.forget_recent)
        else:
            self.menu.addAction("Files that you open or save are listed here").setEnabled(False)

    def _add(self, path: Path) -> None:
        action = self.menu.addAction(path.name.replace("&", "&&"))
        self._actions[path] = action
        action.setToolTip(str(path))
        action.triggered.connect(lambda: self._files.open(path))

    def _mark(self, path: Path, there: bool) -> None:
        action = self._actions.get(path)
        if action is not None and not there:
            action.setText(f"{path.name.replace('&', '&&')} – not found")
