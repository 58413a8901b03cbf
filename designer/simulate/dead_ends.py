"""Why a stack cannot send a packet on: no route, nobody at the next hop, or the edge of the drawing."""

from __future__ import annotations

from designer.model.fabric import Client, Segment
from designer.model.hosts import Machine as Hardware
from designer.model.networks import NetworkMode
from designer.model.realisation import PartKey
from designer.simulate.frames import Address, Frame
from designer.simulate.neighbours import Nobody
from designer.simulate.rows import first_row
from designer.simulate.stations import OUTSIDE, Kind, Port, Stack, Way
from designer.simulate.steps import Delivered, Dropped
from designer.simulate.trip import Trip

_NO_WAY_IN = {
    NetworkMode.INTERNAL: ("D-INTERNAL", ": no router leads into an internal network"),
    NetworkMode.PRIVATE: ("D-PRIVATE", ": no router leads into a private network"),
    NetworkMode.OVERLAY: ("D-HOSTROUTE", ": only its own network and published ports lead to an overlay container"),
    NetworkMode.ICS: ("D-MAP", ": ICS maps no port to a container"),
    NetworkMode.NAT: ("D-NOROUTE", ": it is in a nat network, whose prefix only its own host knows"),
}
"""Why there is no route to a container, for modes whose networks no router knows."""


def no_way(trip: Trip, stack: Stack, frame: Frame, row: str) -> Delivered | Dropped:
    """End a packet for which a stack has no route."""
    row = row or (first_row(trip, stack.ports[0]) if stack.ports else row)
    if trip.answering and (stack.forwards or stack.is_host):
        text = f"{stack.title} has no route back to {frame.target.text}, so the answer is lost."
        return trip.drop(stack.key, "D-NORETURN", text, frame, row)
    if stack.forwards and _is_beyond(trip, stack, frame.target):
        return _leave(trip, stack, frame, row)
    only = stack.ports[0] if stack.ports else None
    if only is None or not only.is_endpoint:
        code, why = _why_no_route(trip, stack)
        text = f"{stack.title} has no route to {frame.target.text}{why}."
        return trip.drop(stack.key, code, text, frame, row)
    if only.mode is NetworkMode.PRIVATE:
        text = f"A private network has no gateway: nothing leads from {stack.name} to {frame.target.text}."
        return trip.drop(only.switch or stack.key, "D-PRIVATE", text, frame, row)
    if _is_custom(trip, only):
        return _no_leg(trip, stack.key, only, frame, row)
    text = f"{stack.title} has no default gateway, so it cannot send to {frame.target.text}."
    return trip.drop(stack.key, "D-NOGW", text, frame, row)


def _is_custom(trip: Trip, port: Port) -> bool:
    """Whether an endpoint is in an l2bridge subnet that only a host endpoint leads out of."""
    if port.mode is not NetworkMode.L2BRIDGE or port.network is None or not port.is_endpoint or not port.addresses:
        return False
    return trip.host(port).is_custom(port.network, port.addresses[0].prefix)


def _no_leg(trip: Trip, key: PartKey, port: Port, frame: Frame, row: str) -> Dropped:
    text = (
        f"{port.addresses[0].prefix} is not on the wire, and the host of {port.title} has no host endpoint in it that "
        f"would forward to {frame.target.text}."
    )
    return trip.drop(key, "D-NOHOSTLEG", text, frame, row)


def _why_no_route(trip: Trip, stack: Stack) -> tuple[str, str]:
    """Return the code of a missing route, and what there is to say besides."""
    goal = trip.goal
    if goal is None or not goal.is_endpoint or goal.mode is None or trip.packet.address != "own":
        return "D-NOROUTE", ""
    if goal.mode in _NO_WAY_IN:
        return _NO_WAY_IN[goal.mode]
    segment = trip.world.topology.find(stack.owner, Segment)
    machine = trip.machine(goal.host)
    in_azure = machine is not None and machine.host.machine is Hardware.AZURE_VM
    if segment is not None and segment.azure_vnet and in_azure:
        return "D-AZURE", ": the virtual network needs a user-defined route for it"
    return "D-NOROUTE", ""


def _is_beyond(trip: Trip, stack: Stack, target: Address) -> bool:
    """Whether a router leads to an address beyond the drawing: on the internet, or public and nobody's here."""
    goal = trip.goal
    owner = goal.owner if goal is not None and goal.owns(target) else target.owner
    client = trip.world.topology.find(owner, Client)
    if client is None:
        return owner is None and stack.outside and target.ip is not None and target.ip.is_global
    segment = goal.segment if goal is not None else None
    if not client.internet or (segment is None and not stack.outside):
        return False
    return segment is None or any(port.segment == segment for port in stack.ports)


def _leave(trip: Trip, stack: Stack, frame: Frame, row: str) -> Delivered:
    """Hand a packet to what is not drawn; it answers through the same router."""
    trip.border = stack
    goal = trip.goal if trip.goal is not None and trip.goal.host is None else None
    owner, name = (goal.owner, goal.name) if goal is not None else (stack.owner, frame.target.text)
    outside = Stack(PartKey(owner, OUTSIDE), owner, name, ())
    text = f"{stack.title} sends it on to {frame.target.text}, beyond what is drawn."
    return trip.deliver(stack.key, text, outside, frame.bare(), row, inferred=True)


def nobody_there(trip: Trip, stack: Stack, way: Way, nobody: Nobody, frame: Frame, row: str) -> Delivered | Dropped:
    """End a packet whose next hop nobody is."""
    port, code = way.port, nobody.code
    is_gateway = way.next_hop.key != frame.target.key
    if code == "D-ARP" and is_gateway:
        if port.kind is Kind.ROUTER and _is_beyond(trip, stack, frame.target):
            return _leave(trip, stack, frame, row)
        if _is_custom(trip, port):
            return _no_leg(trip, nobody.key, port, frame, row)
    asked = f" as the way to {frame.target.text}" if is_gateway else ""
    text = f"{stack.title} asks for {way.next_hop.text}{asked}. {nobody.sentence}"
    return trip.drop(nobody.key, code, text, frame, row)
