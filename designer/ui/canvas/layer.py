"""The still picture as a pixmap: scrolled on pan, repaired where something changed, copied under everything else."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPixmap, QRegion

PaintRegion = Callable[[QPainter, QRectF], None]
"""Paints what belongs into a rectangle of the view, in logical pixels."""

MOST_PIECES = 8
"""A torn region is repaired as its bounding rectangle: each piece costs one culling."""


class StaticLayer:
    """Keeps the painted scene in physical pixels and paints again only what is not valid any more."""

    def __init__(self, paint: PaintRegion) -> None:
        self._paint = paint
        self._pixmap = QPixmap()
        self._ratio = 1.0
        self._dirty = QRegion()
        self.repairs = 0

    @property
    def ratio(self) -> float:
        """Physical pixels per logical pixel."""
        return self._ratio

    def resize(self, size: QSize, ratio: float) -> None:
        """Make room for a view of that logical size."""
        wanted = QSize(math.ceil(size.width() * ratio), math.ceil(size.height() * ratio))
        if wanted == self._pixmap.size() and ratio == self._ratio:
            return
        self._pixmap = QPixmap(wanted.expandedTo(QSize(1, 1)))
        self._ratio = ratio
        self.invalidate()

    def invalidate(self, box: QRectF | None = None) -> None:
        """Have a rectangle of the view, or all of it, painted again when it is next shown."""
        whole = self._pixmap.rect()
        self._dirty += whole if box is None else self._physical(box).intersected(whole)

    def scroll(self, dx: float, dy: float) -> None:
        """Move the picture by logical pixels that are whole physical ones; what appears at the edges is painted."""
        step_x, step_y = round(dx * self._ratio), round(dy * self._ratio)
        whole = self._pixmap.rect()
        if abs(step_x) >= whole.width() or abs(step_y) >= whole.height():
            self.invalidate()
            return
        exposed = QRegion()
        self._pixmap.scroll(step_x, step_y, whole, exposed)
        self._dirty.translate(step_x, step_y)
        self._dirty = (self._dirty + exposed) & QRegion(whole)

    def show(self, target: QPainter, box: QRectF) -> None:
        """Copy a rectangle of the view to a painter of the view, repairing the picture first."""
        self._repair()
        piece = self._physical(box).intersected(self._pixmap.rect())
        target.save()
        target.scale(1 / self._ratio, 1 / self._ratio)
        target.drawPixmap(piece, self._pixmap, piece)
        target.restore()

    def _repair(self) -> None:
        if self._dirty.isEmpty():
            return
        pieces: list[QRect] = [self._dirty.boundingRect()]
        if self._dirty.rectCount() <= MOST_PIECES:
            pieces = [QRect(piece) for piece in self._dirty]  # type: ignore[attr-defined]  # Qt's regions are iterable
        self._dirty = QRegion()
        self.repairs += len(pieces)
        painter = QPainter(self._pixmap)
        for piece in pieces:
            painter.save()
            painter.setClipRect(piece)
            painter.scale(self._ratio, self._ratio)
            self._paint(painter, self._logical(piece))
            painter.restore()
        painter.end()

    def _physical(self, box: QRectF) -> QRect:
        left, top = math.floor(box.left() * self._ratio), math.floor(box.top() * self._ratio)
        right, bottom = math.ceil(box.right() * self._ratio), math.ceil(box.bottom() * self._ratio)
        return QRect(left, top, right - left, bottom - top)

    def _logical(self, piece: QRect) -> QRectF:
        ratio = self._ratio
        return QRectF(piece.x() / ratio, piece.y() / ratio, piece.width() / ratio, piece.height() / ratio)
