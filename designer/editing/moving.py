"""Moving, resizing and putting things into other containers."""

from __future__ import annotations

from collections.abc import Mapping

from designer.editing.draft import Draft
from designer.editing.labels import subject
from designer.editing.permission import require_containable
from designer.editing.removal import remove_with_dependents
from designer.errors import ChangeError
from designer.model.annotations import Placement
from designer.model.base import Element
from designer.model.changes import ChangeSet
from designer.model.identity import EntityId
from designer.model.links import Attachment, Uplink
from designer.model.networks import ContainerNetwork
from designer.model.realisation import PartKey, host_of
from designer.model.topology import Topology
from designer.model.workloads import HyperVContainer, WindowsContainer

Point = tuple[float, float]
_NOWHERE: Mapping[PartKey, Point] = {}


def move(
    topology: Topology, offsets: Mapping[PartKey, Point], positions: Mapping[PartKey, Point] = _NOWHERE
) -> ChangeSet:
    """Move parts by offsets in scene units.

    What stands in a container that moves as well keeps its place in it.

    Args:
        topology: the design.
        offsets: for each part how far it goes to the right and down.
        positions: where parts without a placement stand in their containers, as the drawing shows them.
    """
    draft = Draft(topology)
    moving = {key.element for key in offsets if not key.is_derived}
    moved = [key for key in offsets if all(outer.id not in moving for outer in topology.ancestors(key.element))]
    for key in moved:
        dx, dy = offsets[key]
        if dx or dy:
            x, y = position(topology, key, positions)
            draft.set_placement(key.element, key.part, x=x + dx, y=y + dy)
    return draft.change_set(f"Move {subject(topology, list(dict.fromkeys(key.element for key in moved)))}")


def position(topology: Topology, key: PartKey, positions: Mapping[PartKey, Point] = _NOWHERE) -> Point:
    """Return where a part stands in its container: its placement, else what the drawing says, else the corner."""
    placement = topology.placement(key.element, key.part)
    return (placement.x, placement.y) if placement is not None else positions.get(key, (0.0, 0.0))


def resize(topology: Topology, key: PartKey, x: float, y: float, width: float, height: float) -> ChangeSet:
    """Give a part a corner and a size, in scene units relative to its container.

    What it contains stays where it is on the canvas: its positions make up for the corner.
    """
    draft = Draft(topology)
    old_x, old_y = position(topology, key, {key: (x, y)})
    draft.set_placement(key.element, key.part, x=x, y=y, width=width, height=height)
    if not key.is_derived and (x, y) != (old_x, old_y):
        for child in topology.children(key.element):
            placement = topology.placement(child.id)
            if placement is not None:
                draft.update(placement, x=placement.x + old_x - x, y=placement.y + old_y - y)
    return draft.change_set(f"Resize {subject(topology, [key.element])}")


def reparent(topology: Topology, element_id: EntityId, parent: EntityId | None, x: float, y: float) -> ChangeSet:
    """Put an element, with its contents, into another container, at a position in it.

    On another host it loses what only its old host has: attachments to that host's networks, uplinks, the switch and
    the shared network.

    Raises:
        ChangeError: the container cannot hold it; the message says why.
    """
    element = topology.find(element_id, Element)
    if element is None:
        raise ChangeError("What was to be moved is no longer in the design.")
    draft = Draft(topology)
    if parent != element.parent:
        require_containable(topology, parent, element_id)
        put_into(draft, element_id, parent)
    draft.set_placement(element_id, x=x, y=y)
    return draft.change_set(f"Move {subject(topology, [element_id])}")


def put_into(draft: Draft, element_id: EntityId, parent: EntityId | None) -> None:
    """Change the container of an element, and drop what does not exist on the host that it comes to."""
    topology = draft.topology
    element = draft.get(element_id)
    assert isinstance(element, Element), "only elements stand in containers"
    draft.update(element, parent=parent)
    old, new = host_of(topology, element_id), host_of(topology, parent) if parent is not None else None
    if old is None or old.id == element_id or (new is not None and old.id == new.id):
        return
    inside = {element_id: None, **{inner.id: None for inner in topology.descendants(element_id)}}
    for moved in inside:
        _leave_host(draft, moved, inside, old.id)


def _leave_host(draft: Draft, moved: EntityId, inside: Mapping[EntityId, None], host: EntityId) -> None:
    topology = draft.topology
    for link in topology.links_of(moved):
        other = link.target if link.source == moved else link.source
        if isinstance(link, Attachment | Uplink) and other not in inside and host_of(topology, other) is not None:
            remove_with_dependents(draft, [link.id])
    _forget_others(draft, draft.get(moved), inside)
    for referrer in topology.referrers(moved):
        if isinstance(referrer, Placement) and referrer.part.endswith(f":{host}"):
            draft.remove(referrer.id)
        elif referrer.id not in inside:
            _forget_moved(draft, draft.get(referrer.id), moved)


def _forget_others(draft: Draft, entity: object, inside: Mapping[EntityId, None]) -> None:
    match entity:
        case ContainerNetwork(switch=switch) if switch is not None and switch not in inside:
            draft.update(entity, switch=None)
        case WindowsContainer(shares_network_of=donor) | HyperVContainer(shares_network_of=donor) if (
            donor is not None and donor not in inside
        ):
            draft.update(entity, shares_network_of=None)


def _forget_moved(draft: Draft, referrer: object, moved: EntityId) -> None:
    match referrer:
        case ContainerNetwork(switch=switch) if switch == moved:
            draft.update(referrer, switch=None)
        case WindowsContainer(shares_network_of=donor) | HyperVContainer(shares_network_of=donor) if donor == moved:
            draft.update(referrer, shares_network_of=None)
