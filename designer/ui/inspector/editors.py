"""Editors of one value: text, prose, choice, tick box. Enter or leaving commits, Esc restores."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from designer.ui.inspector.values import command_from_text, command_text, from_text, to_text

if TYPE_CHECKING:
    from collections.abc import Callable

MIXED = "(mixed)"
PROSE_HEIGHT = 76


class ValueEditor(QWidget):
    """What all editors have in common."""

    committed = Signal(object)
    """A new value that the person has finished entering."""
    rejected = Signal(str)
    """What is wrong with the text; empty when nothing is wrong any more."""

    @abstractmethod
    def show_value(self, value: Any, *, mixed: bool = False) -> None:
        """Show a value without telling anyone; mixed when the selected elements differ."""

    def inner(self) -> QWidget:
        """Return the widget that takes the keyboard: the one that stands for the editor in the order of focus."""
        proxy = self.focusProxy()
        assert proxy is not None
        return proxy

    def begin(self) -> None:
        """Put the keyboard to where the value is entered."""
        self.inner().setFocus()

    def _fill(self, widget: QWidget) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(widget)
        self.setFocusProxy(widget)


class _Line(QLineEdit):
    """A line that Esc restores; with nothing to restore, Esc means what it means around the line."""

    abandoned = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.isModified():
                self.abandoned.emit()
            else:
                event.ignore()
            return
        super().keyPressEvent(event)


class TextEditor(ValueEditor):
    """One line that is parsed when it is finished; what cannot be parsed stays, with a sentence why."""

    def __init__(self, annotation: Any, hint: str, *, is_text: bool, is_command: bool = False) -> None:
        super().__init__()
        self._annotation, self._is_command = annotation, is_command
        self._shown, self._mixed, self._hint = "", False, hint
        self._line = _Line(placeholderText=hint)
        self._line.setProperty("mono", not is_text)
        self._line.editingFinished.connect(self._finish)
        self._line.abandoned.connect(self._restore)
        self._fill(self._line)

    def show_value(self, value: Any, *, mixed: bool = False) -> None:
        """Show a value without telling anyone."""
        text = "" if mixed else command_text(value) if self._is_command and value else to_text(value)
        edited = self._line.isModified() and self._line.hasFocus()
        self._mixed = mixed
        self._line.setPlaceholderText(MIXED if mixed else self._hint)
        if text != self._shown or not edited:
            self._shown = text
            self._restore()

    def _finish(self) -> None:
        text = self._line.text()
        if not self._line.isModified() or (text == self._shown and not self._mixed):
            return
        try:
            value = command_from_text(text) if self._is_command else from_text(self._annotation, text)
        except ValueError as error:
            self._mark(wrong=True)
            self.rejected.emit(str(error))
            return
        self._line.setModified(False)
        self._mark(wrong=False)
        self.rejected.emit("")
        self.committed.emit(value)

    def _restore(self) -> None:
        self._line.setText(self._shown)
        self._line.setCursorPosition(0)
        self._line.setModified(False)
        self._mark(wrong=False)
        self.rejected.emit("")

    def _mark(self, *, wrong: bool) -> None:
        if bool(self._line.property("wrong")) != wrong:
            self._line.setProperty("wrong", wrong)
            self._line.style().unpolish(self._line)
            self._line.style().polish(self._line)


class _Prose(QPlainTextEdit):
    """Several lines; leaving or Ctrl+Enter finishes, Esc restores, Tab leaves."""

    finished = Signal()
    abandoned = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.abandoned.emit()
            if not self.document().isModified():
                event.ignore()
            self.document().setModified(False)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and event.modifiers():
            self.finished.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.finished.emit()


class ProseEditor(ValueEditor):
    """Several lines of text."""

    def __init__(self, annotation: Any, hint: str) -> None:
        super().__init__()
        self._annotation, self._shown, self._hint = annotation, "", hint
        self._box = _Prose(placeholderText=hint)
        self._box.setTabChangesFocus(True)
        self._box.setFixedHeight(PROSE_HEIGHT)
        self._box.finished.connect(self._finish)
        self._box.abandoned.connect(self._restore)
        self._fill(self._box)

    def show_value(self, value: Any, *, mixed: bool = False) -> None:
        """Show a value without telling anyone."""
        self._box.setPlaceholderText(MIXED if mixed else self._hint)
        text = "" if mixed else to_text(value)
        if text != self._shown or not self._box.hasFocus():
            self._shown = text
            self._restore()

    def _finish(self) -> None:
        text = self._box.toPlainText()
        if text == self._shown:
            return
        try:
            value = from_text(self._annotation, text) if text.strip() else ""
        except ValueError as error:
            self.rejected.emit(str(error))
            return
        self.rejected.emit("")
        self.committed.emit(value)

    def _restore(self) -> None:
        if self._box.toPlainText() != self._shown:
            self._box.setPlainText(self._shown)
            self._box.document().setModified(True)
        self.rejected.emit("")


class _Choice(QComboBox):
    """A list that asks what is legal when it opens; the wheel scrolls the form instead of changing the value."""

    opening = Signal()

    def showPopup(self) -> None:
        self.opening.emit()
        super().showPopup()

    def wheelEvent(self, event: Any) -> None:
        event.ignore()


class ChoiceEditor(ValueEditor):
    """One of several values; those that cannot be are disabled, with the reason in their tip.

    Args:
        options: values and their words.
        why_not: why a value cannot be chosen; empty when it can. Asked when the list opens.
        characters: how many characters are always shown.
    """

    def __init__(
        self, options: Callable[[], list[tuple[Any, str]]], why_not: Callable[[Any], str], characters: int = 8
    ) -> None:
        super().__init__()
        self._options, self._why_not = options, why_not
        self._values: list[Any] = []
        self._current: Any = None
        self._mixed = False
        self._box = _Choice()
        self._box.setModel(QStandardItemModel(self._box))
        self._box.setMinimumContentsLength(characters)
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.opening.connect(self._mark_illegal)
        self._box.activated.connect(self._choose)
        self._fill(self._box)

    def show_value(self, value: Any, *, mixed: bool = False) -> None:
        """Show a value without telling anyone."""
        self._current, self._mixed = value, mixed
        self._refill()
        self._box.setPlaceholderText(MIXED)
        self._box.setCurrentIndex(-1 if mixed else self._index(value))

    def _refill(self) -> None:
        options = self._options()
        if [value for value, _ in options] == self._values and self._texts() == [text for _, text in options]:
            return
        self._values = [value for value, _ in options]
        self._box.clear()
        for _, text in options:
            self._box.addItem(text)

    def _texts(self) -> list[str]:
        return [self._box.itemText(row) for row in range(self._box.count())]

    def _index(self, value: Any) -> int:
        return self._values.index(value) if value in self._values else -1

    def _mark_illegal(self) -> None:
        model = self._box.model()
        assert isinstance(model, QStandardItemModel)
        for row, value in enumerate(self._values):
            reason = "" if value == self._current and not self._mixed else self._why_not(value)
            item = model.item(row)
            if isinstance(item, QStandardItem):
                item.setEnabled(not reason)
                item.setToolTip(reason)
                item.setData(reason, Qt.ItemDataRole.AccessibleDescriptionRole)

    def _choose(self, row: int) -> None:
        value = self._values[row]
        if self._mixed or value != self._current:
            self.committed.emit(value)


class FlagEditor(ValueEditor):
    """Yes or no; the label stands beside the box."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self._box = QCheckBox(label)
        self._box.clicked.connect(self._toggle)
        self._fill(self._box)

    def show_value(self, value: Any, *, mixed: bool = False) -> None:
        """Show a value without telling anyone."""
        self._box.setTristate(mixed)
        self._box.setCheckState(
            Qt.CheckState.PartiallyChecked if mixed else Qt.CheckState.Checked if value else Qt.CheckState.Unchecked
        )

    def _toggle(self) -> None:
        value = self._box.checkState() is not Qt.CheckState.Unchecked
        self._box.setTristate(False)
        self._box.setChecked(value)
        self.committed.emit(value)
