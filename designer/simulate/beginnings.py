"""Before the first frame: the name is looked up, an address is leased, and the IP version has to fit."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.base import Element
from designer.model.links import Attachment
from designer.model.modes import Feature, has
from designer.model.networks import NetworkMode
from designer.model.realisation import PartKey
from designer.model.workloads import ContainerBase
from designer.simulate.fabric import same_vlan, vlan_on_wire
from designer.simulate.frames import Address, Frame
from designer.simulate.neighbours import adapter_of
from designer.simulate.stations import Port, Stack
from designer.simulate.steps import Dropped, Moved, Routing, State
from designer.simulate.trace import Hop
from designer.simulate.trip import Trip
from designer.simulate.wires import outer_switch

BROADCAST = Address("255.255.255.255")
NO_ADDRESS = Address("0.0.0.0")


def look_up(trip: Trip, stack: Stack, frame: Frame) -> Iterator[Moved | Dropped]:
    """Yield the steps of the name lookup: Docker's resolver first, where the network has it, then the DNS servers."""
    name, target = trip.packet.name, _target(trip)
    place = Routing(stack)
    resolver = next((port for port in stack.ports if _has_resolver(trip, port)), None)
    row = ""
    if resolver is not None and resolver.gateway is not None:
        row = "N3" if resolver.mode is NetworkMode.NAT else ""
        text = f"{stack.name} asks Docker's resolver at {resolver.gateway.text}, port 53, for “{name}”."
        yield trip.move(stack.key, text, place, frame, row)
        if target is not None and name.casefold() in _names_on(trip, target, resolver):
            text = f"The resolver knows “{name}” on “{_network(resolver)}” and answers {frame.target.text}."
            yield trip.move(resolver.switch or stack.key, text, place, frame, row)
            return
    servers = list(_servers(trip, stack))
    if servers and not isinstance(target, ContainerBase):
        text = f"{stack.name} asks the DNS server {servers[0]} for “{name}”, which the design takes to know it."
        yield trip.move(stack.key, text, place, frame, row, inferred=True)
        return
    why = "Docker has no resolver on its networks" if resolver is None else f"it is not known on “{_network(resolver)}”"
    text = f"Nothing answers {stack.name} for the name “{name}”: {why}, and no DNS server outside knows containers."
    yield trip.drop(stack.key, "D-NAME", text, frame, row)


def _target(trip: Trip) -> Element | None:
    target = trip.packet.target
    return trip.world.topology.find(target, Element) if isinstance(target, str) else None


def _has_resolver(trip: Trip, port: Port) -> bool:
    network, machine = port.network, trip.machine(port.host)
    if network is None or machine is None or not port.is_endpoint:
        return False
    off = network.mode is NetworkMode.NAT and not network.gateway_dns
    return has(network.mode, Feature.DOCKER_DNS, machine.host.column) and not off


def _network(port: Port) -> str:
    return port.network_name


def _names_on(trip: Trip, target: Element, port: Port) -> set[str]:
    """Return the names that the resolver of a network has for something: its name, its aliases, its host name."""
    for link in trip.world.topology.links_of(target.id, Attachment):
        if port.network is not None and link.target == port.network.id:
            names = {target.name, *link.aliases}
            if isinstance(target, ContainerBase) and target.hostname:
                names.add(target.hostname)
            return {name.casefold() for name in names}
    return set()


def _servers(trip: Trip, stack: Stack) -> Iterator[str]:
    """Yield the DNS servers of a stack: of the container, its endpoints, its networks, the engine, the wire."""
    container = trip.world.topology.find(stack.owner, ContainerBase)
    yield from (str(server) for server in (container.dns_servers if container is not None else ()))
    for port in stack.ports:
        yield from (str(server) for server in (port.attachment.dns_servers if port.attachment is not None else ()))
        yield from (str(server) for server in (port.network.dns_servers if port.network is not None else ()))
        machine = trip.machine(port.host)
        yield from (str(server) for server in (machine.host.daemon.dns if machine is not None else ()))
        nic = adapter_of(trip, port)
        segment = machine.wire_of(nic) if machine is not None and nic is not None else None
        yield from (str(server) for server in (segment.dns_servers if segment is not None else ()))


def lease(trip: Trip, port: Port, frame: Frame, place: Routing) -> Moved | Dropped:
    """Ask for an address by DHCP, as a container of a transparent network without subnet does. Row T9."""
    machine, nic = trip.host(port), adapter_of(trip, port)
    ask = Frame(NO_ADDRESS, BROADCAST, "udp", 68, 67).framed("ff..", port.name, foreign=True, vlan=port.vlan)
    key = port.switch or port.key
    segment = machine.wire_of(nic) if nic is not None else None
    if nic is None or segment is None:
        text = f"{port.title} asks for an address by DHCP, and no cable leads to a network with a server."
        return trip.drop(PartKey(nic.id) if nic is not None else key, "D-NOLINK", text, ask, "T9")
    if not nic.link_up:
        return trip.drop(PartKey(nic.id), "D-NOLINK", f"The adapter “{nic.name}” has no link.", ask, "T9")
    refused = outer_switch(trip, machine, nic, ask, "T9", inbound=False)
    if refused is not None:
        return refused
    try:
        vlan = vlan_on_wire(nic, port.vlan, segment)
    except LookupError:
        text = f"The physical port of “{nic.name}” drops the DHCP request: it does not carry VLAN {port.vlan}."
        return trip.drop(PartKey(nic.id), "D-TRUNK", text, ask, "T9")
    if not any(subnet.dhcp is not None and same_vlan(vlan, subnet.vlan) for subnet in segment.subnets):
        text = f"No DHCP server on “{segment.name}” answers {port.title}; it takes 169.254.x.x and reaches nobody."
        return trip.drop(PartKey(segment.id), "D-DHCP", text, ask, "T9")
    text = f"{port.title} has its address by DHCP from “{segment.name}”."
    hop = Hop(segment.id, "", text, ask.header(), "T9")
    return Moved(hop, State(place, frame))


def no_ipv6(trip: Trip, stack: Stack, frame: Frame) -> Dropped | None:
    """Return the drop of an IPv6 packet at an end that has none: by its mode, its release or its host."""
    if trip.packet.ip_version != 6:
        return None
    for port in stack.ports:
        machine = trip.machine(port.host)
        if machine is None:
            continue
        host = machine.host
        if not host.ipv6_enabled:
            return trip.drop(stack.key, "D-IPV6", f"IPv6 is switched off on {host.name}.", frame, "")
        if port.is_endpoint and port.network is not None and not has(port.network.mode, Feature.IPV6, host.column):
            mode = port.network.mode
            text = f"{port.title} is on “{port.network_name}”, and a {mode} network has no IPv6 on {host.name}."
            return trip.drop(stack.key, "D-IPV6", text, frame, "")
    if stack.ports and all(port.address(6) is None for port in stack.ports):
        return trip.drop(stack.key, "D-IPV6", f"{stack.name} has no IPv6 address.", frame, "")
    return None
