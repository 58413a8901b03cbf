"""What a badge tells when it is clicked: all findings of a thing, with their fixes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from designer.drawing.theme import Mark
from designer.rules.consenting import can_consent
from designer.ui.inspector.change_preview import preview_html
from designer.ui.symbols import mark_icon

if TYPE_CHECKING:
    from designer.drawing.theme import Theme
    from designer.model.topology import Topology
    from designer.rules.registry import Judged

WIDTH = 360
MARK_SIZE = 16
SCROLL_BAR = 12
GAP = 10


class FindingsPopover(QFrame):
    """A small panel beside a badge; Esc and a click elsewhere close it.

    Attributes:
        judged: the findings that it shows, or showed last.
    """

    fix_wanted = Signal(object)
    """Judged: its fix is to be made."""
    suppress_wanted = Signal(object)
    """Judged that somebody wants to live with."""
    agree_wanted = Signal(object)
    """Judged whose step the script may run."""
    page_wanted = Signal(object)
    """Judged whose rule is to be explained."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._canvas = parent
        self.setObjectName("findings")
        self.setAccessibleName("Findings")
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._content = QWidget()
        self._content.setObjectName("findingsContent")
        scroll = QScrollArea(self)
        scroll.setWidget(self._content)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self._scroll = scroll
        self._layout = QVBoxLayout(self._content)
        self._layout.setContentsMargins(14, 12, 14, 12)
        self._layout.setSpacing(12)
        self._rows: list[QWidget] = []
        self._beside = QRect()
        self.judged: tuple[Judged, ...] = ()
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

    def open_for(
        self, title: str, topology: Topology, judged: Sequence[Judged], beside: QRect, suppressed: int = 0
    ) -> None:
        """Show the findings of a thing beside its box in the view, and how many of them are suppressed."""
        for row in self._rows:
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        heading = QLabel(title, self._content)
        heading.setStyleSheet("font-weight: 600;")
        self._rows = [heading, *(self._row(topology, finding) for finding in judged)]
        if suppressed:
            quiet = QLabel(f"{suppressed} suppressed", self._content)
            quiet.setProperty("secondary", "true")
            self._rows.append(quiet)
        for row in self._rows:
            self._layout.addWidget(row)
        self.judged, self._beside = tuple(judged), beside
        self._take_room(beside)
        self.show()
        self.raise_()
        button = next((found for row in self._rows for found in row.findChildren(QPushButton)), None)
        (button if button is not None else self).setFocus(Qt.FocusReason.PopupFocusReason)

    def stay_in_view(self) -> None:
        """Keep within a canvas that has another size."""
        if self.isVisible():
            self._take_room(self._beside)

    def _take_room(self, beside: QRect) -> None:
        """Be as high as the findings are, and no higher than the canvas; stand beside the thing if there is room."""
        outer = self._canvas.rect()
        for row in self._rows:
            for widget in (row, *row.findChildren(QWidget)):
                widget.ensurePolished()
        self.setFixedWidth(min(WIDTH, outer.width() - 8))
        wanted = self._layout.totalHeightForWidth(self.width() - 2)
        is_long = wanted + 2 > outer.height() - 8
        if is_long:
            wanted = self._layout.totalHeightForWidth(self.width() - SCROLL_BAR)
        self._content.setMinimumHeight(wanted)
        self.setFixedHeight(min(wanted + 2, outer.height() - 8))
        room = outer.adjusted(4, 4, -4, -4)
        places = (
            QPoint(beside.right() + GAP, beside.top()),
            QPoint(beside.left() - GAP - self.width(), beside.top()),
            QPoint(beside.left(), beside.bottom() + GAP),
            QPoint(beside.left(), beside.top() - GAP - self.height()),
        )
        kept = [_within(room, QRect(place, self.size())) for place in places]
        free = (box for box in kept if not box.intersects(beside))
        self.move(next(free, kept[0]).topLeft())

    def close_quietly(self) -> None:
        """Close and give the focus back."""
        if self.isVisible():
            self._canvas.setFocus(Qt.FocusReason.PopupFocusReason)  # before hiding: Qt would choose the next one
            self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc, press the focused button with Enter."""
        focused = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.close_quietly()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(focused, QPushButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close when the focus goes elsewhere; keep what has it in view."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._scroll.ensureWidgetVisible(watched)
        if event.type() == QEvent.Type.FocusOut:
            focused = self.window().focusWidget()
            if focused is not self and not self.isAncestorOf(focused):
                self.hide()
        return super().eventFilter(watched, event)

    def _row(self, topology: Topology, judged: Judged) -> QWidget:
        row = QWidget(self._content)
        outer = QHBoxLayout(row)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(10)
        outer.addWidget(self._sign(judged, row), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(3)
        message = QLabel(judged.finding.message, row)
        message.setWordWrap(True)
        message.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(message)
        fix = judged.finding.fix
        if fix is not None:
            changes = QLabel(preview_html(topology, fix, self._theme), row)
            changes.setWordWrap(True)
            changes.setTextFormat(Qt.TextFormat.RichText)
            changes.setProperty("secondary", "true")
            column.addWidget(changes)
            button = self._button(fix.label, judged, self.fix_wanted, "Apply this fix; it can be undone")
            column.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeft)
        if can_consent(topology, judged):
            step = self._button("Add step to the script…", judged, self.agree_wanted, judged.finding.script_step)
            column.addWidget(step, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._more(judged, row))
        outer.addLayout(column, 1)
        return row

    def _sign(self, judged: Judged, row: QWidget) -> QLabel:
        sign = QLabel(row)
        sign.setPixmap(mark_icon(Mark(judged.severity.value), self._theme, MARK_SIZE).pixmap(MARK_SIZE, MARK_SIZE))
        sign.setAccessibleName(judged.severity.value.capitalize())
        return sign

    def _more(self, judged: Judged, row: QWidget) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(12)
        code = QLabel(judged.rule.id, row)
        code.setProperty("secondary", "true")
        line.addWidget(code)
        for text, signal in (("Explain", self.page_wanted), ("Suppress…", self.suppress_wanted)):
            button = self._button(text, judged, signal, f"{text} {judged.rule.id}")
            button.setAccessibleName(f"{text} {judged.rule.id}")
            button.setProperty("link", True)
            line.addWidget(button)
        line.addStretch(1)
        return line

    def _button(self, text: str, judged: Judged, signal: SignalInstance, tip: str) -> QPushButton:
        button = QPushButton(text, self._content)
        button.setToolTip(tip)
        button.installEventFilter(self)
        button.clicked.connect(lambda: self._choose(judged, signal))
        return button

    def _choose(self, judged: Judged, signal: SignalInstance) -> None:
        self.close_quietly()
        signal.emit(judged)


def _within(room: QRect, box: QRect) -> QRect:
    """Return a box moved as little as needed to be inside another one; its top left corner always is."""
    x = max(room.left(), min(box.left(), room.right() - box.width()))
    y = max(room.top(), min(box.top(), room.bottom() - box.height()))
    return QRect(QPoint(x, y), box.size())
