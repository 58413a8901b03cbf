"""What a picture leaves out: the layers of a design that can be hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from designer.errors import UnknownNameError
from designer.model.annotations import Note
from designer.model.base import Element
from designer.model.entities import Entity
from designer.model.fabric import Client, Router, Segment
from designer.model.flows import Flow
from designer.model.links import Attachment, Reference
from designer.model.services import Service
from designer.model.topology import Topology

Hiding = Callable[[Entity], Entity | None]

PROBLEMS = "problems"
"""The findings on the things; not a part of the design."""


def _no_physical(entity: Entity) -> Entity | None:
    return None if isinstance(entity, Segment | Router | Client) else entity


def _no_annotations(entity: Entity) -> Entity | None:
    return None if isinstance(entity, Note | Reference) else entity


def _no_ports(entity: Entity) -> Entity | None:
    return entity.evolve(ports=()) if isinstance(entity, Attachment | Service) and entity.ports else entity


def _no_policies(entity: Entity) -> Entity | None:
    if isinstance(entity, Attachment) and (entity.acls or entity.outbound_limit_bytes_per_second):
        return entity.evolve(acls=(), outbound_limit_bytes_per_second=None)
    return entity


def _no_traffic(entity: Entity) -> Entity | None:
    return None if isinstance(entity, Flow) else entity


_HIDING: Mapping[str, Hiding] = {
    "physical": _no_physical,
    "ports": _no_ports,
    "policies": _no_policies,
    "traffic": _no_traffic,
    "annotations": _no_annotations,
}

LAYERS = (*_HIDING, PROBLEMS)
"""All layers that can be hidden."""


def parse(text: str) -> frozenset[str]:
    """Return the layers of a list with commas.

    Raises:
        UnknownNameError: there is no such layer.
    """
    names = frozenset(name.strip() for name in text.split(",") if name.strip())
    for name in sorted(names):
        if name not in LAYERS:
            raise UnknownNameError("layer", name, LAYERS)
    return names


def only(topology: Topology, layers: Iterable[str]) -> Topology:
    """Return the design without what is on other layers, and without what cannot stand without that."""
    shown = frozenset(layers)
    entities = list(topology.entities.values())
    for layer, hide in _HIDING.items():
        if layer not in shown:
            entities = [kept for entity in entities if (kept := hide(entity)) is not None]
    return Topology.of_entities(_standing(entities))


def _standing(entities: list[Entity]) -> list[Entity]:
    while True:
        present = {entity.id for entity in entities}
        left = [
            entity
            for entity in entities
            if present.issuperset(entity.references())
            and (not isinstance(entity, Element) or entity.parent is None or entity.parent in present)
        ]
        if len(left) == len(entities):
            return left
        entities = left
