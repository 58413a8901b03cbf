"""What a newer version put into a file: set aside when reading, put back when writing."""

from __future__ import annotations

import copy
from typing import Any

import orjson
from pydantic import BaseModel, ValidationError

from designer.model.annotations import DesignInfo, Placement, Suppression
from designer.model.base import Element
from designer.model.entities import ELEMENT_TYPES, LINK_TYPES, Entity, entities_adapter, kind_of
from designer.model.identity import EntityId
from designer.storage.document import Extras, Path
from designer.storage.problems import path_of

_REFERRING = ("parent", "source", "target", "element")
"""Fields that name another entity, by a convention that newer formats keep."""

_OBJECTS = {
    kind_of(entity_type): {
        name for name, field in entity_type.model_fields.items() if isinstance(field.default, BaseModel)
    }
    for entity_type in (*ELEMENT_TYPES, *LINK_TYPES, Placement, Suppression, DesignInfo)
}
"""By kind, the fields that always hold an object; it is left out of the file when it is as usual."""


def read_known(elements: list[Any], *, lossy: bool) -> tuple[list[Entity], Extras, int]:
    """Return the entities that this version knows, what it does not know, and how many elements were left out.

    Args:
        elements: the elements of the file.
        lossy: leave out what cannot be read at all (a newer major format) instead of raising.

    Raises:
        ValidationError: something that this version knows is wrong, and lossy is not asked for.
    """
    known = copy.deepcopy(elements)
    fields: dict[EntityId, list[tuple[Path, Any]]] = {}
    unknown: list[dict[str, Any]] = []
    left_out = 0
    while True:
        try:
            entities: list[Entity] = entities_adapter.validate_json(orjson.dumps(known), strict=True)
            break
        except ValidationError as error:
            gone: set[int] = set()
            for detail in error.errors(include_url=False):
                index, *place = path_of(detail, known)
                if detail["type"] == "extra_forbidden":
                    _set_aside(known[int(index)], tuple(place), fields)
                elif detail["type"] == "union_tag_invalid" and isinstance(known[int(index)].get("id"), str):
                    unknown.append(known[int(index)])
                    gone.add(int(index))
                elif lossy:
                    left_out += int(index) not in gone
                    gone.add(int(index))
                else:
                    raise
            known = [element for index, element in enumerate(known) if index not in gone]
    entities, dependent = _without_missing(entities, {element["id"] for element in unknown}, lossy=lossy)
    by_id = {element["id"]: element for element in elements if isinstance(element, dict) and "id" in element}
    unknown += [by_id[entity_id] for entity_id in dependent]
    kept = {entity_id: tuple(found) for entity_id, found in fields.items() if entity_id not in dependent}
    return entities, Extras(fields=kept, entities=tuple(unknown)), left_out


def _set_aside(element: dict[str, Any], place: Path, fields: dict[EntityId, list[tuple[Path, Any]]]) -> None:
    holder: Any = element
    for step in place[:-1]:
        holder = holder[step]
    fields.setdefault(element["id"], []).append((place, holder.pop(place[-1])))


def _without_missing(
    entities: list[Entity], unknown: set[EntityId], *, lossy: bool
) -> tuple[list[Entity], list[EntityId]]:
    """Take out what refers to elements that this version cannot hold, until nothing does."""
    dependent: list[EntityId] = []
    while True:
        present = {entity.id for entity in entities}
        lost = [entity for entity in entities if _refers_to_lost(entity, unknown, present, lossy=lossy)]
        if not lost:
            return entities, dependent
        dependent += [entity.id for entity in lost]
        unknown = unknown | {entity.id for entity in lost}
        entities = [entity for entity in entities if entity.id not in unknown]


def _refers_to_lost(entity: Entity, unknown: set[EntityId], present: set[EntityId], *, lossy: bool) -> bool:
    parent = (entity.parent,) if isinstance(entity, Element) and entity.parent else ()
    return any(target in unknown or (lossy and target not in present) for target in (*entity.references(), *parent))


def put_back(elements: dict[EntityId, dict[str, Any]], extras: Extras) -> list[dict[str, Any]]:
    """Put the unknown fields into the elements that are left, and return the unknown entities that still fit."""
    for entity_id, found in extras.fields.items():
        if entity_id in elements:
            for place, value in found:
                _put(elements[entity_id], place, value)
    kept = [dict(entity) for entity in extras.entities if entity["id"] not in elements]
    while True:
        present = {None, *elements, *(entity["id"] for entity in kept)}
        fitting = [entity for entity in kept if all(entity.get(field) in present for field in _REFERRING)]
        if len(fitting) == len(kept):
            return kept
        kept = fitting


def _put(element: dict[str, Any], place: Path, value: object) -> None:
    """Put a value at a place; when what held it has been taken away, it goes too."""
    if len(place) > 1 and place[0] not in element and place[0] in _OBJECTS[element["kind"]]:
        element[str(place[0])] = {}
    holder: Any = element
    for step in place[:-1]:
        fits = step in holder if isinstance(holder, dict) else isinstance(step, int) and step < len(holder)
        if not fits:
            return
        holder = holder[step]
    holder[place[-1]] = value
