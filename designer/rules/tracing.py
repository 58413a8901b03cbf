"""What the simulator says of the flows of a design, kept from edit to edit where the edit cannot matter."""

from __future__ import annotations

from designer.model.base import EntityBase
from designer.model.flows import Flow
from designer.model.hosts import Host, WinNat
from designer.model.identity import EntityId
from designer.model.links import Attachment
from designer.model.modes import MODES
from designer.model.networks import ContainerNetwork
from designer.model.topology import Topology
from designer.model.workloads import Compartment, HyperVContainer, WindowsContainer
from designer.simulate.engine import trace
from designer.simulate.packets import packet_of
from designer.simulate.trace import Trace
from designer.simulate.world import World

LOCAL_KINDS = (WindowsContainer, HyperVContainer, Compartment, Attachment, WinNat, Flow)
"""Kinds whose edits concern their host only, as long as they hang on no network that reaches beyond it."""


class Traces:
    """The traces of the flows of one topology, each made when it is asked for."""

    def __init__(self, topology: Topology) -> None:
        self._world = World(topology)
        self._known: dict[EntityId, Trace] = {}

    def of(self, flow: Flow) -> Trace:
        """Return what becomes of the first packet of a flow, and of the answer."""
        found = self._known.get(flow.id)
        if found is None:
            topology = self._world.topology
            found = self._known[flow.id] = trace(self._world, packet_of(topology, flow))
        return found

    def kept(self) -> tuple[EntityId, ...]:
        """Return the flows whose traces are known."""
        return tuple(self._known)

    def after(
        self,
        topology: Topology,
        edited: frozenset[EntityId],
        near: frozenset[EntityId],
        hosts: frozenset[EntityId],
        *,
        in_words: bool = False,
    ) -> Traces:
        """Return the traces after an edit.

        Args:
            topology: the design after the edit.
            edited: what was edited.
            near: that and what is linked to it or holds it.
            hosts: the hosts of these.
            in_words: whether nothing but names on these hosts was edited; the nodes of a swarm answer by name.
        """
        sides = (self._world.topology, topology)
        in_words = in_words and not any(isinstance(topology.get(entity), Host) for entity in edited)
        traces = Traces(topology)
        traces._world = self._world.after(topology, hosts)
        if in_words or _is_local(sides, edited, near):
            traces._known = {
                flow: known
                for flow, known in self._known.items()
                if flow not in near and hosts_of(known).isdisjoint(hosts)
            }
        return traces


def _is_local(sides: tuple[Topology, Topology], edited: frozenset[EntityId], near: frozenset[EntityId]) -> bool:
    """Whether an edit concerns nothing beyond the hosts of what it changes."""
    stays = all(_stays(side.get(entity)) for side in sides for entity in edited)
    return stays and not any(_leads_out(side.get(entity)) for side in sides for entity in near)


def _stays(entity: EntityBase | None) -> bool:
    return entity is None or isinstance(entity, LOCAL_KINDS)


def _leads_out(entity: EntityBase | None) -> bool:
    """Whether something is a network that reaches beyond its host."""
    return isinstance(entity, ContainerNetwork) and (MODES[entity.mode].needs_uplink or entity.scope == "swarm")


def hosts_of(found: Trace) -> frozenset[EntityId]:
    """Return the hosts that a trace depends on, on both ways."""
    return found.touched | found.reply.touched if found.reply is not None else found.touched
