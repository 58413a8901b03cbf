"""What can be placed: drag it out, click it and then the canvas, or press Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from designer.ui.naming import named
from designer.ui.palette_entries import ENTRIES, PaletteEntry
from designer.ui.symbols import picture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from designer.drawing.theme import Theme

MIME_TYPE = "application/x-designer-kind"
ROW_HEIGHT, HEADING_HEIGHT, ICON_PX, SEARCH_ROOM = 28, 28, 20, 20

Index = QModelIndex | QPersistentModelIndex


class PaletteModel(QAbstractListModel):
    """Headings and entries that fit the filter, as one list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[PaletteEntry | str] = []
        self.filter("")

    def filter(self, text: str) -> None:
        """Keep the entries that every word of the text occurs in, and their headings."""
        self.beginResetModel()
        self._rows = []
        for entry in ENTRIES:
            if entry.matches(text):
                if entry.group not in self._rows:
                    self._rows.append(entry.group)
                self._rows.append(entry)
        self.endResetModel()

    def entry(self, index: Index) -> PaletteEntry | None:
        """Return the entry of a row; None for a heading."""
        row = self._rows[index.row()] if index.isValid() else ""
        return row if isinstance(row, PaletteEntry) else None

    def first(self) -> QModelIndex:
        """Return the first row that is no heading; invalid when nothing fits the filter."""
        return self.index(1) if self._rows else QModelIndex()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the texts of a row."""
        row = self._rows[index.row()]
        if isinstance(row, str):
            return row if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole} else None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return row.title
            case Qt.ItemDataRole.ToolTipRole:
                return f"<p style='font-weight:600'>{row.title}</p><p>{row.description}</p><p>{row.example}</p>"
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return f"{row.description} {row.example}"
            case _:
                return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a row: policies are not dragged, headings not even chosen."""
        entry = self.entry(index)
        if entry is None:
            return Qt.ItemFlag.ItemIsEnabled
        chosen = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return chosen if entry.policy else chosen | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        """Return what a drag carries."""
        return [MIME_TYPE]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the dragged entry."""
        carried = QMimeData()
        entry = self.entry(indexes[0])
        if entry is not None:
            carried.setData(MIME_TYPE, entry.payload())
            carried.setText(entry.title)
        return carried


class _RowPainter(QStyledItemDelegate):
    """Paints a heading in muted text, an entry with its icon."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, PaletteModel)
        entry = model.entry(index)
        box = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(option.font)
        if entry is None:
            font.setPixelSize(11)
            font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            painter.setPen(QColor(self.theme.muted))
            painter.drawText(box.adjusted(14, 2, 0, 0), Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        else:
            self._paint_entry(painter, option, box, entry)
        painter.restore()

    def _paint_entry(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, entry: PaletteEntry) -> None:
        state = option.state
        frame = box.adjusted(8, 0, -8, 0)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(self.theme.panel_second))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(frame, 6, 6)
        if selected and state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self.theme.accent), 2))
            painter.drawRoundedRect(frame.adjusted(1, 1, -1, -1), 6, 6)
        drawn = picture(entry.icon, self.theme, entry.layer, ICON_PX, painter.device().devicePixelRatioF())
        painter.drawPixmap(box.left() + 16, box.top() + (box.height() - ICON_PX) // 2, drawn)
        painter.setPen(QColor(self.theme.text))
        painter.drawText(box.adjusted(46, 0, -10, 0), Qt.AlignmentFlag.AlignVCenter, entry.title)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        is_heading = isinstance(model, PaletteModel) and model.entry(index) is None
        return QSize(160, HEADING_HEIGHT if is_heading else ROW_HEIGHT)


class _PaletteList(QListView):
    """A list in which Enter places the current entry."""

    entered_key = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.entered_key.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


class Palette(QWidget):
    """The palette: a filter box above a list by layers of the stack.

    Attributes:
        search: the filter box.
    """

    armed = Signal(str, bool)
    """Key of an entry that the next click on the canvas places; true when the tool stays for more."""
    placed = Signal(str)
    """Key of an entry to place now, without the mouse."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = named(QLineEdit(placeholderText="Find an element"), "Find an element")
        self.search.setToolTip("Type what you look for; press / to come here, Enter to go to the list.")
        self.search.setTextMargins(SEARCH_ROOM, 0, 0, 0)
        self._glass = QLabel(self.search)
        self._slash = QLabel("/", self.search)
        self._slash.setProperty("role", "muted")
        self._model = PaletteModel(self)
        self.list = named(_PaletteList(), "Elements")
        self.list.setModel(self._model)
        self._painter = _RowPainter(theme, self.list)
        self.list.setItemDelegate(self._painter)
        self.list.setDragEnabled(True)
        self.list.setDragDropMode(QListView.DragDropMode.DragOnly)
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._nothing = QLabel("Nothing has that name. Try “switch”, “isolation” or “NAT”.", wordWrap=True)
        self._nothing.setProperty("role", "muted")
        self._nothing.setContentsMargins(14, 8, 14, 0)
        self._nothing.hide()
        self._show_glass(theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 10, 0, 0)
        layout.setSpacing(4)
        box = QVBoxLayout()
        box.setContentsMargins(12, 0, 12, 2)
        box.addWidget(self.search)
        layout.addLayout(box)
        layout.addWidget(self._nothing)
        layout.addWidget(self.list, 1)
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self._go_to_list)
        self.list.clicked.connect(lambda index: self._arm(index, stays=False))
        self.list.doubleClicked.connect(lambda index: self._arm(index, stays=True))
        self.list.entered_key.connect(self._place)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._painter.theme = theme
        self._show_glass(theme)
        self.list.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the glass at the left end of the filter box, and the key that leads here at the right one."""
        super().resizeEvent(event)
        self._glass.setGeometry(9, (self.search.height() - 16) // 2, 16, 16)
        self._slash.move(self.search.width() - 18, (self.search.height() - self._slash.sizeHint().height()) // 2)

    def _show_glass(self, theme: Theme) -> None:
        self._glass.setPixmap(picture("search", theme, "muted", 16, self.devicePixelRatioF()))

    def _filter(self, text: str) -> None:
        self._model.filter(text)
        self._slash.setVisible(not text)
        self._nothing.setVisible(self._model.rowCount() == 0)
        self.list.setCurrentIndex(self._model.first())

    def _go_to_list(self) -> None:
        if not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self._model.first())
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _arm(self, index: QModelIndex, *, stays: bool) -> None:
        entry = self._model.entry(index)
        if entry is not None:
            self.armed.emit(entry.key, stays)

    def _place(self, index: QModelIndex) -> None:
        entry = self._model.entry(index)
        if entry is not None:
            self.placed.emit(entry.key)
