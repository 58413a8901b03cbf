"""Placing, connecting, renaming, setting; each a pure function that returns one ChangeSet.

An intent that changes nothing gives an empty ChangeSet; one that cannot be is a ChangeError whose text says why.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest
from typing import Literal

from designer.editing.convert import convert_isolation
from designer.editing.defaults import default_fields, default_name, flow_fields
from designer.editing.draft import Draft, created
from designer.editing.labels import display_name, shortened, subject
from designer.editing.moving import move, reparent, resize
from designer.editing.permission import require_connectable, require_containable, require_flow
from designer.editing.removal import delete
from designer.errors import ChangeError
from designer.model.addressing import IpAddress
from designer.model.base import Element, Link
from designer.model.changes import ChangeSet
from designer.model.entities import kind_of
from designer.model.fabric import Segment
from designer.model.flows import Flow
from designer.model.hosts import WinNat
from designer.model.identity import EntityId, NewId, random_id
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.services import Service
from designer.model.topology import Topology
from designer.planning.addresses import free_address
from designer.planning.area import Area
from designer.planning.names import Names, expand

__all__ = [
    "add_several",
    "connect",
    "convert_isolation",
    "declare_flow",
    "delete",
    "move",
    "place",
    "reconnect",
    "rename",
    "reparent",
    "resize",
    "set_fields",
]

LinkEnd = Literal["source", "target"]

ADDRESSED_MODES = (NetworkMode.TRANSPARENT, NetworkMode.L2BRIDGE)
"""Where a new attachment gets a fixed address: HNS knows only its own endpoints on these networks, not the routers,
hosts and DHCP ranges on the same wire. On all others it chooses, and the design says so by leaving the address open."""

NUMBERED = (ContainerNetwork, Segment, Service, WinNat)
"""Kinds that start with a prefix or a port of their own, so that each has to know the ones before it."""

SPACING = 16.0


def place(
    topology: Topology,
    element_type: type[Element],
    parent: EntityId | None,
    x: float,
    y: float,
    new_id: NewId = random_id,
    **fields: object,
) -> ChangeSet:
    """Put a new element into a container (None: the canvas), with a unique name and legal default addresses.

    Args:
        topology: the design.
        element_type: its kind.
        parent: the container.
        x: position in the container, in scene units.
        y: the same, down.
        new_id: makes the id.
        fields: what is not to be the default.

    Raises:
        ChangeError: the container cannot hold it, or a value is not acceptable.
    """
    return _place_all(topology, element_type, parent, ((x, y),), (), new_id, fields)


def add_several(
    topology: Topology,
    element_type: type[Element],
    parent: EntityId | None,
    x: float,
    y: float,
    pattern: str,
    step: tuple[float, float] = (SPACING, SPACING),
    new_id: NewId = random_id,
    **fields: object,
) -> ChangeSet:
    """Put several new elements into a container, named after a pattern such as ``web{01..12}``.

    Args:
        topology: the design.
        element_type: their kind.
        parent: the container.
        x: position of the first in the container, in scene units.
        y: the same, down.
        pattern: see `designer.planning.names.expand`.
        step: how far each is from the one before.
        new_id: makes the ids.
        fields: what is not to be the default.

    Raises:
        ChangeError: the container cannot hold them, the pattern stands for no name, or a value is not acceptable.
    """
    names = expand(pattern)
    if not names:
        raise ChangeError(f"“{pattern}” stands for too many names; up to 1000 can be added at once.")
    points = tuple((x + step[0] * number, y + step[1] * number) for number in range(len(names)))
    return _place_all(topology, element_type, parent, points, names, new_id, fields)


def _place_all(
    topology: Topology,
    element_type: type[Element],
    parent: EntityId | None,
    points: tuple[tuple[float, float], ...],
    given: tuple[str, ...],
    new_id: NewId,
    fields: dict[str, object],
) -> ChangeSet:
    require_containable(topology, parent, element_type)
    draft, current = Draft(topology), topology
    names, taken = Names(topology), list[str]()
    for (x, y), name in zip_longest(points, given):
        own = fields | ({"name": name} if name is not None else {})
        own = default_fields(current, element_type, parent, own) | own
        taken.append(names.take(element_type, str(own.pop("name", default_name(element_type, own))), parent))
        element = created(
            element_type, **own | {"id": new_id(kind_of(element_type)), "name": taken[-1], "parent": parent}
        )
        draft.put(element)
        draft.set_placement(element.id, x=x, y=y)
        if issubclass(element_type, NUMBERED) or len(taken) == 1:
            current = topology.apply(draft.change_set(""))
        if len(taken) == 1:
            require_containable(current, parent, element.id)
    return draft.change_set(f"Add {shortened(taken[0]) if len(taken) == 1 else f'{len(taken)} items'}")


def connect(topology: Topology, a: EntityId, b: EntityId, new_id: NewId = random_id, **fields: object) -> ChangeSet:
    """Link two elements, whichever way round; the kind of the link follows from them.

    Only traffic, which is what those declare that have no other link, leads from the first to the second.

    Raises:
        ChangeError: they cannot be linked; the message says why.
    """
    verdict = require_connectable(topology, a, b)
    link_type, source, target = verdict.link, verdict.source or a, verdict.target or b
    assert link_type is not None, "a verdict that allows a link says which"
    if link_type is Flow:
        return declare_flow(topology, source, target, new_id, **fields)
    if link_type is Attachment and "ip" not in fields:
        fields["ip"] = default_address(topology, target)
    draft = Draft(topology)
    draft.put(created(link_type, **fields | {"id": new_id(kind_of(link_type)), "source": source, "target": target}))
    return draft.change_set(f"Connect {subject(topology, [source])} to {subject(topology, [target])}")


def declare_flow(
    topology: Topology, source: EntityId, target: EntityId, new_id: NewId = random_id, **fields: object
) -> ChangeSet:
    """Declare traffic from one element to another, with a port that the target offers.

    Raises:
        ChangeError: the one does not send, or the other does not answer; the message says why.
    """
    require_flow(topology, source, target)
    draft = Draft(topology)
    values = flow_fields(topology, source, target) | fields
    draft.put(created(Flow, **values | {"id": new_id(kind_of(Flow)), "source": source, "target": target}))
    return draft.change_set(f"Declare traffic from {subject(topology, [source])} to {subject(topology, [target])}")


def default_address(topology: Topology, network_id: EntityId) -> IpAddress | None:
    """Return the address that a new attachment to a network starts with; None where HNS or DHCP chooses it."""
    network = topology.find(network_id, ContainerNetwork)
    if network is None or network.mode not in ADDRESSED_MODES:
        return None
    return free_address(Area.whole(topology), network)


def reconnect(topology: Topology, link_id: EntityId, end: LinkEnd, new_end: EntityId) -> ChangeSet:
    """Move one end of a link to another element; the link keeps its id and all that still has a meaning.

    An address or gateway that does not lie in the new network goes, and a new address is planned where one is needed.

    Raises:
        ChangeError: the ends cannot be linked; the message says why.
    """
    link = topology.find(link_id, Link)
    if link is None:
        raise ChangeError("The link is no longer in the design.")
    if getattr(link, end) == new_end:
        return ChangeSet("Reconnect", ())
    source, target = (new_end, link.target) if end == "source" else (link.source, new_end)
    without = topology.apply(delete(topology, [link_id]))
    verdict = (require_flow if isinstance(link, Flow) else require_connectable)(without, source, target)
    if verdict.link is not type(link) or (verdict.source, verdict.target) != (source, target):
        raise ChangeError(f"“{display_name(topology, link)}” is another kind of link; draw a new one.")
    draft = Draft(topology)
    draft.update(link, source=source, target=target, **_addresses(without, link, target))
    return draft.change_set(f"Reconnect {display_name(topology, link)}")


def _addresses(topology: Topology, link: Link, target: EntityId) -> dict[str, object]:
    if not isinstance(link, Attachment) or target == link.target:
        return {}
    network = topology.find(target, ContainerNetwork)
    prefixes = [subnet.network for subnet in network.subnets] if network is not None else []
    kept: dict[str, object] = {}
    if link.ip is not None and not any(link.ip in prefix for prefix in prefixes):
        kept["ip"] = default_address(topology, target)
    if link.gateway is not None and not any(link.gateway in prefix for prefix in prefixes):
        kept["gateway"] = None
    return kept


def rename(topology: Topology, entity_id: EntityId, name: str) -> ChangeSet:
    """Give an element or a link another name.

    Raises:
        ChangeError: the name is empty, longer than 64 characters or holds what no file can carry.
    """
    draft = Draft(topology)
    _update(draft, entity_id, {"name": name})
    return draft.change_set(f"Rename {subject(topology, [entity_id])} to {shortened(name)}")


def set_fields(topology: Topology, ids: Iterable[EntityId], **fields: object) -> ChangeSet:
    """Set fields of entities, all to the same values.

    Raises:
        ChangeError: an entity is gone, has no such field, or a value is not acceptable.
    """
    draft, named = Draft(topology), list(dict.fromkeys(ids))
    for entity_id in named:
        _update(draft, entity_id, fields)
    what = ", ".join(field.replace("_", " ") for field in fields)
    return draft.change_set(f"Set {what} of {subject(topology, named)}")


def _update(draft: Draft, entity_id: EntityId, fields: dict[str, object]) -> None:
    entity = draft.get(entity_id)
    if entity is None:
        raise ChangeError("What was to be changed is no longer in the design.")
    draft.update(entity, **fields)
