"""What stands in the place of the canvas before a design is open: templates, recent files, examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from designer.ui.naming import named
from designer.ui.recent_list import RecentList
from designer.ui.template_cards import KEY, TemplateCards

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from designer.drawing.theme import Theme

EMPTY_BEHIND = "Start with a template, or press Esc for an empty canvas and drag elements onto it."
DESIGN_BEHIND = "Start with a template, or press Esc to go back to the design that is open."
RECENT_WIDTH = 232


class StartPage(QWidget):
    """Lists to begin from; Esc goes to the empty canvas."""

    template_chosen = Signal(str)
    file_chosen = Signal(object)
    """Path of a recent file."""
    file_forgotten = Signal(object)
    """Path that is to be taken off the recent files."""
    open_wanted = Signal()
    skipped = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("startPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.templates = TemplateCards(theme)
        self.recent = RecentList(theme)
        self._hint = named(QLabel(EMPTY_BEHIND, wordWrap=True), "How to begin", role="muted")
        self._nothing = QLabel("Designs that you open or save are listed here.", wordWrap=True)
        self._nothing.setProperty("role", "muted")
        self._open = named(QPushButton("&Open a design…"), "Open a design")
        self._open.clicked.connect(self.open_wanted)
        self._build()
        for chooser, choose in ((self.templates, self._choose_template), (self.recent, self._choose_file)):
            chooser.itemActivated.connect(choose)
            chooser.itemClicked.connect(choose)
        self.recent.forgotten.connect(self.file_forgotten)

    def offer(self, templates: Iterable[tuple[str, str]], recent: Iterable[Path], *, is_empty: bool = True) -> None:
        """Fill the lists: names and titles of templates, and recent files; say where Esc leads to."""
        self._hint.setText(EMPTY_BEHIND if is_empty else DESIGN_BEHIND)
        self.templates.offer(templates)
        self.offer_recent(recent)

    def offer_recent(self, recent: Iterable[Path]) -> None:
        """Show other recent files."""
        self.recent.offer(recent)
        self._nothing.setVisible(self.recent.count() == 0)
        self.recent.setVisible(self.recent.count() > 0)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self.templates.set_theme(theme)
        self.recent.set_theme(theme)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave for the empty canvas at Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.skipped.emit()
            return
        super().keyPressEvent(event)

    def _build(self) -> None:
        title = QLabel("Draw a Windows container network")
        title.setProperty("role", "title")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(36, 32, 24, 16)
        outer.setSpacing(6)
        outer.addWidget(title)
        outer.addWidget(self._hint)
        outer.addSpacing(16)
        left = _column("Start with")
        left.addWidget(self.templates, 1)
        beside = QWidget()
        beside.setFixedWidth(RECENT_WIDTH)
        right = _column("Recent")
        right.setContentsMargins(0, 0, 0, 0)
        beside.setLayout(right)
        right.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        right.addWidget(self._nothing)
        right.addWidget(self.recent, 100)
        right.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(20)
        columns.addLayout(left, 1)
        columns.addWidget(beside)
        outer.addLayout(columns, 1)

    def _choose_template(self, item: QListWidgetItem) -> None:
        self.template_chosen.emit(item.data(KEY))

    def _choose_file(self, item: QListWidgetItem) -> None:
        self.file_chosen.emit(item.data(KEY))


def _column(title: str) -> QVBoxLayout:
    heading = QLabel(title)
    heading.setProperty("role", "caption")
    column = QVBoxLayout()
    column.setSpacing(8)
    column.addWidget(heading)
    return column
