"""The stack of a host, compartment 1: what it takes itself, and what it passes on.

It hands what WinNAT and ICS translate to `winnat`, and what comes in VXLAN to `overlay`. The core of internal (rows I1
to I3), and of l2bridge behind a host endpoint.
"""

from __future__ import annotations

from designer.model.networks import NetworkMode
from designer.model.services import Service
from designer.simulate import mesh, overlay, winnat
from designer.simulate.frames import Frame
from designer.simulate.machines import Machine
from designer.simulate.policies import is_blocked
from designer.simulate.publishing import published_at
from designer.simulate.stations import Port, Stack, Way, find_way
from designer.simulate.steps import Routing, Step
from designer.simulate.trip import Trip

DNS_PORT = 53


def receive(trip: Trip, stack: Stack, port: Port, frame: Frame, row: str) -> Step:
    """Take a packet at the stack of a host."""
    machine = trip.host(port)
    back = trip.recorded(("winnat", machine.host.id), frame) if trip.answering else None
    if back is not None:
        return winnat.translate_back(trip, machine, back, row)
    if stack.owns(frame.target):
        if frame.inner is not None:
            return overlay.decapsulate(trip, machine, frame, row)
        return _local(trip, machine, port, frame, row)
    return _forward(trip, machine, port, frame, row)


def _local(trip: Trip, machine: Machine, port: Port, frame: Frame, row: str) -> Step:
    """Take a packet for an address of the host: a published port, or a program of the host."""
    host, stack = machine.host, machine.stack
    if trip.answering:
        return trip.deliver(stack.key, f"{host.name}: the answer reaches the program that asked.", stack, frame, row)
    if is_blocked(host, frame.protocol, frame.target_port):
        text = f"The firewall towards {host.name} blocks {frame.protocol} {frame.target_port}."
        return trip.drop(stack.key, "D-FW", text, frame, row or "N10")
    entry = published_at(machine, frame)
    if entry is not None:
        return winnat.map_in(trip, machine, port, entry, frame, row)
    service = mesh.service_at(trip, machine, frame)
    if service is not None:
        return _only_from_the_wire(trip, machine, service, frame)
    if trip.packet.address == "published" and trip.goal is not None and trip.goal.is_endpoint:
        text = f"{host.name} maps no port {frame.target_port}/{frame.protocol} to {trip.goal.title}."
        return trip.drop(stack.key, "D-MAP", text, frame, row)
    return _program(trip, machine, port, frame, row)


def _only_from_the_wire(trip: Trip, machine: Machine, service: Service, frame: Frame) -> Step:
    text = (
        f"VFP on {machine.host.name} takes port {frame.target_port} of {service.name} only from the wire, not from the "
        "host and its own containers; ask another node."
    )
    return trip.drop(machine.own, "D-LOOPBACK", text, frame, "O9", inferred=True)


def _program(trip: Trip, machine: Machine, port: Port, frame: Frame, row: str) -> Step:
    """Hand a packet to a program of the host, if its firewall lets it in."""
    host, stack = machine.host, machine.stack
    number = frame.target_port
    if number == DNS_PORT and port.mode is NetworkMode.NAT:
        text = f"Docker's resolver on {host.name} answers at port 53 of the gateway."
        return trip.deliver(stack.key, text, stack, frame, row)
    listens = any(entry.port == number and entry.protocol in (frame.protocol, "any") for entry in host.listening)
    inside = trip.origin is not None and trip.origin.host == host.id
    opened = any(entry.port == number and entry.protocol in (frame.protocol, "any") for entry in host.opened_ports)
    if (inside and opened) or (listens and not inside) or trip.packet.port is None:
        text = f"The firewall of {host.name} lets the packet in to the host itself."
        return trip.deliver(stack.key, text, stack, frame, row, inferred=True)
    if inside:
        text = f"The firewall of {host.name} has to let port {number} in on the profile of “{port.title}”."
        trip.warn("PRT022", f"{text} The design states no inbound rule for it.")
        return trip.deliver(stack.key, text, stack, frame, row, inferred=True)
    text = (
        f"{host.name} publishes no port {number}/{frame.protocol}, and the design lists no program of the host there."
    )
    return trip.drop(stack.key, "D-FW", text, frame, row or "N10", inferred=True)


def _forward(trip: Trip, machine: Machine, port: Port, frame: Frame, row: str) -> Step:
    """Take a packet that is for somebody else: translate it, forward it, or refuse."""
    host, stack = machine.host, machine.stack
    way = find_way(stack, frame.target)
    target = way.port.mode if way is not None and not way.default else None
    if port.mode is NetworkMode.INTERNAL or target is NetworkMode.INTERNAL:
        text = f"{host.name} neither forwards nor translates for an internal network."
        return trip.drop(stack.key, "D-INTERNAL", text, frame, row)
    if target is NetworkMode.NAT and way is not None and way.port.network is not port.network:
        return winnat.refuse_into_nat(trip, machine, port, way, frame, row)
    if port.mode in winnat.TRANSLATED:
        return winnat.translate_out(trip, machine, port, way, frame, row)
    if target is NetworkMode.ICS:
        text = f"{host.name} maps no port into the ics network, so nothing gets in."
        return trip.drop(stack.key, "D-MAP", text, frame, row)
    return _route_on(trip, machine, port, way, frame, row)


def _route_on(trip: Trip, machine: Machine, port: Port, way: Way | None, frame: Frame, row: str) -> Step:
    """Forward a packet of an l2bridge network with a subnet of its own, which the host routes for."""
    host = machine.host
    legs = [leg for leg in (port, way.port if way is not None else None) if leg is not None and leg.leg]
    if not legs:
        text = f"{host.name} is no router: it forwards nothing between its other networks."
        return trip.drop(machine.own, "D-NOROUTE", text, frame, row)
    closed = next((leg for leg in legs if not leg.forwards), None)
    if closed is not None:
        text = f"IP forwarding is off at “{closed.title}” of {host.name}, so it passes nothing on."
        return trip.drop(machine.own, "D-NOROUTE", text, frame, row)
    on = frame.forwarded()
    text = f"{host.name} forwards it in compartment 1: hop limit {on.ttl}."
    return trip.move(machine.own, text, Routing(machine.stack, port), on, row)


def to_own_address(trip: Trip, stack: Stack, frame: Frame, row: str) -> Step:
    """Deal with what a host sends to an address of its own: a published port, or a program of its own."""
    machine = trip.machine(stack.host)
    assert machine is not None
    host = machine.host
    entry = published_at(machine, frame) if not trip.answering else None
    if entry is not None:
        return winnat.map_for_host(trip, machine, entry, frame)
    service = None if trip.answering else mesh.service_at(trip, machine, frame)
    if service is not None:
        return _only_from_the_wire(trip, machine, service, frame)
    if trip.packet.address != "own" and not trip.answering and trip.goal is not None and trip.goal.is_endpoint:
        text = f"{host.name} maps no port {frame.target_port}/{frame.protocol} at {frame.target.text}."
        return trip.drop(stack.key, "D-MAP", text, frame, row or "N10")
    what = "the answer reaches the program that asked" if trip.answering else "the packet stays in the stack"
    return trip.deliver(stack.key, f"{host.name}: {what}.", stack, frame.bare(), row, inferred=True)
