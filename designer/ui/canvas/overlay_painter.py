"""Paints what is on top of the drawing: selection, focus, ports, guides, ghosts, verdicts, the marquee."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF, QRegion

from designer.drawing import measures
from designer.drawing.paths import arrow
from designer.drawing.theme import Layer, Mark, Theme
from designer.model.realisation import PartKey
from designer.rules.connect import Verdict
from designer.ui.canvas import lookup
from designer.ui.canvas.camera import Box
from designer.ui.canvas.handles import corners, link_ends, ported, ports, selection_box
from designer.ui.canvas.pointer_note import paint_ghost, paint_mark, paint_no_sign, paint_note
from designer.ui.canvas.targets import is_flow, usable

if TYPE_CHECKING:
    from designer.ui.canvas.stage import Stage

DIMMED = 0.6
"""How much of an illegal target is covered."""

MOST_OUTLINES = 300
"""More selected things than this in view get one outline together."""

MARK_SIZE = 16.0
PORT_DOT = 4.5


class OverlayPainter:
    """Paints the overlay in logical pixels of the view, above the still picture."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    @property
    def _theme(self) -> Theme:
        return self._stage.theme

    def paint(self, painter: QPainter) -> None:
        """Paint everything that is shown now."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        overlay = self._stage.overlay
        if overlay.targets:
            self._targets(painter)
        if overlay.zone is not None:
            self._zone(painter, *overlay.zone)
        self._hover(painter)
        self._selection(painter)
        self._focus(painter)
        self._ports(painter)
        self._guides(painter)
        self._rubber(painter)
        if overlay.ghost is not None:
            paint_ghost(painter, self._stage, overlay.ghost)
        if overlay.outline is not None:
            self._outline(painter, overlay.outline)
        if overlay.marquee is not None:
            self._marquee(painter, overlay.marquee)
        if overlay.note is not None:
            paint_note(painter, self._stage, overlay.note)

    # ---- what is selected

    def _selection(self, painter: QPainter) -> None:
        stage = self._stage
        pen = QPen(QColor(self._theme.accent), 2.0)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        boxes = self._selected_boxes()
        for box in boxes[:MOST_OUTLINES]:
            radius = measures.CARD_RADIUS * min(stage.camera.scale, 1.0) + 2
            painter.drawRoundedRect(_rect(box), radius, radius)
        if len(boxes) == 1 and len(stage.selection) == 1:
            self._handles(painter, list(corners(boxes[0]).values()))
        elif len(boxes) > 1:
            self._group(painter, boxes)
        for key in stage.selection:
            if key in stage.scene.links.index_of:
                self._selected_link(painter, key)

    def _selected_boxes(self) -> list[Box]:
        """Return the outlines in view."""
        width, height = self._stage.size
        found = []
        for key in self._stage.selection:
            box = selection_box(self._stage, key)
            if box is not None and box[2] >= 0 and box[3] >= 0 and box[0] <= width and box[1] <= height:
                found.append(box)
        return found

    def _group(self, painter: QPainter, boxes: Sequence[Box]) -> None:
        around = (
            min(box[0] for box in boxes) - 4,
            min(box[1] for box in boxes) - 4,
            max(box[2] for box in boxes) + 4,
            max(box[3] for box in boxes) + 4,
        )
        painter.setPen(QPen(QColor(self._theme.accent), 1.0, Qt.PenStyle.DashLine))
        painter.drawRect(_rect(around))

    def _handles(self, painter: QPainter, points: Sequence[tuple[float, float]]) -> None:
        painter.setPen(QPen(QColor(self._theme.accent), 1.4))
        painter.setBrush(QColor(self._theme.card))
        half = measures.HANDLE / 2
        for x, y in points:
            painter.drawRoundedRect(QRectF(x - half, y - half, 2 * half, 2 * half), 1.5, 1.5)

    def _selected_link(self, painter: QPainter, key: PartKey) -> None:
        stage = self._stage
        line = [QPointF(*stage.camera.to_view(x, y)) for x, y in lookup.line_of(stage.shown, key)]
        accent = QColor(self._theme.accent)
        halo = QColor(accent)
        halo.setAlphaF(0.22)
        words = lookup.words_on(stage.shown, key, stage.camera.scale)
        pills = [_rect(stage.camera.box_to_view(box)) for box in words]
        painter.save()
        whole = QRegion(0, 0, round(stage.size[0]), round(stage.size[1]))
        for pill in pills:
            whole = whole.subtracted(QRegion(pill.toAlignedRect()))
        painter.setClipRegion(whole, Qt.ClipOperation.IntersectClip)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(halo, 7.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline(QPolygonF(line))
        painter.setPen(QPen(accent, 2.0))
        painter.drawPolyline(QPolygonF(line))
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(accent, 2.0))
        for pill in pills:
            painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        link = stage.link(key)
        if len(stage.selection) == 1 and link is not None:
            self._handles(painter, list(link_ends(stage, link).values()))

    def _focus(self, painter: QPainter) -> None:
        stage = self._stage
        if not stage.by_keyboard or stage.focus is None:
            return
        outline = selection_box(stage, stage.focus)
        if outline is None:
            return
        box = _rect(outline).adjusted(-4, -4, 4, 4)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._theme.canvas), 4.0))
        painter.drawRoundedRect(box, 10, 10)
        painter.setPen(QPen(QColor(self._theme.text), 2.0, Qt.PenStyle.DotLine))
        painter.drawRoundedRect(box, 10, 10)

    def _hover(self, painter: QPainter) -> None:
        stage = self._stage
        hover = stage.overlay.hover
        box = stage.box(hover) if hover is not None and stage.preview is None else None
        if box is None:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._theme.muted), 1.0))
        radius = measures.CARD_RADIUS * stage.camera.scale
        painter.drawRoundedRect(_rect(stage.camera.box_to_view(box)), radius, radius)

    def _ports(self, painter: QPainter) -> None:
        stage = self._stage
        if stage.preview is not None or stage.overlay.targets or stage.overlay.ghost is not None:
            return
        painter.setPen(QPen(QColor(self._theme.accent), 1.6))
        painter.setBrush(QColor(self._theme.card))
        for key in ported(stage):
            for x, y in ports(stage, key):
                painter.drawEllipse(QPointF(x, y), PORT_DOT, PORT_DOT)

    # ---- what a gesture shows

    def _targets(self, painter: QPainter) -> None:
        stage = self._stage
        for key, verdict in stage.overlay.targets.items():
            box = stage.box(key)
            if box is None:
                continue
            view = _rect(stage.camera.box_to_view(box))
            if usable(verdict):
                self._legal_target(painter, view, verdict, raised=key == stage.overlay.magnet)
            elif not lookup.is_zone(stage.scene, key):
                self._illegal_target(painter, view)

    def _legal_target(self, painter: QPainter, view: QRectF, verdict: Verdict, *, raised: bool) -> None:
        if is_flow(verdict) and not raised:
            self._flow_target(painter, view)
            return
        mark = Mark.WARNING if verdict.warning or not verdict.ok else Mark.GOOD
        tone = self._theme.mark(mark)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tone.text), 3.0 if raised else 1.8))
        painter.drawRoundedRect(view.adjusted(-2, -2, 2, 2), 9, 9)
        corner = QRectF(view.right() - MARK_SIZE / 2, view.top() - MARK_SIZE / 2, MARK_SIZE, MARK_SIZE)
        paint_mark(painter, self._theme, mark, corner)

    def _flow_target(self, painter: QPainter, view: QRectF) -> None:
        """Mark what traffic can lead to: quieter than what a link of the network can end at."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._theme.muted), 1.4, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(view.adjusted(-2, -2, 2, 2), 9, 9)

    def _illegal_target(self, painter: QPainter, view: QRectF) -> None:
        veil = QColor(self._theme.canvas)
        veil.setAlphaF(DIMMED)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(veil)
        painter.drawRoundedRect(view.adjusted(-1, -1, 1, 1), 8, 8)
        paint_no_sign(painter, view.topRight(), QColor(self._theme.muted), self._theme.canvas)

    def _zone(self, painter: QPainter, key: PartKey | None, legal: bool) -> None:
        stage = self._stage
        box = stage.still_box(key) if key is not None else None
        if box is None:
            return
        view = _rect(stage.camera.box_to_view(box))
        tone = self._theme.mark(Mark.GOOD if legal else Mark.ERROR)
        tint = QColor(tone.text)
        tint.setAlphaF(0.07 if legal else 0.05)
        radius = measures.HOST_RADIUS * stage.camera.scale
        path = QPainterPath()
        path.addRoundedRect(view, radius, radius)
        painter.fillPath(path, tint)
        if not legal:
            hatch = QColor(tone.text)
            hatch.setAlphaF(0.30)
            painter.fillPath(path, QBrush(hatch, Qt.BrushStyle.BDiagPattern))
        style = Qt.PenStyle.SolidLine if legal else Qt.PenStyle.DashLine
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tone.text), 2.0, style))
        painter.drawRoundedRect(view, radius, radius)

    def _guides(self, painter: QPainter) -> None:
        painter.setPen(QPen(QColor(self._theme.layer(Layer.OVERLAY).text), 1.0))
        for guide in self._stage.overlay.guides:
            start = QPointF(*self._stage.camera.to_view(guide.x0, guide.y0))
            painter.drawLine(start, QPointF(*self._stage.camera.to_view(guide.x1, guide.y1)))

    def _rubber(self, painter: QPainter) -> None:
        overlay = self._stage.overlay
        if len(overlay.rubber) < 2:
            return
        line = [QPointF(*self._stage.camera.to_view(x, y)) for x, y in overlay.rubber]
        colour = self._theme.accent if overlay.rubber_legal else self._theme.mark(Mark.ERROR).text
        solid = overlay.rubber_legal and not overlay.rubber_flow
        style = Qt.PenStyle.SolidLine if solid else Qt.PenStyle.DashLine
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colour), 2.4, style, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline(QPolygonF(line))
        painter.setBrush(QColor(colour))
        painter.setPen(Qt.PenStyle.NoPen)
        if overlay.rubber_flow:
            points = [(point.x(), point.y()) for point in line]
            head = arrow(points, measures.ARROW_LENGTH, measures.ARROW_WIDTH)
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in head]))
        else:
            painter.drawEllipse(line[-1], 4.0, 4.0)

    def _outline(self, painter: QPainter, box: Box) -> None:
        fill = QColor(self._theme.accent)
        fill.setAlphaF(0.06)
        painter.setBrush(fill)
        painter.setPen(QPen(QColor(self._theme.accent), 1.6, Qt.PenStyle.DashLine))
        radius = measures.HOST_RADIUS * self._stage.camera.scale
        painter.drawRoundedRect(_rect(self._stage.camera.box_to_view(box)), radius, radius)

    def _marquee(self, painter: QPainter, box: Box) -> None:
        touching = self._stage.overlay.marquee_touches
        fill = QColor(self._theme.accent)
        fill.setAlphaF(0.10)
        painter.setBrush(fill)
        style = Qt.PenStyle.DashLine if touching else Qt.PenStyle.SolidLine
        painter.setPen(QPen(QColor(self._theme.accent), 1.2, style))
        painter.drawRect(_rect(self._stage.camera.box_to_view(box)))


def _rect(box: Box) -> QRectF:
    return QRectF(QPointF(box[0], box[1]), QPointF(box[2], box[3]))
