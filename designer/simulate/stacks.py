"""IP stacks: where a packet goes next, and what a stack does with one that arrives."""

from __future__ import annotations

from designer.model.networks import NetworkMode
from designer.simulate import host_stack, l2bridge, overlay
from designer.simulate.balancing import is_virtual, virtual_row
from designer.simulate.dead_ends import no_way, nobody_there
from designer.simulate.frames import LOCALHOST, Frame
from designer.simulate.neighbours import Nobody, find_neighbour
from designer.simulate.rows import first_row
from designer.simulate.stations import Kind, Port, Stack, Way, find_way, gateway_is_off, gateways
from designer.simulate.steps import Leaving, Moved, OnNic, Received, Routing, Step
from designer.simulate.trip import Trip


def route(trip: Trip, at: Routing, frame: Frame, row: str) -> Step:
    """Look for the way out of a stack: an interface and a next hop."""
    stack = at.stack
    if at.arrived is None and _is_own(stack, frame):
        return _to_itself(trip, stack, frame, row)
    way = find_way(stack, frame.target)
    if stack.is_host and (way is None or way.default):
        way = l2bridge.host_gateway(trip, stack, frame.target) or way
        special = overlay.missing_leg(trip, stack, frame) or l2bridge.missing_leg(trip, stack, frame, row)
        if special is not None:
            return special
    if way is None:
        return no_way(trip, stack, frame, row)
    if way.default and not stack.is_host and not stack.forwards:
        _warn_of_two(trip, stack, way)
    return _send(trip, stack, way, frame, row or first_row(trip, way.port))


def _send(trip: Trip, stack: Stack, way: Way, frame: Frame, row: str) -> Step:
    """Find out who the next hop is, and address the frame to it."""
    port = way.port
    virtual = port.is_endpoint and is_virtual(trip, frame.target)
    if virtual and port.has_vfp:
        row = virtual_row(port)
    if port.has_vfp and (virtual or port.mode is NetworkMode.OVERLAY):
        return _to_vfp(trip, stack, way, frame, row)
    if virtual:
        text = f"HNS balances no load on a {port.mode} network, so nothing answers at {frame.target.text}."
        return trip.drop(stack.key, "D-LB", text, frame, row)
    if way.default and gateway_is_off(port, way.next_hop):
        text = f"{stack.title}: the gateway {way.next_hop.text} is on none of its subnets, so it is never asked."
        return trip.drop(stack.key, "D-NOGW", text, frame, row)
    neighbour = find_neighbour(trip, port, way.next_hop)
    if isinstance(neighbour, Nobody):
        return nobody_there(trip, stack, way, neighbour, frame, row)
    frame = _framed(trip, port, neighbour, frame)
    place = Leaving(port, neighbour) if port.is_endpoint else OnNic(port, neighbour)
    by_vfp = frame.to != neighbour.name  # that VFP answers for a container with the MAC address of its host is inferred
    return trip.move(stack.key, _routed(stack, way, frame), place, frame, row, inferred=by_vfp)


def _framed(trip: Trip, port: Port, neighbour: Port, frame: Frame) -> Frame:
    """Put a packet into the frame for a neighbour; one behind VFP on another switch has the MAC of its host there."""
    hidden = neighbour.hides_mac and neighbour.switch != port.switch
    to = trip.world.name(neighbour.host) if hidden and neighbour.host is not None else neighbour.name
    foreign = port.is_endpoint and not port.hides_mac
    return frame.framed(to, port.name, foreign=foreign, vlan=port.vlan if port.kind is Kind.ROUTER else None)


def _to_vfp(trip: Trip, stack: Stack, way: Way, frame: Frame, row: str) -> Moved:
    """Send to a next hop for which VFP answers: a peer of an overlay network, its gateway, a virtual address."""
    frame = frame.framed(overlay.name_of_next_hop(trip, way, frame), way.port.name)
    text = _routed(stack, way, frame) + " VFP answers the ARP request."
    return trip.move(stack.key, text, Leaving(way.port, None), frame, row, inferred=True)


def _routed(stack: Stack, way: Way, frame: Frame) -> str:
    where = stack.title
    if way.next_hop == frame.target:
        near = f"“{way.port.title}”" if way.port.kind in (Kind.HOST_VNIC, Kind.NIC) else "its own interface"
        return f"{where}: {frame.target.text} is on the subnet of {near}, so the frame goes to {frame.to} itself."
    kind = "default route" if way.default else "route"
    return f"{where}: the {kind} to {frame.target.text} leads to {way.next_hop.text}; the frame goes to {frame.to}."


def _is_own(stack: Stack, frame: Frame) -> bool:
    return frame.target.key == LOCALHOST.key or stack.owns(frame.target)


def _to_itself(trip: Trip, stack: Stack, frame: Frame, row: str) -> Step:
    """Deal with a packet for an address of its own sender."""
    if stack.is_host:
        return host_stack.to_own_address(trip, stack, frame, row)
    elsewhere = trip.goal is not None and trip.goal.stack != stack.key
    if trip.packet.address == "localhost" and elsewhere and not trip.answering:
        text = f"127.0.0.1 in {stack.name} is {stack.name} itself; the published ports of the host are not there."
        return trip.drop(stack.key, "D-LOOPBACK", text, frame, row)
    text = f"{stack.title}: the address is its own, so the packet stays in the stack and no switch sees it."
    return trip.deliver(stack.key, text, stack, frame, row, inferred=True)


def _warn_of_two(trip: Trip, stack: Stack, way: Way) -> None:
    if len(gateways(stack.ports, way.next_hop.version)) > 1:
        sentence = f"{stack.name} has several default gateways; the metric decides, and answers may leave by another."
        trip.warn("MHM003", sentence)


def receive(trip: Trip, at: Received, frame: Frame, row: str) -> Step:
    """Take a packet from an interface: for the stack itself, or to be forwarded."""
    stack = trip.stack_of(at.port)
    if stack.is_host:
        return host_stack.receive(trip, stack, at.port, frame, row)
    if stack.owns(frame.target):
        return trip.deliver(stack.key, _taken(trip, stack, frame), stack, frame.bare(), row)
    if not stack.forwards:
        text = f"{stack.title}: {frame.target.text} is none of its addresses, and it forwards nothing."
        return trip.drop(stack.key, "D-NOROUTE", text, frame.bare(), row)
    on = frame.forwarded()
    text = f"{stack.title} forwards it: hop limit {on.ttl}."
    return trip.move(stack.key, text, Routing(stack, at.port), on, row)


def _taken(trip: Trip, stack: Stack, frame: Frame) -> str:
    if trip.answering:
        return f"{stack.title}: the answer reaches the program that asked."
    port = f" at port {frame.target_port}" if frame.protocol in ("tcp", "udp", "sctp") and frame.target_port else ""
    return f"{stack.title}: the packet reaches the program{port}."
