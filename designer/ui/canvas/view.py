"""The canvas widget: shows the scene, takes the events, and offers what menus and keys do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QNativeGestureEvent, QPainter
from PySide6.QtWidgets import QToolTip, QWidget

from designer.drawing.hits import HitKind
from designer.model.base import Element
from designer.model.entities import kind_of
from designer.model.realisation import PartKey
from designer.ui.canvas import accessible, lookup, spoken
from designer.ui.canvas.camera_control import CameraControl
from designer.ui.canvas.catalogue import MIME_TYPE, Placeable, placeable
from designer.ui.canvas.commands import Commands
from designer.ui.canvas.edge_scroll import EdgeScroll
from designer.ui.canvas.furniture import Furniture
from designer.ui.canvas.interaction import Interaction, Tool
from designer.ui.canvas.keyboard import Keyboard
from designer.ui.canvas.layer import StaticLayer
from designer.ui.canvas.menus import CanvasMenus
from designer.ui.canvas.overlay_painter import OverlayPainter
from designer.ui.canvas.pointer_input import PointerInput
from designer.ui.canvas.quick_add import offer_here
from designer.ui.canvas.repaint import Repaint
from designer.ui.canvas.stage import Stage
from designer.ui.canvas.still_picture import StillPicture
from designer.ui.canvas.tools.gesture import Pointer, State
from designer.ui.canvas.tools.marquee import SelectArea
from designer.ui.canvas.tools.move import Move

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QContextMenuEvent,
        QDragEnterEvent,
        QDragLeaveEvent,
        QDragMoveEvent,
        QDropEvent,
        QFocusEvent,
        QHelpEvent,
        QMouseEvent,
        QPaintEvent,
        QResizeEvent,
        QWheelEvent,
    )

    from designer.drawing.theme import Theme
    from designer.rules.registry import Judged
    from designer.ui.document_controller import DocumentController


class CanvasView(QWidget):
    """Shows the design of a controller and lets it be drawn.

    Attributes:
        stage: what gestures work on.
        interaction: the one running gesture.
        commands: what acts on selection and focus.
        zoom: what moves the camera.
    """

    zoom_changed = Signal(float)
    """Logical pixels per scene unit."""
    hint_changed = Signal(str)
    """What the running gesture offers, for the status bar."""
    tool_changed = Signal(str)
    """State, or the armed tool when idle."""
    inspect_requested = Signal(object, str)
    """PartKey and field whose place in the inspector is wanted."""
    sample_requested = Signal()
    """The sample design is wanted."""
    announced = Signal(str, bool)
    """What a screen reader says, and whether it interrupts."""

    def __init__(self, controller: DocumentController, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setAccessibleName("Canvas")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)
        self.controller = controller
        self.stage = Stage(controller, theme, self)
        self.zoom = CameraControl(self.stage)
        self.commands = Commands(self.stage)
        self.interaction = Interaction(self.stage, self)
        self.menus = CanvasMenus(self)
        self._picture = StillPicture(self.stage)
        self._layer = StaticLayer(self._picture.paint)
        self._overlay = OverlayPainter(self.stage)
        self._edges = EdgeScroll(self._scroll_at_edge, self)
        self._pointer = PointerInput(self.stage, self.interaction, self.zoom, self._edges, self._open_menu)
        self._keyboard = Keyboard(self)
        self.furniture = Furniture(self)
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
        self.controller.selection_changed.connect(self._follow_selection)
        self.controller.undo_stack.indexChanged.connect(lambda _: self.interaction.cancel())
        self.controller.document_opened.connect(self.fit_all)

    # ---- what others call

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.stage.theme = theme
        self._picture.set_theme(theme)
        self.furniture.set_theme(theme)
        self._layer.invalidate()
        self.update()

    def start_placing(self, what: str | type[Element], *, sticky: bool = False) -> None:
        """Arm the placing tool for an entry of the palette: its key, or a kind of element."""
        entry = self._entry(what)
        if entry is not None:
            self.interaction.place(entry, sticky=sticky)

    def place_from_palette(self, what: str | type[Element]) -> PartKey | None:
        """Add an element where the keyboard is: in the focused zone if legal, else the nearest legal one."""
        entry = self._entry(what)
        return self.commands.place(entry) if entry is not None else None

    def start_connecting(self) -> None:
        """Begin a link: from the list of targets when the keyboard is in use, else with the pointer."""
        if not (self.stage.by_keyboard and self.commands.connect()):
            self.interaction.connect_tool()

    def connect_focused(self) -> None:
        """List what the focused element can be connected to."""
        self.commands.connect()

    def set_tool(self, tool: Tool) -> None:
        """Arm the selection or the hand tool."""
        self.interaction.cancel()
        self.interaction.tool = tool
        self._follow_state(State.IDLE)

    def select_area(self) -> None:
        """Mark an area with two clicks."""
        self.interaction.run(SelectArea(self.stage))

    def pick_up(self) -> None:
        """Carry the selection with the pointer until the next click."""
        box = self.stage.box(self.stage.focus) if self.stage.focus is not None else None
        if box is not None:
            x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            view_x, view_y = self.stage.camera.to_view(x, y)
            self.interaction.run(Move(self.stage, Pointer(view_x, view_y, x, y), clicked=True))

    def quick_add(self) -> None:
        """List what can be added where the keyboard is."""
        self.commands.quick_add()

    def quick_add_at(self, at: tuple[float, float]) -> None:
        """List what can be added at a scene point."""
        offer_here(self.stage, at)

    def center_on(self, key: PartKey) -> None:
        """Bring a thing to the middle of the view."""
        self.zoom.center_on(key)

    def reveal(self, key: PartKey) -> None:
        """Scroll as little as needed to have a thing in view."""
        self.zoom.reveal((key,))

    def delete_selection(self) -> None:
        """Remove what is selected; during a gesture the key belongs to it."""
        if not self.interaction.delete_pressed():
            self.commands.delete_selection()

    def rename(self) -> None:
        """Let the name of the focused thing be typed on the canvas."""
        self.commands.rename()

    def copy(self) -> None:
        """Put what is selected on the clipboard."""
        self.commands.copy()

    def cut(self) -> None:
        """Put what is selected on the clipboard and remove it."""
        self.commands.cut()

    def paste(self) -> None:
        """Add what is on the clipboard."""
        self.commands.paste()

    def paste_in_place(self) -> None:
        """Add what is on the clipboard where it was copied."""
        self.commands.paste(in_place=True)

    def duplicate(self) -> None:
        """Copy what is selected beside itself."""
        self.commands.duplicate()

    def select_all(self) -> None:
        """Select the siblings of the focused thing, all on the second call."""
        self.commands.select_all()

    def zoom_in(self) -> None:
        """Show things a step larger."""
        self.zoom.zoom_in()

    def zoom_out(self) -> None:
        """Show things a step smaller."""
        self.zoom.zoom_out()

    def zoom_to(self, scale: float) -> None:
        """Set the magnification; 1.0 is 100 %."""
        self.zoom.zoom_to(scale)

    def fit_all(self) -> None:
        """Show the whole drawing."""
        self.zoom.fit_all()

    def fit_selection(self) -> None:
        """Show everything that is selected."""
        self.zoom.fit_selection()

    @property
    def overview_visible(self) -> bool:
        """Whether the overview map is shown."""
        return self.furniture.map_wanted

    @overview_visible.setter
    def overview_visible(self, visible: bool) -> None:
        self.furniture.map_wanted = visible
        self.furniture.arrange()

    def escape(self) -> bool:
        """Leave the gesture, else the selection, else the zone that the focus is in."""
        if self.interaction.cancel():
            self._pointer.lose()
            return True
        if self.interaction.tool is not Tool.SELECT:
            self.set_tool(Tool.SELECT)
            return True
        if self.stage.by_keyboard and self.commands.focus_out():
            return True
        self.commands.select_none()
        self.stage.set_focus(None)
        return True

    def enter(self) -> bool:
        """Go into the focused zone or along the focused link; on anything else open the inspector."""
        if self.commands.focus_in():
            return True
        if self.stage.focus is not None:
            self.inspect_requested.emit(self.stage.focus, "")
        return True

    def hold_space(self, *, held: bool) -> None:
        """Let presses pan while the space bar is down."""
        self.interaction.space_held = held
        self.setCursor(self._pointer.cursor())

    def findings_of(self, key: PartKey) -> tuple[Judged, ...]:
        """Return the findings about a thing."""
        return tuple(judged for judged in self.controller.judged if key.element in judged.finding.elements)

    def show_findings(self, key: PartKey) -> None:
        """Open the panel with the findings of a thing and their fixes."""
        self.furniture.show_findings(key)

    def open_findings_at_focus(self) -> None:
        """Open the findings of the focused thing."""
        if self.stage.focus is not None and self.findings_of(self.stage.focus):
            self.show_findings(self.stage.focus)

    def open_menu_at_focus(self) -> None:
        """Open the context menu at the focused thing."""
        box = self.stage.box(self.stage.focus) if self.stage.focus is not None else None
        x, y = self.stage.camera.to_view(box[0] + 8, box[1] + 8) if box is not None else (8.0, 8.0)
        self.menus.open(self.menus.for_focus(), QPoint(round(x), round(y)))

    def local_rect(self, key: PartKey) -> QRect:
        """Return where a thing is in the widget, in logical pixels."""
        box = self.stage.box(key)
        if box is None:
            return QRect()
        left, top, right, bottom = self.stage.camera.box_to_view(box)
        return QRectF(left, top, right - left, bottom - top).toAlignedRect()

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
        if event.type() is QEvent.Type.ToolTip:
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
            self._pointer.lose()
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

    def _entry(self, what: str | type[Element]) -> Placeable | None:
        key = what if isinstance(what, str) else kind_of(what)
        return placeable(key)

    def _fit_layer(self) -> None:
        ratio = self.devicePixelRatioF()
        self.stage.pixel_ratio = ratio
        self._layer.resize(self.size(), ratio)

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
