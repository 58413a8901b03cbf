"""The boxes of a drawing while they are being laid out: sizes from content, positions relative to the parent."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from designer.drawing import measures as m
from designer.drawing import typography as t
from designer.drawing.looks import NodeLook, Shape
from designer.drawing.parts import Parts, Role
from designer.drawing.segmented import Floats
from designer.model.annotations import Placement
from designer.model.realisation import PartKey
from designer.model.topology import Topology

_WIDE_ROLES = {Role.WORKLOAD, Role.VNIC, Role.WINNAT}


@dataclass(slots=True)
class Frames:
    """Boxes of all rows.

    Attributes:
        keep: whether stored placements are heeded; pinned ones always are.
        x, y: position relative to the box of the parent row.
        w, h: size.
        natural: the sizes that fit the words of cards, bars and notes.
        plugs: rows of what plugs into each bar or adapter, and the other way round.
    """

    parts: Parts
    topology: Topology
    keep: bool = True
    x: array[float] = field(default_factory=lambda: array("d"))
    y: array[float] = field(default_factory=lambda: array("d"))
    w: array[float] = field(default_factory=lambda: array("d"))
    h: array[float] = field(default_factory=lambda: array("d"))
    plugs: dict[int, list[int]] = field(default_factory=dict)
    natural: list[tuple[float, float]] = field(default_factory=list)

    @classmethod
    def of(cls, topology: Topology, parts: Parts, wires: Iterable[tuple[int, int]], keep: bool = True) -> Frames:
        """Return unplaced boxes with the sizes of cards and bars.

        Args:
            topology: the design.
            parts: what is drawn.
            wires: the rows that each line joins.
            keep: whether stored placements are heeded.
        """
        frames = cls(parts, topology, keep)
        count = len(parts.nodes)
        frames.x, frames.y = array("d", bytes(8 * count)), array("d", bytes(8 * count))
        frames.natural = [natural_size(part.look, part.role) for part in parts.nodes]
        frames.w = array("d", [size[0] for size in frames.natural])
        frames.h = array("d", [size[1] for size in frames.natural])
        for first, second in wires:
            frames.plugs.setdefault(second, []).append(first)
            frames.plugs.setdefault(first, []).append(second)
        return frames

    @classmethod
    def of_boxes(cls, topology: Topology, parts: Parts, rects: Floats) -> Frames:
        """Return boxes that have their sizes, and no places yet."""
        count = len(rects)
        frames = cls(parts, topology)
        frames.x, frames.y = array("d", bytes(8 * count)), array("d", bytes(8 * count))
        frames.w, frames.h = array("d", rects[:, 2].tolist()), array("d", rects[:, 3].tolist())
        frames.natural = list(zip(frames.w, frames.h, strict=True))
        return frames

    def boxes(self) -> Floats:
        """Return x, y, width and height of every row."""
        return np.array([self.x, self.y, self.w, self.h], dtype=np.float64).T.copy().reshape(-1, 4)

    def stored(self, key: PartKey) -> Placement | None:
        """Return the placement of exactly that thing."""
        found = self.topology.placement(key.element, key.part)
        return found if found is None or self.keep or found.pinned else None

    def placement(self, row: int) -> Placement | None:
        """Return what fixes a row; None when its parent or the layout decides."""
        return self.stored(self.parts.nodes[row].mover)

    def reset(self, rows: Iterable[int]) -> None:
        """Give cards, bars and notes their own sizes back, before their container is laid out anew."""
        for row in rows:
            if self.parts.nodes[row].look.shape is not Shape.ZONE:
                self.w[row], self.h[row] = self.natural[row]

    def move(self, row: int, x: float, y: float) -> None:
        """Put a box at a position relative to its parent."""
        self.x[row], self.y[row] = x, y

    def size(self, row: int) -> tuple[float, float]:
        """Return width and height."""
        return self.w[row], self.h[row]

    def right(self, row: int) -> float:
        """Return the right edge relative to the parent."""
        return self.x[row] + self.w[row]

    def bottom(self, row: int) -> float:
        """Return the lower edge relative to the parent."""
        return self.y[row] + self.h[row]


def natural_size(look: NodeLook, role: Role) -> tuple[float, float]:
    """Return the size that fits the words of a card, bar or note; zones take theirs from what is in them."""
    if look.shape is Shape.CARD:
        least = m.WORKLOAD_MIN_WIDTH if role in _WIDE_ROLES else m.CARD_MIN_WIDTH
        words = max(t.width(look.title, t.NAME), t.width(look.fact, t.FACT_MONO if look.mono else t.FACT))
        words = max([words, *(2 * m.CHIP_PADDING + t.width(chip, t.CHIP) for chip in look.chips)])
        width = m.snap_up(m.CARD_TEXT_INSET + words + m.CARD_RIGHT_INSET)
        return min(max(least, width), m.CARD_MAX_WIDTH), m.CARD_HEIGHT + m.CARD_CHIP_PITCH * len(look.chips)
    if look.shape is Shape.BAR:
        height = m.SEGMENT_HEIGHT if role is Role.SEGMENT else m.BAR_HEIGHT
        return max(m.BAR_MIN_WIDTH, min(m.snap_up(bar_words(look)), 3 * m.BAR_MIN_WIDTH)), height
    if look.shape is Shape.NOTE:
        lines = len(note_lines(look, m.NOTE_WIDTH))
        return m.NOTE_WIDTH, m.snap_up(34 + max(1, lines) * m.NOTE_LINE + 6)
    return m.BAR_MIN_WIDTH, m.ZONE_TITLE + m.CARD_HEIGHT + m.ZONE_FOOT


def bar_words(look: NodeLook) -> float:
    """Return how wide a bar must be to show its name and its fact."""
    fact = t.width(look.fact, t.BAR_FACT)
    return m.BAR_TEXT_INSET + t.width(look.title, t.NAME) + (10 + fact if fact else 0) + 16


def note_lines(look: NodeLook, width: float) -> tuple[str, ...]:
    """Return the text of a note in lines that fit its width."""
    return t.wrap(look.fact, width - 24, t.NOTE_TEXT) if look.fact else ()
