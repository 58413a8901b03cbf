"""The templates as cards, each with a small picture of what it draws; the pictures are made while nothing else is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from designer import api
from designer.drawing.scene import Scene
from designer.errors import DesignerError
from designer.painting.image import frame, render_image
from designer.ui.naming import named
from designer.ui.symbols import line_icon

if TYPE_CHECKING:
    from collections.abc import Iterable

    from designer.drawing.theme import Theme

KEY = Qt.ItemDataRole.UserRole
NARROWEST_CARD = 176
FEWEST_COLUMNS = 2
GAP, PADDING, RADIUS = 10, 8, 8
SHAPE = 0.56
"""Height of a picture for a width of one."""

Index = QModelIndex | QPersistentModelIndex


class TemplateCards(QListWidget):
    """Cards to begin from, as many beside each other as there is room for."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "Start with")
        self._theme = theme
        self._cards = CardPainter(theme, self)
        self.setItemDelegate(self._cards)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._draw_next)

    def offer(self, templates: Iterable[tuple[str, str]]) -> None:
        """Show names and titles of templates."""
        self.clear()
        for name, title in templates:
            item = QListWidgetItem(title, self)
            item.setData(KEY, name)
            item.setToolTip(title)
        self.setCurrentRow(0)
        self._fit_cards()
        self._timer.start(0)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._theme = self._cards.theme = theme
        self._draw_again()

    def pictures_done(self) -> bool:
        """Whether every card has its picture."""
        return not self._timer.isActive()

    def _fit_cards(self) -> None:
        """Give the cards the whole width."""
        room = self.viewport().width()
        columns = max(FEWEST_COLUMNS, room // NARROWEST_CARD)
        width = max(room // columns - 1, 2 * (GAP + PADDING))
        titles = [self.item(row).text() for row in range(self.count())]
        size = QSize(width, self._cards.height_for(width, titles))
        if size != self.gridSize():
            self.setGridSize(size)
            self._draw_again()

    def _draw_again(self) -> None:
        self._cards.pictures.clear()
        self._timer.start(0)
        self.viewport().update()

    def _draw_next(self) -> None:
        """Make one picture, and go on when the window has had its turn."""
        if not self.isVisible() or self.gridSize().isEmpty():
            return
        names = [str(self.item(row).data(KEY)) for row in range(self.count())]
        name = next((name for name in names if name not in self._cards.pictures), None)
        if name is None:
            return
        size = self._cards.picture_size(self.gridSize().width())
        self._cards.pictures[name] = picture_of(name, self._theme, size, self.devicePixelRatioF())
        self.viewport().update()
        self._timer.start(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the cards the whole width."""
        self._fit_cards()
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Make the pictures that are missing."""
        super().showEvent(event)
        self._timer.start(0)


class CardPainter(QStyledItemDelegate):
    """Paints a card: picture above, title below.

    Attributes:
        pictures: those that are made, by the name of the template.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.pictures: dict[str, QPixmap] = {}

    def picture_size(self, card_width: int) -> QSize:
        """Return the size of the picture on a card of that width, with its gap."""
        width = card_width - GAP - 2 * PADDING
        return QSize(width, round(width * SHAPE))

    def height_for(self, card_width: int, titles: Iterable[str]) -> int:
        """Return the height of cards of that width, with their gap, that no title is too long for."""
        picture = self.picture_size(card_width)
        room = QRect(0, 0, picture.width(), 1000)
        measure = QFontMetrics(_title_font())
        lines = [measure.boundingRect(room, Qt.TextFlag.TextWordWrap, title).height() for title in titles]
        return GAP + 3 * PADDING + picture.height() + max(lines, default=measure.height())

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room of a card: the grid decides."""
        view = self.parent()
        return view.gridSize() if isinstance(view, QListWidget) else QSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one card."""
        card = QRect(option.rect).adjusted(1, 1, 1 - GAP, 1 - GAP)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter, option, card)
        size = self.picture_size(option.rect.width())
        place = QRect(card.topLeft() + QPoint(PADDING, PADDING), size)
        made = self.pictures.get(str(index.data(KEY)))
        if made is not None:
            painter.drawPixmap(place.topLeft(), made)
        words = QRect(card.left() + PADDING, place.bottom() + PADDING, card.width() - 2 * PADDING, card.bottom())
        words.setBottom(card.bottom() - 2)
        painter.setFont(_title_font())
        painter.setPen(QColor(self.theme.text))
        painter.drawText(words, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft, str(index.data()))
        painter.restore()

    def _paint_frame(self, painter: QPainter, option: QStyleOptionViewItem, card: QRect) -> None:
        state = option.state
        focused = bool(state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        border = self.theme.accent if focused else self.theme.muted if hovered else self.theme.line
        painter.setPen(QPen(QColor(border), 2 if focused else 1))
        painter.setBrush(QColor(self.theme.panel))
        painter.drawRoundedRect(card, RADIUS, RADIUS)


def picture_of(template: str, theme: Theme, size: QSize, density: float) -> QPixmap:
    """Return a small picture of a template; a plus for the empty one."""
    picture = QPixmap(size * density)
    picture.setDevicePixelRatio(density)
    picture.fill(QColor(theme.canvas))
    painter = QPainter(picture)
    try:
        scene = Scene.build(api.new(template).topology)
    except DesignerError:
        scene = Scene.build(api.new().topology)
    if scene.keys:
        _, _, width, height = frame(scene)
        scale = min(size.width() / width, size.height() / height, 1.0)
        image = render_image(scene, theme, scale * density, transparent=True)
        image.setDevicePixelRatio(density)
        shown = image.deviceIndependentSize().toSize()
        painter.drawImage((size.width() - shown.width()) // 2, (size.height() - shown.height()) // 2, image)
    else:
        side = 24
        corner = QRect((size.width() - side) // 2, (size.height() - side) // 2, side, side)
        line_icon("add", theme, side).paint(painter, corner)
    painter.end()
    return picture


def _title_font() -> QFont:
    font = QFont()
    font.setPixelSize(13)
    font.setWeight(QFont.Weight.DemiBold)
    return font
