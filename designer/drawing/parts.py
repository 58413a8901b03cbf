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


@dataclass(slots=True)
class Part:
    """One node of the drawing.

    Attributes:
        parent: row of the part that it is drawn in; -1 on the canvas.
        end: the row after its subtree.
        mover: the key whose Placement moves it.
        frame: row that the mover's Placement is relative to; -1 for the canvas.
    """

    key: PartKey
    look: NodeLook
    role: Role
    parent: int
    mover: PartKey
    frame: int
    end: int = 0


@dataclass(slots=True)
class Wire:
    """One line of the drawing, from row to row; ``key`` is the stored link, or the part that it follows from."""

    key: PartKey
    source: int
    target: int
    look: LinkLook


@dataclass(slots=True)
class Parts:
    """The nodes depth first (a container before its content), and the lines between them."""

    nodes: list[Part] = field(default_factory=list)
    wires: list[Wire] = field(default_factory=list)
    row_of: dict[PartKey, int] = field(default_factory=dict)

    def add(self, key: PartKey, look: NodeLook, role: Role, parent: int, mover: PartKey, frame: int) -> int:
        """Append a node and return its row."""
        row = len(self.nodes)
        self.nodes.append(Part(key, look, role, parent, mover, frame, row + 1))
        self.row_of[key] = row
        return row

    def close(self, row: int) -> None:
        """Say that the subtree of a row is complete."""
        self.nodes[row].end = len(self.nodes)

    def children(self, row: int) -> Iterator[int]:
        """Yield the rows directly in a row (-1: on the canvas)."""
        child = row + 1
        end = self.nodes[row].end if row >= 0 else len(self.nodes)
        while child < end:
            yield child
            child = self.nodes[child].end


def by_name(elements: Iterable[Element]) -> list[Element]:
    """Return elements by name, then id: the order of everything that is drawn."""
    return sorted(elements, key=lambda element: (element.name, element.id))
