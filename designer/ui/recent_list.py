"""The recent designs on the start page: name, folder, and whether the file is still there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QFont, QFontMetrics, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from designer.ui.file_presence import FilePresence
from designer.ui.naming import named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from designer.drawing.theme import Theme

KEY = Qt.ItemDataRole.UserRole
MISSING = Qt.ItemDataRole.UserRole + 1
ROW_HEIGHT = 46
NOT_FOUND = "not found"

Index = QModelIndex | QPersistentModelIndex


class RecentList(QListWidget):
    """Files to go on with."""

    forgotten = Signal(object)
    """Path that is to be taken off the list."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "Recent designs")
        self._rows = RowPainter(theme, self)
        self.setItemDelegate(self._rows)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self._presence = FilePresence(self, Path.is_file)
        self._presence.found.connect(self._mark)
        forget = QAction("&Take it off the list", self)
        forget.setShortcut(QKeySequence(QKeySequence.StandardKey.Delete))
        forget.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        forget.triggered.connect(self._forget)
        self.addAction(forget)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def offer(self, paths: Iterable[Path]) -> None:
        """Show other files."""
        self.clear()
        shown = tuple(paths)
        for path in shown:
            item = QListWidgetItem(path.name, self)
            item.setData(KEY, path)
            item.setToolTip(str(path))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{path.name} in {path.parent}")
        self._presence.ask(shown)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._rows.theme = theme
        self.viewport().update()

    def _mark(self, path: Path, there: bool) -> None:
        for row in range(self.count()):
            item = self.item(row)
            if item.data(KEY) == path and not there:
                item.setData(MISSING, True)
                item.setToolTip(f"{path}\nThis file is not there or cannot be reached now.")
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{path.name} in {path.parent}, {NOT_FOUND}")

    def _forget(self) -> None:
        item = self.currentItem()
        if item is not None:
            self.forgotten.emit(item.data(KEY))


class RowPainter(QStyledItemDelegate):
    """Paints the name of a file above its folder; a missing one in grey, in words too."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room of two lines."""
        return QSize(120, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one file."""
        path, missing = Path(index.data(KEY)), bool(index.data(MISSING))
        box = QRect(option.rect).adjusted(1, 1, -1, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter, option, box)
        name = QFont(option.font)
        name.setPixelSize(13)
        name.setWeight(QFont.Weight.Medium)
        room = QRect(box.left() + 9, box.top() + 4, box.width() - 18, 19)
        colour = self.theme.muted if missing else self.theme.text
        _line(painter, name, colour, room, path.name, Qt.TextElideMode.ElideMiddle)
        folder = QFont(option.font)
        folder.setPixelSize(11)
        words = f"{NOT_FOUND} · {path.parent}" if missing else str(path.parent)
        _line(painter, folder, self.theme.muted, room.translated(0, 18), words, Qt.TextElideMode.ElideMiddle)
        painter.restore()

    def _paint_frame(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = selected and bool(option.state & QStyle.StateFlag.State_HasFocus)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if focused or hovered:
            painter.setPen(QPen(QColor(self.theme.accent if focused else self.theme.line), 2 if focused else 1))
            painter.setBrush(QColor(self.theme.panel))
            painter.drawRoundedRect(box, 7, 7)


def _line(painter: QPainter, font: QFont, colour: str, box: QRect, text: str, elide: Qt.TextElideMode) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = QFontMetrics(font).elidedText(text, elide, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
