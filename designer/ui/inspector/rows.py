"""Editor of a table: published ports, subnets, access list. One card for each row, one button to add one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout

from designer.ui.inspector.editors import ChoiceEditor, TextEditor, ValueEditor
from designer.ui.inspector.row_shapes import SHAPES, Column
from designer.ui.inspector.values import Editor, annotation_of, choices, editor_of, get_value
from designer.ui.naming import named
from designer.ui.symbols import line_icon

if TYPE_CHECKING:
    from collections.abc import Callable

    from designer.drawing.theme import Theme
    from designer.model.base import Value


CELL_HEIGHT = 26
SHORT = 3
"""Characters of a choice that are always shown in a row."""


class RowsEditor(ValueEditor):
    """Rows of one kind.

    Args:
        row_type: what a row is.
        label: the words above the table, for the names of its editors.
        new_row: makes the row that “Add” appends.
    """

    def __init__(self, row_type: type[Value], label: str, new_row: Callable[[], Value], theme: Theme) -> None:
        super().__init__()
        self._row_type, self._label, self._new_row, self._theme = row_type, label, new_row, theme
        self._values: tuple[Value, ...] = ()
        self._rows: list[_Row] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(5)
        self._differs = QLabel("(mixed) Select one element to edit this table.", wordWrap=True)
        self._differs.setProperty("role", "muted")
        self._differs.hide()
        self._add = named(QPushButton(f"+ {SHAPES[row_type].add}"), SHAPES[row_type].add)
        self._add.setProperty("link", True)
        self._add.clicked.connect(self._append)
        self._layout.addWidget(self._differs)
        self._layout.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self._add)

    def show_value(self, value: Any, *, mixed: bool = False) -> None:
        """Show a value without telling anyone."""
        self._values = () if mixed else tuple(value or ())
        self._differs.setVisible(mixed)
        self._add.setVisible(not mixed)
        while len(self._rows) > len(self._values):
            row = self._rows.pop()
            row.hide()
            row.deleteLater()
        while len(self._rows) < len(self._values):
            self._insert_row()
        for row, shown in zip(self._rows, self._values, strict=True):
            row.show_row(shown)

    def begin(self) -> None:
        """Put the keyboard into the first row, or to the button that adds one."""
        if self._rows:
            self._rows[0].begin()
        else:
            super().begin()

    def _insert_row(self) -> None:
        number = len(self._rows)
        row = _Row(self._row_type, f"{self._label} {number + 1}", self._theme)
        row.edited.connect(lambda value: self._replace(number, value))
        row.removed.connect(lambda: self._remove(number))
        row.rejected.connect(self.rejected)
        self._rows.append(row)
        self._layout.insertWidget(self._layout.count() - 1, row)

    def _replace(self, number: int, value: Value) -> None:
        self.committed.emit((*self._values[:number], value, *self._values[number + 1 :]))

    def _remove(self, number: int) -> None:
        self.committed.emit((*self._values[:number], *self._values[number + 1 :]))
        self._add.setFocus()

    def _append(self) -> None:
        self.committed.emit((*self._values, self._new_row()))
        if self._rows:
            self._rows[-1].begin()


class _Row(QFrame):
    """One row as a card of small editors."""

    edited = Signal(object)
    removed = Signal()
    rejected = Signal(str)

    def __init__(self, row_type: type[Value], name: str, theme: Theme) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._row_type = row_type
        self._value: Value | None = None
        self._editors: dict[str, ValueEditor] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 5, 4, 5)
        layout.setSpacing(4)
        remove = named(QToolButton(), f"Remove {name}", "Remove")
        remove.setIcon(line_icon("remove", theme))
        remove.clicked.connect(self.removed)
        columns = SHAPES[row_type].columns
        for number in sorted({column.line for column in columns}):
            line = QHBoxLayout()
            line.setSpacing(4)
            for column in (found for found in columns if found.line == number):
                self._add_column(line, column, name)
            if number == 0:
                line.addWidget(remove)
            layout.addLayout(line)

    def show_row(self, value: Value) -> None:
        """Show a row."""
        self._value = value
        for path, editor in self._editors.items():
            editor.show_value(get_value(value, path))

    def begin(self) -> None:
        """Put the keyboard into the first editor."""
        next(iter(self._editors.values())).inner().setFocus()

    def _add_column(self, line: QHBoxLayout, column: Column, name: str) -> None:
        if column.sign:
            sign = QLabel(column.sign)
            sign.setProperty("role", "muted")
            line.addWidget(sign)
        editor = self._editor(column)
        named(editor.inner(), f"{column.name} of {name}", column.name)
        editor.committed.connect(lambda value: self._take(column.path, value))
        editor.rejected.connect(self.rejected)
        editor.setMinimumHeight(CELL_HEIGHT)
        self._editors[column.path] = editor
        line.addWidget(editor, column.share)

    def _editor(self, column: Column) -> ValueEditor:
        annotation = annotation_of(self._row_type, column.path)
        if editor_of(self._row_type, column.path) is Editor.CHOICE:
            options = [(value, _words(value)) for value in choices(annotation)]
            return ChoiceEditor(lambda: options, lambda _: "", SHORT)
        return TextEditor(annotation, column.hint, is_text=False)

    def _take(self, path: str, value: object) -> None:
        if self._value is None:
            return
        try:
            changed = type(self._value).model_validate(dict(self._value) | {path: value})
        except ValidationError as error:
            self.rejected.emit(str(error.errors()[0]["msg"]))
            return
        self.edited.emit(changed)


def _words(value: object) -> str:
    return str(value) if value is not None else "–"
