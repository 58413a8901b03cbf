"""The canvas widget: shows the scene, takes the events, and offers what menus and keys do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QNativeGestureEvent, QPainter
from PySide6.QtWidgets import QToolTip, QWidget
from shiboken6 import isValid

from designer.drawing.hits import HitKind
from designer.model.realisation import PartKey
from designer.ui.canvas import accessible, lookup, spoken
from designer.ui.canvas.catalogue import MIME_TYPE
from designer.ui.canvas.edge_scroll import EdgeScroll
from designer.ui.canvas.furniture import Furniture
from designer.ui.canvas.gesture import Pointer, State
from designer.ui.canvas.keyboard import Keyboard
from designer.ui.canvas.layer import StaticLayer
from designer.ui.canvas.menus import CanvasMenus
from designer.ui.canvas.overlay_painter import OverlayPainter
from designer.ui.canvas.pointer_input import PointerInput
from designer.ui.canvas.repaint import Repaint
from designer.ui.canvas.still_picture import StillPicture
from designer.ui.canvas.surface import Surface

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QContextMenuEvent,
        QDragEnterEvent,
        QDragLeaveEvent,
        QDragMoveEvent,
        QDropEvent,
        QFocusEvent,
        QMouseEvent,
        QPaintEvent,
        QResizeEvent,
        QWheelEvent,
    )

    from designer.drawing.theme import Theme
    from designer.ui.document_controller import DocumentController


class CanvasView(Surface):
    """Shows the design of a controller and lets it be drawn."""

    def __init__(self, controller: DocumentController, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(controller, theme, parent)
        self.setObjectName("canvas")
        self.setAccessibleName("Canvas")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)
        self.menus = CanvasMenus(self)
        self._picture = StillPicture(self.stage)
        self._layer = StaticLayer(self._picture.paint)
        self._overlay = OverlayPainter(self.stage)
        self._edges = EdgeScroll(self._scroll_at_edge, self)
        self._pointer = PointerInput(self.stage, self.interaction, self.zoom, self._edges, self._open_menu)
        self._keyboard = Keyboard(self)
        self.furniture = Furniture(self)
        self._history = (0, 0)
        self._repaint = Repaint(self, self.stage, self._layer, self._picture)
        self._connect()
        accessible.install()

    def _connect(self) -> None:
        stage = self.stage
        stage.camera_changed.connect(self._follow_camera)
        stage.hint_changed.connect(self.hint_changed)
        stage.announced.connect(self._announce)
        stage.focus_changed.connect(lambda key: accessible.focus_moved(self, key))
        stage.reveal_wanted.connect(self.zoom.reveal)
        self.interaction.state_changed.connect(self._follow_state)
        self.interaction.cancelled.connect(self._pointer.lose)
        self.menu_wanted.connect(lambda at: self.menus.open(self.menus.for_focus(), at))
        self.controller.selection_changed.connect(self._follow_selection)
        self.controller.undo_stack.indexChanged.connect(self._follow_history)
        self.controller.document_opened.connect(self.fit_all)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.stage.theme = theme
        self._picture.set_theme(theme)
        self.furniture.set_theme(theme)
        self._layer.invalidate()
        self.update()

    @property
    def overview_visible(self) -> bool:
        """Whether the overview map is shown."""
        return self.furniture.map_wanted

    @overview_visible.setter
    def overview_visible(self, visible: bool) -> None:
        self.furniture.map_wanted = visible
        self.furniture.arrange()

    @property
    def traffic_visible(self) -> bool:
        """Whether declared traffic is drawn."""
        return self.stage.scene.flows

    @traffic_visible.setter
    def traffic_visible(self, visible: bool) -> None:
        self.stage.show_traffic(shown=visible)

    # ---- Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        """Copy the still picture and paint on top of it what moves."""
        painter = QPainter(self)
        box = QRectF(event.rect())
        self._layer.show(painter, box)
        painter.setClipRect(box)
        if self.stage.preview is not None:
            self._picture.paint_dragged(painter)
        self._overlay.paint(painter)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room for the new size."""
        self.stage.size = (float(self.width()), float(self.height()))
        self._fit_layer()
        self.furniture.arrange()

    def event(self, event: QEvent) -> bool:
        """Take touch pad gestures, tool tips and changes of the screen."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
            at = event.position()
            self.zoom.zoom_to(self.stage.camera.scale * (1.0 + event.value()), (at.x(), at.y()))
            return True
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            self._show_tip(event)
            return True
        if event.type() in (QEvent.Type.DevicePixelRatioChange, QEvent.Type.ScreenChangeInternal):
            self._fit_layer()
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a press."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.furniture.close_popups()
        self._pointer.press(event)
        self.setCursor(self._pointer.cursor())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Take a movement."""
        self._pointer.move(event)
        self.setCursor(self._pointer.cursor())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take a release."""
        self._pointer.release(event)
        self.setCursor(self._pointer.cursor())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take a double click."""
        self._pointer.double_click(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Forget what the pointer was over."""
        self._pointer.leave()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll or zoom."""
        self._pointer.wheel(event)
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu for the keyboard; the pointer's opens when its button is released."""
        if event.reason() is event.Reason.Keyboard:
            self.open_menu_at_focus()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Run what a key stands for."""
        if not self._keyboard.press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Let go of the space bar."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.hold_space(held=False)
        else:
            super().keyReleaseEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002  # Qt's name
        """Go through the things on the canvas; at both ends leave it."""
        return self.commands.focus_next(1 if next else -1) or super().focusNextPrevChild(next)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave the running gesture when another window takes over."""
        if event.reason() is Qt.FocusReason.ActiveWindowFocusReason:
            self.interaction.cancel()
        self.hold_space(held=False)
        super().focusOutEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what comes from the palette."""
        if event.mimeData().hasFormat(MIME_TYPE):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Carry the ghost."""
        if self._pointer.drag_over(event):
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Drop the ghost."""
        self._pointer.drag_leave()

    def dropEvent(self, event: QDropEvent) -> None:
        """Place what was dragged in."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._pointer.drop(event)
        event.acceptProposedAction()

    # ---- following

    def _fit_layer(self) -> None:
        ratio = self.devicePixelRatioF()
        self.stage.pixel_ratio = ratio
        self._layer.resize(self.size(), ratio)

    def _follow_history(self, index: int) -> None:
        """Leave the gesture at each step; after undo and redo have what they touched in view and say it."""
        stack, (before, count) = self.controller.undo_stack, self._history
        if not isValid(stack):  # it says that it is empty while it is destroyed
            return
        self.interaction.cancel()
        self._history = (index, stack.count())
        undone, redone = index < before, index > before and stack.count() == count
        if undone or redone:
            self.zoom.reveal(self.controller.selection)
            self.stage.say(f"Undo {stack.text(index)}" if undone else f"Redo {stack.text(index - 1)}")

    def _follow_camera(self) -> None:
        self.zoom_changed.emit(self.stage.camera.scale)
        self.furniture.follow_camera()

    def _follow_state(self, state: object) -> None:
        idle = state is State.IDLE
        self.tool_changed.emit(self.interaction.tool.value if idle else str(state))
        self.setCursor(self._pointer.cursor())

    def _follow_selection(self, selection: frozenset[PartKey]) -> None:
        if self.stage.focus not in selection and selection and self.interaction.gesture is None:
            self.stage.set_focus(min(selection, key=lambda key: (key.element, key.part)))
        if self.interaction.gesture is None:
            self.stage.say(spoken.selection(self.stage))
        self.stage.touch()

    def _announce(self, text: str, urgent: bool) -> None:  # a slot
        accessible.announce(self, text, urgent=urgent)
        self.announced.emit(text, urgent)

    def _scroll_at_edge(self, dx: float, dy: float) -> None:
        self.zoom.scroll(dx, dy)
        self._pointer.repeat()

    def _open_menu(self, pointer: Pointer) -> None:
        at = QPoint(round(pointer.x), round(pointer.y))
        hit = self.stage.hit(pointer.scene_x, pointer.scene_y)
        on_thing = lookup.subject(hit) in self.stage.selection
        entries = self.menus.for_focus() if on_thing else self.menus.for_canvas((pointer.scene_x, pointer.scene_y))
        self.menus.open(entries, at)

    def _show_tip(self, event: QHelpEvent) -> None:
        x, y = self.stage.camera.to_scene(event.pos().x(), event.pos().y())
        hit = self.stage.hit(x, y)
        key = lookup.subject(hit)
        text = (
            spoken.thing(self.stage, key)
            if key is not None and hit is not None and hit.kind is not HitKind.INTERIOR
            else ""
        )
        QToolTip.showText(event.globalPos(), text, self)
