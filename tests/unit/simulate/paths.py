"""Designs on which every packet path can be walked, and a case that says what the walk has to look like.

HOST1 (10.0.0.11) and HOST2 (10.0.0.12) are on “LAN” 10.0.0.0/24; the router R joins it to “WAN” 192.0.2.0/24 with the
client X (192.0.2.50). The containers are C and C2 on HOST1, and D on HOST2.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from designer.model.fabric import Router
from designer.model.identity import EntityId
from designer.model.topology import Topology
from designer.simulate.engine import trace
from designer.simulate.trace import Hop, Packet, Trace
from designer.simulate.world import World
from tests.unit.rules.designs import Drawn, design

OLD, V1709, V2019, NOW = "ws2016", "ws1709", "ws2019", "ws2022"


def outside() -> Drawn:
    """Return what is around the hosts."""
    return (
        design()
        .segment("LAN", prefix="10.0.0.0/24")
        .segment("WAN", prefix="192.0.2.0/24")
        .router("R", cable="LAN", addresses=("10.0.0.1/24", "192.0.2.1/24"))
        .cabled("R", "WAN")
        .client("X", cable="WAN", addresses=("192.0.2.50/24",), gateway="192.0.2.1")
    )


def host(drawn: Drawn, number: int = 1, **fields: Any) -> Drawn:
    """Add HOST1 or HOST2 with its adapter on the LAN."""
    address = f"10.0.0.1{number}/24"
    return drawn.host(f"HOST{number}", **fields).nic(
        f"NIC{number}", cable="LAN", addresses=(address,), gateway="10.0.0.1"
    )


def one_host(**fields: Any) -> Drawn:
    """Return HOST1 and what is around it."""
    return host(outside(), **fields)


def with_route(drawn: Drawn, destination: str, next_hop: str) -> Drawn:
    """Give the router R a route."""
    route = {"destination": destination, "next_hop": next_hop}
    return replace(
        drawn,
        entities=tuple(
            entity.evolve(routes=(*entity.routes, route)) if isinstance(entity, Router) else entity
            for entity in drawn.entities
        ),
    )


def packet(source: str, target: Any, port: int | None = 80, **fields: Any) -> Packet:
    """Return a TCP packet to port 80, unless something else is said."""
    return Packet(EntityId(source), EntityId(target) if isinstance(target, str) else target, port=port, **fields)


def walk(drawn: Drawn | Topology, source: str, target: Any, port: int | None = 80, **fields: Any) -> Trace:
    """Return what becomes of a packet in a design."""
    topology = drawn.topology if isinstance(drawn, Drawn) else drawn
    if fields.get("protocol") == "icmp":
        port = None
    return trace(World(topology), packet(source, target, port, **fields))


def places(found: Trace) -> list[str]:
    """Return where a packet comes by, in order: ``element`` or ``element:part``, each once in a row."""
    names: list[str] = []
    for hop in found.hops:
        name = f"{hop.element}:{hop.part}" if hop.part else hop.element
        if names[-1:] != [name]:
            names.append(name)
    return names


def last_at(found: Trace, place: str) -> Hop:
    """Return the last hop at a place."""
    return [hop for hop in found.hops if f"{hop.element}:{hop.part}".rstrip(":") == place][-1]


@dataclass(frozen=True)
class Case:
    """A packet, and what has to become of it.

    Attributes:
        row: row of the table of packet paths, at the last hop.
        code: code of the drop, of the answer's drop with a leading ``reply ``, or empty.
        by: where it comes by, in order.
        headers: the header after the last hop at a place.
    """

    row: str
    drawn: Drawn
    source: str
    target: Any
    code: str = ""
    by: tuple[str, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)
    port: int | None = 80
    packet: dict[str, Any] = field(default_factory=dict)
    warns: tuple[str, ...] = ()

    def check(self) -> Trace:
        """Walk, and compare."""
        found = walk(self.drawn, self.source, self.target, self.port, **self.packet)
        story = "\n".join(f"{hop.path:4} {hop.element}:{hop.part} {hop.text}\n     {hop.header}" for hop in found.hops)
        code = found.code
        if found.reply is not None and found.reply.code:
            code = f"reply {found.reply.code}"
        assert code == self.code, f"{found.sentence}\n{story}"
        assert found.hops[-1].path == self.row, story
        if self.by:
            assert places(found) == list(self.by), story
        for place, header in self.headers.items():
            assert last_at(found, place).header == header, story
        for rule in self.warns:
            assert rule in {name for name, _ in found.warnings}, found.warnings
        return found
