"""What the rules say about a field, below its editor: mark, sentence, and a way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from designer.drawing.theme import Mark
from designer.model.topology import Topology
from designer.ui.inspector.change_preview import preview_text
from designer.ui.naming import named
from designer.ui.symbols import mark_icon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from designer.drawing.theme import Theme
    from designer.model.annotations import Suppression
    from designer.rules.registry import Judged

MARK_PX = 16
LONGEST_LABEL = 36
"""Characters of a fix that fit into the narrowest inspector."""


class Remarks(QWidget):
    """Findings and complaints of one field; takes no room when there are none."""

    fix_wanted = Signal(object)
    """Judged whose fix is to be applied."""
    page_wanted = Signal(object)
    """Judged whose rule is to be explained."""
    suppress_wanted = Signal(object)
    """Judged that somebody wants to live with."""
    back_wanted = Signal(object)
    """Suppression that is to be taken back."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._topology = Topology()
        self._judged: tuple[Judged, ...] = ()
        self._suppressed: tuple[tuple[Judged, Suppression], ...] = ()
        self._complaint = ""
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 2, 0, 0)
        self._layout.setSpacing(4)
        self.hide()

    def show_findings(
        self, topology: Topology, judged: Sequence[Judged], suppressed: Sequence[tuple[Judged, Suppression]] = ()
    ) -> None:
        """Show what the rules found in a design, and quietly what somebody lives with."""
        self._topology = topology
        if (tuple(judged), tuple(suppressed)) != (self._judged, self._suppressed):
            self._judged, self._suppressed = tuple(judged), tuple(suppressed)
            self._fill()

    def fix_at_hand(self) -> Judged | None:
        """Return the first finding here that has a fix."""
        return next((found for found in self._judged if found.finding.fix is not None), None)

    def show_complaint(self, text: str) -> None:
        """Show why a text cannot be taken; empty for nothing."""
        if text != self._complaint:
            self._complaint = text
            self._fill()

    def text(self) -> str:
        """Return all sentences, for the accessible description of the editor."""
        return " ".join([self._complaint, *(judged.finding.message for judged in self._judged)]).strip()

    def _fill(self) -> None:
        while self._layout.count():
            item = self._layout.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if self._complaint:
            self._layout.addWidget(self._sentence(Mark.ERROR, self._complaint))
        for judged in self._judged:
            self._layout.addWidget(self._sentence(Mark(judged.severity.value), judged.finding.message, judged))
        for judged, suppression in self._suppressed:
            self._layout.addWidget(self._quiet(judged, suppression))
        self.setVisible(bool(self._complaint or self._judged or self._suppressed))

    def _quiet(self, judged: Judged, suppression: Suppression) -> QWidget:
        words = QLabel(f"{judged.rule.id} suppressed: {suppression.reason}", wordWrap=True)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setProperty("role", "caption")
        words.setToolTip(judged.finding.message)
        back = named(QPushButton("Show again"), f"Show {judged.rule.id} again", judged.finding.message)
        back.setProperty("link", True)
        back.clicked.connect(lambda: self.back_wanted.emit(suppression))
        row = QWidget()
        layout = QVBoxLayout(row)
        layout.setContentsMargins(MARK_PX + 7, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(words)
        layout.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        return row

    def _sentence(self, mark: Mark, text: str, judged: Judged | None = None) -> QWidget:
        sign = named(QLabel(), mark.value.capitalize())
        sign.setPixmap(mark_icon(mark, self._theme, MARK_PX).pixmap(MARK_PX, MARK_PX))
        words = QLabel(text, wordWrap=True)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setProperty("role", mark.value)
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(7)
        layout.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(words)
        if judged is not None:
            column.addLayout(self._ways_out(judged))
        layout.addLayout(column, 1)
        return row

    def _ways_out(self, judged: Judged) -> QVBoxLayout:
        rows = QVBoxLayout()
        rows.setSpacing(0)
        if judged.finding.fix is not None:
            label = judged.finding.fix.label
            changes = preview_text(self._topology, judged.finding.fix)
            fix = named(QPushButton(_short(label)), f"Fix: {label}", f"{label}\n{changes}")
            fix.setProperty("link", True)
            fix.clicked.connect(lambda: self.fix_wanted.emit(judged))
            rows.addWidget(fix, 0, Qt.AlignmentFlag.AlignLeft)
        line = QHBoxLayout()
        line.setSpacing(12)
        for text, name, signal in (
            (f"{judged.rule.id} in full", f"Explain {judged.rule.id}", self.page_wanted),
            ("Suppress…", f"Suppress {judged.rule.id}", self.suppress_wanted),
        ):
            button = named(QPushButton(text), name)
            button.setProperty("link", True)
            button.clicked.connect(lambda _=False, signal=signal: signal.emit(judged))
            line.addWidget(button)
        line.addStretch(1)
        rows.addLayout(line)
        return rows


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1].rstrip()}…"
