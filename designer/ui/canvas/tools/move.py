"""Moving things: on the grid and in line with neighbours, into other zones, or as a copy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from designer.editing.clipboard import copy, paste
from designer.editing.commands import move, reparent
from designer.errors import DesignerError
from designer.model.base import Element, Link
from designer.model.changes import ChangeSet, Edit
from designer.model.realisation import PartKey
from designer.ui.canvas import lookup
from designer.ui.canvas.camera import Box
from designer.ui.canvas.drag_preview import DragPreview
from designer.ui.canvas.drop_zones import Drop, drop_of_dragged
from designer.ui.canvas.gesture import Gesture, Pointer, State
from designer.ui.canvas.overlay import Note
from designer.ui.canvas.snapping import Guide, Rects, snapped
from designer.ui.canvas.stage import element_ids, sorted_keys
from designer.ui.canvas.tools.place import note_for_drop

if TYPE_CHECKING:
    from designer.ui.canvas.stage import Stage


class Move(Gesture):
    """Carries the selection along with the pointer.

    Args:
        copying: leave the things where they are and carry copies.
        clicked: the things were picked up by a command; the next click puts them down.
    """

    state: ClassVar[State] = State.MOVING
    scrolls_at_edges: ClassVar[bool] = True

    def __init__(self, stage: Stage, start: Pointer, *, copying: bool = False, clicked: bool = False) -> None:
        super().__init__(stage)
        self._start, self._copying, self._clicked = start, copying, clicked
        self._keys = movers(stage, stage.selection)
        self._dragged = frozenset(self._keys)
        self._box = box_of(stage, self._keys)
        self._preview = DragPreview(stage.scene, self._keys)
        self._neighbours = self._find_neighbours()
        self._offset = (0.0, 0.0)
        self._drop: Drop | None = None
        self._drop_note = ""
        carried = "Copy" if copying else "Move"
        stage.hint(f"{carried} {len(self._keys)} · Shift keeps the line · Alt leaves the grid · Ctrl stays in the zone")

    def move(self, pointer: Pointer) -> Gesture | None:
        """Show the things where they would be."""
        stage = self.stage
        if not self._keys or self._box is None:
            return None
        dx, dy = self._snap(pointer)
        self._offset = (dx, dy)
        stage.show_preview(self._preview.at(dx, dy), self._keys)
        self._find_drop(pointer)
        stage.touch()
        return self

    def press(self, pointer: Pointer) -> Gesture | None:
        """Take the click that puts the things down."""
        self._clicked = False
        return self.move(pointer)

    def release(self, pointer: Pointer) -> Gesture | None:
        """Put the things down as one change."""
        if self._clicked:
            return self
        if self.move(pointer) is None:
            return None
        drop = self._drop
        make = self._copied if self._copying else self._moved
        self.stage.clear_preview()
        if drop is not None and not drop.verdict.ok:
            self.stage.refuse(drop.verdict.reason)
            return None
        change = self.stage.attempt(make)
        if change is not None:
            if self._copying:
                self.stage.select(added_keys(change))
            self.stage.say(change.label)
        return None

    def _snap(self, pointer: Pointer) -> tuple[float, float]:
        dx, dy = pointer.scene_x - self._start.scene_x, pointer.scene_y - self._start.scene_y
        across = abs(dx) >= abs(dy)
        guides: tuple[Guide, ...] = ()
        if not pointer.alt or self._copying:
            assert self._box is not None, "checked when the gesture began"
            snap = snapped(self._box, dx, dy, self._neighbours, self.stage.camera.scale)
            dx, dy, guides = snap.dx, snap.dy, snap.guides
        if pointer.shift:
            dx, dy = (dx, 0.0) if across else (0.0, dy)
            guides = ()
        self.stage.overlay.guides = guides
        return dx, dy

    def _find_drop(self, pointer: Pointer) -> None:
        overlay = self.stage.overlay
        elements = [self.stage.element(key) for key in self._keys]
        leaders = [element for element in elements if element is not None]
        if pointer.ctrl or len(leaders) != len(self._keys) or not leaders:
            self._drop, overlay.zone, overlay.note = None, None, None
            return
        drop = drop_of_dragged(self.stage, leaders[0], pointer.scene_x, pointer.scene_y, self._dragged)
        if self._drop is None or drop.parent != self._drop.parent:
            self._drop_note = self._consequences(leaders, drop)
        self._drop = drop
        changes = drop.parent != leaders[0].parent
        overlay.zone = (drop.shown, drop.verdict.ok) if changes or not drop.verdict.ok else None
        at = (pointer.x, pointer.y)
        overlay.note = Note(self._drop_note, at, "warning") if self._drop_note else note_for_drop(drop, at)

    def _consequences(self, leaders: list[Element], drop: Drop) -> str:
        """Say what goes when the things come to another container."""
        if not drop.verdict.ok or drop.parent == leaders[0].parent:
            return ""
        try:
            change = self._moved(drop)
        except DesignerError as error:
            return str(error)
        lost = [edit.before for edit in change.edits if isinstance(edit.before, Link) and edit.after is None]
        if not lost:
            return ""
        return f"{len(lost)} connection{'s' if len(lost) > 1 else ''} to the former host will be removed"

    def _moved(self, drop: Drop | None = None) -> ChangeSet:
        drop = drop or self._drop
        stage, (dx, dy) = self.stage, self._offset
        topology, label = stage.topology, ""
        edits: list[Edit] = []
        staying = []
        for key in self._keys:
            element, box = stage.element(key), None
            if drop is not None and element is not None and drop.parent != element.parent:
                row = stage.scene.row_of[key]
                box = stage.scene.rects[row]
                x, y = lookup.to_local(stage.scene, drop.parent, float(box[0]) + dx, float(box[1]) + dy)
                change = reparent(topology, element.id, drop.parent, x, y)
                topology, label = topology.apply(change), change.label
                edits += change.edits
            else:
                staying.append(key)
        positions = {key: stage.scene.local_position(key) for key in staying}
        change = move(topology, dict.fromkeys(staying, (dx, dy)), positions)
        if len(self._keys) > 1 or not label:
            label = change.label if not edits else f"Move {len(self._keys)} items"
        return ChangeSet(label, (*edits, *change.edits))

    def _copied(self) -> ChangeSet:
        topology = self.stage.topology
        ids = element_ids(self._keys)
        fragment = copy(topology, ids)
        parents = {element.parent for element_id in ids if (element := topology.find(element_id, Element)) is not None}
        parent = self._drop.parent if self._drop is not None else next(iter(parents), None)
        return paste(topology, fragment, parent, *self._offset)

    def _find_neighbours(self) -> Rects:
        stage, scene = self.stage, self.stage.scene
        if not self._keys:
            return np.empty((0, 4))
        parent = int(scene.parents[scene.row_of[self._keys[0]]])
        rows = scene.visible(*stage.visible_box())
        rows = rows[scene.parents[rows] == parent]
        keep = [row for row in rows if scene.keys[int(row)] not in self._dragged]
        return np.asarray(scene.rects[keep], dtype=np.float64).reshape(-1, 4)


def movers(stage: Stage, keys: Iterable[PartKey]) -> tuple[PartKey, ...]:
    """Return what really moves with a selection: derived zones move their container, contents move with their zone."""
    scene = stage.scene
    found = list(dict.fromkeys(scene.mover(key) for key in sorted_keys(keys) if key in scene.row_of))
    spans = [scene.subtree(key) for key in found]
    return tuple(
        key for key in found if not any(scene.row_of[key] in span and scene.row_of[key] != span.start for span in spans)
    )


def box_of(stage: Stage, keys: Iterable[PartKey]) -> Box | None:
    """Return the scene box around some things."""
    boxes = [box for key in keys if (box := stage.box(key)) is not None]
    if not boxes:
        return None
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def added_keys(change: ChangeSet) -> list[PartKey]:
    """Return the outermost elements that a change adds."""
    added = {
        edit.after.id: edit.after for edit in change.edits if edit.before is None and isinstance(edit.after, Element)
    }
    return [PartKey(key) for key, element in added.items() if element.parent not in added]
