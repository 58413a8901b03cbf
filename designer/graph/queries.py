"""Questions to the graph of a design; ids in, ids out."""

from __future__ import annotations

from functools import cached_property

import networkx as nx

from designer.graph.views import Graph, domains, layer2, layer3
from designer.model.base import Element
from designer.model.fabric import Segment
from designer.model.identity import EntityId
from designer.model.realisation import PartKey
from designer.model.topology import Topology


class Fabric:
    """What a design connects; the graphs are made at the first question and kept."""

    def __init__(self, topology: Topology) -> None:
        self._topology = topology

    @cached_property
    def _frames(self) -> Graph:
        return layer2(self._topology)

    @cached_property
    def _packets(self) -> Graph:
        return layer3(self._topology, self._frames)

    @cached_property
    def _domains(self) -> list[set[PartKey]]:
        return domains(self._frames)

    @cached_property
    def _domains_of(self) -> dict[EntityId, list[int]]:
        """Return in which domains an element has an end, or forwards."""
        found: dict[EntityId, list[int]] = {}
        for number in range(len(self._domains)):
            for element in self._members(number):
                found.setdefault(element, []).append(number)
        return found

    def broadcast_domains(self) -> tuple[frozenset[EntityId], ...]:
        """Return the elements that share broadcasts, domain by domain, in a stable order."""
        members = (frozenset(self._members(number)) for number in range(len(self._domains)))
        return tuple(sorted(members, key=sorted))

    def _members(self, number: int) -> set[EntityId]:
        """Return the elements that forward or answer in a domain; links and derived parts stand for theirs."""
        nodes = self._frames.nodes
        found = {nodes[key]["owner"] for key in self._domains[number] if "owner" in nodes[key]}
        found.update(key.element for key in self._domains[number] if self._topology.find(key.element, Element))
        return found

    def neighbours(self, element: EntityId) -> frozenset[EntityId]:
        """Return the elements that share a broadcast domain with an element."""
        numbers = self._domains_of.get(element, [])
        return frozenset(other for number in numbers for other in self._members(number)) - {element}

    def segments_of(self, element: EntityId) -> tuple[EntityId, ...]:
        """Return the physical networks whose broadcasts reach an element, sorted by id."""
        if self._topology.find(element, Segment) is not None:
            return (element,)
        return tuple(sorted(other for other in self.neighbours(element) if self._topology.find(other, Segment)))

    def path(self, start: EntityId, end: EntityId) -> tuple[EntityId, ...]:
        """Return the IP stacks between two elements on a shortest way, both included; empty when there is none.

        Whether routes, translations and access lists let a packet through is not asked here.
        """
        source, target = PartKey(start), PartKey(end)
        if source not in self._packets or target not in self._packets:
            return ()
        try:
            nodes = nx.bidirectional_shortest_path(self._packets, source, target)
        except nx.NetworkXNoPath:
            return ()
        return tuple(node.element for node in nodes if not node.is_derived)

    def loops(self) -> tuple[tuple[EntityId, ...], ...]:
        """Return the circles in which frames would go round for ever: switches, adapters and physical networks."""
        nodes = self._frames.nodes
        forwarding = nx.subgraph_view(self._frames, filter_node=lambda node: nodes[node].get("owner") is None)
        circles = (tuple(sorted({key.element for key in circle})) for circle in nx.cycle_basis(forwarding))
        return tuple(sorted(circles))
