"""A QPainter with what the painters of a drawing need: sharp edges, text by baseline, icons."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPaintEngine, QPainter, QPen, QPolygonF, QStaticText, QTransform

from designer.drawing import measures as m
from designer.drawing import typography as t
from designer.painting import fonts, icons
from designer.painting.pens import brush, pen

_MOST_TEXTS = 6000


class TextCache:
    """Laid-out lines of text by text and style."""

    def __init__(self) -> None:
        self._texts: dict[tuple[str, t.TextStyle], QStaticText] = {}

    def get(self, text: str, style: t.TextStyle) -> QStaticText:
        """Return the laid-out text."""
        found = self._texts.get((text, style))
        if found is None:
            if len(self._texts) > _MOST_TEXTS:
                self._texts.clear()
            found = QStaticText(text)
            found.setTextFormat(Qt.TextFormat.PlainText)
            found.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
            found.prepare(QTransform(), fonts.font(style))
            self._texts[text, style] = found
        return found


class Surface:
    """What is painted on, in scene units.

    Args:
        painter: its transform maps scene units to the device.
        scale: device-independent pixels for one scene unit.
        texts: laid-out text to keep between paints.
    """

    def __init__(self, painter: QPainter, scale: float, texts: TextCache) -> None:
        self.painter = painter
        self.scale = scale
        self._texts = texts
        transform = painter.deviceTransform()
        self._density = transform.m11()
        self._dx, self._dy = transform.dx(), transform.dy()
        self._is_raster = painter.paintEngine().type() == QPaintEngine.Type.Raster
        self._queue: dict[tuple[t.TextStyle, str], list[tuple[float, float, str]]] = {}

    def edge(self, x: float, y: float, width: float, height: float) -> QRectF:
        """Return a rectangle whose borders lie on the middle of device pixels, so that thin lines are sharp."""
        if not self._is_raster:
            return QRectF(x, y, width, height)
        density = self._density
        left = (floor(x * density + self._dx) + 0.5 - self._dx) / density
        top = (floor(y * density + self._dy) + 0.5 - self._dy) / density
        right = (floor((x + width) * density + self._dx) - 0.5 - self._dx) / density
        bottom = (floor((y + height) * density + self._dy) - 0.5 - self._dy) / density
        return QRectF(left, top, right - left, bottom - top)

    def box(self, rect: QRectF, radius: float, fill: str | None, outline: QPen | None, opacity: float = 1.0) -> None:
        """Draw a rounded rectangle."""
        painter = self.painter
        painter.setBrush(brush(fill, opacity) if fill else Qt.BrushStyle.NoBrush)
        painter.setPen(outline if outline is not None else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect, radius, radius)

    def patch(self, rect: QRectF, fill: str, opacity: float = 1.0) -> None:
        """Clear the ground under a text, in the colour of what lies there: square, which takes least in a PDF."""
        self.painter.fillRect(rect, brush(fill, opacity))

    def lines(self, points: Sequence[tuple[float, float]], outline: QPen) -> None:
        """Draw a polyline."""
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.setPen(outline)
        self.painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))

    def polygon(self, points: Sequence[tuple[float, float]], fill: str) -> None:
        """Draw a filled polygon without an outline."""
        self.painter.setBrush(brush(fill))
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in points]))

    def enlargement(self, style: t.TextStyle) -> float:
        """Return how much larger a text must be drawn so that it stays readable at this zoom."""
        return max(1.0, m.SMALLEST_TEXT / (style.size * self.scale))

    def text(self, x: float, baseline: float, text: str, style: t.TextStyle, colour: str) -> None:
        """Queue a line of text, left edge and baseline in scene units; ``flush`` draws it."""
        if text:
            self._queue.setdefault((style, colour), []).append((x, baseline, text))

    def flush(self) -> None:
        """Draw the queued text, style by style."""
        painter = self.painter
        for (style, colour), items in self._queue.items():
            grow = self.enlargement(style)
            size = grow / fonts.OVERSIZE
            painter.save()
            painter.scale(size, size)
            painter.setFont(fonts.font(style))
            painter.setPen(pen(colour, 1))
            lift = fonts.ASCENT[style.mono] * style.size * fonts.OVERSIZE
            for x, baseline, text in items:
                if text.isascii():
                    painter.drawStaticText(QPointF(x / size, baseline / size - lift), self._texts.get(text, style))
                else:
                    painter.drawText(QPointF(x / size, baseline / size), text)
            painter.restore()
        self._queue.clear()

    def icon(self, name: str, x: float, y: float, size: float, stroke: str, tint: str) -> None:
        """Draw an icon; on a screen or image from a pixmap of exactly the right size."""
        if not self._is_raster:
            icons.renderer(name, stroke, tint).render(self.painter, QRectF(x, y, size, size))
            return
        density = self._density
        pixels = max(1, round(size * density))
        left = (round(x * density + self._dx) - self._dx) / density
        top = (round(y * density + self._dy) - self._dy) / density
        image = icons.pixmap(name, stroke, tint, pixels)
        self.painter.drawPixmap(QRectF(left, top, pixels / density, pixels / density), image, QRectF(image.rect()))
