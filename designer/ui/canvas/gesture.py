"""What every gesture on the canvas has in common."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from designer.ui.canvas.stage import Stage

DRAG_DISTANCE = 4.0
"""Logical pixels that a mouse moves before a press becomes a drag."""

TOUCH_DRAG_DISTANCE = 10.0


class State(StrEnum):
    """What the canvas is doing; one thing at a time."""

    IDLE = "idle"
    PRESSING = "pressing"
    MARQUEE = "marquee"
    MOVING = "moving"
    LINKING = "linking"
    RECONNECTING = "reconnecting"
    RESIZING = "resizing"
    PANNING = "panning"
    PLACING = "placing"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where the pointer is, in logical pixels of the view and in scene units, and what is held down."""

    x: float
    y: float
    scene_x: float
    scene_y: float
    shift: bool = False
    ctrl: bool = False
    alt: bool = False
    touch: bool = False

    def far_from(self, other: Pointer) -> bool:
        """Whether the way from there is long enough to be a drag."""
        reach = TOUCH_DRAG_DISTANCE if self.touch else DRAG_DISTANCE
        return abs(self.x - other.x) >= reach or abs(self.y - other.y) >= reach


class Gesture:
    """One interaction from its first press to its end.

    Every handler returns what goes on: the gesture itself, the one that follows it, or None when it is over.
    A gesture changes the design at most once, at its end; until then everything it shows is a preview.
    """

    state: ClassVar[State] = State.PRESSING
    scrolls_at_edges: ClassVar[bool] = False

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def move(self, pointer: Pointer) -> Gesture | None:
        """Follow the pointer."""
        return self

    def press(self, pointer: Pointer) -> Gesture | None:
        """Take a press of the first button while the gesture runs without one held down."""
        return self

    def release(self, pointer: Pointer) -> Gesture | None:
        """Take the release of the button that began the gesture."""
        return None

    def delete_pressed(self) -> Gesture | None:
        """Take the Delete key."""
        return self

    def cancel(self) -> None:
        """Leave no trace."""
        self.stage.clear_preview()
