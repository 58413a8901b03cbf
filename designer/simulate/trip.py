"""One packet under way: what has been recorded about it so far."""

from __future__ import annotations

from collections.abc import Hashable

from designer.model.identity import EntityId
from designer.model.realisation import PartKey
from designer.model.services import Service
from designer.simulate.drops import DROPS
from designer.simulate.frames import TRANSLATED_PORT, Address, FlowKey, Frame
from designer.simulate.machines import Machine
from designer.simulate.stations import UNDRAWN, Port, Stack
from designer.simulate.steps import Delivered, Dropped, Moved, Place, State
from designer.simulate.trace import Hop, Packet
from designer.simulate.world import World

INFERRED_ROWS = frozenset({"N4", "N10", "T3", "T4", "L3", "L6", "S1", "S2"})
"""Packet paths for which there is no source: they follow from where gateways and host vNICs are."""


class Trip:
    """What the steps of a packet and of its answer share.

    Attributes:
        origin: the stack that sends the request.
        goal: the interface that the request is for; None for a plain address.
        answering: whether the answer is under way.
        mapped: whether the request came in by a published port.
        border: the last router before a place outside the drawing; answers come in there.
        vips: virtual addresses of services.
    """

    def __init__(self, world: World, packet: Packet) -> None:
        self.world = world
        self.packet = packet
        self.origin: Stack | None = None
        self.goal: Port | None = None
        self.answering = False
        self.mapped = False
        self.border: Stack | None = None
        self.vips: dict[Hashable, Service] = {}
        self.touched: set[EntityId] = set()
        self.warnings: dict[tuple[str, str], None] = {}
        self._sessions: dict[tuple[Hashable, FlowKey], Frame] = {}
        self._stands_for: dict[Hashable, Port] = {}
        self._stacks: dict[PartKey, Stack] = {}
        self._machines: dict[EntityId, Machine | None] = {}
        self._translations = 0

    def machine(self, host: EntityId | None) -> Machine | None:
        """Return what is known of a host, and remember that it was looked at."""
        if host is None:
            return None
        if host not in self._machines:
            self._machines[host] = self.world.machine(host)
            self.touched.add(host)
        return self._machines[host]

    def host(self, port: Port) -> Machine:
        """Return the machine of an interface that is on a host."""
        machine = self.machine(port.host)
        assert machine is not None
        return machine

    def stack_of(self, port: Port) -> Stack:
        """Return the IP stack behind an interface."""
        made = self._stacks.get(port.stack)
        if made is not None:
            return made
        machine = self.machine(port.host)
        stack = machine.stacks.get(port.stack) if machine is not None else self.world.outer_stack(port.stack)
        return stack or Stack(port.stack, port.owner, port.name, (port,), host=port.host)

    def add_stack(self, stack: Stack) -> None:
        """Note a stack that no element of the design has: of a task of a service."""
        self._stacks[stack.key] = stack

    def warn(self, rule: str, sentence: str) -> None:
        """Note what works with a limit."""
        self.warnings[rule, sentence] = None

    def record(self, where: Hashable, before: Frame, after: Frame) -> None:
        """Remember a translation, so that the answer is translated back at the same place."""
        self._sessions[where, after.answer().flow] = before.answer()

    def recorded(self, where: Hashable, frame: Frame) -> Frame | None:
        """Return an answer with its addresses and ports translated back; None when no translation is recorded."""
        return self._sessions.get((where, frame.flow))

    def stand_in(self, address: Hashable, port: Port) -> None:
        """Let an interface answer for an address that VFP or a load balancer has."""
        self._stands_for[address] = port

    def standing_in(self, address: Hashable) -> Port | None:
        """Return the interface that answers for an address of VFP or a load balancer."""
        return self._stands_for.get(address)

    def endpoint_with(self, address: Address) -> Port | None:
        """Return the endpoint of sender or target that has an address."""
        ends = [self.goal, *(self.origin.ports if self.origin is not None else ())]
        return next((port for port in ends if port is not None and port.is_endpoint and port.owns(address)), None)

    def new_port(self) -> int:
        """Return a port for a translation."""
        self._translations += 1
        return TRANSLATED_PORT + self._translations

    def move(self, key: PartKey, text: str, place: Place, frame: Frame, row: str, *, inferred: bool = False) -> Moved:
        """Return the step by which the packet goes on."""
        return Moved(_hop(key, text, frame, row, inferred=inferred), State(place, frame, row))

    def drop(
        self, key: PartKey, code: str, sentence: str, frame: Frame, row: str, *, inferred: bool = False
    ) -> Dropped:
        """Return the step that ends the packet."""
        assert code in DROPS
        return Dropped(_hop(key, sentence, frame, row, inferred=inferred), code, sentence)

    def deliver(
        self, key: PartKey, text: str, stack: Stack, frame: Frame, row: str, *, inferred: bool = False
    ) -> Delivered:
        """Return the step that hands the packet to a program."""
        return Delivered(_hop(key, text, frame, row, inferred=inferred), stack)


def _hop(key: PartKey, text: str, frame: Frame, row: str, *, inferred: bool) -> Hop:
    part = "" if key.part.startswith(UNDRAWN) else key.part
    return Hop(key.element, part, text, frame.header(), row, inferred or row in INFERRED_ROWS)
