"""The fastest canvas that Qt's rasteriser allows: one widget that hands numpy arrays to QPainter without a copy."""

from __future__ import annotations

from typing import cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLineF, QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QImageWriter,
    QPageSize,
    QPainter,
    QPaintEvent,
    QPdfWriter,
    QPen,
    QPixmap,
    QStaticText,
)
from PySide6.QtWidgets import QWidget
from shiboken6 import wrapInstance

from tests.benchmarks.raw import NODE_HEIGHT, NODE_WIDTH, Drawing

VIEW = QSize(1280, 800)
NAMES_FROM = 0.35

_LINE, _FILL, _EDGE, _TEXT = QColor("#666677"), QColor("#dbe9ff"), QColor("#33507a"), QColor("#111122")

Ints = NDArray[np.int64]


class Painter:
    """Paints what of a drawing lies in a rectangle of the view."""

    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self._low = np.minimum(drawing.lines[:, :2], drawing.lines[:, 2:])
        self._high = np.maximum(drawing.lines[:, :2], drawing.lines[:, 2:])
        self._texts: dict[str, QStaticText] = {}

    def visible(self, box: QRectF) -> tuple[Ints, Ints]:
        """Return which boxes and lines a rectangle of the drawing shows."""
        rects = self.drawing.rects
        nodes = np.nonzero(
            (rects[:, 0] + NODE_WIDTH >= box.left())
            & (rects[:, 0] <= box.right())
            & (rects[:, 1] + NODE_HEIGHT >= box.top())
            & (rects[:, 1] <= box.bottom())
        )[0]
        lines = np.nonzero(
            (self._high[:, 0] >= box.left())
            & (self._low[:, 0] <= box.right())
            & (self._high[:, 1] >= box.top())
            & (self._low[:, 1] <= box.bottom())
        )[0]
        return nodes, lines

    def paint(self, painter: QPainter, shown: tuple[Ints, Ints], scale: float, x: float, y: float) -> None:
        """Paint boxes and lines, from a scale on with their names."""
        nodes, links = shown
        lines = (self.drawing.lines[links] - (x, y, x, y)) * scale
        rects = (self.drawing.rects[nodes] - (x, y, 0, 0)) * scale
        detail = scale >= NAMES_FROM
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, detail)
        painter.setPen(QPen(_LINE, 1.4 if detail else 0))
        if len(lines):
            painter.drawLines(cast(QLineF, wrapInstance(lines.ctypes.data, QLineF)), len(lines))
        painter.setPen(QPen(_EDGE, 1.2) if detail else Qt.PenStyle.NoPen)
        painter.setBrush(_FILL)
        if len(rects):
            painter.drawRects(cast(QRectF, wrapInstance(rects.ctypes.data, QRectF)), len(rects))
        if detail:
            painter.setPen(_TEXT)
            for node, (left, top, _, _) in zip(nodes.tolist(), rects.tolist(), strict=True):
                painter.drawStaticText(QPointF(left + 30 * scale, top + 12 * scale), self._text(node))

    def _text(self, node: int) -> QStaticText:
        name = self.drawing.names[node]
        if name not in self._texts:
            self._texts[name] = QStaticText(name)
        return self._texts[name]


class Canvas(QWidget):
    """Shows a drawing; keeps its picture in a pixmap that is scrolled on pan and copied under a drag."""

    def __init__(self, drawing: Drawing) -> None:
        super().__init__()
        self.resize(VIEW)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._painter = Painter(drawing)
        self._layer = QPixmap(VIEW)
        self._stale = True
        self._dragged: int | None = None
        width, height = drawing.size
        self.fitting = min(VIEW.width() / width, VIEW.height() / height)
        self.scale, self.left, self.top = self.fitting, 0.0, 0.0

    def central_box(self) -> int:
        """Return the box nearest to the middle of the drawing."""
        width, height = self._painter.drawing.size
        away = np.abs(self._painter.drawing.rects[:, :2] - (width / 2, height / 2)).sum(axis=1)
        return int(away.argmin())

    def zoom_to(self, scale: float) -> None:
        """Show the middle of the drawing at a scale."""
        width, height = self._painter.drawing.size
        self.scale = scale
        self.left, self.top = (width - VIEW.width() / scale) / 2, (height - VIEW.height() / scale) / 2
        self.invalidate()

    def invalidate(self) -> None:
        """Have everything painted again."""
        self._stale = True
        self.update()

    def pan(self, dx: int, dy: int) -> None:
        """Scroll the picture and paint the two strips that appear."""
        self.left, self.top = self.left + dx / self.scale, self.top + dy / self.scale
        width, height = VIEW.width(), VIEW.height()
        self._layer.scroll(-dx, -dy, self._layer.rect())
        across = QRect(width - dx if dx > 0 else 0, 0, abs(dx), height)
        down = QRect(0, height - dy if dy > 0 else 0, width, abs(dy))
        painter = QPainter(self._layer)
        for strip in (across, down):
            painter.setClipRect(strip)
            self._fill(painter, strip)
        painter.end()
        self.update()

    def drag(self, node: int, dx: float, dy: float) -> None:
        """Move one box with its lines over the kept picture."""
        self._dragged = node
        drawing = self._painter.drawing
        drawing.rects[node, :2] += (dx, dy)
        for end, columns in ((0, slice(0, 2)), (1, slice(2, 4))):
            drawing.lines[drawing.ends[:, end] == node, columns] += (dx, dy)
        self.update(self._around(node))

    def _around(self, node: int) -> QRect:
        rects, margin = self._painter.drawing.rects, 200
        left, top = (rects[node, :2] - (self.left, self.top)) * self.scale
        return QRect(int(left) - margin, int(top) - margin, 2 * margin, 2 * margin)

    def _fill(self, painter: QPainter, box: QRect) -> None:
        painter.fillRect(box, Qt.GlobalColor.white)
        scale = self.scale
        left, top = self.left + box.x() / scale, self.top + box.y() / scale
        inside = QRectF(left, top, box.width() / scale, box.height() / scale)
        self._painter.paint(painter, self._painter.visible(inside), self.scale, self.left, self.top)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Copy the picture, and paint the dragged box on it."""
        if self._stale:
            layer = QPainter(self._layer)
            self._fill(layer, self.rect())
            layer.end()
            self._stale = False
        painter = QPainter(self)
        painter.drawPixmap(event.rect(), self._layer, event.rect())
        if self._dragged is not None:
            ends = self._painter.drawing.ends
            lines = np.nonzero((ends == self._dragged).any(axis=1))[0]
            self._painter.paint(painter, (np.array([self._dragged]), lines), self.scale, self.left, self.top)
        painter.end()


def png_4k(drawing: Drawing) -> bytes:
    """Paint everything without texts on 3840 x 2160 pixels and compress it quickly."""
    image = QImage(3840, 2160, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width, height = drawing.size
    scale = min(3840 / width, 2160 / height)
    painter.scale(scale, scale)
    _paint_one_by_one(painter, drawing, texts=False)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    writer.setQuality(80)
    writer.write(image)
    return bytes(buffer.data().data())


def pdf(drawing: Drawing) -> bytes:
    """Write everything with texts as PDF."""
    width, height = drawing.size
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QSizeF(width / 4, height / 4), QPageSize.Unit.Point))
    painter = QPainter(writer)
    scale = writer.width() / width
    painter.scale(scale, scale)
    _paint_one_by_one(painter, drawing, texts=True)
    painter.end()
    return bytes(buffer.data().data())


def _paint_one_by_one(painter: QPainter, drawing: Drawing, *, texts: bool) -> None:
    painter.setFont(QFont("Inter", 9))
    painter.setPen(QPen(_LINE, 1.4))
    painter.drawLines([QLineF(*line) for line in drawing.lines.tolist()])
    painter.setPen(QPen(_EDGE, 1.2))
    painter.setBrush(_FILL)
    boxes = [QRectF(*rect) for rect in drawing.rects.tolist()]
    for box in boxes:
        painter.drawRoundedRect(box, 8, 8)
    if not texts:
        return
    painter.setPen(_TEXT)
    for box, name in zip(boxes, drawing.names, strict=True):
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)
    middles = (drawing.lines[:, :2] + drawing.lines[:, 2:]) / 2
    for (x, y), label in zip(middles.tolist(), drawing.labels, strict=True):
        painter.drawText(QRectF(x - 58, y - 10, 116, 20), Qt.AlignmentFlag.AlignCenter, label)


WINDOW = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1280, 800)
window.show()
app.processEvents()
"""
"""A program that shows an empty window."""
