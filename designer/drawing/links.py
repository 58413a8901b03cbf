"""The lines of a scene as arrays: ends, polylines, bounds, and which lines a box carries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from designer.drawing.looks import LinkLook
from designer.drawing.parts import Order, Wire
from designer.drawing.routing import POINTS
from designer.drawing.rows import Rows, clusters_of, common
from designer.drawing.segmented import Bools, Floats, Ints
from designer.model.realisation import PartKey

_MOST_MOVED = 2048


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """All lines; index is the order of drawing.

    Attributes:
        first, second: rows of the ends.
        strokes: Stroke of each.
        orders: Order of each.
        clusters: number of the lines that each is routed with: a row on the canvas, or negative between several.
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
    orders: NDArray[np.int8]
    clusters: Ints
    chunks: Ints
    points: Floats
    low: Floats
    high: Floats
    moved: dict[int, Floats] = field(default_factory=dict)

    @classmethod
    def of(cls, wires: Sequence[Wire], rows: Rows) -> Links:
        """Make the table of the lines of a drawing; they have no way yet."""
        first = np.array([wire.source for wire in wires], dtype=np.int64)
        second = np.array([wire.target for wire in wires], dtype=np.int64)
        orders = np.array([wire.order for wire in wires], dtype=np.int8)
        return cls(
            [wire.key for wire in wires],
            [wire.look for wire in wires],
            {wire.key: index for index, wire in enumerate(wires)},
            first,
            second,
            np.array([wire.look.stroke for wire in wires], dtype=np.int8),
            orders,
            clusters_by_order(rows, first, second, orders),
            common(rows, first, second),
            np.zeros((len(wires), POINTS, 2)),
            np.zeros((len(wires), 2)),
            np.zeros((len(wires), 2)),
        )

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def flows(self) -> Bools:
        """Which lines are traffic over what is drawn: they are routed last, and nothing gives way to them."""
        flows: Bools = self.orders == Order.FLOW
        return flows

    def of_rows(self, rows: Ints) -> Ints:
        """Return the lines that end at any of some rows, sorted."""
        if not len(self.first) or not len(rows):
            return np.zeros(0, np.int64)
        wanted = np.zeros(int(max(self.first.max(), self.second.max(), rows.max())) + 1, np.bool_)
        wanted[rows] = True
        return np.nonzero(wanted[self.first] | wanted[self.second])[0]

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

    def routed(self, points: Floats) -> Links:
        """Return the table with a way for every line."""
        if not len(points):
            return self
        return replace(self, points=points, low=points.min(axis=1), high=points.max(axis=1), moved={})

    def taken_over(self, origin: Ints) -> Links:
        """Return the table with the ways of other lines of the table that it was made from, -1 for none."""
        if len(origin) == len(self.points) and (origin == np.arange(len(origin))).all():
            return self
        known = origin >= 0
        points, low, high = np.zeros((len(origin), POINTS, 2)), np.zeros((len(origin), 2)), np.zeros((len(origin), 2))
        points[known] = self.all_points()[origin[known]]
        low[known], high[known] = self.low[origin[known]], self.high[origin[known]]
        return replace(self, points=points, low=low, high=high, moved={})

    def all_points(self) -> Floats:
        """Return the polylines of all lines; not to be written into."""
        if not self.moved:
            return self.points
        points = self.points.copy()
        for index, polyline in self.moved.items():
            points[index] = polyline
        return points

    def rerouted(self, indices: Ints, points: Floats) -> Links:
        """Return the table after some lines, in order, took another way."""
        if len(indices) == len(self):
            return self.routed(points)
        low, high = self.low.copy(), self.high.copy()
        low[indices], high[indices] = points.min(axis=1), points.max(axis=1)
        moved = dict(self.moved)
        moved.update(zip(indices.tolist(), points, strict=True))
        if len(moved) <= _MOST_MOVED:
            return replace(self, low=low, high=high, moved=moved)
        return replace(self, low=low, high=high, moved={}, points=replace(self, moved=moved).all_points())


def clusters_by_order(rows: Rows, first: Ints, second: Ints, orders: NDArray[np.int8]) -> Ints:
    """Number the lines as `clusters_of` does; traffic does not join what nothing else joins."""
    result = np.zeros(len(first), np.int64)
    flows = orders == Order.FLOW
    for chosen in (~flows, flows):
        result[chosen] = clusters_of(rows, first[chosen], second[chosen])
    return result
