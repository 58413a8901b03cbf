"""What Edit > Undo shows: the verb and what it was done to."""

from __future__ import annotations

from collections.abc import Sequence

from designer.model.base import Element, EntityBase, Link
from designer.model.flows import Flow
from designer.model.identity import EntityId
from designer.model.topology import Topology

SHOWN_CHARACTERS = 32


def display_name(topology: Topology, entity: EntityBase) -> str:
    """Return how a sentence names an entity: its name, for a link without one its ends, never an id.

    Between the ends of traffic there is an arrow.
    """
    if isinstance(entity, Element):
        return shortened(entity.name)
    if isinstance(entity, Link):
        if entity.name:
            return shortened(entity.name)
        ends = (topology.get(entity.source), topology.get(entity.target))
        return (" → " if isinstance(entity, Flow) else " – ").join(
            shortened(end.name) for end in ends if isinstance(end, Element)
        )
    return "the design"


def subject(topology: Topology, ids: Sequence[EntityId]) -> str:
    """Return “nat0” for one entity and “3 items” for several."""
    if len(ids) != 1:
        return f"{len(ids)} items"
    entity = topology.get(ids[0])
    return display_name(topology, entity) if entity is not None else "1 item"


def shortened(name: str) -> str:
    """Return a name on one line, cut to what a menu can show."""
    line = " ".join(name.split()) or name.strip() or "…"
    return line if len(line) <= SHOWN_CHARACTERS else line[: SHOWN_CHARACTERS - 1] + "…"
