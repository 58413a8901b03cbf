"""Copy and paste: a fragment of a design as JSON that comes from anywhere and is trusted nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Literal, cast

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from designer.editing.draft import Draft
from designer.editing.labels import display_name
from designer.editing.permission import require_containable
from designer.editing.replan import replan
from designer.errors import ChangeError, DocumentTooLargeError, MalformedDocumentError, NewerFormatError
from designer.model.annotations import DesignInfo, Placement, Suppression, placement_id
from designer.model.base import Element, EntityBase, Link
from designer.model.changes import ChangeSet
from designer.model.entities import Entity
from designer.model.identity import EntityId, NewId, random_id
from designer.model.networks import ContainerNetwork
from designer.model.topology import Topology
from designer.model.workloads import HyperVContainer, WindowsContainer
from designer.planning.names import Names
from designer.storage.json_text import parse

MIME_TYPE = "application/x-container-network-designer-fragment+json"
VERSION = 1
MAX_BYTES = 5_000_000
_SOURCE = "The clipboard"


class Dangling(BaseModel):
    """A connection that led out of the copied part."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    element: EntityId
    was_connected_to: str


class Fragment(BaseModel):
    """What is on the clipboard.

    Attributes:
        version: version of this form.
        entities: copied elements, the links between them and their placements.
        dangling: what the elements were connected to outside, by name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["container-network-designer-fragment"] = "container-network-designer-fragment"
    version: Annotated[int, Field(ge=1)] = VERSION
    entities: tuple[Entity, ...]
    dangling: tuple[Dangling, ...] = ()


def copy(topology: Topology, ids: Iterable[EntityId]) -> bytes:
    """Return elements with their contents, the links between them and their placements as a fragment.

    Equal selections of equal designs give equal bytes.
    """
    inside: dict[EntityId, Element] = {}
    for entity_id in sorted(set(ids)):
        element = topology.find(entity_id, Element)
        if element is not None:
            inside[element.id] = element
            inside.update((inner.id, inner) for inner in topology.descendants(element.id))
    entities: dict[EntityId, EntityBase] = {}
    dangling: list[Dangling] = []
    for element in inside.values():
        entities[element.id] = _without_outside(topology, element, inside, dangling)
        for referrer in topology.referrers(element.id):
            if isinstance(referrer, Placement):
                entities[referrer.id] = referrer
            elif isinstance(referrer, Link):
                other = referrer.target if referrer.source == element.id else referrer.source
                if other in inside:
                    entities[referrer.id] = referrer
                else:
                    dangling.append(_dangling(topology, element.id, other))
    chosen = tuple(cast(Entity, entities[entity_id]) for entity_id in sorted(entities))
    fragment = Fragment(entities=chosen, dangling=tuple(dangling))
    return orjson.dumps(fragment.model_dump(mode="json"), option=orjson.OPT_SORT_KEYS)


def _without_outside(
    topology: Topology, element: Element, inside: dict[EntityId, Element], dangling: list[Dangling]
) -> Element:
    """Return the element without the references that lead out of the fragment, its container among them."""
    fields: dict[str, object] = {} if element.parent in inside else {"parent": None}
    match element:
        case ContainerNetwork(switch=other) if other is not None and other not in inside:
            fields["switch"] = None
            dangling.append(_dangling(topology, element.id, other))
        case WindowsContainer(shares_network_of=other) | HyperVContainer(shares_network_of=other) if (
            other is not None and other not in inside
        ):
            fields["shares_network_of"] = None
            dangling.append(_dangling(topology, element.id, other))
    return element.evolve(**fields) if fields else element


def _dangling(topology: Topology, element: EntityId, other: EntityId) -> Dangling:
    entity = topology.get(other)
    return Dangling(element=element, was_connected_to=display_name(topology, entity) if entity is not None else "")


def read(fragment: bytes) -> Fragment:
    """Return the checked content of a fragment; nothing in it is executed or fetched.

    Raises:
        DocumentTooLargeError: it is over the limits of size or depth.
        NewerFormatError: a newer version made it.
        MalformedDocumentError: it is no fragment, or not sound.
    """
    if len(fragment) > MAX_BYTES:
        raise DocumentTooLargeError(f"{_SOURCE} holds more than {MAX_BYTES // 1_000_000} MB; nothing was pasted.")
    raw = parse(fragment, _SOURCE)
    version = raw.get("version") if isinstance(raw, dict) else None
    if isinstance(version, int) and version > VERSION:
        raise NewerFormatError(_SOURCE, version, VERSION)
    try:
        result = Fragment.model_validate_json(fragment, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        place = " › ".join(str(step) for step in first["loc"])
        raise MalformedDocumentError(_SOURCE, f"{first['msg']}.", place=place) from error
    try:
        Topology.of_entities(result.entities)
    except ChangeError as error:
        raise MalformedDocumentError(_SOURCE, str(error)) from error
    return result


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the fragment goes."""

    topology: Topology
    parent: EntityId | None
    dx: float
    dy: float

    def parent_for(self, root: Element) -> EntityId | None:
        """Return the container that takes a root: the wanted one, or the next outer one that can.

        Raises:
            ChangeError: none can.
        """
        outer: list[EntityId | None] = [self.parent] if self.parent is not None else []
        outer += [found.id for found in self.topology.ancestors(self.parent)] if self.parent is not None else []
        first: ChangeError | None = None
        for candidate in [*outer, None]:
            try:
                require_containable(self.topology, candidate, type(root))
            except ChangeError as error:
                first = first or error
            else:
                return candidate
        assert first is not None, "the canvas is always a candidate"
        raise first


def paste(
    topology: Topology,
    fragment: bytes,
    parent: EntityId | None,
    dx: float,
    dy: float,
    new_id: NewId = random_id,
    *,
    keep_addresses: bool = False,
    keep_ids: bool = False,
) -> ChangeSet:
    """Put a fragment into a design, with fresh ids and unique names.

    Addresses, MACs, host ports and VXLAN ids that the design already has are planned anew, unless they are to be kept.

    Args:
        topology: the design.
        fragment: what `copy` gave, or anything else that the clipboard holds.
        parent: the container that is to take it; what cannot stand in it goes to the next outer one that can hold it.
        dx: how far it stands from where it was copied, in scene units.
        dy: the same, down.
        new_id: makes the ids.
        keep_addresses: leave addresses as they are, whether taken or not.
        keep_ids: leave ids that are free as they are, for what was cut from the same design.

    Raises:
        DocumentError: the fragment cannot be read.
        ChangeError: no container can hold it.
    """
    content = read(fragment)
    place = _Place(topology, parent, dx, dy)
    fresh = _renewed(content, place, _new_ids(content, topology, new_id, keep_ids=keep_ids))
    draft = Draft(topology)
    for entity in fresh if keep_addresses else replan(topology, fresh):
        draft.put(entity)
    count = sum(1 for entity in fresh if isinstance(entity, Element))
    return draft.change_set(f"Paste {count} items" if count != 1 else f"Paste {_first_name(fresh)}")


def _first_name(entities: list[EntityBase]) -> str:
    return next(entity.name for entity in entities if isinstance(entity, Element))


def _new_ids(content: Fragment, topology: Topology, new_id: NewId, *, keep_ids: bool) -> dict[EntityId, EntityId]:
    return {
        entity.id: entity.id if keep_ids and entity.id not in topology else new_id(entity.kind)
        for entity in content.entities
        if not isinstance(entity, Placement | DesignInfo | Suppression)
    }


def _renewed(content: Fragment, place: _Place, new_ids: dict[EntityId, EntityId]) -> list[EntityBase]:
    roots = {entity.id for entity in content.entities if isinstance(entity, Element) and entity.parent is None}
    names = Names(place.topology)
    renewed: list[EntityBase] = []
    for entity in content.entities:
        match entity:
            case DesignInfo() | Suppression():
                continue
            case Placement():
                renewed.append(_placed(entity, new_ids, place if entity.element in roots else None))
            case Link():
                ends = {"source": new_ids[entity.source], "target": new_ids[entity.target]}
                renewed.append(entity.evolve(id=new_ids[entity.id], **ends))
            case _:
                renewed.append(_renewed_element(entity, new_ids, place, names))
    placed = {entity.element for entity in renewed if isinstance(entity, Placement) and not entity.part}
    renewed += _missing_placements((new_ids[root] for root in sorted(roots)), placed, place)
    return renewed


def _renewed_element(element: Element, new_ids: dict[EntityId, EntityId], place: _Place, names: Names) -> Element:
    parent = new_ids[element.parent] if element.parent is not None else place.parent_for(element)
    fields: dict[str, object] = {"id": new_ids[element.id], "parent": parent}
    fields["name"] = names.take(type(element), element.name, parent)
    match element:
        case ContainerNetwork(switch=other) if other is not None:
            fields["switch"] = new_ids[other]
        case WindowsContainer(shares_network_of=other) | HyperVContainer(shares_network_of=other) if other is not None:
            fields["shares_network_of"] = new_ids[other]
    return element.evolve(**fields)


def _placed(placement: Placement, new_ids: dict[EntityId, EntityId], root_in: _Place | None) -> Placement:
    element = new_ids[placement.element]
    name, colon, host = placement.part.partition(":")
    part = f"{name}:{new_ids.get(EntityId(host), host)}" if colon else placement.part
    dx, dy = (root_in.dx, root_in.dy) if root_in is not None else (0.0, 0.0)
    x, y = placement.x + dx, placement.y + dy
    return placement.evolve(id=placement_id(element, part), element=element, part=part, x=x, y=y)


def _missing_placements(roots: Iterable[EntityId], placed: set[EntityId], place: _Place) -> Iterator[Placement]:
    for root in roots:
        if root not in placed:
            yield Placement(id=placement_id(root), element=root, x=place.dx, y=place.dy)
