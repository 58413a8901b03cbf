"""The verdict in one sentence, for engineers and students."""

from __future__ import annotations

from designer.simulate.stations import Stack
from designer.simulate.trace import Trace
from designer.simulate.trip import Trip


def delivered_sentence(trip: Trip, stack: Stack, reply: Trace | None) -> str:
    """Return what to say of a packet that arrives."""
    if trip.answering and reply is None:
        return f"The answer reaches {stack.name}."
    packet = trip.packet
    port = f" at port {packet.port}/{packet.protocol}" if packet.port else f" with {packet.protocol.upper()}"
    source = trip.world.name(packet.source)
    target = trip.world.name(packet.target) if isinstance(packet.target, str) else str(packet.target)
    end = f" ({stack.name})" if stack.name != target else ""
    if reply is not None and not reply.delivered:
        return f"{source} reaches {target}{end}{port}, but the answer is lost. {reply.sentence}"
    return f"{source} reaches {target}{end}{port}, and the answer comes back."


def astray(trip: Trip, stack: Stack) -> tuple[str, str] | None:
    """Return the code and sentence for a packet that ends at another machine than it was meant for; else None."""
    goal = trip.goal
    if goal is None or trip.answering or stack.key in (goal.stack,) or stack.owner == goal.owner:
        return None
    code = "D-ARP" if trip.packet.address == "own" else "D-MAP"
    return code, f"The packet ends at {stack.name}, not at {goal.title}: that is who has the address it was sent to."
