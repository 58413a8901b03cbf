"""One interaction at a time: which tool is armed, which gesture runs, and who gets the next event."""

from __future__ import annotations

import gc
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from designer.ui.canvas.catalogue import Placeable
from designer.ui.canvas.gesture import Gesture, Pointer, State
from designer.ui.canvas.tools.link import ConnectTool
from designer.ui.canvas.tools.pan import Pan
from designer.ui.canvas.tools.place import Place
from designer.ui.canvas.tools.select import begin

if TYPE_CHECKING:
    from collections.abc import Callable

    from designer.ui.canvas.stage import Stage

COLLECT_AFTER_MS = 400
"""Garbage is collected when no gesture has run for this long."""

REFUSAL_MS = 1_000
"""A link that was let go over an illegal target goes on for this long."""


class Tool(StrEnum):
    """What a press of the first button means while nothing else is armed."""

    SELECT = "select"
    HAND = "hand"


class Interaction(QObject):
    """Owns the pointer and key events of the canvas.

    Attributes:
        gesture: what is running; None when idle.
        tool: what the next press begins.
    """

    state_changed = Signal(object)
    """State."""
    cancelled = Signal()
    """A gesture was left; no button counts as held any more."""

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self.gesture: Gesture | None = None
        self.tool = Tool.SELECT
        self._held = False
        self.space_held = False
        self._last: Pointer | None = None
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(COLLECT_AFTER_MS)
        self._idle.timeout.connect(self._collect)
        self._letting_go = QTimer(self)
        self._letting_go.setSingleShot(True)
        self._letting_go.setInterval(REFUSAL_MS)
        self._letting_go.timeout.connect(self._let_go)

    @property
    def state(self) -> State:
        """What the canvas is doing."""
        return self.gesture.state if self.gesture is not None else State.IDLE

    @property
    def held(self) -> bool:
        """Whether a button is down that belongs to the gesture."""
        return self._held

    @property
    def wants_edges(self) -> bool:
        """Whether the view scrolls when the pointer is at its edge."""
        return self.gesture is not None and self.gesture.scrolls_at_edges

    def run(self, gesture: Gesture | None) -> None:
        """Start a gesture that no press began, for example an armed tool; the running one leaves no trace."""
        self.cancel()
        self._become(gesture)

    def arm(self, tool: Tool) -> None:
        """Make a tool the one that the next press uses."""
        self.cancel()
        self.tool = tool
        self.state_changed.emit(State.IDLE)

    def hold_space(self, *, held: bool) -> None:
        """Let presses pan while the space bar is down."""
        if held != self.space_held:
            self.space_held = held
            self.state_changed.emit(self.state)

    def place(self, entry: Placeable, *, sticky: bool = False) -> None:
        """Arm the placing tool."""
        self.run(Place(self._stage, entry, sticky=sticky))

    def connect_tool(self, *, flow: bool = False) -> None:
        """Arm the tool that draws links, or only declares traffic."""
        self.run(ConnectTool(self._stage, flow=flow))

    # ---- pointer

    def press(self, pointer: Pointer) -> None:
        """Take a press of the first button."""
        if self._held:
            return
        self._held, self._last = True, pointer
        self._letting_go.stop()
        self._stage.by_keyboard = False
        if self.gesture is not None:
            self._become(self.gesture.press(pointer))
        elif self.space_held or self.tool is Tool.HAND:
            self._become(Pan(self._stage, pointer))
        else:
            self._become(begin(self._stage, pointer))

    def pan(self, pointer: Pointer, still: Callable[[Pointer], None] | None = None) -> None:
        """Take a press of the middle button, or of the right one on empty canvas."""
        if self.gesture is None:
            self._held, self._last = True, pointer
            self._become(Pan(self._stage, pointer, still))

    def move(self, pointer: Pointer) -> None:
        """Take a movement."""
        self._last = pointer
        if self.gesture is not None:
            self._become(self.gesture.move(pointer))

    def release(self, pointer: Pointer) -> None:
        """Take the release of the button that began the gesture."""
        if not self._held:
            return
        self._held = False
        if self.gesture is not None:
            self._become(self.gesture.release(pointer))
        if self.state is State.LINKING and self._stage.overlay.note is not None:
            self._letting_go.start()

    # ---- keys

    def cancel(self) -> bool:
        """Leave the running gesture without a trace; say whether there was one."""
        self._letting_go.stop()
        if self.gesture is None:
            return False
        gesture, self.gesture = self.gesture, None
        self._held = False
        gesture.cancel()
        self._ended()
        self.cancelled.emit()
        return True

    def delete_pressed(self) -> bool:
        """Offer Delete to the running gesture; say whether there is one."""
        if self.gesture is None:
            return False
        self._become(self.gesture.delete_pressed())
        return True

    def _become(self, gesture: Gesture | None) -> None:
        before, self.gesture = self.gesture, gesture
        if gesture is before:
            return
        if gesture is None:
            self._held = False
            self._ended()
            return
        if before is None:
            gc.disable()
            self._idle.stop()
        self.state_changed.emit(gesture.state)

    def _ended(self) -> None:
        gc.enable()
        self._idle.start()
        self.state_changed.emit(State.IDLE)

    def _collect(self) -> None:
        if self.gesture is None:
            gc.collect(0)

    def _let_go(self) -> None:
        if self.state is State.LINKING and not self._held:
            self.cancel()
