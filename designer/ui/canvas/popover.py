"""What a badge tells when it is clicked: all findings of a thing, with their fixes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from designer.drawing.theme import Mark
from designer.ui.symbols import mark_icon

if TYPE_CHECKING:
    from designer.drawing.theme import Theme
    from designer.rules.registry import Judged

WIDTH = 360
MARK_SIZE = 16


class FindingsPopover(QFrame):
    """A small panel beside a badge; Esc and a click elsewhere close it."""

    fix_wanted = Signal(object)
    """Judged: its fix is to be made."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._canvas = parent
        self.setObjectName("findings")
        self.setAccessibleName("Findings")
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(14, 12, 14, 12)
        self._layout.setSpacing(10)
        self._rows: list[QWidget] = []
        self.set_theme(theme)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.setStyleSheet(
            f"#findings {{ background: {theme.panel}; border: 1px solid {theme.card_line}; border-radius: 8px; }}"
            f"#findings QLabel {{ color: {theme.text}; background: transparent; }}"
            f"#findings QLabel[secondary='true'] {{ color: {theme.muted}; }}"
        )

    def open_for(self, title: str, judged: Sequence[Judged], at: QPoint) -> None:
        """Show the findings of a thing near a point of the view."""
        for row in self._rows:
            self._layout.removeWidget(row)
            row.deleteLater()
        heading = QLabel(title, self)
        heading.setStyleSheet("font-weight: 600;")
        self._rows = [heading, *(self._row(finding) for finding in judged)]
        for row in self._rows:
            self._layout.addWidget(row)
        self.setFixedWidth(min(WIDTH, self._canvas.width() - 8))
        self.resize(self.width(), self._layout.totalHeightForWidth(self.width()))
        outer = self._canvas.rect()
        x = max(4, min(at.x(), outer.width() - self.width() - 4))
        y = max(4, min(at.y(), outer.height() - self.height() - 4))
        self.move(x, y)
        self.show()
        self.raise_()
        button = self.findChild(QPushButton)
        (button if isinstance(button, QPushButton) else self).setFocus(Qt.FocusReason.PopupFocusReason)

    def close_quietly(self) -> None:
        """Close and give the focus back."""
        if self.isVisible():
            self._canvas.setFocus(Qt.FocusReason.PopupFocusReason)  # before hiding: Qt would choose the next one
            self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_quietly()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close when the focus goes elsewhere."""
        if event.type() == QEvent.Type.FocusOut:
            focused = self.window().focusWidget()
            if focused is not self and not self.isAncestorOf(focused):
                self.hide()
        return super().eventFilter(watched, event)

    def _row(self, judged: Judged) -> QWidget:
        row = QWidget(self)
        outer = QHBoxLayout(row)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(10)
        sign = QLabel(row)
        sign.setPixmap(mark_icon(Mark(judged.severity.value), self._theme, MARK_SIZE).pixmap(MARK_SIZE, MARK_SIZE))
        sign.setAccessibleName(judged.severity.value.capitalize())
        sign.setAlignment(Qt.AlignmentFlag.AlignTop)
        outer.addWidget(sign)
        column = QVBoxLayout()
        column.setSpacing(4)
        message = QLabel(judged.finding.message, row)
        message.setWordWrap(True)
        message.setTextFormat(Qt.TextFormat.PlainText)
        code = QLabel(judged.rule.id, row)
        code.setProperty("secondary", "true")
        column.addWidget(message)
        column.addWidget(code)
        if judged.finding.fix is not None:
            column.addWidget(
                self._fix_button(judged, judged.finding.fix.label, row), alignment=Qt.AlignmentFlag.AlignLeft
            )
        outer.addLayout(column, 1)
        return row

    def _fix_button(self, judged: Judged, label: str, row: QWidget) -> QPushButton:
        button = QPushButton(label, row)
        button.setToolTip("Apply this fix; it can be undone")
        button.installEventFilter(self)
        button.clicked.connect(lambda: self._apply(judged))
        return button

    def _apply(self, judged: Judged) -> None:
        self.close_quietly()
        self.fix_wanted.emit(judged)
