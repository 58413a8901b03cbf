"""What stands in the place of the canvas before a design is open: templates, recent files, examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from designer.ui.naming import named

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

KEY = Qt.ItemDataRole.UserRole


class StartPage(QWidget):
    """Lists to begin from; Esc goes to the empty canvas."""

    template_chosen = Signal(str)
    file_chosen = Signal(object)
    """Path of a recent file."""
    open_wanted = Signal()
    skipped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("startPage")
        self.templates = named(QListWidget(), "Start with")
        self.recent = named(QListWidget(), "Recent designs")
        self._nothing = QLabel("Designs that you open or save are listed here.", wordWrap=True)
        self._nothing.setProperty("role", "muted")
        self._open = named(QPushButton("&Open a design…"), "Open a design")
        self._open.clicked.connect(self.open_wanted)
        title = QLabel("Draw a Windows container network")
        title.setProperty("role", "title")
        hint = QLabel(
            "Start with a template, or press Esc for an empty canvas and drag elements onto it.", wordWrap=True
        )
        hint.setProperty("role", "muted")
        outer = QVBoxLayout(self)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        outer.setContentsMargins(48, 40, 48, 24)
        outer.setSpacing(6)
        outer.addWidget(title)
        outer.addWidget(hint)
        outer.addSpacing(18)
        columns = QHBoxLayout()
        columns.setSpacing(36)
        columns.addLayout(_column("Start with", self.templates), 3)
        right = _column("Recent", self.recent, self._nothing)
        right.insertWidget(1, self._open, 0, Qt.AlignmentFlag.AlignLeft)
        right.addStretch(1)
        columns.addLayout(right, 2)
        outer.addLayout(columns, 1)
        for chooser, choose in ((self.templates, self._choose_template), (self.recent, self._choose_file)):
            chooser.itemActivated.connect(choose)
            chooser.itemClicked.connect(choose)
            chooser.setFrameShape(QFrame.Shape.NoFrame)
            chooser.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            chooser.setTextElideMode(Qt.TextElideMode.ElideRight)

    def offer(self, templates: Iterable[tuple[str, str]], recent: Iterable[Path]) -> None:
        """Fill the lists: names and titles of templates, and recent files."""
        self.templates.clear()
        for name, title in templates:
            _add(self.templates, title, name, title)
        self.recent.clear()
        for path in recent:
            _add(self.recent, f"{path.name}    {path.parent}", path, f"{path.name} in {path.parent}")
        self._nothing.setVisible(self.recent.count() == 0)
        self.recent.setVisible(self.recent.count() > 0)
        self.templates.setCurrentRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave for the empty canvas at Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.skipped.emit()
            return
        super().keyPressEvent(event)

    def _choose_template(self, item: QListWidgetItem) -> None:
        self.template_chosen.emit(item.data(KEY))

    def _choose_file(self, item: QListWidgetItem) -> None:
        self.file_chosen.emit(item.data(KEY))


def _column(title: str, chooser: QListWidget, below: QWidget | None = None) -> QVBoxLayout:
    heading = QLabel(title)
    heading.setProperty("role", "caption")
    column = QVBoxLayout()
    column.setSpacing(8)
    column.addWidget(heading)
    if below is not None:
        column.addWidget(below)
    column.addWidget(chooser, 100)
    return column


def _add(chooser: QListWidget, text: str, key: object, name: str) -> None:
    item = QListWidgetItem(text, chooser)
    item.setData(KEY, key)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, name)
    item.setToolTip(name)
