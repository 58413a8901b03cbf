"""What a press begins: selecting, dragging, marking an area, resizing, linking, reconnecting."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from designer.drawing.hits import Hit, HitKind
from designer.model.realisation import PartKey
from designer.ui.canvas import lookup
from designer.ui.canvas.gesture import Gesture, Pointer, State
from designer.ui.canvas.handles import end_handle_at, port_at, resize_handle_at
from designer.ui.canvas.tools.link import Link
from designer.ui.canvas.tools.marquee import Marquee
from designer.ui.canvas.tools.move import Move
from designer.ui.canvas.tools.reconnect import Reconnect
from designer.ui.canvas.tools.resize import Resize

if TYPE_CHECKING:
    from designer.ui.canvas.stage import Stage


def begin(stage: Stage, pointer: Pointer) -> Gesture:
    """Return the gesture that a press of the first button starts with the selection tool."""
    hit = stage.hit(pointer.scene_x, pointer.scene_y)
    if hit is not None and hit.kind is HitKind.BADGE:
        return Press(stage, pointer, hit)
    handle = resize_handle_at(stage, pointer)
    if handle is not None:
        return Resize(stage, handle[0], handle[1], pointer)
    end = end_handle_at(stage, pointer)
    if end is not None:
        return Reconnect(stage, end[0], end[1], pointer)
    port = port_at(stage, pointer)
    if port is not None:
        return Link(stage, port, pointer)
    if hit is None or hit.kind is HitKind.INTERIOR:
        return PressOnCanvas(stage, pointer, hit.key if hit is not None else None)
    return Press(stage, pointer, hit)


class PressOnCanvas(Gesture):
    """Pressed on empty canvas or inside a zone: a click clears the selection, a drag marks an area."""

    state: ClassVar[State] = State.PRESSING

    def __init__(self, stage: Stage, start: Pointer, inside: PartKey | None) -> None:
        super().__init__(stage)
        self._start, self._inside = start, inside

    def move(self, pointer: Pointer) -> Gesture | None:
        """Begin to mark an area once it is a drag."""
        if pointer.far_from(self._start):
            return Marquee(self.stage, self._start, self._inside).move(pointer)
        return self

    def release(self, pointer: Pointer) -> Gesture | None:
        """Select nothing."""
        if not (pointer.shift or pointer.ctrl):
            self.stage.select(())
            self.stage.set_focus(None)
        return None


class Press(Gesture):
    """Pressed on a thing: an unselected one is selected at once, a member of a group when it is not dragged."""

    state: ClassVar[State] = State.PRESSING

    def __init__(self, stage: Stage, start: Pointer, hit: Hit) -> None:
        super().__init__(stage)
        self._start, self._hit = start, hit
        key = lookup.subject(hit)
        assert key is not None, "a hit has a subject"
        self._key = key
        self._before, self._focus_before = stage.selection, stage.focus
        self._was_selected = self._key in stage.selection
        if not self._was_selected and not pointer_keeps(start):
            stage.select([self._key], focus=self._key)
        elif not self._was_selected and start.shift:
            stage.select(stage.selection | {self._key}, focus=self._key)

    def move(self, pointer: Pointer) -> Gesture | None:
        """Begin to move once it is a drag."""
        if not pointer.far_from(self._start) or self._key not in self.stage.scene.row_of:
            return self
        if self._key not in self.stage.selection:
            self.stage.select(self.stage.selection | {self._key}, focus=self._key)
        return Dragging(self.stage, self._start, self._before, self._focus_before).move(pointer)

    def release(self, pointer: Pointer) -> Gesture | None:
        """Take the press as a click."""
        if self._hit.kind is HitKind.BADGE:
            self.stage.findings_wanted.emit(self._key)
        elif pointer.ctrl:
            self.stage.select(self.stage.selection ^ {self._key}, focus=self._key)
        elif pointer.alt:
            self._select_next_below(pointer)
        elif not pointer.shift:
            self.stage.select([self._key], focus=self._key)
        return None

    def cancel(self) -> None:
        """Bring the former selection back."""
        super().cancel()
        self.stage.controller.select(self._before)
        self.stage.set_focus(self._focus_before)

    def _select_next_below(self, pointer: Pointer) -> None:
        found = [lookup.subject(hit) for hit in self.stage.hits(pointer.scene_x, pointer.scene_y)]
        stack = [key for key in dict.fromkeys(found) if key is not None]
        current = next((place for place, key in enumerate(stack) if key in self._before), -1)
        if stack:
            chosen = stack[(current + 1) % len(stack)]
            self.stage.select([chosen], focus=chosen)


class Dragging(Move):
    """A move that began with a press; leaving it brings the selection back as well."""

    def __init__(self, stage: Stage, start: Pointer, before: frozenset[PartKey], focus_before: PartKey | None) -> None:
        super().__init__(stage, start, copying=start.alt)
        self._before, self._focus_before = before, focus_before

    def cancel(self) -> None:
        """Leave no trace."""
        super().cancel()
        self.stage.controller.select(self._before)
        self.stage.set_focus(self._focus_before)


def pointer_keeps(pointer: Pointer) -> bool:
    """Whether the keys that are held keep the former selection."""
    return pointer.shift or pointer.ctrl or pointer.alt
