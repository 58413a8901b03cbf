"""The lines of a scene as arrays: ends, polylines, bounds, and which lines a box carries."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from designer.drawing.looks import LinkLook
from designer.drawing.obstacles import Bools, Floats, Ints, spread
from designer.drawing.parts import Parts
from designer.model.realisation import PartKey

_MOST_MOVED = 2048
_MOST_SHARED = 40


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """All lines; index is the order of drawing.

    Attributes:
        first, second: rows of the ends.
        strokes: Stroke of each.
        chunks: the innermost row that holds both ends, -1 for the canvas.
        points: polylines (m, POINTS, 2) as they were built; ``moved`` holds those that changed since.
        low, high: bounds.
    """

    keys: list[PartKey]
    looks: list[LinkLook]
    index_of: dict[PartKey, int]
    first: Ints
    second: Ints
    strokes: NDArray[np.int8]
    chunks: Ints
    points: Floats
    low: Floats
    high: Floats
    _starts: Ints
    _carried: Ints
    moved: dict[int, Floats] = field(default_factory=dict)

    @classmethod
    def of(cls, parts: Parts, points: Floats, chunks: Ints) -> Links:
        """Make the table of the lines of a drawing."""
        first = np.array([wire.source for wire in parts.wires], dtype=np.int64)
        second = np.array([wire.target for wire in parts.wires], dtype=np.int64)
        rows = np.concatenate([first, second])
        order = np.argsort(rows, kind="stable")
        count = len(parts.nodes)
        starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=count))]).astype(np.int64)
        return cls(
            [wire.key for wire in parts.wires],
            [wire.look for wire in parts.wires],
            {wire.key: index for index, wire in enumerate(parts.wires)},
            first,
            second,
            np.array([wire.look.stroke for wire in parts.wires], dtype=np.int8),
            chunks,
            points,
            points.min(axis=1) if len(points) else np.zeros((0, 2)),
            points.max(axis=1) if len(points) else np.zeros((0, 2)),
            starts,
            (order % max(1, len(first))).astype(np.int64),
        )

    def __len__(self) -> int:
        return len(self.keys)

    def of_rows(self, rows: Ints) -> Ints:
        """Return the lines that end at any of some rows, sorted."""
        starts = self._starts[rows]
        owners, number = spread(self._starts[rows + 1] - starts)
        return np.unique(self._carried[starts[owners] + number])

    def quiet(self, rows: Ints) -> Ints:
        """Return those of some rows that do not carry very many lines."""
        return rows[self._starts[rows + 1] - self._starts[rows] <= _MOST_SHARED]

    def neighbours(self, indices: Ints) -> Ints:
        """Return some lines and those that share a box with them, as far as no box carries too many."""
        rows = np.unique(np.concatenate([self.first[indices], self.second[indices]]))
        return np.union1d(indices, self.of_rows(self.quiet(rows)))

    def polylines(self, indices: Ints) -> Floats:
        """Return the polylines of some lines, as a copy."""
        found = self.points[indices]
        if self.moved:
            for place in np.nonzero(np.isin(indices, np.fromiter(self.moved, np.int64)))[0].tolist():
                found[place] = self.moved[int(indices[place])]
        return found

    def polyline(self, index: int) -> list[tuple[float, float]]:
        """Return the corners of one line."""
        points = self.moved.get(index)
        found: list[tuple[float, float]] = []
        for x, y in (self.points[index] if points is None else points).tolist():
            if found and found[-1] == (x, y):
                continue
            if len(found) > 1 and (found[-2][0] == found[-1][0] == x or found[-2][1] == found[-1][1] == y):
                found.pop()
            found.append((x, y))
        return found

    def within(self, x0: float, y0: float, x1: float, y1: float) -> Bools:
        """Return which lines may touch a rectangle."""
        low, high = self.low, self.high
        return (low[:, 0] <= x1) & (high[:, 0] >= x0) & (low[:, 1] <= y1) & (high[:, 1] >= y0)

    def rerouted(self, indices: Ints, points: Floats) -> Links:
        """Return the table after some lines took another way."""
        low, high = self.low.copy(), self.high.copy()
        low[indices], high[indices] = points.min(axis=1), points.max(axis=1)
        moved = dict(self.moved)
        moved.update(zip(indices.tolist(), points, strict=True))
        if len(moved) <= _MOST_MOVED:
            return replace(self, low=low, high=high, moved=moved)
        everything = self.points.copy()
        for index, polyline in moved.items():
            everything[index] = polyline
        return replace(self, low=low, high=high, points=everything, moved={})
