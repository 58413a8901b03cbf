"""A searchable list that opens on the canvas: what can be added here, what this can be connected to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from designer.ui.canvas.choice import Choice, Option
from designer.ui.canvas.choice_row import OPTION_ROLE as _OPTION
from designer.ui.canvas.choice_row import ROW_HEIGHT, ChoiceRow

if TYPE_CHECKING:
    from designer.drawing.theme import Theme

WIDTH, HEIGHT = 340, 420
FRAME_HEIGHT = 150
"""Everything but the rows: title, filter, and room for a reason of three lines."""

_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Chooser(QFrame):
    """Shows one choice; typing filters it, Enter picks, Esc leaves."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._canvas = parent
        self.setObjectName("chooser")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self._choice: Choice | None = None
        self._title = QLabel(self)
        self._filter = QLineEdit(self)
        self._filter.setPlaceholderText("Type to search")
        self._filter.setClearButtonEnabled(True)
        self._list = QListWidget(self)
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._rows = ChoiceRow(theme, self._list)
        self._list.setItemDelegate(self._rows)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._reason = QLabel(self)
        self._reason.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.setSpacing(8)
        for widget in (self._title, self._filter, self._list, self._reason):
            layout.addWidget(widget)
        self._filter.textChanged.connect(self._fill)
        self._filter.installEventFilter(self)
        self._list.installEventFilter(self)
        self._list.itemClicked.connect(self._pick)
        self._list.currentItemChanged.connect(self._explain)
        self._title.setBuddy(self._filter)
        self.set_theme(theme)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._rows.theme = theme
        self.setStyleSheet(
            f"#chooser {{ background: {theme.panel}; border: 1px solid {theme.card_line}; border-radius: 8px; }}"
            f"#chooser QLabel {{ color: {theme.muted}; background: transparent; }}"
            f"#chooser QListWidget {{ background: {theme.panel}; color: {theme.text}; }}"
        )

    def ask(self, choice: Choice) -> None:
        """Open for a choice, near its point and inside the view."""
        self._choice = choice
        self._title.setText(choice.title)
        self._filter.setAccessibleName(choice.title)
        self._list.setAccessibleName(choice.title)
        self._filter.clear()
        self._fill("")
        outer = self._canvas.rect()
        wanted = min(HEIGHT, FRAME_HEIGHT + ROW_HEIGHT * len(choice.options))
        self.resize(min(WIDTH, outer.width() - 8), min(wanted, outer.height() - 8))
        x = max(4, min(round(choice.at[0]), outer.width() - self.width() - 4))
        y = max(4, min(round(choice.at[1]), outer.height() - self.height() - 4))
        self.move(QPoint(x, y))
        self.show()
        self.raise_()
        self._filter.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_without(self) -> None:
        """Close; nothing was chosen."""
        choice, self._choice = self._choice, None
        if self.isVisible():
            self._canvas.setFocus(Qt.FocusReason.PopupFocusReason)  # before hiding: Qt would choose the next one
            self.hide()
        if choice is not None:
            choice.leave()

    def options(self) -> list[Option]:
        """Return the rows that are shown now."""
        return [self._list.item(row).data(_OPTION) for row in range(self._list.count())]

    def titles(self) -> list[str]:
        """Return what the rows say that are shown now."""
        return [option.text for option in self.options()]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter pick, Esc leave, arrows move in the list, and focus that goes elsewhere close it."""
        if event.type() == QEvent.Type.FocusOut and self.isVisible() and not self._has_focus_inside():
            self.close_without()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.close_without()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._pick(self._list.currentItem())
                return True
            if watched is self._filter and event.key() in _LIST_KEYS:
                self._list.event(event)
                return True
        return super().eventFilter(watched, event)

    def _has_focus_inside(self) -> bool:
        focused = self.window().focusWidget()
        return self.isAncestorOf(focused)

    def _fill(self, text: str) -> None:
        self._list.clear()
        words = text.casefold().split()
        for option in self._choice.options if self._choice is not None else ():
            haystack = f"{option.text} {option.detail}".casefold()
            if all(word in haystack for word in words):
                self._list.addItem(self._row(option))
        self._list.setCurrentRow(0 if self._list.count() else -1)
        if not self._list.count():
            self._reason.setText("Nothing matches.")

    def _row(self, option: Option) -> QListWidgetItem:
        note = option.reason or option.caution
        item = QListWidgetItem(f"{option.text}, {option.detail}" if option.detail else option.text)
        item.setData(_OPTION, option)
        item.setToolTip(note)
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, f"Not possible: {note}" if option.reason else note)
        return item

    def _explain(self, item: QListWidgetItem | None) -> None:
        option = item.data(_OPTION) if item is not None else None
        self._reason.setText((option.reason or option.caution) if option is not None else "")
        self._reason.setVisible(bool(self._reason.text()))

    def _pick(self, item: QListWidgetItem | None) -> None:
        option = item.data(_OPTION) if item is not None else None
        if self._choice is None or option is None or option.reason:
            return
        choice, self._choice = self._choice, None
        self._canvas.setFocus(Qt.FocusReason.PopupFocusReason)  # before hiding: Qt would choose the next one
        self.hide()
        choice.pick(option.value)
