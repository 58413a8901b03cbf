"""Who reaches whom: a packet for every pair."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from designer.model.base import Element
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.links import Attachment
from designer.model.services import Service
from designer.model.topology import Topology
from designer.simulate.asking import ends_of, labels
from designer.simulate.engine import trace
from designer.simulate.packets import first_port
from designer.simulate.trace import Packet, Trace
from designer.simulate.world import World


class Reach(StrEnum):
    """How one end reaches another."""

    YES = "yes"
    PUBLISHED = "published port"
    ONE_WAY = "one way"
    NO = "no"
    SELF = "self"


@dataclass(frozen=True, slots=True)
class Cell:
    """One pair.

    Attributes:
        port: the port that was asked for; None where any will do.
        code: why not; empty where it works.
        row: the packet path.
    """

    source: EntityId
    target: EntityId
    reach: Reach
    port: int | None
    code: str
    row: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Every sender against every target.

    Attributes:
        names: what the ends are called, unique.
        rows: the cells of each sender, in the order of the targets.
    """

    names: dict[EntityId, str]
    sources: tuple[EntityId, ...]
    targets: tuple[EntityId, ...]
    rows: tuple[tuple[Cell, ...], ...]


def matrix(world: World) -> Matrix:
    """Return who reaches whom, by the address of the target, else by a port that it publishes."""
    topology = world.topology
    sources, targets = ends_of(topology), ends_of(topology, targets=True)
    ports = {target.id: _port(topology, target) for target in targets}
    published = {target.id: _published(topology, target) for target in targets}
    rows = tuple(
        tuple(_cell(world, source, target, ports[target.id], published[target.id]) for target in targets)
        for source in sources
    )
    ends = [*targets, *(source for source in sources if source not in targets)]
    return Matrix(labels(topology, ends), tuple(end.id for end in sources), tuple(end.id for end in targets), rows)


def _port(topology: Topology, target: Element) -> int | None:
    """Return the port to ask for: of a host that lists none, any."""
    if isinstance(target, Host) and not target.listening:
        return None
    return first_port(topology, target.id)


def _published(topology: Topology, target: Element) -> int | None:
    """Return the first port that a target publishes."""
    has_ports = (isinstance(target, Service) and bool(target.ports)) or any(
        link.ports for link in topology.links_of(target.id, Attachment)
    )
    return first_port(topology, target.id, address="published") if has_ports else None


def _cell(world: World, source: Element, target: Element, port: int | None, published: int | None) -> Cell:
    if source.id == target.id:
        return Cell(source.id, target.id, Reach.SELF, None, "", "", "")
    found = trace(world, Packet(source.id, target.id, port=port))
    if not found.works and published is not None:
        mapped = trace(world, Packet(source.id, target.id, port=published, address="published"))
        if mapped.works:
            return _told(source, target, Reach.PUBLISHED, published, mapped)
    reach = Reach.YES if found.works else Reach.ONE_WAY if found.delivered else Reach.NO
    return _told(source, target, reach, port, found)


def _told(source: Element, target: Element, reach: Reach, port: int | None, found: Trace) -> Cell:
    code = found.code or (found.reply.code if found.reply is not None else "")
    return Cell(source.id, target.id, reach, port, code, found.hops[-1].path, found.sentence)
