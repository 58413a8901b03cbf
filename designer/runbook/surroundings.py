"""The part of a design that the picture of one host shows: the host, and what it is joined to outside."""

from __future__ import annotations

from collections.abc import Iterable

from designer.model.annotations import Placement
from designer.model.base import Element, Link
from designer.model.entities import Entity
from designer.model.fabric import Client, Router, Segment
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.realisation import host_of
from designer.model.topology import Topology

_FAR = (Client, Router)
"""What is shown when it is on a physical network of the host, although the host is not joined to it directly."""


def surroundings(topology: Topology, host: Host) -> Topology:
    """Return the design with one host, and of the canvas only what leads to it."""
    inside = {host.id, *(inner.id for inner in topology.descendants(host.id))}
    near = _outside(topology, inside)
    wires = {found for found in near if isinstance(topology[found], Segment)}
    far = {found for found in _outside(topology, wires) if isinstance(topology[found], _FAR)}
    elements = inside | near | far
    kept = [topology[found] for found in elements]
    return Topology.of_entities([*kept, *_lines_and_places(topology, elements)])


def _outside(topology: Topology, elements: Iterable[EntityId]) -> set[EntityId]:
    """Return what stands on the canvas itself and is joined to one of some elements."""
    found: set[EntityId] = set()
    for element in elements:
        for link in topology.links_of(element):
            for end in (link.source, link.target):
                other = topology.find(end, Element)
                if other is not None and other.parent is None and host_of(topology, end) is None:
                    found.add(end)
    return found


def _lines_and_places(topology: Topology, elements: set[EntityId]) -> list[Entity]:
    found: dict[EntityId, Entity] = {}
    for element in elements:
        for referrer in topology.referrers(element):
            if isinstance(referrer, Link | Placement) and elements.issuperset(referrer.references()):
                found[referrer.id] = referrer
    return [found[key] for key in sorted(found)]
