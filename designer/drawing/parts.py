"""What is drawn: the elements of a design and what follows from them, as one tree, with the lines between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum, auto

from designer.drawing.looks import LinkLook, NodeLook
from designer.model.base import Element
from designer.model.realisation import PartKey


class Role(IntEnum):
    """The place of a part in the stack; automatic layout follows it."""

    HOST = auto()
    OVERLAY = auto()
    SEGMENT = auto()
    OUTSIDE = auto()
    STACK = auto()
    SURROUND = auto()
    COMPARTMENT = auto()
    WORKLOAD = auto()
    NETWORK = auto()
    VSWITCH = auto()
    NIC = auto()
    TEAM = auto()
    BALANCER = auto()
    VNIC = auto()
    WINNAT = auto()
    NOTE = auto()
    SERVICE = auto()


class Order(IntEnum):
    """The order of lines: stored links by kind and id, what follows from hosts and networks, then traffic over all."""

    ATTACHMENT = auto()
    UPLINK = auto()
    CABLE = auto()
    BACKEND = auto()
    REFERENCE = auto()
    DERIVED = auto()
    TUNNEL = auto()
    FLOW = auto()


@dataclass(slots=True)
class Part:
    """One node of the drawing.

    What it says about rows is relative to its own, so that a subtree can be taken from one drawing to another.

    Attributes:
        up: how many rows before it the part is that it is drawn in; 0 on the canvas.
        mover: the key whose Placement moves it.
        frame_up: how many rows before it the part is that the mover's Placement is relative to; 0 for the canvas.
        count: how many rows its subtree has.
    """

    key: PartKey
    look: NodeLook
    role: Role
    up: int
    mover: PartKey
    frame_up: int
    count: int = 1


@dataclass(slots=True)
class Wire:
    """One line of the drawing, from row to row; ``key`` is the stored link, or the part that it follows from."""

    key: PartKey
    source: int
    target: int
    look: LinkLook
    order: Order


@dataclass(slots=True)
class Parts:
    """The nodes depth first: a container before its content."""

    nodes: list[Part] = field(default_factory=list)
    row_of: dict[PartKey, int] = field(default_factory=dict)

    def add(self, key: PartKey, look: NodeLook, role: Role, parent: int, mover: PartKey, frame: int) -> int:
        """Append a node and return its row."""
        row = len(self.nodes)
        up, frame_up = (row - outer if outer >= 0 else 0 for outer in (parent, frame))
        self.nodes.append(Part(key, look, role, up, mover, frame_up))
        self.row_of[key] = row
        return row

    def close(self, row: int) -> None:
        """Say that the subtree of a row is complete."""
        self.nodes[row].count = len(self.nodes) - row

    def parent(self, row: int) -> int:
        """Return the row that a row is drawn in; -1 on the canvas."""
        up = self.nodes[row].up
        return row - up if up else -1

    def frame(self, row: int) -> int:
        """Return the row that the Placement of a row's mover is relative to; -1 for the canvas."""
        up = self.nodes[row].frame_up
        return row - up if up else -1

    def end(self, row: int) -> int:
        """Return the row after the subtree of a row."""
        return row + self.nodes[row].count

    def children(self, row: int) -> Iterator[int]:
        """Yield the rows directly in a row (-1: on the canvas)."""
        child = row + 1
        end = row + self.nodes[row].count if row >= 0 else len(self.nodes)
        while child < end:
            yield child
            child += self.nodes[child].count


def by_name(elements: Iterable[Element]) -> list[Element]:
    """Return elements by name, then id: the order of everything that is drawn."""
    return sorted(elements, key=lambda element: (element.name, element.id))
