"""The loop: follows a packet from step to step, and then the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from designer.model.identity import EntityId
from designer.simulate import stacks, switches, vfp, wires
from designer.simulate.frames import Frame
from designer.simulate.starts import first_of_answer, first_steps
from designer.simulate.stations import Stack
from designer.simulate.steps import (
    Arriving,
    AtPort,
    Delivered,
    Dropped,
    Entering,
    Guarded,
    InSwitch,
    InVfp,
    Landing,
    Leaving,
    Moved,
    OnNic,
    OnUplink,
    OnWire,
    Received,
    Routing,
    State,
    Step,
)
from designer.simulate.telling import astray, delivered_sentence
from designer.simulate.trace import Disposition, Hop, Packet, Trace
from designer.simulate.trip import Trip
from designer.simulate.world import World

Forwarding = Callable[[Trip, Any, Frame, str], Step]

FORWARDING: Mapping[type, Forwarding] = MappingProxyType(
    {
        Routing: stacks.route,
        Leaving: switches.leave,
        OnNic: switches.send_by_nic,
        AtPort: switches.enter_port,
        InVfp: vfp.layers,
        InSwitch: switches.switch,
        OnUplink: wires.leave_host,
        OnWire: wires.cross,
        Landing: wires.land,
        Entering: switches.leave_switch,
        Arriving: switches.arrive,
        Guarded: switches.guard,
        Received: stacks.receive,
    }
)
"""What is done with a packet in each kind of place."""

MOST_STEPS = 400
"""More than any way that is drawn; a packet that has not arrived then never will."""


def trace(world: World, packet: Packet) -> Trace:
    """Return what becomes of a packet; works on any design and always ends."""
    trip = Trip(world, packet)
    if packet.ipsec:
        trip.warn("ACL009", "IPsec does not work between containers; protect the connection in the application.")
    journey = _Journey(trip)
    journey.go(first_steps(trip))
    wrong = astray(trip, journey.delivered) if journey.delivered is not None else None
    if wrong is not None:
        journey.fail(wrong[0], journey.where, wrong[1])
    reply = _answer(trip, journey) if journey.delivered is not None else None
    return _told(trip, journey, reply)


class _Journey:
    """One way of a packet: its hops, and how it ended."""

    def __init__(self, trip: Trip) -> None:
        self.hops: list[Hop] = []
        self.delivered: Stack | None = None
        self.code, self.sentence = "", ""
        self.where: EntityId | None = None
        self.frame: Frame | None = None
        self._trip = trip
        self._routed: set[object] = set()

    def go(self, first: Iterator[Step]) -> None:
        """Take the first steps, then follow them to the end."""
        state: State | None = None
        for step in first:
            state = self._take(step)
            if state is None:
                return
        while state is not None and not self._circles(state):
            state = self._take(FORWARDING[type(state.place)](self._trip, state.place, state.frame, state.row))

    def _take(self, step: Step) -> State | None:
        self.hops.append(step.hop)
        match step:
            case Moved():
                self.frame = step.state.frame
                return step.state
            case Delivered():
                self.delivered = step.stack
                self.where = step.stack.owner
            case Dropped():
                self.fail(step.code, step.hop.element, step.sentence)
        return None

    def fail(self, code: str, where: EntityId | None, sentence: str) -> None:
        """End the way with a drop."""
        self.delivered = None
        self.code, self.where, self.sentence = code, where, sentence

    def _circles(self, state: State) -> bool:
        """Whether a router meets the packet a second time, or has gone further than any way leads."""
        if isinstance(state.place, Routing) and state.place.arrived is not None:
            here = (state.place.stack.key, state.frame.flow, state.frame.inner is None)
            circles = here in self._routed or state.frame.ttl <= 0
            self._routed.add(here)
        else:
            circles = len(self.hops) > MOST_STEPS
        if circles:
            last = self.hops[-1]
            sentence = f"The packet to {state.frame.target.text} circles until its hop limit ends it."
            self.hops.append(replace(last, text=sentence))
            self.fail("D-TTL", last.element, sentence)
        return circles


def _answer(trip: Trip, journey: _Journey) -> Trace:
    """Send the answer back and return its trace."""
    assert journey.delivered is not None
    assert journey.frame is not None
    trip.answering = True
    back = _Journey(trip)
    back.go(first_of_answer(trip, journey.delivered, journey.frame, journey.hops[-1].path))
    origin = trip.origin
    if back.delivered is not None and origin is not None and back.delivered.key != origin.key:
        sentence = f"The answer reaches {back.delivered.name} instead of {origin.name}."
        back.fail("D-NORETURN", back.delivered.owner, sentence)
    return _told(trip, back, None)


def _told(trip: Trip, journey: _Journey, reply: Trace | None) -> Trace:
    """Put a way into words."""
    code, where, sentence = journey.code, journey.where, f"Dropped ({journey.code}): {journey.sentence}"
    if journey.delivered is not None:
        sentence = delivered_sentence(trip, journey.delivered, reply)
    if reply is not None and not reply.delivered:
        trip.warn("TOP010", f"The packet arrives, but not the answer. {reply.sentence}")
    return Trace(
        Disposition.DROPPED if code else Disposition.DELIVERED,
        code,
        where,
        sentence,
        tuple(journey.hops),
        reply,
        tuple(trip.warnings) if not trip.answering or reply is not None else (),
        frozenset(trip.touched),
    )
