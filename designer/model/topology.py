"""A design as a frozen value with look-ups that stay fast at tens of thousands of elements.

The maps are persistent (hash array mapped tries of the library immutables): a change copies a few nodes, never the
design.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar, cast, overload

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


@dataclass(frozen=True, slots=True, eq=False)
class Topology:
    """All entities of a design, with indexes by kind, parent, link end and reference.

    Equal when the entities are equal.
    """

    entities: Map[EntityId, Entity] = field(default_factory=Map)
    _by_kind: Index = field(default_factory=Map)
    _by_parent: Index = field(default_factory=Map)
    _by_reference: Index = field(default_factory=Map)
    _sorted: dict[str, tuple[Any, ...]] = field(default_factory=dict)

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
        for entity in store.values():
            topology._check(entity)
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
        kind = kind_of(cast(Any, entity_type))
        found = self._sorted.get(kind)
        if found is None:
            found = tuple(self.entities[entity_id] for entity_id in sorted(self._by_kind.get(kind, _EMPTY)))
            self._sorted[kind] = found
        return found

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
        ids = sorted(self._by_parent.get(parent, _EMPTY))
        return tuple(child for child in map(self.entities.__getitem__, ids) if isinstance(child, entity_type))

    def descendants(self, ancestor: EntityId) -> Iterator[Element]:
        """Yield everything inside an element, each container before its contents."""
        for child in self.children(ancestor):
            yield child
            yield from self.descendants(child.id)

    def referrers(self, entity_id: EntityId) -> tuple[Entity, ...]:
        """Return what needs the element to exist besides its children: links, placements, sharers; sorted by id."""
        return tuple(self.entities[found] for found in sorted(self._by_reference.get(entity_id, _EMPTY)))

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
        touched = {
            subject.kind for edit in change.edits for subject in (edit.before, edit.after) if subject is not None
        }
        kept = {kind: found for kind, found in self._sorted.items() if kind not in touched}
        result = type(self)(entities, kinds, parents, references, kept)
        for edit in change.edits:
            result._check_edit(edit)
        return result

    def _of_kind(self, kind: str) -> tuple[Any, ...]:
        return tuple(self.entities[entity_id] for entity_id in sorted(self._by_kind.get(kind, _EMPTY)))

    def _check_edit(self, edit: Edit) -> None:
        current = self.entities.get(edit.id)
        if current is not None:
            self._check(current)
        elif self._by_parent.get(edit.id) or self._by_reference.get(edit.id):
            name = getattr(edit.before, "name", edit.id)
            raise StructureError(f"“{name}” still contains something or is still connected; remove that with it.")

    def _check(self, entity: Entity) -> None:
        name = getattr(entity, "name", "") or entity.id
        for target in entity.references():
            if target not in self.entities:
                raise StructureError(
                    f"“{name}” ({entity.kind}) refers to “{target}”, which is not in the design.", entity.id
                )
        if not isinstance(entity, Element) or entity.parent is None:
            return
        seen = {entity.id}
        parent: EntityId | None = entity.parent
        while parent is not None:
            container = self.entities.get(parent)
            if not isinstance(container, Element):
                raise StructureError(
                    f"“{name}” ({entity.kind}) is inside “{parent}”, which is no element of the design.", entity.id
                )
            if parent in seen:
                raise StructureError(f"“{name}” ({entity.kind}) would contain itself.", entity.id)
            seen.add(parent)
            parent = container.parent


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
