"""A design together with what its file says besides the design."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from designer.model.identity import EntityId
from designer.model.topology import Topology

PRODUCT = "Container Network Designer"
FORMAT = (1, 0)
"""Major and minor number of the format that this version writes.

A minor step adds kinds and fields that an older version may keep without understanding them; a major step changes
what is there, so that an older version must not write the file.
"""

MAX_BYTES = 64 * 1024 * 1024
MAX_ENTITIES = 500_000
MAX_VALUES = 2_500_000
MAX_DEPTH = 32
"""Limits that protect the program from hostile files; each is far above what a design of 50 000 elements needs."""

Path = tuple[str | int, ...]
"""A place in the document: keys and indexes from the root."""


@dataclass(frozen=True, slots=True)
class Extras:
    """What a file of a newer minor version holds beyond this version; written back unchanged.

    Attributes:
        top: unknown keys beside the elements.
        header: unknown keys of the header.
        fields: unknown fields of known entities, each with its place in the entity.
        entities: whole entities of unknown kinds, and known ones that cannot stand without them.
    """

    top: Mapping[str, Any] = field(default_factory=dict)
    header: Mapping[str, Any] = field(default_factory=dict)
    fields: Mapping[EntityId, tuple[tuple[Path, Any], ...]] = field(default_factory=dict)
    entities: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A design as it was read from, or will be written to, a file.

    Attributes:
        format: major and minor format number of the file.
        read_only: whether the file is of a newer major format, which this version must not overwrite.
        notes: sentences for the user about what could not be read.
    """

    topology: Topology
    extras: Extras = field(default_factory=Extras)
    format: tuple[int, int] = FORMAT
    read_only: bool = False
    notes: tuple[str, ...] = ()
