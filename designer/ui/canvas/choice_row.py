"""How one row of a list to choose from looks: icon, what it is, and a few words at the right."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from designer.drawing.families import SANS
from designer.drawing.theme import Mark, Theme
from designer.painting.icons import icon
from designer.ui.canvas.choice import Option

ROW_HEIGHT = 30
ICON = 20
MARK = 14
OPTION_ROLE = Qt.ItemDataRole.UserRole


class ChoiceRow(QStyledItemDelegate):
    """Paints options; what cannot be chosen is quieter and has a crossed circle's words in its tip."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the same height for all rows."""
        return QSize(160, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one option."""
        choice = index.data(OPTION_ROLE)
        assert isinstance(choice, Option), "the list holds options"
        box = QRect(option.rect).adjusted(2, 1, -2, -1)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(QColor(self.theme.accent), 1.4))
            painter.setBrush(QColor(self.theme.mark(Mark.INFO).tint))
            painter.drawRoundedRect(box, 6, 6)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.panel_second))
            painter.drawRoundedRect(box, 6, 6)
        self._words(painter, box, choice)
        painter.restore()

    def _words(self, painter: QPainter, box: QRect, choice: Option) -> None:
        theme = self.theme
        if choice.icon:
            colour = "faint" if choice.reason else choice.layer.value
            place = QRect(box.left() + 8, box.top() + (box.height() - ICON) // 2, ICON, ICON)
            icon(choice.icon, theme, colour, ICON).paint(painter, place)
        font = QFont(SANS)
        font.setPixelSize(13)
        painter.setFont(font)
        painter.setPen(QColor(theme.faint if choice.reason else theme.text))
        room = box.adjusted(36, 0, -10, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, choice.text)
        left = painter.fontMetrics().horizontalAdvance(choice.text) + 12
        if choice.caution or choice.reason:
            mark = Mark.ERROR if choice.reason else Mark.WARNING
            place = QRect(room.right() - MARK, box.top() + (box.height() - MARK) // 2, MARK, MARK)
            icon(mark.value, theme, mark.value, MARK).paint(painter, place)
            room = room.adjusted(0, 0, -MARK - 8, 0)
        font.setPixelSize(11)
        painter.setFont(font)
        painter.setPen(QColor(theme.faint if choice.reason else theme.muted))
        ends = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(room.adjusted(left, 0, 0, 0), ends, choice.detail)
