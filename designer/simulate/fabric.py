"""What the simulator knows of the physical network: who is cabled where, and which routers there are."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field

from designer.model.addressing import IpInterface
from designer.model.fabric import Client, Router, Segment, SegmentSubnet
from designer.model.hosts import Host, PhysicalNic
from designer.model.identity import EntityId
from designer.model.links import Cable
from designer.model.realisation import PartKey, host_of
from designer.model.topology import Topology
from designer.simulate.frames import Address, fixed, of_interface
from designer.simulate.stations import ROUTER, Kind, Port, Route, Stack

ANY_VLAN = -1
"""The VLAN of frames where the design does not say which VLAN the physical port puts them in."""


@dataclass(slots=True)
class Wire:
    """A physical network with what is cabled to it.

    Attributes:
        stations: interfaces of routers and clients, by address.
        adapters: adapters of hosts, each with its host.
    """

    segment: Segment
    stations: dict[Hashable, list[Port]] = field(default_factory=dict)
    adapters: list[tuple[PhysicalNic, Host]] = field(default_factory=list)

    def add(self, port: Port) -> None:
        """Note an interface."""
        for address in port.addresses:
            self.stations.setdefault(address.key, []).append(port)


def build_wire(topology: Topology, segment: Segment) -> Wire:
    """Return what is cabled to a physical network; linear in its cables."""
    wire = Wire(segment)
    taken: set[Hashable] = set()
    for cable in topology.links_of(segment.id, Cable):
        match topology.get(cable.source):
            case Router() as router:
                ports = [port for port in router_stack(topology, router).ports if port.segment == segment.id]
            case Client() as client:
                ports = list(client_stack(topology, client).ports)
            case PhysicalNic() as nic:
                ports = []
                host = host_of(topology, nic.id)
                if host is not None:
                    wire.adapters.append((nic, host))
                    taken.update(address.ip for address in nic.addresses)
            case _:
                ports = []
        for port in ports:
            wire.add(port)
    for port in implied_router(segment).ports:
        if not any(address.key in wire.stations or address.ip in taken for address in port.addresses):
            wire.add(port)
    return wire


def implied_key(segment: EntityId) -> PartKey:
    """Return the part that stands for the router that a physical network names without drawing it."""
    return PartKey(segment, ROUTER)


def implied_router(segment: Segment) -> Stack:
    """Return the router that leads out of a physical network by the addresses that its subnets state."""
    ports = tuple(
        Port(
            PartKey(segment.id),
            segment.id,
            implied_key(segment.id),
            Kind.ROUTER,
            str(subnet.router),
            f"the router {subnet.router}",
            (fixed(subnet.router, subnet.prefix.network),),
            segment=segment.id,
            vlan=subnet.vlan,
            forwards=True,
        )
        for subnet in segment.subnets
        if subnet.router is not None
    )
    name = f"the router of “{segment.name}”"
    return Stack(implied_key(segment.id), segment.id, name, ports, forwards=True, outside=bool(ports))


def router_stack(topology: Topology, router: Router) -> Stack:
    """Return a router with an interface for each of its addresses."""
    segments = _segments_of(topology, router.id)
    ports = tuple(_router_ports(router, segments))
    routes = tuple(Route(route.destination.network, fixed(route.next_hop)) for route in router.routes)
    return Stack(PartKey(router.id), router.id, router.name, ports, routes, forwards=True)


def _router_ports(router: Router, segments: list[Segment]) -> Iterator[Port]:
    for address in router.addresses:
        segment = _segment_with(segments, address)
        subnet = _subnet_with(segment, address) if segment is not None else None
        yield Port(
            PartKey(router.id),
            router.id,
            PartKey(router.id),
            Kind.ROUTER,
            router.name,
            router.name,
            (of_interface(address),),
            segment=segment.id if segment is not None else None,
            vlan=subnet.vlan if subnet is not None else None,
            forwards=True,
        )


def client_stack(topology: Topology, client: Client) -> Stack:
    """Return a client with its interface; without an address it takes one of the physical network, like from DHCP."""
    segments = _segments_of(topology, client.id)
    segment = segments[0] if segments else None
    addresses = tuple(of_interface(address) for address in client.addresses)
    subnet = _subnet_with(segment, client.addresses[0]) if segment is not None and client.addresses else None
    if not addresses and segment is not None and segment.subnets and not client.internet:
        subnet = min(segment.subnets, key=lambda found: found.dhcp is None)
        prefix = subnet.prefix.network
        addresses = (Address(client.name, prefix=prefix, owner=client.id, home=segment.id, version=prefix.version),)
    addresses = addresses or (Address(client.name, owner=client.id),)
    gateway = client.gateway or (subnet.router if subnet is not None else None)
    port = Port(
        PartKey(client.id),
        client.id,
        PartKey(client.id),
        Kind.CLIENT,
        client.name,
        client.name,
        addresses,
        fixed(gateway) if gateway is not None else None,
        segment=segment.id if segment is not None else None,
        vlan=subnet.vlan if subnet is not None else None,
    )
    return Stack(PartKey(client.id), client.id, client.name, (port,))


def _segments_of(topology: Topology, end: EntityId) -> list[Segment]:
    found = (topology.find(cable.target, Segment) for cable in topology.links_of(end, Cable))
    return [segment for segment in found if segment is not None]


def _segment_with(segments: list[Segment], address: IpInterface) -> Segment | None:
    """Return the cabled physical network that an address is on; the first without subnets when none has it."""
    having = (segment for segment in segments if _subnet_with(segment, address) is not None)
    return next(having, None) or next((segment for segment in segments if not segment.subnets), None)


def _subnet_with(segment: Segment, address: IpInterface) -> SegmentSubnet | None:
    return next((subnet for subnet in segment.subnets if address.ip in subnet.prefix.network), None)


def vlan_on_wire(nic: PhysicalNic, tag: int | None, segment: Segment) -> int | None:
    """Return the VLAN that the physical port puts a frame in, and takes frames for it from; ANY_VLAN when it is open.

    The VLAN of an access port that the physical network does not know leaves it open.

    Raises:
        LookupError: the port does not carry the tag.
    """
    port = nic.switch_port
    if port is None:
        return tag if tag is not None else ANY_VLAN
    if tag is None:
        return port.vlan if any(subnet.vlan == port.vlan for subnet in segment.subnets) else ANY_VLAN
    if port.mode == "access" or tag not in port.allowed:
        raise LookupError(tag)
    return tag


def same_vlan(left: int | None, right: int | None) -> bool:
    """Whether frames of one VLAN reach ports of the other."""
    return left == right or ANY_VLAN in (left, right)
