"""What the simulator knows of a design: made when it is asked for, kept for each host."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import replace

from designer.model.base import Element, Link
from designer.model.changes import ChangeSet
from designer.model.fabric import Client, Router, Segment
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork, LoadBalancer
from designer.model.realisation import PartKey, host_of
from designer.model.topology import Topology
from designer.simulate.building import build_machine
from designer.simulate.fabric import Wire, build_wire, client_stack, implied_router, router_stack
from designer.simulate.machines import Machine
from designer.simulate.stations import Stack


def hosts_changed_by(before: Topology, after: Topology, change: ChangeSet) -> frozenset[EntityId]:
    """Return the hosts on which an edit changes something: what stands there, or a link that ends there."""
    found: set[EntityId] = set()
    for edit in change.edits:
        for topology, entity in ((before, edit.before), (after, edit.after)):
            ends = (entity.source, entity.target) if isinstance(entity, Link) else (edit.id,)
            for end in ends if entity is not None else ():
                host = host_of(topology, end)
                if host is not None:
                    found.add(host.id)
    return frozenset(found)


class World:
    """A design as the simulator sees it; nothing is looked at before a packet comes by."""

    def __init__(self, topology: Topology) -> None:
        self.topology = topology
        self._machines: dict[EntityId, Machine | None] = {}
        self._kept: dict[EntityId, Machine] = {}
        self._wires: dict[EntityId, Wire | None] = {}
        self._outside: dict[PartKey, Stack | None] = {}
        self._members: dict[EntityId, dict[Hashable, EntityId]] = {}
        self._balancers: dict[Hashable, LoadBalancer] | None = None

    def after(self, topology: Topology, hosts: Collection[EntityId] | None) -> World:
        """Return the world after an edit.

        Args:
            topology: the design after it.
            hosts: the hosts that the edit may have changed (`hosts_changed_by`); what is known of the others is kept.
                None forgets all.
        """
        world = World(topology)
        if hosts is not None:
            known = self._kept | {host: machine for host, machine in self._machines.items() if machine is not None}
            world._kept = {host: machine for host, machine in known.items() if host not in hosts}
        return world

    def machine(self, host: EntityId) -> Machine | None:
        """Return what is known of a host."""
        if host not in self._machines:
            self._machines[host] = self._machine(host)
        return self._machines[host]

    def _machine(self, host: EntityId) -> Machine | None:
        found = self.topology.find(host, Host)
        kept = self._kept.pop(host, None)
        if kept is not None and kept.host is found and all(self.topology.get(key) is was for key, was in kept.read):
            return replace(kept, topology=self.topology)
        return build_machine(self.topology, found) if found is not None else None

    def wire(self, segment: EntityId) -> Wire | None:
        """Return what is known of a physical network."""
        if segment not in self._wires:
            found = self.topology.find(segment, Segment)
            self._wires[segment] = build_wire(self.topology, found) if found is not None else None
        return self._wires[segment]

    def outer_stack(self, key: PartKey) -> Stack | None:
        """Return the stack of a router, of a client, or of the router that a physical network implies."""
        if key not in self._outside:
            self._outside[key] = self._outer_stack(key)
        return self._outside[key]

    def _outer_stack(self, key: PartKey) -> Stack | None:
        match self.topology.get(key.element):
            case Router() as router:
                return router_stack(self.topology, router)
            case Client() as client:
                return client_stack(self.topology, client)
            case Segment() as segment:
                return implied_router(segment)
            case _:
                return None

    def member(self, network: EntityId, address: Hashable) -> EntityId | None:
        """Return the workload that has an address in a network, on whichever host: the records of an overlay."""
        if network not in self._members:
            found = self.topology.find(network, ContainerNetwork)
            links = self.topology.links_of(network, Attachment) if found is not None else ()
            self._members[network] = {link.ip: link.source for link in reversed(links) if link.ip is not None}
        return self._members[network].get(address)

    def balancer(self, address: Hashable) -> LoadBalancer | None:
        """Return the load balancer that has a VIP."""
        if self._balancers is None:
            found = reversed(self.topology.of(LoadBalancer))
            self._balancers = {balancer.vip: balancer for balancer in found if balancer.vip is not None}
        return self._balancers.get(address)

    def name(self, element: EntityId) -> str:
        """Return what an element is called."""
        found = self.topology.find(element, Element)
        return found.name if found is not None else element
