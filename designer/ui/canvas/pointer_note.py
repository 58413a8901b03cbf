"""What hangs on the pointer: the ghost of a new thing, and the sentence that says what would happen here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from designer.drawing import measures
from designer.drawing.families import SANS
from designer.drawing.theme import Mark, Theme
from designer.painting.icons import icon
from designer.ui.canvas.overlay import Ghost, Note

if TYPE_CHECKING:
    from designer.ui.canvas.stage import Stage

RULE_ID = re.compile("[A-Z]{2,4}[0-9]{2,4}")
"""Other codes are words for programs."""

NOTE_OFFSET = 18.0
NOTE_PADDING = 9.0
NOTE_WIDTH = 300.0
NOTE_MARK = 16.0
_TONES = {"good": Mark.GOOD, "warning": Mark.WARNING, "error": Mark.ERROR}


def _font(size: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    font = QFont(SANS)
    font.setPixelSize(max(round(size), 1))
    font.setWeight(weight)
    return font


def paint_mark(painter: QPainter, theme: Theme, mark: Mark, box: QRectF) -> None:
    """Paint a severity or verdict into a box: octagon, triangle, square or disc."""
    icon(mark.value, theme, mark.value, round(box.width())).paint(painter, box.toAlignedRect())


def paint_note(painter: QPainter, stage: Stage, note: Note) -> None:
    """Paint a sentence beside the pointer, inside the view."""
    theme, mark = stage.theme, _TONES[note.tone]
    tone = theme.mark(mark)
    font = _font(12)
    text = f"{note.text}  {note.code}" if RULE_ID.fullmatch(note.code) else note.text
    room = QRectF(0, 0, NOTE_WIDTH, 400)
    flags = int(Qt.TextFlag.TextWordWrap)
    measured = QFontMetricsF(font).boundingRect(room, flags, text)
    width = measured.width() + 3 * NOTE_PADDING + NOTE_MARK
    height = max(measured.height(), NOTE_MARK) + 2 * NOTE_PADDING - 4
    box = QRectF(note.at[0] + NOTE_OFFSET, note.at[1] + NOTE_OFFSET, width, height)
    box.moveLeft(max(min(box.left(), stage.size[0] - width - 4), 4.0))
    if box.bottom() > stage.size[1] - 4:
        box.moveBottom(note.at[1] - NOTE_OFFSET / 2)
    painter.setPen(QPen(QColor(tone.text), 1.0))
    painter.setBrush(QColor(theme.panel))
    painter.drawRoundedRect(box, 6, 6)
    corner = QRectF(box.left() + NOTE_PADDING, box.top() + (height - NOTE_MARK) / 2, NOTE_MARK, NOTE_MARK)
    paint_mark(painter, theme, mark, corner)
    painter.setFont(font)
    painter.setPen(QColor(theme.text))
    words = box.adjusted(2 * NOTE_PADDING + NOTE_MARK, 0, -NOTE_PADDING + 2, 0)
    painter.drawText(words, flags | int(Qt.AlignmentFlag.AlignVCenter), text)


def paint_ghost(painter: QPainter, stage: Stage, ghost: Ghost) -> None:
    """Paint a thing that is about to be placed, at its real size."""
    theme, scale = stage.theme, stage.camera.scale
    left, top, right, bottom = stage.camera.box_to_view(ghost.box)
    box = QRectF(QPointF(left, top), QPointF(right, bottom))
    colour = QColor(theme.accent if ghost.legal else theme.mark(Mark.ERROR).text)
    radius = (measures.HOST_RADIUS if ghost.is_zone else measures.CARD_RADIUS) * scale
    fill = QColor(theme.card)
    fill.setAlphaF(0.85)
    path = QPainterPath()
    path.addRoundedRect(box, radius, radius)
    painter.fillPath(path, fill)
    if not ghost.legal:
        hatch = QColor(colour)
        hatch.setAlphaF(0.25)
        painter.fillPath(path, QBrush(hatch, Qt.BrushStyle.BDiagPattern))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 1.6, Qt.PenStyle.SolidLine if ghost.legal else Qt.PenStyle.DashLine))
    painter.drawRoundedRect(box, radius, radius)
    band = measures.HOST_BAND * scale if ghost.is_zone else box.height()
    if ghost.is_zone:
        painter.drawLine(QPointF(box.left(), box.top() + band), QPointF(box.right(), box.top() + band))
    _ghost_words(painter, stage, ghost, QRectF(box.left(), box.top(), box.width(), band))
    if not ghost.legal:
        paint_no_sign(painter, box.topRight(), colour, theme.panel)


def _ghost_words(painter: QPainter, stage: Stage, ghost: Ghost, band: QRectF) -> None:
    scale, theme = stage.camera.scale, stage.theme
    if scale < measures.NAMES_FROM_ZOOM:
        return
    side = (measures.BAR_ICON if ghost.is_bar or ghost.is_zone else measures.CARD_ICON) * scale
    corner = QPointF(band.left() + 11 * scale, band.top() + (band.height() - side) / 2)
    drawn = icon(ghost.icon, theme, ghost.layer.value, round(side))
    drawn.paint(painter, QRectF(corner.x(), corner.y(), side, side).toAlignedRect())
    painter.setFont(_font(13 * scale, QFont.Weight.DemiBold))
    painter.setPen(QColor(theme.text))
    words = band.adjusted(measures.CARD_TEXT_INSET * scale, 0, 0, 0)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, ghost.title)


def paint_no_sign(painter: QPainter, at: QPointF, colour: QColor, inside: str) -> None:
    """Paint the mark of what cannot be done: a crossed circle."""
    painter.setPen(QPen(colour, 2.2))
    painter.setBrush(QColor(inside))
    painter.drawEllipse(at, 7.5, 7.5)
    painter.drawLine(at + QPointF(-5.0, -5.0), at + QPointF(5.0, 5.0))
