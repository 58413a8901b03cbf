"""The small map in the corner: the whole drawing, and a frame around what is in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from designer.painting.overview import OverviewPainter
from designer.ui.canvas.camera import Box, Camera

if TYPE_CHECKING:
    from designer.drawing.theme import Theme
    from designer.ui.canvas.stage import Stage

WIDTH, HEIGHT = 116, 88
MARGIN = 14
PADDING = 7.0
STEP = 48.0
RENEW_AFTER_MS = 150
_WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class OverviewMap(QWidget):
    """Shows the drawing; pressing, dragging and arrow keys move the view."""

    def __init__(self, stage: Stage, parent: QWidget) -> None:
        super().__init__(parent)
        self._stage = stage
        self._painter = OverviewPainter(stage.theme)
        self._picture: QPixmap | None = None
        self._camera = Camera()
        self.setFixedSize(WIDTH, HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Overview map")
        self.setToolTip("Drag to move the view")
        self._renewal = QTimer(self)
        self._renewal.setSingleShot(True)
        self._renewal.setInterval(RENEW_AFTER_MS)
        self._renewal.timeout.connect(self._forget)
        stage.scene_changed.connect(self._follow)
        stage.camera_changed.connect(self.update)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._painter = OverviewPainter(theme)
        self._forget()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the drawing, kept as a picture, and the frame."""
        theme = self._stage.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.line), 1.0))
        painter.setBrush(QColor(theme.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.drawPixmap(0, 0, self._drawn())
        frame = self._frame()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.accent), 1.4))
        painter.drawRoundedRect(frame, 2, 2)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.text), 2.0, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 6, 6)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to where was pressed."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._go(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the view with the arrow keys."""
        way = _WAYS.get(Qt.Key(event.key()))
        if way is None:
            super().keyPressEvent(event)
        else:
            self._stage.set_camera(self._stage.camera.panned(way[0] * STEP, way[1] * STEP))

    def _go(self, at: QPointF) -> None:
        self._drawn()
        x, y = self._camera.to_scene(at.x(), at.y())
        self._stage.set_camera(self._stage.camera.centred(x, y, *self._stage.size))

    def _frame(self) -> QRectF:
        left, top, right, bottom = self._camera.box_to_view(self._stage.visible_box())
        inside = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        return QRectF(QPointF(left, top), QPointF(right, bottom)).intersected(inside)

    def _follow(self, change: object) -> None:
        """Paint another design at once, and changes of this one when they have come to rest."""
        if change is None:
            self._forget()
        else:
            self._renewal.start()

    def _forget(self) -> None:
        self._picture = None
        self.update()

    def _drawn(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        if self._picture is not None and self._picture.devicePixelRatioF() == ratio:
            return self._picture
        scene = self._stage.scene.judged(())
        bounds = scene.bounds()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        self._camera = _small_camera(bounds) if scene.keys else Camera(0.1)
        if scene.keys:
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(-self._camera.left, -self._camera.top)
            painter.scale(self._camera.scale, self._camera.scale)
            self._painter.paint(
                painter, scene, scene.visible(*bounds), scene.visible_links(*bounds), self._camera.scale
            )
            painter.end()
        self._picture = picture
        return picture


def _small_camera(bounds: Box) -> Camera:
    room_x, room_y = WIDTH - 2 * PADDING, HEIGHT - 2 * PADDING
    scale = min(room_x / max(bounds[2] - bounds[0], 1.0), room_y / max(bounds[3] - bounds[1], 1.0), 0.2)
    middle = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    return Camera(scale).centred(*middle, WIDTH, HEIGHT)
