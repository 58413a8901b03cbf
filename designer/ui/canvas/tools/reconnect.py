"""Moving one end of a link to another element; the other end and all that still has a meaning stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from designer.editing.commands import LinkEnd, delete, reconnect
from designer.model.base import Link
from designer.model.realisation import PartKey
from designer.ui.canvas.gesture import Gesture, Pointer, State
from designer.ui.canvas.linking import judge_reconnect, line_between, note_of
from designer.ui.canvas.targets import Targets

if TYPE_CHECKING:
    from designer.ui.canvas.stage import Stage


class Reconnect(Gesture):
    """Drags one end handle of a selected link."""

    state: ClassVar[State] = State.RECONNECTING
    scrolls_at_edges: ClassVar[bool] = True

    def __init__(self, stage: Stage, link: Link, end: LinkEnd, start: Pointer) -> None:
        super().__init__(stage)
        self._link, self._end, self._start = link, end, start
        self._kept = PartKey(link.target if end == "source" else link.source)
        self._targets = Targets(
            stage, lambda other: judge_reconnect(stage, link.id, end, other), barred=self._kept.element
        )
        stage.overlay.targets = self._targets.in_view()
        stage.hint("Drop the end on another element · Delete removes the link · Esc leaves it as it was")

    def move(self, pointer: Pointer) -> Gesture | None:
        """Draw the line from the end that stays to the pointer."""
        overlay = self.stage.overlay
        overlay.targets = self._targets.in_view()
        overlay.magnet = self._targets.near(pointer.scene_x, pointer.scene_y, overlay.magnet)
        verdict = self._targets.of(overlay.magnet) if overlay.magnet is not None else None
        overlay.rubber_legal = verdict is None or verdict.ok
        overlay.rubber = line_between(self.stage, self._kept, (pointer.scene_x, pointer.scene_y), overlay.magnet)
        text = verdict.reason if verdict is not None else ""
        overlay.note = note_of(verdict, (pointer.x, pointer.y), text) if verdict is not None and text else None
        self.stage.touch()
        return self

    def release(self, pointer: Pointer) -> Gesture | None:
        """Connect to what is under the pointer; over anything else the link stays as it was."""
        if not pointer.far_from(self._start):
            self.stage.clear_preview()
            return None
        self.move(pointer)
        target = self.stage.overlay.magnet
        verdict = self._targets.of(target) if target is not None else None
        self.stage.clear_preview()
        if target is not None and verdict is not None:
            if verdict.ok:
                self.stage.attempt(lambda: reconnect(self.stage.topology, self._link.id, self._end, target.element))
            else:
                self.stage.refuse(verdict.reason)
        return None

    def delete_pressed(self) -> Gesture | None:
        """Remove the link."""
        self.stage.clear_preview()
        self.stage.attempt(lambda: delete(self.stage.topology, [self._link.id]))
        return None
