"""The list of problems on screen: keys, folding of groups, and what is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from designer.ui.docks.problem_list import ROW, ProblemModel
from designer.ui.docks.problem_painter import ProblemPainter
from designer.ui.docks.problem_rows import Heading, Problem, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from designer.drawing.theme import Theme

_UNFOLD, _FOLD = Qt.Key.Key_Right, Qt.Key.Key_Left


class ProblemView(QListView):
    """Rows of problems; several can be chosen."""

    chosen_changed = Signal()
    """Other rows are chosen, or another heading is gone to."""
    copy_wanted = Signal()
    suppress_wanted = Signal()

    def __init__(self, model: ProblemModel, theme: Theme) -> None:
        super().__init__()
        self._rows = model
        self._quiet = False
        self._pressed = False
        self._was_reset = False
        model.modelReset.connect(self._forget_place)
        self.setModel(model)
        self._painter = ProblemPainter(theme, self)
        self.setItemDelegate(self._painter)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().selectionChanged.connect(lambda *_: self._tell())
        self.selectionModel().currentChanged.connect(lambda *_: self._tell())

    def current(self) -> Row | None:
        """Return the row that the keyboard is at."""
        index = self.currentIndex()
        found: Row | None = index.data(ROW) if index.isValid() else None
        return found

    def chosen(self) -> list[Problem]:
        """Return what is chosen, in the order of the list: rows, else those of the heading that the keyboard is at."""
        current = self.current()
        if isinstance(current, Heading):
            return list(current.members)
        selection = self.selectionModel().selection()
        spans = [selection.at(number) for number in range(selection.count())]
        numbers = sorted(number for span in spans for number in range(span.top(), span.bottom() + 1))
        return [row for number in numbers if isinstance(row := self._rows.rows()[number], Problem)]

    def go_to(self, number: int) -> None:
        """Choose one row and bring it into view."""
        self.setCurrentIndex(self._rows.index(number) if number >= 0 else QModelIndex())
        if number < 0:
            self.clearSelection()

    def keep_place(self, chosen: Sequence[Problem], current: Row | None, *, had_focus: bool) -> None:
        """Choose what was chosen before the rows changed; the first row for a keyboard that lost its own."""
        if not self._was_reset and self.current() is current:
            self._tell()
            return
        self._was_reset = False
        number = self._rows.row_of(current)
        if number < 0 and had_focus and self._rows.rowCount():
            number = max(self.currentIndex().row(), 0)
        self.go_to(number)
        if number >= 0 and len(chosen) > 1:
            self._choose(self._rows.rows_of(chosen))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._painter.theme = theme
        self.viewport().update()

    @property
    def is_pressed(self) -> bool:
        """Whether a button is down on a row, which then must not move away."""
        return self._pressed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Fold and unfold, copy and suppress."""
        current = self.current()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Delete):
            self.suppress_wanted.emit()
        elif event.key() in {_FOLD, _UNFOLD} and current is not None:
            self._fold(current, folded=event.key() == _FOLD)
        elif isinstance(current, Heading) and event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._rows.fold(current.key, folded=current.is_open)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Fold or unfold the group whose heading is pressed."""
        self._pressed = True
        index = self.indexAt(event.position().toPoint())
        row = index.data(ROW) if index.isValid() else None
        super().mousePressEvent(event)
        if isinstance(row, Heading) and event.button() is Qt.MouseButton.LeftButton:
            self._rows.fold(row.key, folded=row.is_open)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let rows move again."""
        super().mouseReleaseEvent(event)
        self._pressed = False

    def event(self, event: QEvent) -> bool:
        """Keep the keys that mean something here from the shortcuts of the window."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            own = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Delete, QKeySequence.StandardKey.SelectAll)
            if any(event.matches(key) for key in own):
                event.accept()
                return True
        return super().event(event)

    def _fold(self, current: Row, *, folded: bool) -> None:
        if isinstance(current, Heading):
            self._rows.fold(current.key, folded=folded)
        elif folded:
            heading = next(
                (row for row in self._rows.rows() if isinstance(row, Heading) and current in row.members), None
            )
            if heading is not None:
                self.go_to(self._rows.row_of(heading))

    def _forget_place(self) -> None:
        self._was_reset = True

    def _choose(self, numbers: Sequence[int]) -> None:
        self._quiet = True
        model = self.selectionModel()
        for number in numbers:
            model.select(self._rows.index(number), model.SelectionFlag.Select)
        self._quiet = False
        self._tell()

    def _tell(self) -> None:
        if not self._quiet:
            self.chosen_changed.emit()
