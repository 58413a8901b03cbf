"""A design as a frozen value with look-ups that stay fast at tens of thousands of elements.

The maps are persistent (hash array mapped tries of the library immutables): a change copies a few nodes, never the
design.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self, TypeVar, cast, overload

from immutables import Map

from designer.errors import StaleChangeError, StructureError
from designer.model.annotations import Placement, placement_id
from designer.model.base import Element, Link
from designer.model.changes import ChangeSet, Edit
from designer.model.entities import Entity, kind_of
from designer.model.identity import EntityId

E = TypeVar("E")
Index = Map[Any, Map[EntityId, None]]
_EMPTY: Map[EntityId, None] = Map()

FEW = 64
"""Up to so many changed entities a sorted tuple is mended instead of sorted again."""

MAX_DEPTH = 32
"""In how many others an element may stand. Legal nesting needs three; the limit protects from hostile documents."""


class _Sorted(NamedTuple):
    """The entities of a kind by id, as they were, and what has become of some of them since (None: removed)."""

    entities: tuple[Any, ...]
    later: dict[EntityId, Entity | None]

    def mended(self) -> _Sorted:
        """Return the entities as they are now."""
        entities = list(self.entities)
        for entity_id, now in self.later.items():
            start = bisect_left(entities, entity_id, key=_id_of)
            end = start + (start < len(entities) and entities[start].id == entity_id)
            entities[start:end] = [now] if now is not None else []
        return _Sorted(tuple(entities), {})


@dataclass(frozen=True, slots=True, eq=False)
class Topology:
    """All entities of a design, with indexes by kind, parent, link end and reference.

    Equal when the entities are equal.
    """

    entities: Map[EntityId, Entity] = field(default_factory=Map)
    _by_kind: Index = field(default_factory=Map, repr=False)
    _by_parent: Index = field(default_factory=Map, repr=False)
    _by_reference: Index = field(default_factory=Map, repr=False)
    _sorted: dict[str, _Sorted] = field(default_factory=dict, repr=False)

    @classmethod
    def of_entities(cls, entities: Iterable[Entity]) -> Self:
        """Build a design from entities in any order.

        Raises:
            StructureError: an id occurs twice, a reference has no element, or containment is circular.
        """
        store: dict[EntityId, Entity] = {}
        kinds: dict[str, dict[EntityId, None]] = {}
        parents: dict[EntityId | None, dict[EntityId, None]] = {}
        references: dict[EntityId, dict[EntityId, None]] = {}
        for entity in entities:
            if entity.id in store:
                raise StructureError(f"The id “{entity.id}” occurs twice; ids must be unique.", entity.id)
            store[entity.id] = entity
            kinds.setdefault(entity.kind, {})[entity.id] = None
            if isinstance(entity, Element):
                parents.setdefault(entity.parent, {})[entity.id] = None
            for target in entity.references():
                references.setdefault(target, {})[entity.id] = None
        topology = cls(Map(store), _freeze(kinds), _freeze(parents), _freeze(references))
        depths: dict[EntityId, int] = {}
        for children in parents.values():  # what stands in one container is as sound as its first
            topology._check(store[next(iter(children))], depths)
        for target in references.keys() - store.keys():
            topology._check(store[next(iter(references[target]))], depths)
        return topology

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Topology) and self.entities == other.entities

    def __hash__(self) -> int:
        return hash(self.entities)

    def __len__(self) -> int:
        return len(self.entities)

    def __contains__(self, entity_id: EntityId) -> bool:
        return entity_id in self.entities

    def __getitem__(self, entity_id: EntityId) -> Entity:
        return self.entities[entity_id]

    def get(self, entity_id: EntityId | None) -> Entity | None:
        """Return the entity with that id, or None."""
        return self.entities.get(entity_id) if entity_id is not None else None

    def find(self, entity_id: EntityId | None, entity_type: type[E]) -> E | None:
        """Return the entity with that id if it is of that type (a class, a base class or a union of classes)."""
        entity = self.get(entity_id)
        return entity if isinstance(entity, entity_type) else None

    def of(self, entity_type: type[E]) -> tuple[E, ...]:
        """Return all entities of one concrete type, sorted by id."""
        return self._of_kind(kind_of(cast(Any, entity_type)))

    def elements(self) -> Iterator[Element]:
        """Yield all elements, kind by kind, each sorted by id."""
        return (
            entity for kind in sorted(self._by_kind) for entity in self._of_kind(kind) if isinstance(entity, Element)
        )

    def links(self) -> Iterator[Link]:
        """Yield all links, kind by kind, each sorted by id."""
        return (entity for kind in sorted(self._by_kind) for entity in self._of_kind(kind) if isinstance(entity, Link))

    @overload
    def children(self, parent: EntityId | None) -> tuple[Element, ...]: ...
    @overload
    def children(self, parent: EntityId | None, entity_type: type[E]) -> tuple[E, ...]: ...
    def children(self, parent: EntityId | None, entity_type: type[Any] = Element) -> tuple[Any, ...]:
        """Return what an element directly contains (None: what stands on the canvas), of one type, sorted by id."""
        found = map(self.entities.__getitem__, _in_order(self._by_parent.get(parent, _EMPTY)))
        return tuple(found) if entity_type is Element else tuple(one for one in found if isinstance(one, entity_type))

    def descendants(self, ancestor: EntityId) -> Iterator[Element]:
        """Yield everything inside an element, each container before its contents."""
        waiting = list(reversed(self.children(ancestor)))
        while waiting:
            child = waiting.pop()
            yield child
            if child.id in self._by_parent:
                waiting.extend(reversed(self.children(child.id)))

    def referrers(self, entity_id: EntityId) -> tuple[Entity, ...]:
        """Return what needs the element to exist besides its children: links, placements, sharers; sorted by id."""
        return tuple(map(self.entities.__getitem__, _in_order(self._by_reference.get(entity_id, _EMPTY))))

    @overload
    def links_of(self, entity_id: EntityId) -> tuple[Link, ...]: ...
    @overload
    def links_of(self, entity_id: EntityId, link_type: type[E]) -> tuple[E, ...]: ...
    def links_of(self, entity_id: EntityId, link_type: type[Any] = Link) -> tuple[Any, ...]:
        """Return the links that end at an element, of one type, sorted by id."""
        return tuple(
            link for link in self.referrers(entity_id) if isinstance(link, Link) and isinstance(link, link_type)
        )

    def placement(self, entity_id: EntityId, part: str = "") -> Placement | None:
        """Return where an element, or a derived part of it, stands; None when it was never placed."""
        return self.find(placement_id(entity_id, part), Placement)

    def ancestors(self, entity_id: EntityId) -> Iterator[Element]:
        """Yield the containers of an element, innermost first."""
        element = self.find(entity_id, Element)
        while element is not None and element.parent is not None:
            element = self.find(element.parent, Element)
            if element is not None:
                yield element

    def apply(self, change: ChangeSet) -> Self:
        """Return the design after a change; this one stays as it is.

        Raises:
            StaleChangeError: an entity is not as it was when the change was made.
            StructureError: a reference would be left without its element, or containment would be circular.
        """
        entities, kinds, parents, references = self.entities, self._by_kind, self._by_parent, self._by_reference
        for edit in change.edits:
            if entities.get(edit.id) != edit.before:
                raise StaleChangeError(f"“{change.label}” no longer fits this design; nothing was changed.")
            if edit.before is not None:
                entities = entities.delete(edit.id)
                kinds, parents, references = _unindex(edit.before, kinds, parents, references)
            if edit.after is not None:
                entities = entities.set(edit.id, edit.after)
                kinds, parents, references = _index(edit.after, kinds, parents, references)
        result = type(self)(entities, kinds, parents, references, _resorted(self._sorted, change))
        depths: dict[EntityId, int] = {}
        for edit in change.edits:
            result._check_edit(edit, depths)
        return result

    def _of_kind(self, kind: str) -> tuple[Any, ...]:
        found = self._sorted.get(kind)
        if found is None:
            ids = sorted(self._by_kind.get(kind, _EMPTY))
            found = self._sorted[kind] = _Sorted(tuple(map(self.entities.__getitem__, ids)), {})
        elif found.later:
            found = self._sorted[kind] = found.mended()
        return found.entities

    def _check_edit(self, edit: Edit, depths: dict[EntityId, int]) -> None:
        current = self.entities.get(edit.id)
        if current is not None:
            self._check(current, depths)
            if edit.before is not None and getattr(edit.before, "parent", None) != getattr(current, "parent", None):
                for inner in self.descendants(current.id):
                    self._check(inner, depths)
        elif self._by_parent.get(edit.id) or self._by_reference.get(edit.id):
            name = getattr(edit.before, "name", edit.id)
            raise StructureError(f"“{name}” still contains something or is still connected; remove that with it.")

    def _check(self, entity: Entity | Element, depths: dict[EntityId, int]) -> None:
        """Refuse an entity whose references or containers are not right; keeps the depths that it has found."""
        for target in entity.references():
            if target not in self.entities:
                name = getattr(entity, "name", "") or entity.id
                raise StructureError(f"“{name}” refers to “{target}”, which is not in the design.", entity.id)
        if not isinstance(entity, Element):
            return
        path = [entity]
        while path[-1].parent is not None and path[-1].parent not in depths:
            container = self.entities.get(path[-1].parent)
            if not isinstance(container, Element):
                message = f"“{path[-1].name}” is inside “{path[-1].parent}”, which is no element of the design."
                raise StructureError(message, path[-1].id)
            if container.id in {inner.id for inner in path}:
                raise StructureError(f"“{entity.name}” would contain itself.", entity.id)
            path.append(container)
            if len(path) > MAX_DEPTH + 1:
                break
        above = depths.get(path[-1].parent, 0) if path[-1].parent is not None else 0
        if above + len(path) > MAX_DEPTH + 1:
            raise StructureError(f"“{entity.name}” stands inside more than {MAX_DEPTH} others.", entity.id)
        depths.update((inner.id, above + number) for number, inner in enumerate(reversed(path), start=1))


def _resorted(cached: dict[str, _Sorted], change: ChangeSet) -> dict[str, _Sorted]:
    """Return the sorted entities after a change, to be mended when they are asked for; forget them after many edits."""
    touched: dict[str, dict[EntityId, Entity | None]] = {}
    for edit in change.edits:
        if edit.before is not None:
            touched.setdefault(edit.before.kind, {})[edit.id] = None
        if edit.after is not None:
            touched.setdefault(edit.after.kind, {})[edit.id] = edit.after
    result = dict(cached)
    for kind in touched.keys() & cached.keys():
        later = cached[kind].later | touched[kind]
        if len(later) > FEW:
            del result[kind]
        else:
            result[kind] = _Sorted(cached[kind].entities, later)
    return result


def _id_of(entity: Entity) -> EntityId:
    return entity.id


def _in_order(ids: Map[EntityId, None]) -> Iterable[EntityId]:
    return sorted(ids) if len(ids) > 1 else ids


def _freeze(index: dict[Any, dict[EntityId, None]]) -> Index:
    return Map({key: Map(ids) for key, ids in index.items()})


def _add(index: Index, key: object, entity_id: EntityId) -> Index:
    return index.set(key, index.get(key, _EMPTY).set(entity_id, None))


def _remove(index: Index, key: object, entity_id: EntityId) -> Index:
    left = index[key].delete(entity_id)
    return index.set(key, left) if left else index.delete(key)


def _index(entity: Entity, kinds: Index, parents: Index, references: Index) -> tuple[Index, Index, Index]:
    kinds = _add(kinds, entity.kind, entity.id)
    if isinstance(entity, Element):
        parents = _add(parents, entity.parent, entity.id)
    for target in entity.references():
        references = _add(references, target, entity.id)
    return kinds, parents, references


def _unindex(entity: Entity, kinds: Index, parents: Index, references: Index) -> tuple[Index, Index, Index]:
    kinds = _remove(kinds, entity.kind, entity.id)
    if isinstance(entity, Element):
        parents = _remove(parents, entity.parent, entity.id)
    for target in dict.fromkeys(entity.references()):
        references = _remove(references, target, entity.id)
    return kinds, parents, references
