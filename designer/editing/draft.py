"""Collects what one intent changes, so that each entity is edited once and nothing is edited in vain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar, cast

from pydantic import ValidationError

from designer.editing.labels import shortened
from designer.errors import ChangeError
from designer.model.annotations import Placement, placement_id
from designer.model.base import EntityBase
from designer.model.changes import ChangeSet, Edit
from designer.model.entities import Entity
from designer.model.identity import EntityId
from designer.model.topology import Topology
from designer.storage.problems import sentence

E = TypeVar("E", bound=EntityBase)


class Draft:
    """The edits that lead from a design to the wished one; written once, in the order of the first touch."""

    def __init__(self, topology: Topology) -> None:
        self.topology = topology
        self._after: dict[EntityId, Entity | None] = {}

    def get(self, entity_id: EntityId | None) -> Entity | None:
        """Return an entity as the draft has it; None when it is not there or was removed."""
        if entity_id in self._after:
            return self._after[entity_id]
        return self.topology.get(entity_id)

    def find(self, entity_id: EntityId | None, entity_type: type[E]) -> E | None:
        """Return an entity as the draft has it, if it is of that type."""
        entity = self.get(entity_id)
        return entity if isinstance(entity, entity_type) else None

    def put(self, entity: EntityBase) -> None:
        """Add an entity, or set a new version of it."""
        self._after[entity.id] = cast(Entity, entity)

    def remove(self, entity_id: EntityId) -> None:
        """Remove an entity."""
        self._after[entity_id] = None

    def update(self, entity: EntityBase, **fields: object) -> None:
        """Set fields of an entity.

        Raises:
            ChangeError: a value is not acceptable.
        """
        self.put(changed(entity, **fields))

    def set_placement(self, element: EntityId, part: str = "", **fields: object) -> None:
        """Set fields of the placement of an element or of one of its derived parts; makes one where none is.

        Raises:
            ChangeError: a value is not acceptable.
        """
        current = self.find(placement_id(element, part), Placement)
        if current is None:
            fresh: dict[str, object] = {"id": placement_id(element, part), "element": element, "part": part}
            self.put(created(Placement, **fresh | fields))
        else:
            self.update(current, **fields)

    def change_set(self, label: str) -> ChangeSet:
        """Return the edits under a label; without edits when nothing changes."""
        return ChangeSet(label, tuple(self._edits()))

    def _edits(self) -> Iterator[Edit]:
        for entity_id, after in self._after.items():
            before = self.topology.get(entity_id)
            if before != after:
                yield Edit(before, after)


def created(entity_type: type[E], **fields: object) -> E:
    """Return a new entity.

    Raises:
        ChangeError: a value is not acceptable, or a field is missing or unknown.
    """
    try:
        return entity_type.model_validate(fields)
    except ValidationError as error:
        raise ChangeError(_sentence(str(fields.get("name") or entity_type.__name__), error)) from error


def changed(entity: E, **fields: object) -> E:
    """Return an entity with some fields set.

    Raises:
        ChangeError: a value is not acceptable, or a field is unknown.
    """
    try:
        return entity.evolve(**fields)
    except ValidationError as error:
        raise ChangeError(_sentence(str(getattr(entity, "name", "") or entity.id), error)) from error


def _sentence(name: str, error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    place = " ".join(str(step) for step in first["loc"]).replace("_", " ")
    return f"{shortened(name)}, {place}: {sentence(first)}"
