"""Rows of a drawing after a change: some things on the canvas are collected anew, the rest is taken over."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from designer.drawing.collect import Collector, root_order
from designer.drawing.parts import Parts
from designer.drawing.picture import Picture
from designer.drawing.rows import Rows
from designer.drawing.segmented import Ints
from designer.model.base import Element
from designer.model.identity import EntityId
from designer.model.realisation import HostRealisation, PartKey
from designer.model.topology import Topology


@dataclass(frozen=True, slots=True)
class Splice:
    """The rows of a drawing, and where they come from.

    Attributes:
        target: the new row of each old one; -1 for what was collected anew or is gone.
        origin: the old row of each new one; -1 for what is new.
        realised: what Windows makes of the hosts that were collected, in the order of their rows.
    """

    parts: Parts
    keys: list[PartKey]
    rows: Rows
    target: Ints
    origin: Ints
    realised: tuple[HostRealisation, ...]

    @classmethod
    def nothing(cls, picture: Picture) -> Splice:
        """Return the rows as they are."""
        same = np.arange(len(picture))
        return cls(picture.parts, picture.keys, picture.rows, same, same, ())

    @property
    def keeps_rows(self) -> bool:
        """Whether every thing is in the row where it was."""
        count = len(self.origin)
        return len(self.target) == count and bool((self.origin == np.arange(count)).all())


def splice_rows(picture: Picture, topology: Topology, collected: Iterable[EntityId]) -> Splice | None:
    """Return the rows of the design after a change; None when what is collected is not one thing on the canvas each.

    Args:
        picture: the drawing before.
        topology: the design after the change.
        collected: what stands, or stood, on the canvas and is collected anew.
    """
    gone = sorted({row for element in collected if (row := _root_of(picture, element)) is not None})
    fresh = [topology.find(element, Element) for element in collected]
    blocks = [_Block.of(topology, root) for root in fresh if root is not None and root.parent is None]
    if not all(block.is_whole for block in blocks):
        return None
    blocks.sort(key=lambda block: root_order(block.root))
    pieces = list(_pieces(picture, topology, gone, blocks))
    return _joined(picture, pieces)


def _root_of(picture: Picture, element: EntityId) -> int | None:
    """Return the row of what stands on the canvas; None for what stands in something else, or is not drawn."""
    row = picture.row_of.get(PartKey(element))
    root = int(picture.rows.roots[row]) if row is not None else None
    return root if root is not None and picture.keys[root].element == element else None


@dataclass(frozen=True, slots=True)
class _Block:
    """One thing on the canvas, collected anew."""

    root: Element
    parts: Parts
    realised: tuple[HostRealisation, ...]

    @classmethod
    def of(cls, topology: Topology, root: Element) -> _Block:
        collector = Collector(topology)
        collector.add_root(root)
        return cls(root, collector.parts, tuple(collector.realisations.values()))

    @property
    def is_whole(self) -> bool:
        """Whether it is one row on the canvas with its content."""
        return self.parts.nodes[0].count == len(self.parts.nodes)


_Piece = tuple[int, int] | _Block
"""A range of old rows, or something new."""


def _pieces(picture: Picture, topology: Topology, gone: list[int], blocks: list[_Block]) -> Iterator[_Piece]:
    """Yield the pieces of which the rows consist now; both lists are in order."""
    nodes = picture.parts.nodes
    kept = np.setdiff1d(np.nonzero(picture.parents < 0)[0], gone, assume_unique=True)

    def order(row: int) -> tuple[bool, str, EntityId]:
        root = topology.find(nodes[row].key.element, Element)
        return root_order(root) if root is not None else (False, "", EntityId(""))

    start = 0
    for block in blocks:
        place = bisect_left(kept, root_order(block.root), key=order)
        stop = int(kept[place]) if place < len(kept) else len(nodes)
        yield from _without(picture, start, stop, gone)
        yield block
        start = stop
    yield from _without(picture, start, len(nodes), gone)


def _without(picture: Picture, start: int, stop: int, gone: list[int]) -> Iterator[tuple[int, int]]:
    """Yield a range of old rows without what is gone."""
    for row in gone:
        if start <= row < stop:
            if row > start:
                yield start, row
            start = int(picture.ends[row])
    if stop > start:
        yield start, stop


def _joined(picture: Picture, pieces: list[_Piece]) -> Splice:
    parts = Parts()
    keys: list[PartKey] = []
    facts: list[tuple[Rows, int, int]] = []
    target = np.full(len(picture), -1, np.int64)
    origins: list[Ints] = [np.zeros(0, np.int64)]
    realised: list[HostRealisation] = []
    for piece in pieces:
        if isinstance(piece, _Block):
            found = [part.key for part in piece.parts.nodes]
            facts.append((Rows.of(piece.parts), 0, len(found)))
            origins.append(np.array([picture.row_of.get(key, -1) for key in found], dtype=np.int64))
            parts.nodes += piece.parts.nodes
            keys += found
            realised += piece.realised
        else:
            start, stop = piece
            target[start:stop] = np.arange(len(keys), len(keys) + stop - start)
            origins.append(np.arange(start, stop))
            parts.nodes += picture.parts.nodes[start:stop]
            keys += picture.keys[start:stop]
            facts.append((picture.rows, start, stop))
    origin = np.concatenate(origins)
    parts.row_of = _row_of(picture, keys, origin)
    rows = Rows.joined(facts) if facts else Rows.of(parts)
    return Splice(parts, keys, rows, target, origin, tuple(realised))


def _row_of(picture: Picture, keys: list[PartKey], origin: Ints) -> dict[PartKey, int]:
    """Return the rows by key; where everything is still there, only those are entered that stand elsewhere."""
    if len(keys) != len(picture) or (origin < 0).any():
        return dict(zip(keys, range(len(keys)), strict=True))
    moved = np.nonzero(origin != np.arange(len(origin)))[0].tolist()
    return picture.row_of | {keys[row]: row for row in moved} if moved else picture.row_of
