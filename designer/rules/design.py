"""A topology as the rules see it: with the look-ups that many rules share, each worked out once.

A ``Design`` belongs to one topology and never changes what it answers. For a whole pass the link tables are filled in
one sweep; after an edit only the neighbourhood of the edit is ever asked for, so each answer is made when needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from designer.model.addressing import IpAddress
from designer.model.base import Element, EntityBase, Link
from designer.model.fabric import Segment
from designer.model.flows import Flow
from designer.model.hosts import Host, HostVNic, PhysicalNic, SetTeam, VSwitch
from designer.model.identity import EntityId
from designer.model.links import Attachment, Backend, Cable, Uplink
from designer.model.modes import MODES
from designer.model.networks import ContainerNetwork, LoadBalancer
from designer.model.releases import OsRelease
from designer.model.topology import Topology
from designer.model.workloads import Compartment, Container, HyperVContainer, WindowsContainer
from designer.rules.tracing import Traces

L = TypeVar("L", bound=Link)
T = TypeVar("T", bound=Element)


class Design:
    """The look-ups of one topology."""

    def __init__(self, topology: Topology, *, whole: bool = False) -> None:
        """Take a topology; ``whole`` prepares for questions about everything in it."""
        self.topology = topology
        self._hosts: dict[EntityId, Host | None] = {}
        self._links: dict[type[Link], dict[EntityId, list[Link]]] = {}
        self._children: dict[EntityId, tuple[Element, ...]] = {}
        self._contents: dict[EntityId, dict[type[Element], list[Element]]] = {}
        self._addresses: dict[EntityId, frozenset[IpAddress]] = {}
        self._overlays: dict[EntityId, list[ContainerNetwork]] | None = None
        self._traces: Traces | None = None
        self._whole = whole
        if whole:
            self._sweep()

    def _sweep(self) -> None:
        for link_type in (Attachment, Uplink, Cable, Backend):
            ends: dict[EntityId, list[Link]] = {}
            for link in self.topology.of(link_type):
                ends.setdefault(link.source, []).append(link)
                if link.target != link.source:
                    ends.setdefault(link.target, []).append(link)
            self._links[link_type] = ends

    # Places

    def element(self, entity_id: EntityId) -> Element:
        """Return an element that is known to exist."""
        found = self.topology.entities[entity_id]
        assert isinstance(found, Element)
        return found

    def host_of(self, entity_id: EntityId) -> Host | None:
        """Return the host that an element stands in, or the host itself; None outside all hosts."""
        try:
            return self._hosts[entity_id]
        except KeyError:
            pass
        entity = self.topology.entities.get(entity_id)
        if isinstance(entity, Host):
            found: Host | None = entity
        elif isinstance(entity, Element) and entity.parent is not None:
            found = self.host_of(entity.parent)
        else:
            found = None
        self._hosts[entity_id] = found
        return found

    def host_of_link(self, link: Link) -> Host | None:
        """Return the host of a link's upper end, else of its lower end."""
        return self.host_of(link.source) or self.host_of(link.target)

    def children(self, parent: EntityId) -> tuple[Element, ...]:
        """Return what an element directly contains, sorted by id."""
        found = self._children.get(parent)
        if found is None:
            found = self._children[parent] = self.topology.children(parent)
        return found

    def inside(self, host: EntityId, element_type: type[T]) -> list[T]:
        """Return the elements of one kind that stand in a host, in its teams and compartments too."""
        contents = self._contents.get(host)
        if contents is None:
            contents = self._contents[host] = {}
            for child in self.children(host):
                contents.setdefault(type(child), []).append(child)
                if isinstance(child, SetTeam | Compartment):
                    for inner in self.children(child.id):
                        contents.setdefault(type(inner), []).append(inner)
        return contents.get(element_type, [])  # type: ignore[return-value]  # the list of a type holds that type only

    def containers_on(self, host: EntityId) -> list[Container]:
        """Return the containers of a host, those in its compartments too."""
        return [*self.inside(host, WindowsContainer), *self.inside(host, HyperVContainer)]

    def networks_on(self, host: EntityId) -> list[ContainerNetwork]:
        """Return the networks that stand in a host and the overlays that reach it."""
        return self.inside(host, ContainerNetwork) + self._overlays_on(host)

    def _overlays_on(self, host: EntityId) -> list[ContainerNetwork]:
        if not self._whole:
            return self._overlays_from(host)
        if self._overlays is None:
            self._overlays = {}
            for network in self.topology.children(None, ContainerNetwork):
                for reached in self.hosts_of_network(network):
                    self._overlays.setdefault(reached.id, []).append(network)
        return self._overlays.get(host, [])

    def _overlays_from(self, host: EntityId) -> list[ContainerNetwork]:
        """Return the overlays of a host, found from its contents."""
        found: dict[EntityId, ContainerNetwork] = {}
        for element in self._within(host):
            for link in (*self.attachments(element), *self.uplinks(element)):
                other = self.topology.entities[link.target if link.source == element else link.source]
                if isinstance(other, ContainerNetwork) and other.parent is None:
                    found[other.id] = other
        return [found[network] for network in sorted(found)]

    def _within(self, place: EntityId) -> Iterator[EntityId]:
        """Yield a host and everything in it, however deep, but for hosts in it."""
        yield place
        for child in self.children(place):
            if not isinstance(child, Host):
                yield from self._within(child.id)

    def hosts_of_network(self, network: ContainerNetwork) -> list[Host]:
        """Return the hosts on which HNS has a network: the one it stands in, or all that an overlay reaches."""
        own = self.host_of(network.id)
        if own is not None:
            return [own]
        reached: dict[EntityId, Host] = {}
        for link in (*self.attachments(network.id), *self.uplinks(network.id)):
            host = self.host_of(link.source if link.target == network.id else link.target)
            if host is not None:
                reached[host.id] = host
        return [reached[host_id] for host_id in sorted(reached)]

    # Links

    def _ends(self, entity_id: EntityId, link_type: type[L]) -> list[L]:
        table = self._links.setdefault(link_type, {})
        found = table.get(entity_id)
        if found is None:
            found = [] if self._whole else list(self.topology.links_of(entity_id, link_type))
            table[entity_id] = found
        return found  # type: ignore[return-value]  # the table of a type holds links of that type only

    def attachments(self, entity_id: EntityId) -> list[Attachment]:
        """Return the attachments of a workload, host vNIC, network or switch."""
        return self._ends(entity_id, Attachment)

    def uplinks(self, entity_id: EntityId) -> list[Uplink]:
        """Return the uplinks of a network, switch, adapter or team."""
        return self._ends(entity_id, Uplink)

    def cables(self, entity_id: EntityId) -> list[Cable]:
        """Return the cables of an adapter, router, client or physical network."""
        return self._ends(entity_id, Cable)

    def backends(self, entity_id: EntityId) -> list[Backend]:
        """Return the back-end links of a load balancer or container."""
        return self._ends(entity_id, Backend)

    def network_of(self, attachment: Attachment) -> ContainerNetwork | None:
        """Return the network of an attachment; None when it leads to a switch."""
        found = self.topology.entities[attachment.target]
        return found if isinstance(found, ContainerNetwork) else None

    def endpoints(self, container: Container) -> list[Attachment]:
        """Return the endpoints of a container: its own, and those of the compartment that it is drawn in."""
        own = self.attachments(container.id)
        outer = self.topology.find(container.parent, Compartment)
        return own if outer is None else [*own, *self.attachments(outer.id)]

    def networks_of(self, container: Container) -> list[ContainerNetwork]:
        """Return the networks of a container, each once for each endpoint."""
        found = (self.network_of(attachment) for attachment in self.endpoints(container))
        return [network for network in found if network is not None]

    def workloads_on(self, network: EntityId) -> list[tuple[Attachment, EntityBase]]:
        """Return the endpoints of a network with what they belong to; host vNICs are not among them."""
        found = ((link, self.topology.entities[link.source]) for link in self.attachments(network))
        return [(link, workload) for link, workload in found if not isinstance(workload, HostVNic)]

    # What carries a network

    def carrier(self, network: ContainerNetwork) -> ContainerNetwork | VSwitch:
        """Return what the uplink of a network hangs on: its drawn switch, else the network itself."""
        return self.topology.find(network.switch, VSwitch) or network

    def adapters(self, carrier: EntityId) -> list[PhysicalNic | SetTeam]:
        """Return the adapters and teams that a switch or network stands on."""
        ends = (self.topology.entities[link.target] for link in self.uplinks(carrier))
        return [end for end in ends if isinstance(end, PhysicalNic | SetTeam)]

    def members(self, adapter: PhysicalNic | SetTeam) -> list[PhysicalNic]:
        """Return the adapter itself, or the members of a team."""
        if isinstance(adapter, PhysicalNic):
            return [adapter]
        return [child for child in self.children(adapter.id) if isinstance(child, PhysicalNic)]

    def nics_under(self, network: ContainerNetwork) -> list[PhysicalNic]:
        """Return all adapters that carry a network, members of teams one by one."""
        return [nic for adapter in self.adapters(self.carrier(network).id) for nic in self.members(adapter)]

    def segment_of(self, nic: EntityId) -> Segment | None:
        """Return the physical network that an adapter, router or client has its first cable to."""
        for cable in self.cables(nic):
            found = self.topology.entities[cable.target]
            if isinstance(found, Segment):
                return found
        return None

    def segments_under(self, network: ContainerNetwork) -> list[Segment]:
        """Return the physical networks that a network reaches through its adapters."""
        found: dict[EntityId, Segment] = {}
        for nic in self.nics_under(network):
            segment = self.segment_of(nic.id)
            if segment is not None:
                found[segment.id] = segment
        return list(found.values())

    def shares_wire(self, network: ContainerNetwork) -> bool:
        """Whether the frames of a network appear on the physical network itself."""
        return MODES[network.mode].needs_uplink and not MODES[network.mode].spans_hosts

    # Releases

    def columns(self, network: ContainerNetwork) -> list[tuple[Host, OsRelease]]:
        """Return the hosts of a network with the column of the mode tables that holds there."""
        return [(host, host.column) for host in self.hosts_of_network(network)]

    # Addresses

    def addresses_in(self, network: ContainerNetwork) -> frozenset[IpAddress]:
        """Return the addresses that are taken in a network: fixed ones, gateways, VIPs and source VIPs."""
        found = self._addresses.get(network.id)
        if found is None:
            found = self._addresses[network.id] = frozenset(self._taken(network))
        return found

    def _taken(self, network: ContainerNetwork) -> Iterator[IpAddress]:
        for subnet in network.subnets:
            if subnet.gateway is not None:
                yield subnet.gateway
        for link in self.attachments(network.id):
            if link.ip is not None:
                yield link.ip
            workload = self.topology.entities[link.source]
            if isinstance(workload, HostVNic):
                yield from (address.ip for address in workload.addresses)
            for backend in self.backends(link.source):
                balancer = self.topology.find(backend.source, LoadBalancer)
                if balancer is not None:
                    yield from (address for address in (balancer.vip, balancer.source_vip) if address is not None)

    # Flows

    @property
    def traces(self) -> Traces:
        """What the simulator says of the flows."""
        if self._traces is None:
            self._traces = Traces(self.topology)
        return self._traces

    def remember(
        self,
        before: Design,
        edited: frozenset[EntityId],
        near: frozenset[EntityId],
        hosts: frozenset[EntityId],
        *,
        renamed: bool = False,
    ) -> None:
        """Take over what the simulator said of the design before an edit, where the edit cannot matter."""
        if before._traces is not None:
            in_words = renamed and all(self.host_of(entity) is not None for entity in edited)
            self._traces = before._traces.after(self.topology, edited, near, hosts, in_words=in_words)

    # Names

    def label(self, entity_id: EntityId) -> str:
        """Return what people call an element or link: its name, or the names of both ends."""
        return label(self.topology, entity_id)


def label(topology: Topology, entity_id: EntityId) -> str:
    """Return what people call an element or link: its name, or the names of both ends."""
    entity = topology.get(entity_id)
    if isinstance(entity, Link):
        if entity.name:
            return entity.name
        between = "→" if isinstance(entity, Flow) else "–"
        return f"{_name(topology, entity.source)} {between} {_name(topology, entity.target)}"
    return _name(topology, entity_id)


def _name(topology: Topology, entity_id: EntityId) -> str:
    element = topology.find(entity_id, Element)
    return element.name if element is not None else entity_id
