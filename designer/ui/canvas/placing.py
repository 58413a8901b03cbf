"""Where a new thing goes and how large it will be there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from designer.drawing import measures
from designer.drawing.layout import arrange
from designer.editing.commands import place
from designer.model.annotations import Note, Placement
from designer.model.base import Element
from designer.model.changes import ChangeSet
from designer.model.fabric import Segment
from designer.model.hosts import Host, SetTeam, VSwitch
from designer.model.identity import EntityId
from designer.model.networks import ContainerNetwork
from designer.model.realisation import PartKey
from designer.model.services import Service
from designer.model.workloads import Compartment, ContainerBase
from designer.ui.canvas import lookup
from designer.ui.canvas.camera import Box
from designer.ui.canvas.catalogue import Placeable
from designer.ui.canvas.drop_zones import Drop, may_hold
from designer.ui.canvas.snapping import to_grid

if TYPE_CHECKING:
    from designer.ui.canvas.stage import Stage


def size_of(element_type: type[Element]) -> tuple[float, float]:
    """Return width and height that a new thing of a kind has on the drawing, in scene units."""
    if issubclass(element_type, Host):
        return measures.HOST_MIN_WIDTH, measures.HOST_MIN_HEIGHT
    if issubclass(element_type, Segment):
        return measures.BAR_MIN_WIDTH, measures.SEGMENT_HEIGHT
    if issubclass(element_type, ContainerNetwork | VSwitch):
        return measures.BAR_MIN_WIDTH, measures.BAR_HEIGHT
    if issubclass(element_type, Compartment | SetTeam):
        return measures.CARD_MIN_WIDTH + 2 * measures.ZONE_PADDING, measures.CARD_HEIGHT + measures.ZONE_TITLE
    if issubclass(element_type, ContainerBase):
        return measures.WORKLOAD_MIN_WIDTH, measures.CARD_HEIGHT
    if issubclass(element_type, Service):
        return measures.WORKLOAD_MIN_WIDTH, measures.CARD_HEIGHT + measures.CARD_CHIP_PITCH
    if issubclass(element_type, Note):
        return measures.NOTE_WIDTH, measures.CARD_HEIGHT
    return measures.CARD_MIN_WIDTH, measures.CARD_HEIGHT


def ghost_box(element_type: type[Element], x: float, y: float, *, snap: bool = True) -> Box:
    """Return the scene box of a new thing whose middle is at the pointer, on the grid."""
    width, height = size_of(element_type)
    left, top = x - width / 2, y - height / 2
    if snap:
        left, top = to_grid(left), to_grid(top)
    return left, top, left + width, top + height


def place_at(stage: Stage, entry: Placeable, parent: EntityId | None, x: float, y: float) -> ChangeSet:
    """Return the change that puts a new thing into a container, its corner at a scene point.

    Raises:
        ChangeError: the container cannot hold it.
    """
    local_x, local_y = lookup.to_local(stage.scene, parent, x, y)
    fields: dict[str, Any] = dict(entry.fields)
    return place(stage.topology, entry.element_type, parent, local_x, local_y, **fields)


def created_key(change: ChangeSet) -> PartKey | None:
    """Return the element that a change adds."""
    for edit in change.edits:
        if edit.before is None and isinstance(edit.after, Element):
            return PartKey(edit.after.id)
    return None


def keyboard_drop(stage: Stage, entry: Placeable) -> Drop:
    """Return the container for a thing placed by keyboard: the focused zone if legal, else the nearest legal one."""
    first = None
    for parent in _candidates(stage):
        verdict = may_hold(stage.topology, parent, entry)
        drop = Drop(parent, PartKey(parent) if parent is not None else None, verdict)
        if verdict.ok:
            return drop
        first = first or drop
    return first if first is not None else Drop(None, None, may_hold(stage.topology, None, entry))


def _candidates(stage: Stage) -> list[EntityId | None]:
    found: list[EntityId | None] = []
    focus = stage.focus
    if focus is not None and stage.topology.find(focus.element, Element) is not None:
        found.append(focus.element)
        found += [outer.id for outer in stage.topology.ancestors(focus.element)]
    found.append(None)
    found += [host.id for host in stage.topology.of(Host)]
    return found


def place_by_layout(stage: Stage, entry: Placeable, parent: EntityId | None) -> ChangeSet:
    """Return the change that puts a new thing into a container where automatic layout has it, clear of the others.

    Raises:
        ChangeError: the container cannot hold it.
    """
    placed = place_at(stage, entry, parent, 0.0, 0.0)
    kept = tuple(edit for edit in placed.edits if not isinstance(edit.after, Placement))
    after = stage.topology.apply(ChangeSet(placed.label, kept))
    key = created_key(placed)
    assert key is not None, "placing adds an element"
    found = [
        edit
        for edit in arrange(after).edits
        if isinstance(edit.after, Placement) and PartKey(edit.after.element, edit.after.part) == key
    ]
    return ChangeSet(placed.label, (*kept, *found)) if found else placed
