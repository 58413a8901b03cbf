"""What the entries of the palette stand for in the model: a kind of element and the fields that make the variant."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from designer.drawing.theme import Layer
from designer.model.base import Element
from designer.model.entities import ELEMENT_TYPES, kind_of
from designer.model.hosts import SwitchType, VSwitch
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.ui.palette_entries import ENTRIES, PaletteEntry

MIME_TYPE = "application/x-designer-kind"
"""What a drag from the palette carries: the key of an entry."""


@dataclass(frozen=True, slots=True)
class Placeable:
    """One thing that can be placed.

    Attributes:
        words: how the palette speaks of it.
        fields: what makes it this variant of its kind.
    """

    words: PaletteEntry
    element_type: type[Element]
    fields: Mapping[str, object]

    @property
    def key(self) -> str:
        """The kind, with the mode or type that makes the variant: ``network:nat``."""
        return self.words.key

    @property
    def title(self) -> str:
        """The field's word for it."""
        return self.words.title

    @property
    def icon(self) -> str:
        """Name of its icon."""
        return self.words.icon

    @property
    def layer(self) -> Layer:
        """The layer of the stack that colours it."""
        return Layer(self.words.layer)


def _entry(words: PaletteEntry) -> Placeable:
    kind, _, variant = words.key.partition(":")
    element_type = next(found for found in ELEMENT_TYPES if kind_of(found) == kind)
    fields: dict[str, object] = {}
    if element_type is ContainerNetwork:
        fields["mode"] = NetworkMode(variant)
    elif element_type is VSwitch:
        fields["switch_type"] = SwitchType(variant)
    return Placeable(words, element_type, fields)


CATALOGUE: tuple[Placeable, ...] = tuple(_entry(words) for words in ENTRIES if not words.policy)
"""Everything that can be put on the canvas, in the order of the palette: the stack from top to bottom."""


def placeable(key: str) -> Placeable | None:
    """Return the entry with that key; a bare kind gives its first entry."""
    exact = next((entry for entry in CATALOGUE if entry.key == key), None)
    return exact or next((entry for entry in CATALOGUE if entry.key.partition(":")[0] == key), None)


def placeable_of(payload: bytes) -> Placeable | None:
    """Return the entry that a drag carries; None for anything else."""
    try:
        found = json.loads(payload)
    except ValueError:
        return None
    return placeable(str(found.get("key"))) if isinstance(found, dict) else None


def entry_of(element: Element) -> Placeable:
    """Return the entry that stands for an element's kind and mode."""
    fitting = [entry for entry in CATALOGUE if entry.element_type is type(element)]
    values = dict(element)
    exact = [entry for entry in fitting if entry.fields.items() <= values.items()]
    return (exact or fitting)[0]
