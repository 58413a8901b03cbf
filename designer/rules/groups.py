"""The groups of the indexes, kept from edit to edit."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from typing import Any, Self

from immutables import Map

from designer.model.base import EntityBase
from designer.model.identity import EntityId
from designer.rules.design import Design
from designer.rules.registry import Group, Index, kinds_of

Members = tuple[EntityId, ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of one index: those of the last whole pass, and what has changed since.

    An entity that has a key twice is twice in the group.
    """

    base: dict[Hashable, Members]
    changed: Map[Hashable, Members] = field(default_factory=Map)

    @classmethod
    def of(cls, design: Design, index: Index[Any]) -> Self:
        """Group all entities of a design."""
        found: dict[Hashable, list[EntityId]] = {}
        keys_of_entity, field_name = index.keys, index.field
        for kind in kinds_of(index.subject):
            entities: tuple[Any, ...] = design.topology.of(kind)
            if field_name:
                entities = tuple(entity for entity in entities if getattr(entity, field_name, True))
            for entity in entities:
                for key in keys_of_entity(design, entity):
                    found.setdefault(key, []).append(entity.id)
        return cls({key: tuple(sorted(ids)) if len(ids) > 1 else (ids[0],) for key, ids in found.items()})

    def members(self, key: Hashable) -> Members:
        """Return the ids with a key."""
        found = self.changed.get(key)
        return self.base.get(key, ()) if found is None else found

    def keys(self, least: int) -> Iterator[Hashable]:
        """Yield the keys that enough entities have."""
        for key, ids in self.base.items():
            if key not in self.changed and len(ids) >= least:
                yield key
        for key, ids in self.changed.items():
            if len(ids) >= least:
                yield key

    def everyone(self) -> set[EntityId]:
        """Return all entities that have a key."""
        return {entity_id for key in self.keys(1) for entity_id in self.members(key)}

    def moved(self, entity_id: EntityId, before: list[Hashable], after: list[Hashable]) -> Self:
        """Return the groups after an entity changed its keys."""
        changed = self.changed
        for key in dict.fromkeys((*before, *after)):
            others = [found for found in self._now(changed, key) if found != entity_id]
            changed = changed.set(key, tuple(sorted([*others, *[entity_id] * after.count(key)])))
        return type(self)(self.base, changed)

    def _now(self, changed: Map[Hashable, Members], key: Hashable) -> Members:
        found = changed.get(key)
        return self.base.get(key, ()) if found is None else found


def keys_of(design: Design, index: Index[Any], entity_id: EntityId) -> list[Hashable]:
    """Return the groups that an entity belongs to in a design; none when it is not there or of another kind."""
    entity = design.topology.entities.get(entity_id)
    if not isinstance(entity, index.subject) or (index.field and not getattr(entity, index.field, True)):
        return []
    return list(index.keys(design, entity))


def group_of(design: Design, groups: Groups, key: Hashable) -> Group:
    """Return a group with its entities."""
    ids = dict.fromkeys(groups.members(key))
    found: tuple[EntityBase, ...] = tuple(design.topology.entities[entity_id] for entity_id in ids)
    return Group(key, found)
