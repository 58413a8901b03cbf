"""What menus, keys, panels and screen readers ask of the canvas; view.py is the widget that paints it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, Signal
from PySide6.QtWidgets import QWidget

from designer.model.base import Element
from designer.model.entities import kind_of
from designer.model.realisation import PartKey
from designer.ui.canvas.camera_control import CameraControl
from designer.ui.canvas.catalogue import Placeable, placeable
from designer.ui.canvas.commands import Commands
from designer.ui.canvas.gesture import Pointer
from designer.ui.canvas.interaction import Interaction, Tool
from designer.ui.canvas.quick_add import offer_here
from designer.ui.canvas.stage import Stage
from designer.ui.canvas.tools.marquee import SelectArea
from designer.ui.canvas.tools.move import Move

if TYPE_CHECKING:
    from designer.drawing.theme import Theme
    from designer.rules.registry import Judged
    from designer.ui.document_controller import DocumentController


class Surface(QWidget):
    """A canvas without its paint: state, gestures, commands.

    Attributes:
        controller: holds the design.
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
    suppress_wanted = Signal(object)
    """Judged that somebody wants to live with."""
    agree_wanted = Signal(object)
    """Judged whose step the script may run."""
    page_wanted = Signal(object)
    """Judged whose rule is to be explained."""
    sample_requested = Signal()
    """The sample design is wanted."""
    announced = Signal(str, bool)
    """What a screen reader says, and whether it interrupts."""
    menu_wanted = Signal(object)
    """QPoint of the widget at which the menu of the selection is wanted."""

    def __init__(self, controller: DocumentController, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.controller = controller
        self.stage = Stage(controller, theme, self)
        self.zoom = CameraControl(self.stage)
        self.commands = Commands(self.stage)
        self.interaction = Interaction(self.stage, self)

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

    def start_declaring(self) -> None:
        """Begin to declare traffic: from the list of targets when the keyboard is in use, else with the pointer."""
        if not (self.stage.by_keyboard and self.commands.declare_traffic()):
            self.interaction.connect_tool(flow=True)

    def connect_focused(self) -> None:
        """List what the focused element can be connected to."""
        self.commands.connect()

    def set_tool(self, tool: Tool) -> None:
        """Arm the selection or the hand tool."""
        self.interaction.arm(tool)

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

    def escape(self) -> bool:
        """Leave the gesture, else the selection, else the zone that the focus is in."""
        if self.interaction.cancel():
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
        self.interaction.hold_space(held=held)

    def findings_of(self, key: PartKey) -> tuple[Judged, ...]:
        """Return the findings about a thing."""
        return tuple(judged for judged in self.controller.judged if key.element in judged.finding.elements)

    def show_findings(self, key: PartKey) -> None:
        """Open the panel with the findings of a thing and their fixes."""
        self.stage.findings_wanted.emit(key)

    def open_findings_at_focus(self) -> None:
        """Open the findings of the focused thing."""
        if self.stage.focus is not None and self.findings_of(self.stage.focus):
            self.show_findings(self.stage.focus)

    def open_menu_at_focus(self) -> None:
        """Open the context menu at the focused thing."""
        box = self.stage.box(self.stage.focus) if self.stage.focus is not None else None
        x, y = self.stage.camera.to_view(box[0] + 8, box[1] + 8) if box is not None else (8.0, 8.0)
        self.menu_wanted.emit(QPoint(round(x), round(y)))

    def local_rect(self, key: PartKey) -> QRect:
        """Return where a thing is in the widget, in logical pixels."""
        box = self.stage.box(key)
        if box is None:
            return QRect()
        left, top, right, bottom = self.stage.camera.box_to_view(box)
        return QRectF(left, top, right - left, bottom - top).toAlignedRect()

    def _entry(self, what: str | type[Element]) -> Placeable | None:
        key = what if isinstance(what, str) else kind_of(what)
        return placeable(key)
