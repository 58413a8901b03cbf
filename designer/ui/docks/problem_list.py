"""The findings as a list: filtered, sorted, two lines each."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from designer.drawing.theme import Mark
from designer.rules.design import label
from designer.rules.registry import Severity
from designer.ui.style import mono_font
from designer.ui.symbols import mark_icon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from designer.drawing.theme import Theme
    from designer.model.topology import Topology
    from designer.rules.registry import Judged

Index = QModelIndex | QPersistentModelIndex
MARK_PX = 18
ROW_HEIGHT, OPEN_ROW_HEIGHT, TEXT_LEFT = 48, 84, 40
JUDGED = Qt.ItemDataRole.UserRole


class SortBy(StrEnum):
    """Order of the list."""

    SEVERITY = "Worst first"
    ELEMENT = "By element"
    RULE = "By rule"


def headline(message: str) -> tuple[str, str]:
    """Return the first sentence of a message, and the rest."""
    end = message.find(". ")
    return (message, "") if end < 0 else (message[: end + 1].rstrip("."), message[end + 2 :])


class ProblemModel(QAbstractListModel):
    """Findings that fit the filter, in the chosen order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Judged, ...] = ()
        self._names: dict[int, str] = {}
        self._shown: list[Judged] = []
        self._words = ""
        self._severities: frozenset[Severity] = frozenset(Severity)
        self._order = SortBy.SEVERITY

    def show_findings(self, judged: tuple[Judged, ...], topology: Topology) -> None:
        """Show other findings."""
        self._all = judged
        self._names = {
            number: ", ".join(label(topology, element) for element in found.finding.elements if element in topology)
            for number, found in enumerate(judged)
        }
        self._arrange()

    def filter(self, words: str, severities: frozenset[Severity]) -> None:
        """Keep findings that hold every word and have one of the severities."""
        self._words, self._severities = words.casefold(), severities
        self._arrange()

    def sort_by(self, order: SortBy) -> None:
        """Take another order."""
        self._order = order
        self._arrange()

    def shown(self) -> Sequence[Judged]:
        """Return the findings in the order of the list."""
        return self._shown

    def elements(self, judged: Judged) -> str:
        """Return the names of the elements of a finding."""
        number = next((number for number, found in enumerate(self._all) if found is judged), -1)
        return self._names.get(number, "")

    def row_of(self, judged: Judged | None) -> int:
        """Return the row of the same finding, even if it was found again; -1 when it is gone."""
        if judged is None:
            return -1
        wanted = (judged.rule.id, judged.finding.elements, judged.finding.field)
        for row, found in enumerate(self._shown):
            if (found.rule.id, found.finding.elements, found.finding.field) == wanted:
                return row
        return -1

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many findings are shown."""
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a finding, or its words."""
        judged = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return judged.finding.message
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{judged.severity.value}: {judged.finding.message} {judged.rule.id}. {self.elements(judged)}"
            case Qt.ItemDataRole.ToolTipRole:
                return f"<p>{_escaped(judged.finding.message)}</p><p>{judged.rule.id}: {_escaped(judged.title)}</p>"
            case _:
                return judged if role == JUDGED else None

    def _arrange(self) -> None:
        self.beginResetModel()
        kept = [(number, found) for number, found in enumerate(self._all) if self._fits(number, found)]
        if self._order is SortBy.ELEMENT:
            kept.sort(key=lambda pair: (self._names[pair[0]].casefold(), pair[0]))
        elif self._order is SortBy.RULE:
            kept.sort(key=lambda pair: (pair[1].rule.id, pair[0]))
        self._shown = [found for _, found in kept]
        self.endResetModel()

    def _fits(self, number: int, found: Judged) -> bool:
        text = f"{found.finding.message} {found.rule.id} {found.title} {self._names[number]}".casefold()
        return found.severity in self._severities and all(word in text for word in self._words.split())


class ProblemPainter(QStyledItemDelegate):
    """Paints mark, first sentence, rule id, and the rest of the message in grey."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.open_row = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one finding."""
        judged: Judged = index.data(JUDGED)
        box = QRect(option.rect).adjusted(8, 2, -8, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter, option, box)
        mark = Mark(judged.severity.value)
        sign = QRect(box.left() + 10, box.top() + 5, MARK_PX, MARK_PX)
        mark_icon(mark, self.theme, MARK_PX).paint(painter, sign)
        self._paint_words(painter, option, box, judged)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room of a row; the current one has room for its buttons."""
        return QSize(200, OPEN_ROW_HEIGHT if index.row() == self.open_row else ROW_HEIGHT)

    def _paint_frame(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.panel_second))
            painter.drawRoundedRect(box, 7, 7)
        if selected and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self.theme.accent), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 7, 7)

    def _paint_words(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, judged: Judged) -> None:
        rule_font = mono_font(11)
        rule_width = QFontMetrics(rule_font).horizontalAdvance(judged.rule.id) + 14
        first, rest = headline(judged.finding.message)
        strong = QFont(option.font)
        strong.setWeight(QFont.Weight.DemiBold)
        line = QRect(box.left() + TEXT_LEFT, box.top() + 4, box.width() - TEXT_LEFT - rule_width - 4, 20)
        _line(painter, strong, self.theme.text, line, first)
        below = QRect(line.left(), line.bottom(), box.width() - TEXT_LEFT - 12, 19)
        _line(painter, QFont(option.font), self.theme.muted, below, rest or judged.title)
        place = QRect(box.right() - rule_width, line.top(), rule_width - 10, 20)
        painter.setFont(rule_font)
        painter.setPen(QColor(self.theme.muted))
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, judged.rule.id)


def _line(painter: QPainter, font: QFont, colour: str, box: QRect, text: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = QFontMetrics(font).elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
