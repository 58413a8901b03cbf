"""Turns the events of mouse, wheel, touch pad and drag and drop into what the interaction understands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QInputDevice

from designer.drawing.hits import HitKind
from designer.model.realisation import PartKey
from designer.ui.canvas import lookup
from designer.ui.canvas.catalogue import MIME_TYPE, placeable_of
from designer.ui.canvas.gesture import Pointer, State
from designer.ui.canvas.handles import keeps_hover, port_at, resize_handle_at
from designer.ui.canvas.interaction import Interaction, Tool
from designer.ui.canvas.quick_add import offer_here
from designer.ui.canvas.targets import takes_links
from designer.ui.canvas.tools.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QDropEvent, QMouseEvent, QWheelEvent

    from designer.ui.canvas.camera_control import CameraControl
    from designer.ui.canvas.edge_scroll import EdgeScroll
    from designer.ui.canvas.stage import Stage

WHEEL_STEP = 0.8
"""Logical pixels for each eighth of a degree that a wheel turns."""

ZOOM_PER_NOTCH = 1.2
NOTCH = 120.0

_LEFT, _MIDDLE, _RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton

_CURSORS: dict[State, Qt.CursorShape] = {
    State.PANNING: Qt.CursorShape.ClosedHandCursor,
    State.MOVING: Qt.CursorShape.SizeAllCursor,
    State.MARQUEE: Qt.CursorShape.CrossCursor,
    State.PLACING: Qt.CursorShape.CrossCursor,
    State.LINKING: Qt.CursorShape.CrossCursor,
    State.RECONNECTING: Qt.CursorShape.CrossCursor,
}


class PointerInput:
    """Feeds one interaction.

    Args:
        menu: opens the context menu at a pointer.
    """

    def __init__(
        self,
        stage: Stage,
        interaction: Interaction,
        zoom: CameraControl,
        edges: EdgeScroll,
        menu: Callable[[Pointer], None],
    ) -> None:
        self._stage, self._interaction, self._zoom, self._edges, self._menu = stage, interaction, zoom, edges, menu
        self._button: Qt.MouseButton | None = None
        self._right: Pointer | None = None
        self._last: tuple[QPointF, Qt.KeyboardModifier, bool] | None = None

    def pointer(self, at: QPointF, modifiers: Qt.KeyboardModifier, *, touch: bool = False) -> Pointer:
        """Return where a position of the view is on the scene, and what is held down."""
        self._last = (at, modifiers, touch)
        scene_x, scene_y = self._stage.camera.to_scene(at.x(), at.y())
        self._stage.last_pointer = (scene_x, scene_y)
        return Pointer(
            at.x(),
            at.y(),
            scene_x,
            scene_y,
            shift=bool(modifiers & Qt.KeyboardModifier.ShiftModifier),
            ctrl=bool(modifiers & Qt.KeyboardModifier.ControlModifier),
            alt=bool(modifiers & Qt.KeyboardModifier.AltModifier),
            touch=touch,
        )

    # ---- mouse

    def press(self, event: QMouseEvent) -> None:
        """Take the press of a button; a second one during a gesture means nothing."""
        if self._button is not None:
            return
        pointer = self._of(event)
        self._button = event.button()
        if event.button() == _LEFT:
            self._interaction.press(pointer)
        elif event.button() == _MIDDLE:
            self._interaction.pan(pointer)
        elif event.button() == _RIGHT and self._interaction.gesture is None:
            self._press_right(pointer)

    def _press_right(self, pointer: Pointer) -> None:
        hit = self._stage.hit(pointer.scene_x, pointer.scene_y)
        self._stage.by_keyboard = False
        if hit is None or hit.kind is HitKind.INTERIOR:
            self._interaction.pan(pointer, self._menu)
            return
        self._right = pointer
        key = lookup.subject(hit)
        if key is not None and key not in self._stage.selection:
            self._stage.select([key], focus=key)
        else:
            self._stage.set_focus(key)

    def move(self, event: QMouseEvent) -> None:
        """Take a movement, with or without a button."""
        pointer = self._of(event)
        if self._interaction.gesture is None:
            if not event.buttons():
                self._hover(pointer)
            return
        self._interaction.move(pointer)
        self._watch_edges(pointer)

    def release(self, event: QMouseEvent) -> None:
        """Take the release of the button that was pressed first."""
        if event.button() != self._button:
            return
        self._button = None
        self._edges.stop()
        pointer = self._of(event)
        if event.button() == _RIGHT and self._right is not None:
            still, self._right = not pointer.far_from(self._right), None
            if still:
                self._menu(pointer)
            return
        self._interaction.release(pointer)

    def double_click(self, event: QMouseEvent) -> None:
        """Add something on empty canvas, rename a thing; during a gesture it is one more press."""
        if event.button() != _LEFT or self._interaction.gesture is not None:
            self.press(event)
            return
        pointer = self._of(event)
        if port_at(self._stage, pointer) is not None or self._interaction.tool is not Tool.SELECT:
            self.press(event)
            return
        hit = self._stage.hit(pointer.scene_x, pointer.scene_y)
        if hit is None or hit.kind is HitKind.INTERIOR:
            offer_here(self._stage, (pointer.scene_x, pointer.scene_y))
            return
        key = lookup.subject(hit)
        if hit.kind is not HitKind.BADGE and key is not None:
            self._stage.select([key], focus=key)
            if self._stage.element(key) is not None:
                self._stage.rename_wanted.emit(key, False)

    def leave(self) -> None:
        """Take that the pointer has left the view."""
        self._stage.last_pointer = None
        if self._stage.overlay.hover is not None:
            self._stage.overlay.hover = None
            self._stage.touch()

    def lose(self) -> None:
        """Forget what is held down: the gesture was cancelled from elsewhere."""
        self._button, self._right = None, None
        self._edges.stop()

    def repeat(self) -> None:
        """Send the last movement again: the canvas has moved below the pointer."""
        if self._last is not None and self._interaction.gesture is not None:
            at, modifiers, touch = self._last
            self._interaction.move(self.pointer(at, modifiers, touch=touch))

    # ---- wheel

    def wheel(self, event: QWheelEvent) -> None:
        """Scroll; with Shift sideways, with Ctrl zoom at the pointer; pixel deltas of touch pads are exact."""
        turned, pixels = event.angleDelta(), event.pixelDelta()
        modifiers = event.modifiers()
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            factor = ZOOM_PER_NOTCH ** (turned.y() / NOTCH)
            at = event.position()
            self._zoom.zoom_to(self._stage.camera.scale * factor, (at.x(), at.y()))
            return
        if not pixels.isNull():
            dx, dy = float(pixels.x()), float(pixels.y())
        else:
            dx, dy = turned.x() * WHEEL_STEP, turned.y() * WHEEL_STEP
        if modifiers & Qt.KeyboardModifier.ShiftModifier and not dx:
            dx, dy = dy, 0.0
        self._zoom.scroll(-dx, -dy)
        self.repeat()

    # ---- drag and drop from the palette

    def drag_over(self, event: QDropEvent) -> bool:
        """Carry the ghost of what is dragged in; say whether it is something that can be placed."""
        entry = placeable_of(bytes(event.mimeData().data(MIME_TYPE).data()))
        if entry is None:
            return False
        gesture = self._interaction.gesture
        if not isinstance(gesture, Place) or gesture.entry is not entry:
            self._interaction.place(entry)
        self._interaction.move(self.pointer(event.position(), event.modifiers()))
        self._watch_edges(self.pointer(event.position(), event.modifiers()))
        return True

    def drag_leave(self) -> None:
        """Drop the ghost."""
        self._edges.stop()
        self._interaction.cancel()

    def drop(self, event: QDropEvent) -> None:
        """Place what was dragged in."""
        self._edges.stop()
        if self.drag_over(event):
            pointer = self.pointer(event.position(), event.modifiers())
            self._interaction.press(pointer)
            self._interaction.release(pointer)
            if self._interaction.state is State.PLACING:
                self._interaction.cancel()

    # ---- what the pointer looks like

    def cursor(self) -> Qt.CursorShape:
        """Return the shape that says what a press would do."""
        state = self._interaction.state
        if state is not State.IDLE:
            return _CURSORS.get(state, Qt.CursorShape.ArrowCursor)
        if self._interaction.tool is Tool.HAND or self._interaction.space_held:
            return Qt.CursorShape.OpenHandCursor
        if self._last is None:
            return Qt.CursorShape.ArrowCursor
        pointer = self.pointer(*self._last[:2])
        handle = resize_handle_at(self._stage, pointer)
        if handle is not None:
            falling = handle[1][0] == handle[1][1]
            return Qt.CursorShape.SizeFDiagCursor if falling else Qt.CursorShape.SizeBDiagCursor
        return Qt.CursorShape.CrossCursor if port_at(self._stage, pointer) is not None else Qt.CursorShape.ArrowCursor

    def _hover(self, pointer: Pointer) -> None:
        hit = self._stage.hit(pointer.scene_x, pointer.scene_y)
        found: PartKey | None = None
        if hit is not None and hit.kind is not HitKind.INTERIOR and hit.key in self._stage.scene.row_of:
            found = hit.key
        reaching = keeps_hover(self._stage, pointer)
        if reaching and (found is None or not takes_links(self._stage.element(found))):
            return
        if found != self._stage.overlay.hover:
            self._stage.overlay.hover = found
            self._stage.touch()

    def _watch_edges(self, pointer: Pointer) -> None:
        if self._interaction.wants_edges:
            self._edges.watch(pointer.x, pointer.y, *self._stage.size)
        else:
            self._edges.stop()

    def _of(self, event: QMouseEvent) -> Pointer:
        touch = event.device().type() == QInputDevice.DeviceType.TouchScreen
        return self.pointer(event.position(), event.modifiers(), touch=touch)
