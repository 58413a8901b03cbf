"""The first steps of a packet, up to its first stack: who sends, to which address, and what has to come before."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.base import Element
from designer.model.realisation import PartKey
from designer.model.services import Service
from designer.model.workloads import ContainerBase
from designer.simulate import beginnings
from designer.simulate.ends import Aim, NoAim, stack_of_element, take_aim
from designer.simulate.frames import LOCALHOST, SOURCE_PORT, Address, Frame
from designer.simulate.stations import OUTSIDE, Stack, find_way
from designer.simulate.steps import Dropped, Routing, Step
from designer.simulate.trip import Trip


def first_steps(trip: Trip) -> Iterator[Step]:
    """Yield what comes before the first frame: the program, the name, the address."""
    packet, name = trip.packet, trip.world.name(trip.packet.source)
    key = PartKey(packet.source)
    nothing = Frame(Address(name), Address(_target_name(trip)), packet.protocol, SOURCE_PORT, packet.port or 0)
    origin = trip.origin = stack_of_element(trip, packet.source)
    if origin is None or not origin.ports:
        yield _without_endpoint(trip, origin, nothing)
        return
    refused = _no_ipv6(trip, origin, nothing)
    if refused is not None:
        yield refused
        return
    aim = take_aim(trip)
    if isinstance(aim, NoAim):
        yield trip.drop(PartKey(aim.where), aim.code, aim.sentence, nothing, "")
        return
    trip.goal = aim.goal
    frame = nothing._replace(source=_source(origin, aim), target=aim.address, target_port=aim.port)
    yield trip.move(key, _opens(trip, origin, frame), Routing(origin), frame, "")
    if packet.name:
        yield from beginnings.look_up(trip, origin, frame)
    yield from _leases(trip, origin, frame)


def _target_name(trip: Trip) -> str:
    target = trip.packet.target
    return trip.world.name(target) if isinstance(target, str) else str(target)


def _without_endpoint(trip: Trip, origin: Stack | None, frame: Frame) -> Dropped:
    """Say why something cannot send: a container without network, or a thing that is no machine."""
    name = trip.world.name(trip.packet.source)
    found = trip.world.topology.find(trip.packet.source, Element)
    if isinstance(found, ContainerBase):
        none = "is set to have no network (none)" if found.network_none else "has no endpoint"
        text = f"{name} {none}, so nothing but its own loopback is there for it."
    elif origin is not None:
        text = f"{name} has no interface, so it sends nothing."
    elif isinstance(found, Service):
        text = f"{name} has no task, so nothing sends: no node of the swarm runs one."
    else:
        text = f"{name} is nothing that sends packets, or it runs nowhere."
    return trip.drop(PartKey(trip.packet.source), "D-NONE", text, frame, "Z1")


def _no_ipv6(trip: Trip, origin: Stack, frame: Frame) -> Dropped | None:
    refused = beginnings.no_ipv6(trip, origin, frame)
    target = trip.packet.target
    if refused is None and trip.packet.ip_version == 6 and isinstance(target, str):
        other = stack_of_element(trip, target)
        refused = beginnings.no_ipv6(trip, other, frame) if other is not None else None
    return refused


def _source(origin: Stack, aim: Aim) -> Address:
    """Return the address that a stack sends from: that of the interface that the way leads over."""
    if aim.address.key == LOCALHOST.key:
        return LOCALHOST
    way = find_way(origin, aim.address)
    port = way.port if way is not None else origin.ports[0]
    return port.address(aim.address.version) or Address(origin.name, owner=origin.owner)


def _opens(trip: Trip, origin: Stack, frame: Frame) -> str:
    what = {"tcp": "opens a TCP connection", "udp": "sends a UDP datagram", "icmp": "sends an ICMP echo request"}
    doing = what.get(frame.protocol, f"sends {frame.protocol.upper()}")
    port = f", port {frame.target_port}" if frame.target_port else ""
    where = _target_name(trip)
    meant = f" for {where}" if where != frame.target.text else ""
    return f"A program in {origin.name} {doing} to {frame.target.text}{port}{meant}."


def _leases(trip: Trip, origin: Stack, frame: Frame) -> Iterator[Step]:
    """Yield the leases that sender and target need first."""
    way = find_way(origin, frame.target)
    sender = way.port if way is not None else origin.ports[0]
    if sender.dhcp:
        yield beginnings.lease(trip, sender, frame, Routing(origin))
    goal = trip.goal
    if goal is not None and goal.dhcp and goal is not sender and goal.owns(frame.target):
        step = beginnings.lease(trip, goal, frame, Routing(origin))
        if isinstance(step, Dropped):
            yield step


def first_of_answer(trip: Trip, stack: Stack, request: Frame, row: str) -> Iterator[Step]:
    """Yield the first step of the answer to a request."""
    frame = request.answer()
    beyond = stack.key.part == OUTSIDE
    start = trip.border if beyond and trip.border is not None else stack
    text = f"{stack.name} answers {frame.target.text}."
    if beyond:
        text = f"The answer to {frame.target.text} comes back to {start.name}."
    yield trip.move(PartKey(stack.owner), text, Routing(start), frame, row)
