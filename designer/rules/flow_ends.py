"""The two ends of a declared flow as the rules see them: hosts, endpoints, networks, and what they share."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from designer.model.base import Element
from designer.model.changes import ChangeSet, Edit
from designer.model.entities import Entity
from designer.model.flows import PROTOCOLS_WITH_PORTS, Flow
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.links import Attachment, PortMapping
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.services import Service
from designer.model.workloads import Compartment, Container, HyperVContainer, WindowsContainer
from designer.planning.ports import free_port
from designer.rules.design import Design
from designer.simulate.packets import packet_of


class End(NamedTuple):
    """One end.

    Attributes:
        element: the container, service, host, client or load balancer; anything in a flow that TOP015 refuses.
        host: where it stands; None outside the hosts, and for a service.
        stack: what has the addresses: the container, the compartment or the container whose network it uses.
        endpoints: attachments of the stack or service.
        networks: networks of these, in the same order.
    """

    element: Entity
    host: Host | None
    stack: EntityId
    endpoints: tuple[Attachment, ...]
    networks: tuple[ContainerNetwork, ...]

    @property
    def name(self) -> str:
        """What the element is called."""
        return self.element.name if isinstance(self.element, Element) else self.element.id

    @property
    def is_container(self) -> bool:
        """Whether it is a container."""
        return isinstance(self.element, WindowsContainer | HyperVContainer)

    def only_on(self, modes: Collection[NetworkMode]) -> bool:
        """Whether it has networks, and only of these modes."""
        return bool(self.networks) and all(network.mode in modes for network in self.networks)


class Ends(NamedTuple):
    """Both ends of a flow."""

    source: End
    target: End

    @property
    def apart(self) -> bool:
        """Whether the packet crosses a network at all; it does not between containers of one compartment."""
        return self.source.stack != self.target.stack

    @property
    def on_one_host(self) -> bool:
        """Whether both stand on the same host."""
        source, target = self.source.host, self.target.host
        return source is not None and target is not None and source.id == target.id

    @property
    def on_one_network(self) -> bool:
        """Whether they share a container network."""
        own = {network.id for network in self.source.networks}
        return any(network.id in own for network in self.target.networks)


def ends_of(design: Design, flow: Flow) -> Ends:
    """Return the ends of a flow."""
    return Ends(_end(design, flow.source), _end(design, flow.target))


def _end(design: Design, entity_id: EntityId) -> End:
    element = design.topology[entity_id]
    stack, endpoints = entity_id, ()  # type: tuple[EntityId, tuple[Attachment, ...]]
    if isinstance(element, WindowsContainer | HyperVContainer):
        donor = _donor(design, element)
        endpoints = tuple(design.endpoints(donor))
        outer = design.topology.find(donor.parent, Compartment)
        stack = outer.id if outer is not None else donor.id
    elif isinstance(element, Service):
        endpoints = tuple(design.attachments(element.id))
    networks = tuple(network for link in endpoints if (network := design.network_of(link)) is not None)
    return End(element, design.host_of(entity_id), stack, endpoints, networks)


def _donor(design: Design, container: Container) -> Container:
    """Return the container whose network another one uses, or the container itself."""
    seen = {container.id}
    while container.shares_network_of is not None and container.shares_network_of not in seen:
        seen.add(container.shares_network_of)
        other = design.topology.get(container.shares_network_of)
        if not isinstance(other, WindowsContainer | HyperVContainer):
            break
        container = other
    return container


def spoken(design: Design, flow: Flow) -> str:
    """Return a flow for people: “web01 to db01 (tcp 1433)”."""
    port = port_of(design, flow)
    what = f"{flow.protocol} {port}" if port is not None else flow.protocol
    return f"“{design.label(flow.source)}” to “{design.label(flow.target)}” ({what})"


def port_of(design: Design, flow: Flow) -> int | None:
    """Return the port that a flow is sent to; None for a protocol without ports."""
    return packet_of(design.topology, flow).port


def mapping_to(end: End, protocol: str, port: int | None) -> tuple[Attachment, PortMapping] | None:
    """Return what publishes a port of the program in a container."""
    found = ((link, mapping) for link in end.endpoints for mapping in link.ports)
    return next((one for one in found if (one[1].protocol, one[1].container_port) == (protocol, port)), None)


def published(design: Design, flow: Flow, end: End, link: Attachment) -> tuple[PortMapping, tuple[Edit, ...]] | None:
    """Return the mapping to the port of a flow at an endpoint, with the edits that make it where there is none.

    None where the protocol has no mappings, or no port is free.
    """
    if flow.protocol not in ("tcp", "udp") or flow.protocol not in PROTOCOLS_WITH_PORTS or end.host is None:
        return None
    port = port_of(design, flow)
    known = mapping_to(end, flow.protocol, port)
    if known is not None:
        return known[1], ()
    host_port = free_port(design.topology, [end.host.id], protocol=flow.protocol)
    if host_port is None or not port:
        return None
    mapping = PortMapping(host_port=host_port, container_port=port, protocol=flow.protocol)
    return mapping, (Edit(link, link.evolve(ports=(*link.ports, mapping))),)


def by_published_port(design: Design, flow: Flow, end: End, link: Attachment) -> ChangeSet | None:
    """Return the change that publishes the port of a flow at an endpoint and sends the flow there."""
    found = published(design, flow, end, link)
    if found is None:
        return None
    mapping, edits = found
    moved = flow.evolve(address="published", port=mapping.host_port or None)
    return ChangeSet(f"Reach {end.name} by a published port", (*edits, Edit(flow, moved)))
