"""File > Recent: the files used last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QAction

    from designer.ui.files import DocumentFiles
    from designer.ui.settings import Settings


class RecentMenu(QObject):
    """A menu that is filled when it opens; whether a file still exists is found out by opening it."""

    def __init__(self, menu: QMenu, before: QAction, settings: Settings, files: DocumentFiles) -> None:
        super().__init__(menu)
        self._settings, self._files = settings, files
        self.menu = QMenu("Open &recent", menu)
        self.menu.setToolTipsVisible(True)
        menu.insertMenu(before, self.menu)
        self.menu.aboutToShow.connect(self._fill)
        files.recent_changed.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        self.menu.clear()
        for path in self._settings.recent:
            self._add(path)
        if self._settings.recent:
            self.menu.addSeparator()
            self.menu.addAction("&Clear the list", self._files.forget_recent)
        else:
            self.menu.addAction("Files that you open or save are listed here").setEnabled(False)

    def _add(self, path: Path) -> None:
        action = self.menu.addAction(path.name.replace("&", "&&"))
        action.setToolTip(str(path))
        action.triggered.connect(lambda: self._files.open(path))
