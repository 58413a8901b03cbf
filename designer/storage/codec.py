"""A design to JSON text and back: keys sorted, one element per block, equal designs give equal bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import orjson
from pydantic import TypeAdapter, ValidationError

from designer.collector import collector_paused
from designer.errors import DocumentTooLargeError, MalformedDocumentError, NewerFormatError, StructureError
from designer.model.annotations import DesignInfo, Placement, Suppression
from designer.model.base import EntityBase
from designer.model.entities import ELEMENT_TYPES, LINK_TYPES, entities_adapter, kind_of
from designer.model.topology import Topology
from designer.storage.document import (
    FORMAT,
    MAX_ENTITIES,
    PRODUCT,
    Document,
    Extras,
    Path,
)
from designer.storage.json_text import CANONICAL, line_of, parse
from designer.storage.migrations import OLDEST_MAJOR, migrate
from designer.storage.newer import put_back, read_known
from designer.storage.problems import path_of, place_of, sentence

ENTITY_TYPES = (DesignInfo, *ELEMENT_TYPES, *LINK_TYPES, Placement, Suppression)
"""All types of entities, in the order of the file."""

_ORDER = {kind_of(entity_type): index for index, entity_type in enumerate(ENTITY_TYPES)}
_AT_ONCE = 500
_FORMAT = re.compile(r"(\d{1,4})\.(\d{1,4})")


def encode(document: Document) -> bytes:
    """Return the file content of a design.

    Raises:
        NewerFormatError: the design was read from a newer major format, of which this version knows only a part.
    """
    if document.read_only:
        raise NewerFormatError("This design", document.format[0], FORMAT[0])
    with collector_paused():
        return _text(document)


def _text(document: Document) -> bytes:
    topology, extras = document.topology, document.extras
    elements = [plain for entity_type in ENTITY_TYPES for plain in _plain(entity_type, topology)]
    if extras.fields or extras.entities:
        by_id = {element["id"]: element for element in elements}
        elements += put_back(by_id, extras)
        elements.sort(key=lambda element: (_ORDER.get(element["kind"], len(_ORDER)), element["kind"], element["id"]))
    major, minor = max(document.format, FORMAT)
    header = {**extras.header, "format": f"{major}.{minor}", "product": PRODUCT}
    return orjson.dumps({**extras.top, "document": header, "elements": elements}, option=CANONICAL)


def decode(content: bytes, name: str) -> Document:
    """Return the design in a file.

    Args:
        content: the whole file.
        name: the file as messages call it.

    Raises:
        MalformedDocumentError: the content is no design; says where.
        DocumentTooLargeError: over a limit of size, depth or number of elements.
    """
    with collector_paused(staying=True):
        raw = parse(content, name)
        try:
            return _document(raw)
        except _FaultError as fault:
            line = line_of(content.decode("utf-8"), fault.path)
            raise MalformedDocumentError(name, fault.problem, line=line, place=fault.place) from None
        except _TooManyError as error:
            raise DocumentTooLargeError(f"{name} {error}") from None


class _FaultError(Exception):
    """Something is wrong at a place of the document."""

    def __init__(self, path: Path, problem: str, place: str = "") -> None:
        super().__init__(problem)
        self.path, self.problem, self.place = path, problem, place


class _TooManyError(Exception):
    """A limit is passed."""


def _document(raw: object) -> Document:
    if not isinstance(raw, dict):
        raise _FaultError((), "the file holds no design; a design is a JSON object.")
    found = _format_of(raw)
    if found[0] < FORMAT[0]:
        raw = migrate(raw, found[0], FORMAT[0])
    elements = raw.get("elements")
    if not isinstance(elements, list):
        raise _FaultError(("elements",), "“elements” must be a list of all elements.", "elements")
    if len(elements) > MAX_ENTITIES:
        raise _TooManyError(f"holds {len(elements)} elements; the limit is {MAX_ENTITIES}.")
    newer = found > FORMAT
    extras = Extras(_others(raw, {"document", "elements"}), _others(raw["document"], {"format", "product"}))
    if not newer and (extras.top or extras.header):
        unknown = next(iter(extras.top or extras.header))
        path: Path = (unknown,) if extras.top else ("document", unknown)
        raise _FaultError(path, f"there is no field “{unknown}” in format {found[0]}.{found[1]}.", unknown)
    return _with_elements(elements, extras, found)


def _format_of(raw: Mapping[str, Any]) -> tuple[int, int]:
    header = raw.get("document")
    if not isinstance(header, dict) or header.get("product") != PRODUCT:
        raise _FaultError(("document",), f"the file is no design of {PRODUCT}; its header is missing.", "document")
    match = _FORMAT.fullmatch(header["format"]) if isinstance(header.get("format"), str) else None
    if match is None or int(match[1]) < OLDEST_MAJOR:
        raise _FaultError(("document", "format"), "the format must be two numbers such as “1.0”.", "document.format")
    return int(match[1]), int(match[2])


def _others(raw: Mapping[str, Any], known: set[str]) -> dict[str, Any]:
    return {key: value for key, value in raw.items() if key not in known}


def _with_elements(elements: list[Any], extras: Extras, found: tuple[int, int]) -> Document:
    lossy = found[0] > FORMAT[0]
    notes: tuple[str, ...] = ()
    try:
        if found > FORMAT:
            entities, kept, left_out = read_known(elements, lossy=lossy)
            extras = replace(kept, top=extras.top, header=extras.header)
            notes = _notes(found, left_out + len(kept.entities), lossy=lossy)
        else:
            entities = _read(elements)
    except ValidationError as error:
        detail, *others = error.errors(include_url=False)
        path = path_of(detail, elements)
        more = len({path_of(other, elements)[:1] for other in others} - {path[:1]})
        also = f" ({more} more element(s) cannot be read.)" if more else ""
        raise _FaultError(("elements", *path), sentence(detail) + also, place_of(path, elements)) from None
    _check_ids(elements)
    try:
        topology = Topology.of_entities(entities)
    except StructureError as error:
        path = _path_of_id(elements, error.element)
        raise _FaultError(("elements", *path), str(error), place_of(path, elements)) from None
    return Document(topology, extras, found, lossy, notes)


def _read(elements: list[Any]) -> list[Any]:
    """Return the entities, read some at a time: between the calls other threads have their turn."""
    try:
        parts = (elements[start : start + _AT_ONCE] for start in range(0, len(elements), _AT_ONCE))
        return [entity for part in parts for entity in entities_adapter.validate_json(orjson.dumps(part), strict=True)]
    except ValidationError:
        return entities_adapter.validate_json(orjson.dumps(elements), strict=True)  # raises with the places of all


def _notes(found: tuple[int, int], count: int, *, lossy: bool) -> tuple[str, ...]:
    version = f"The file has format {found[0]}.{found[1]}, which is newer than {FORMAT[0]}.{FORMAT[1]}."
    hidden = f" {count} element(s) that this version does not know are not shown." if count else ""
    kept = " It is open for reading only; update to edit it." if lossy else " What is unknown is kept when you save."
    return (version + hidden + kept,)


def _path_of_id(elements: list[Any], entity_id: str) -> Path:
    return next(((i,) for i, found in enumerate(elements) if isinstance(found, dict) and found["id"] == entity_id), ())


def _check_ids(elements: list[Any]) -> None:
    """Refuse an empty id and an id that occurs twice, also among the elements that this version does not know."""
    seen: set[str] = set()
    for index, element in enumerate(elements):
        entity_id = element.get("id") if isinstance(element, dict) else None
        if not isinstance(entity_id, str):
            continue
        if entity_id in seen or not entity_id:
            problem = f"the id “{entity_id}” occurs twice; ids must be unique." if entity_id else "the id is empty."
            raise _FaultError(("elements", index, "id"), problem, place_of((index,), elements))
        seen.add(entity_id)


@cache
def _writer(entity_type: type[EntityBase]) -> TypeAdapter[tuple[EntityBase, ...]]:
    """Return what turns all entities of one type into plain values in one call; there may be tens of thousands."""
    return TypeAdapter(tuple[entity_type, ...])  # type: ignore[valid-type]  # the type is known at run time only


def _plain(entity_type: type[EntityBase], topology: Topology) -> Iterator[dict[str, Any]]:
    """Yield the fields of all entities of one type that differ from their defaults, and the kind."""
    kind = kind_of(entity_type)
    for plain in _writer(entity_type).dump_python(topology.of(entity_type), mode="json", exclude_defaults=True):
        plain["kind"] = kind
        yield plain
