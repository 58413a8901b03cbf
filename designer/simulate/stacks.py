"""IP stacks: where a packet goes next, and what a stack does with one that arrives."""

from __future__ import annotations

from designer.model.fabric import Client, Segment
from designer.model.hosts import Machine as Hardware
from designer.model.networks import NetworkMode
from designer.model.realisation import PartKey
from designer.simulate import overlay, winnat
from designer.simulate.balancing import is_virtual
from designer.simulate.frames import LOCALHOST, Frame
from designer.simulate.neighbours import Nobody, find_neighbour
from designer.simulate.rows import first_row
from designer.simulate.stations import Kind, Port, Stack, Way, find_way, gateways
from designer.simulate.steps import Leaving, Moved, OnNic, Received, Routing, Step
from designer.simulate.trip import Trip

_NO_WAY_IN = {
    NetworkMode.INTERNAL: ("D-INTERNAL", "no router leads into an internal network"),
    NetworkMode.PRIVATE: ("D-PRIVATE", "no router leads into a private network"),
    NetworkMode.OVERLAY: ("D-HOSTROUTE", "only its own network and published ports lead to an overlay container"),
    NetworkMode.ICS: ("D-MAP", "ICS maps no port to a container"),
}
"""Why there is no route to a container, for modes whose networks no router knows."""


def route(trip: Trip, at: Routing, frame: Frame, row: str) -> Step:
    """Look for the way out of a stack: an interface and a next hop."""
    stack = at.stack
    if at.arrived is None and _is_own(trip, stack, frame):
        return _to_itself(trip, stack, frame, row)
    if stack.is_host and not trip.answering and at.arrived is None:
        missing = overlay.missing_leg(trip, stack, frame)
        if missing is not None:
            return missing
    way = find_way(stack, frame.target)
    if way is None:
        return _no_way(trip, at, frame, row)
    if way.default and not stack.is_host and not stack.forwards:
        _warn_of_two(trip, stack, way)
    row = row or first_row(trip, way.port)
    if is_endpoint_of_overlay(way.port) or (way.port.has_vfp and is_virtual(trip, frame.target)):
        return _to_vfp(trip, at, way, frame, row)
    neighbour = find_neighbour(trip, way.port, way.next_hop)
    if isinstance(neighbour, Nobody):
        return _nobody(trip, at, way, neighbour, frame, row)
    frame = _framed(trip, way.port, neighbour, frame)
    place = Leaving(way.port, neighbour) if way.port.is_endpoint else OnNic(way.port, neighbour)
    return trip.move(stack.key, _routed(trip, stack, way, frame.to, frame), place, frame, row)


def _framed(trip: Trip, port: Port, neighbour: Port, frame: Frame) -> Frame:
    """Put a packet into the frame for a neighbour; one behind VFP on another switch has the MAC of its host there."""
    hidden = neighbour.hides_mac and neighbour.switch != port.switch
    to = trip.world.name(neighbour.host) if hidden and neighbour.host is not None else neighbour.name
    foreign = port.is_endpoint and not port.hides_mac
    return frame.framed(to, port.name, foreign=foreign, vlan=port.vlan if port.kind is Kind.ROUTER else None)


def is_endpoint_of_overlay(port: Port) -> bool:
    """Whether VFP answers ARP for an interface, so that its stack finds any next hop."""
    return port.is_endpoint and port.mode is NetworkMode.OVERLAY


def _to_vfp(trip: Trip, at: Routing, way: Way, frame: Frame, row: str) -> Moved:
    """Send to a next hop for which VFP answers: a peer of an overlay network, its gateway, a virtual address."""
    name = overlay.name_of_next_hop(trip, way, frame)
    frame = frame.framed(name, way.port.name)
    text = _routed(trip, at.stack, way, name, frame) + " VFP answers the ARP request."
    return trip.move(at.stack.key, text, Leaving(way.port, None), frame, row, inferred=True)


def _routed(trip: Trip, stack: Stack, way: Way, next_hop: str, frame: Frame) -> str:
    where = _title(trip, stack)
    if way.next_hop is frame.target or way.next_hop == frame.target:
        near = f"“{way.port.title}”" if way.port.kind in (Kind.HOST_VNIC, Kind.NIC) else "its own interface"
        return f"{where}: {frame.target.text} is on the subnet of {near}, so the frame goes to {next_hop} itself."
    kind = "default route" if way.default else "route"
    return f"{where}: the {kind} to {frame.target.text} leads to {way.next_hop.text}; the frame goes to {next_hop}."


def _title(trip: Trip, stack: Stack) -> str:
    if stack.is_host:
        return f"{stack.name}, compartment 1"
    if stack.key.part == "utility-vm":
        return f"The stack in the utility VM of {stack.name}"
    if stack.host is not None:
        return f"The compartment of {stack.name}"
    return stack.name[:1].upper() + stack.name[1:]


def _is_own(trip: Trip, stack: Stack, frame: Frame) -> bool:
    return frame.target.key == LOCALHOST.key or stack.owns(frame.target)


def _to_itself(trip: Trip, stack: Stack, frame: Frame, row: str) -> Step:
    """Deal with a packet for an address of its own sender."""
    if stack.is_host:
        return winnat.to_own_address(trip, stack, frame, row)
    if (
        trip.packet.address == "localhost"
        and not trip.answering
        and trip.goal is not None
        and trip.goal.stack != stack.key
    ):
        text = f"127.0.0.1 in {stack.name} is {stack.name} itself; the published ports of the host are not there."
        return trip.drop(stack.key, "D-LOOPBACK", text, frame, row)
    text = f"{_title(trip, stack)}: the address is its own, so the packet stays in the stack and no switch sees it."
    return trip.deliver(stack.key, text, stack, frame, row, inferred=True)


def _warn_of_two(trip: Trip, stack: Stack, way: Way) -> None:
    if len(gateways(stack.ports, way.next_hop.version)) > 1:
        sentence = f"{stack.name} has several default gateways; the metric decides, and answers may leave by another."
        trip.warn("MHM003", sentence)


def _no_way(trip: Trip, at: Routing, frame: Frame, row: str) -> Step:
    stack = at.stack
    row = row or (first_row(trip, stack.ports[0]) if stack.ports else row)
    if trip.answering and (stack.forwards or stack.is_host):
        text = f"{_title(trip, stack)} has no route back to {frame.target.text}, so the answer is lost."
        return trip.drop(stack.key, "D-NORETURN", text, frame, row)
    if stack.outside and _is_outside(trip, frame):
        return _leave(trip, stack, frame, row)
    if stack.forwards or stack.is_host or any(port.kind == "client" for port in stack.ports):
        code, why = _why_no_route(trip, stack)
        text = f"{_title(trip, stack)} has no route to {frame.target.text}{why}."
        return trip.drop(stack.key, code, text, frame, row)
    only = stack.ports[0] if stack.ports else None
    if only is not None and only.mode is NetworkMode.PRIVATE:
        text = f"A private network has no gateway: nothing leads from {stack.name} to {frame.target.text}."
        return trip.drop(only.switch or stack.key, "D-PRIVATE", text, frame, row)
    if only is not None and only.mode is NetworkMode.L2BRIDGE and only.network is not None:
        subnet = only.addresses[0].prefix
        if trip.host(only).is_custom(only.network, subnet):
            text = (
                f"{subnet} is not on the wire, and {stack.name} has no host endpoint there to forward for it, so it "
                f"cannot reach {frame.target.text}."
            )
            return trip.drop(stack.key, "D-NOHOSTLEG", text, frame, row)
    text = f"{_title(trip, stack)} has no default gateway, so it cannot send to {frame.target.text}."
    return trip.drop(stack.key, "D-NOGW", text, frame, row)


def _why_no_route(trip: Trip, stack: Stack) -> tuple[str, str]:
    """Return the code of a missing route, and what there is to say besides."""
    goal = trip.goal
    if goal is None or not goal.is_endpoint or goal.mode is None or trip.packet.address != "own":
        return "D-NOROUTE", ""
    if goal.mode in _NO_WAY_IN:
        code, why = _NO_WAY_IN[goal.mode]
        return code, f": {why}"
    if goal.mode is NetworkMode.NAT:
        return "D-NOROUTE", ", the prefix of a nat network on another host"
    segment = trip.world.topology.find(stack.owner, Segment)
    machine = trip.machine(goal.host)
    in_azure = machine is not None and machine.host.machine is Hardware.AZURE_VM
    if segment is not None and segment.azure_vnet and in_azure:
        return "D-AZURE", ": the virtual network needs a user-defined route for it"
    return "D-NOROUTE", ""


def _is_outside(trip: Trip, frame: Frame) -> bool:
    """Whether an address may be one beyond the drawing: of the internet, or one that no element has and is public."""
    client = trip.world.topology.find(frame.target.owner, Client)
    if client is not None or (trip.goal is not None and trip.goal.owns(frame.target)):
        owner = client or trip.world.topology.find(trip.goal.owner if trip.goal else None, Client)
        return owner is not None and owner.internet
    return frame.target.ip is not None and frame.target.ip.is_global


def _leave(trip: Trip, stack: Stack, frame: Frame, row: str) -> Step:
    trip.border = stack
    where = frame.target.text
    text = f"{_title(trip, stack)} sends it on to {where}, beyond what is drawn."
    outside = stack_outside(trip, stack)
    return trip.deliver(stack.key, text, outside, frame.bare(), row, inferred=True)


def stack_outside(trip: Trip, border: Stack) -> Stack:
    """Return the stack of what is beyond the drawing; it answers through the router at the border."""
    owner = trip.goal.owner if trip.goal is not None and trip.goal.host is None else border.owner
    return Stack(PartKey(owner, "outside"), owner, trip.world.name(owner), ())


def _nobody(trip: Trip, at: Routing, way: Way, nobody: Nobody, frame: Frame, row: str) -> Step:
    """Say why no frame can be sent: nobody has the address of the next hop."""
    stack, code = at.stack, nobody.code
    is_gateway = way.next_hop.key != frame.target.key
    if code == "D-ARP" and is_gateway and way.default and way.port.reach(way.next_hop) < 0:
        text = (
            f"{_title(trip, stack)}: the gateway {way.next_hop.text} is on none of its subnets, so it is never asked."
        )
        return trip.drop(stack.key, "D-NOGW", text, frame, row)
    if code == "D-ARP" and way.port.mode is NetworkMode.L2BRIDGE and is_gateway and way.port.network is not None:
        prefix = way.port.addresses[0].prefix if way.port.addresses else None
        if way.port.is_endpoint and trip.host(way.port).is_custom(way.port.network, prefix):
            text = (
                f"{prefix} is not on the wire, and the host has no endpoint in it: nobody answers for the gateway "
                f"{way.next_hop.text}."
            )
            return trip.drop(nobody.key, "D-NOHOSTLEG", text, frame, row)
    asked = f" as the way to {frame.target.text}" if is_gateway else ""
    text = f"{_title(trip, stack)} asks for {way.next_hop.text}{asked}. {nobody.sentence}"
    return trip.drop(nobody.key, code, text, frame, row)


def receive(trip: Trip, at: Received, frame: Frame, row: str) -> Step:
    """Take a packet from an interface: for the stack itself, or to be forwarded."""
    stack = trip.stack_of(at.port)
    if stack.is_host:
        return winnat.receive(trip, stack, at.port, frame, row)
    if stack.owns(frame.target):
        return trip.deliver(stack.key, _taken(trip, stack, frame), stack, frame.bare(), row)
    if not stack.forwards:
        text = f"{_title(trip, stack)}: {frame.target.text} is none of its addresses, and it forwards nothing."
        return trip.drop(stack.key, "D-NOROUTE", text, frame.bare(), row)
    on = frame.forwarded()
    text = f"{_title(trip, stack)} forwards it: hop limit {on.ttl}."
    return trip.move(stack.key, text, Routing(stack, at.port), on, row)


def _taken(trip: Trip, stack: Stack, frame: Frame) -> str:
    if trip.answering:
        return f"{_title(trip, stack)}: the answer reaches the program that asked."
    port = f" at port {frame.target_port}" if frame.protocol in ("tcp", "udp", "sctp") and frame.target_port else ""
    return f"{_title(trip, stack)}: the packet reaches the program{port}."
