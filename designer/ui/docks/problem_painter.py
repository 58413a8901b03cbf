"""Draws the rows of the list of problems: mark, first sentence, rule, and where it is; headings of groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from designer.drawing.theme import Mark
from designer.ui.docks.problem_list import ROW, Index, ProblemModel
from designer.ui.docks.problem_rows import Heading, Problem, Row
from designer.ui.style import mono_font
from designer.ui.symbols import line_icon, mark_icon

if TYPE_CHECKING:
    from designer.drawing.theme import Theme

MARK_PX, CHEVRON_PX = 18, 14
ROW_HEIGHT, TEXT_LEFT = 48, 40
FAINT = 0.45
"""Strength of the mark of what is suppressed."""


def headline(message: str) -> tuple[str, str]:
    """Return the first sentence of a message, and the rest."""
    end = message.find(". ")
    return (message, "") if end < 0 else (message[: end + 1].rstrip("."), message[end + 2 :])


class ProblemPainter(QStyledItemDelegate):
    """Paints rows of two lines."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room of a row; the same for all."""
        return QSize(200, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        row: Row = index.data(ROW)
        model = index.model()
        assert isinstance(model, ProblemModel)
        box = QRect(option.rect).adjusted(8, 2, -8, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter, option, box, filled=isinstance(row, Heading))
        if isinstance(row, Heading):
            self._paint_heading(painter, option, box, row)
        else:
            self._paint_problem(painter, option, box, row, model.where(row))
        painter.restore()

    def _paint_frame(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, *, filled: bool) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or filled or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.mark(Mark.INFO).tint if selected else self.theme.panel_second))
            painter.drawRoundedRect(box, 7, 7)
        has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        is_pale = self.theme.mark(Mark.INFO).tint == self.theme.panel
        if has_focus or (selected and is_pale):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self.theme.accent), 2 if has_focus else 1))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 7, 7)

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, row: Heading) -> None:
        chevron = QRect(box.left() + 12, box.top() + (box.height() - CHEVRON_PX) // 2, CHEVRON_PX, CHEVRON_PX)
        line_icon("chevron" if row.is_open else "chevron-right", self.theme, CHEVRON_PX).paint(painter, chevron)
        width = box.width() - TEXT_LEFT - 12
        if row.mark is not None:
            sign = QRect(box.right() - MARK_PX - 12, box.top() + (box.height() - MARK_PX) // 2, MARK_PX, MARK_PX)
            mark_icon(row.mark, self.theme, MARK_PX).paint(painter, sign)
            width -= MARK_PX + 12
        line = QRect(box.left() + TEXT_LEFT, box.top() + 4, width, 20)
        _line(painter, _strong(option.font), self.theme.text, line, row.title)
        below = QRect(line.left(), line.bottom(), width, 19)
        _line(painter, QFont(option.font), self.theme.muted, below, row.detail)

    def _paint_problem(
        self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, row: Problem, where: str
    ) -> None:
        rule_font = mono_font(11)
        rule_width = QFontMetrics(rule_font).horizontalAdvance(row.rule) + 14
        if row.judged is not None:
            painter.setOpacity(1 if row.is_active else FAINT)
            sign = QRect(box.left() + 10, box.top() + 5, MARK_PX, MARK_PX)
            mark_icon(Mark(row.judged.severity.value), self.theme, MARK_PX).paint(painter, sign)
            painter.setOpacity(1)
        strong = _strong(option.font)
        strong.setStrikeOut(row.judged is not None and not row.is_active)
        colour = self.theme.text if row.is_active else self.theme.muted
        line = QRect(box.left() + TEXT_LEFT, box.top() + 4, box.width() - TEXT_LEFT - rule_width - 4, 20)
        _line(painter, strong, colour, line, headline(row.message)[0])
        below = QRect(line.left(), line.bottom(), box.width() - TEXT_LEFT - 12, 19)
        second = f"{where} · because: {row.suppression.reason}" if row.suppression is not None else where
        _line(painter, QFont(option.font), self.theme.muted, below, second)
        place = QRect(box.right() - rule_width, line.top(), rule_width - 10, 20)
        painter.setFont(rule_font)
        painter.setPen(QColor(self.theme.muted))
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.rule)


def _strong(font: QFont) -> QFont:
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    return strong


def _line(painter: QPainter, font: QFont, colour: str, box: QRect, text: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = QFontMetrics(font).elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
