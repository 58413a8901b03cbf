"""Shows what follows from the drawing: read-only values, each marked as derived, with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from designer.ui.naming import named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from designer.drawing.theme import Theme
    from designer.ui.inspector.derived import Fact


class FactList(QWidget):
    """Derived values below the fields."""

    wanted = Signal(object)
    """PartKey of what a value follows from."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._facts: tuple[Fact, ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(12)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show other values."""
        if tuple(facts) == self._facts:
            return
        self._facts = tuple(facts)
        while self._layout.count():
            item = self._layout.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for fact in self._facts:
            self._layout.addWidget(self._row(fact))
        self.setVisible(bool(self._facts))

    def _row(self, fact: Fact) -> QWidget:
        row = QWidget()
        layout = QVBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        head = QHBoxLayout()
        label = QLabel(fact.label)
        label.setProperty("role", "label")
        mark = QLabel("derived")
        mark.setProperty("role", "caption")
        head.addWidget(label)
        head.addStretch(1)
        head.addWidget(mark)
        value = named(QLineEdit(fact.value, readOnly=True), fact.label)
        value.setAccessibleDescription(f"Derived: {fact.why}")
        value.setProperty("mono", True)
        value.setToolTip(f"{fact.value}\n{fact.why}")
        value.setCursorPosition(0)
        why = QLabel(fact.why, wordWrap=True)
        why.setTextFormat(Qt.TextFormat.PlainText)
        why.setProperty("role", "caption")
        layout.addLayout(head)
        layout.addWidget(value)
        layout.addWidget(why)
        if fact.leads_to is not None:
            show = named(QPushButton(f"Show {fact.source}"), f"Show {fact.source}", fact.why)
            show.setProperty("link", True)
            show.clicked.connect(lambda: self.wanted.emit(fact.leads_to))
            layout.addWidget(show, 0, Qt.AlignmentFlag.AlignLeft)
        return row
