"""What a change concerns: the things on the canvas whose picture may be another afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from designer.model.annotations import Placement
from designer.model.base import Element, EntityBase, Link
from designer.model.changes import ChangeSet
from designer.model.identity import EntityId
from designer.model.networks import ContainerNetwork
from designer.model.topology import Topology


@dataclass(slots=True)
class Concern:
    """What stands on the canvas and is to be drawn anew.

    Attributes:
        collected: what may contain other things, or look different.
        placed: what is only laid out anew.
        moved: what has another place on the canvas.
    """

    collected: set[EntityId] = field(default_factory=set)
    placed: set[EntityId] = field(default_factory=set)
    moved: set[EntityId] = field(default_factory=set)

    @classmethod
    def of(cls, before: Topology, after: Topology, change: ChangeSet) -> Concern:
        """Ask the design before and after a change around everything that it edits."""
        result = cls()
        for edit in change.edits:
            for topology, entity in ((before, edit.before), (after, edit.after)):
                if isinstance(entity, Placement):
                    outermost = set(_outermost(topology, entity.element))
                    result.placed |= outermost
                    result.moved |= outermost & {entity.element}
                elif entity is not None:
                    result.collected.update(_around(topology, entity))
        result.placed -= result.collected
        return result

    @property
    def everything(self) -> set[EntityId]:
        """All that is drawn anew."""
        return self.collected | self.placed


def _around(topology: Topology, entity: EntityBase) -> Iterator[EntityId]:
    """Yield what stands on the canvas around an entity, and around what it is linked with."""
    if isinstance(entity, Link):
        yield from _ends(topology, entity)
    elif isinstance(entity, Element):
        yield from _outermost(topology, entity.id)
        for referrer in topology.referrers(entity.id):
            if isinstance(referrer, Link):
                yield from _ends(topology, referrer)
            elif isinstance(referrer, Element):
                yield from _outermost(topology, referrer.id)


def _ends(topology: Topology, link: Link) -> Iterator[EntityId]:
    """Yield what stands on the canvas around both ends; overlay networks do not look different for their links."""
    for end in (link.source, link.target):
        element = topology.find(end, Element)
        if not (isinstance(element, ContainerNetwork) and element.parent is None):
            yield from _outermost(topology, end)


def _outermost(topology: Topology, element_id: EntityId) -> Iterator[EntityId]:
    element = topology.find(element_id, Element)
    while element is not None and element.parent is not None:
        element = topology.find(element.parent, Element)
    if element is not None:
        yield element.id
