"""Small pictures that the widgets need besides the icons of elements: severity marks, search, chevron, tick."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from designer.drawing.theme import Mark

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from designer.drawing.theme import Theme

SCALES = (1, 2, 3)


def mark_icon(mark: Mark, theme: Theme, size: int = 16) -> QIcon:
    """Return a severity: octagon, triangle, square or disc, so that the colour is never alone."""
    tone = theme.mark(mark)
    return _icon(size, lambda painter: paint_mark(painter, mark, QRectF(0, 0, size, size), tone.text, theme.on_accent))


def paint_mark(painter: QPainter, mark: Mark, box: QRectF, colour: str, on_colour: str) -> None:
    """Paint a severity into a square box."""
    painter.save()
    painter.translate(box.topLeft())
    painter.scale(box.width() / 16, box.height() / 16)
    painter.setPen(QPen(QColor(colour), 1.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(QColor(colour))
    match mark:
        case Mark.ERROR:
            turns = [math.radians(22.5 + 45 * corner) for corner in range(8)]
            painter.drawPolygon(QPolygonF([QPointF(8 + 7 * math.cos(t), 8 + 7 * math.sin(t)) for t in turns]))
        case Mark.WARNING:
            painter.drawPolygon(QPolygonF([QPointF(8, 1.8), QPointF(15, 14), QPointF(1, 14)]))
        case Mark.INFO:
            painter.drawRoundedRect(QRectF(1.5, 1.5, 13, 13), 2.5, 2.5)
        case Mark.GOOD:
            painter.drawEllipse(QPointF(8, 8), 6.8, 6.8)
    pen = QPen(QColor(on_colour), 1.7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    for line in _SIGNS[mark]:
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in line]))
    painter.restore()


_SIGNS: dict[Mark, tuple[tuple[tuple[float, float], ...], ...]] = {
    Mark.ERROR: (((5.8, 5.8), (10.2, 10.2)), ((10.2, 5.8), (5.8, 10.2))),
    Mark.WARNING: (((8, 6.2), (8, 9.4)), ((8, 11.8), (8, 11.9))),
    Mark.INFO: (((8, 7.6), (8, 11.2)), ((8, 4.8), (8, 4.9))),
    Mark.GOOD: (((5, 8.2), (7.2, 10.4), (11, 5.8)),),
}


def line_icon(name: str, colour: str, size: int = 16) -> QIcon:
    """Return a plain symbol in one colour: search, chevron, chevron_right, tick, add, remove, undo, redo, fold."""
    return _icon(size, lambda painter: _paint_lines(painter, name, colour, size))


def sheet_images(theme: Theme, folder: Path) -> dict[str, str]:
    """Write the pictures that style sheets can only take from files, and return their paths."""
    colours = {"chevron": theme.muted, "chevron_right": theme.muted, "tick": theme.on_accent}
    found: dict[str, str] = {}
    for name, colour in colours.items():
        for scale, suffix in ((1, ""), (2, "@2x")):
            image = QImage(16 * scale, 16 * scale, QImage.Format.Format_ARGB32_Premultiplied)
            image.fill(Qt.GlobalColor.transparent)
            painter = QPainter(image)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            _paint_lines(painter, name, colour, 16 * scale)
            painter.end()
            image.save(str(folder / f"{theme.name}-{name}{suffix}.png"))
        found[name] = (folder / f"{theme.name}-{name}.png").as_posix()
    return found


_LINES: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "chevron": (((4, 6), (8, 10), (12, 6)),),
    "chevron_right": (((6, 4), (10, 8), (6, 12)),),
    "tick": (((3.5, 8.5), (6.5, 11.5), (12.5, 4.5)),),
    "add": (((8, 3.5), (8, 12.5)), ((3.5, 8), (12.5, 8))),
    "remove": (((4.5, 4.5), (11.5, 11.5)), ((11.5, 4.5), (4.5, 11.5))),
    "search": (((10.2, 10.2), (13.5, 13.5)),),
    "undo": (((6, 3.5), (2.8, 6.7), (6, 9.9)), ((2.8, 6.7), (9.5, 6.7), (12.8, 9.2), (12.2, 12.5))),
    "redo": (((10, 3.5), (13.2, 6.7), (10, 9.9)), ((13.2, 6.7), (6.5, 6.7), (3.2, 9.2), (3.8, 12.5))),
}


def _paint_lines(painter: QPainter, name: str, colour: str, size: int) -> None:
    painter.save()
    painter.scale(size / 16, size / 16)
    painter.setPen(QPen(QColor(colour), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if name == "search":
        painter.drawEllipse(QPointF(7, 7), 4.4, 4.4)
    for line in _LINES[name]:
        path = QPainterPath(QPointF(*line[0]))
        for x, y in line[1:]:
            path.lineTo(x, y)
        painter.drawPath(path)
    painter.restore()


def _icon(size: int, paint: Callable[[QPainter], None]) -> QIcon:
    icon = QIcon()
    for scale in SCALES:
        pixmap = QPixmap(size * scale, size * scale)
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(painter)
        painter.end()
        icon.addPixmap(pixmap)
    return icon
