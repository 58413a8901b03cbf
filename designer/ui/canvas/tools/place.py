"""Placing from the palette: a ghost of real size under the pointer, and the verdict of the zone below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from designer.model.fabric import Segment
from designer.model.hosts import Host, SetTeam, VSwitch
from designer.model.networks import ContainerNetwork
from designer.model.workloads import Compartment
from designer.ui.canvas.catalogue import Placeable
from designer.ui.canvas.drop_zones import Drop, drop_at
from designer.ui.canvas.gesture import Gesture, Pointer, State
from designer.ui.canvas.overlay import Ghost, Note
from designer.ui.canvas.placing import ghost_box, place_at
from designer.ui.canvas.quick_add import finish_adding

if TYPE_CHECKING:
    from designer.ui.canvas.stage import Stage


class Place(Gesture):
    """Carries a new thing until it is dropped; one click places it, Shift keeps the tool armed.

    Args:
        sticky: stays armed after each click until Esc.
    """

    state: ClassVar[State] = State.PLACING
    scrolls_at_edges: ClassVar[bool] = True

    def __init__(self, stage: Stage, entry: Placeable, *, sticky: bool = False) -> None:
        super().__init__(stage)
        self.entry, self._sticky = entry, sticky
        self._drop: Drop | None = None
        self._announced = ""
        stage.hint(f"Click to place: {entry.title} · Shift places several · Alt leaves the grid · Esc leaves")

    def move(self, pointer: Pointer) -> Gesture | None:
        """Carry the ghost along and ask the zone below it."""
        stage, kind = self.stage, self.entry.element_type
        box = ghost_box(kind, pointer.scene_x, pointer.scene_y, snap=not pointer.alt)
        drop = self._drop = drop_at(stage, self.entry, pointer.scene_x, pointer.scene_y)
        stage.overlay.ghost = Ghost(
            box,
            self.entry.title,
            self.entry.icon,
            self.entry.layer,
            is_zone=issubclass(kind, Host | Compartment | SetTeam),
            is_bar=issubclass(kind, ContainerNetwork | VSwitch | Segment),
            legal=drop.verdict.ok,
        )
        stage.overlay.zone = (drop.shown, drop.verdict.ok)
        stage.overlay.note = note_for_drop(drop, (pointer.x, pointer.y))
        self._tell(drop)
        stage.touch()
        return self

    def press(self, pointer: Pointer) -> Gesture | None:
        """Show where it would land; the release places it."""
        return self.move(pointer)

    def release(self, pointer: Pointer) -> Gesture | None:
        """Place it, or say why it cannot be here and go on."""
        self.move(pointer)
        drop, ghost = self._drop, self.stage.overlay.ghost
        assert drop is not None and ghost is not None, "moving sets both"
        if not drop.verdict.ok:
            self.stage.refuse(drop.verdict.reason)
            return self
        again = self._sticky or pointer.shift
        self.stage.clear_preview()
        change = self.stage.attempt(lambda: place_at(self.stage, self.entry, drop.parent, ghost.box[0], ghost.box[1]))
        if again:
            return Place(self.stage, self.entry, sticky=self._sticky)
        finish_adding(self.stage, change)
        return None

    def _tell(self, drop: Drop) -> None:
        if drop.verdict.reason != self._announced and not drop.verdict.ok:
            self.stage.say(drop.verdict.reason)
        self._announced = drop.verdict.reason


def note_for_drop(drop: Drop, at: tuple[float, float]) -> Note | None:
    """Return the sentence beside the pointer: why it cannot be dropped here, or what to know about it."""
    verdict = drop.verdict
    if verdict.ok and not verdict.warning:
        return None
    return Note(verdict.reason, at, "warning" if verdict.ok else "error", verdict.code)
