"""Icons of elements as Qt takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

if TYPE_CHECKING:
    from designer.drawing.theme import Layer, Theme


def element_icon(name: str, layer: Layer, theme: Theme, size: int) -> QIcon:
    """Return the icon of an element in the colour of its layer."""
    icon = QIcon()
    for scale in (1, 2):
        pixmap = QPixmap(size * scale, size * scale)
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        tone = theme.layer(layer)
        painter.setPen(QPen(QColor(tone.text), 1.7))
        painter.setBrush(QColor(tone.tint))
        painter.drawRoundedRect(QRectF(2, 2, size - 4, size - 4), 3, 3)
        painter.end()
        icon.addPixmap(pixmap)
    return icon
