"""Which boxes a line would run through: a sparse grid over all boxes, asked for many lines at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from designer.drawing import measures as m

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_CELL = 160.0
_SPAN = 1 << 24
_OWN_SHRINK = 3.0


def spread(counts: Ints) -> tuple[Ints, Ints]:
    """Return, for items that stand for ``counts`` things each, the item and the running number of every thing."""
    owners = np.repeat(np.arange(len(counts)), counts)
    starts = np.cumsum(counts) - counts
    return owners, np.arange(len(owners)) - starts[owners]


def _cells(low_x: Floats, low_y: Floats, high_x: Floats, high_y: Floats) -> tuple[Ints, Ints]:
    """Return (item, cell) for every cell that each box touches."""
    x0, y0 = np.floor(low_x / _CELL).astype(np.int64), np.floor(low_y / _CELL).astype(np.int64)
    wide = np.floor(high_x / _CELL).astype(np.int64) - x0 + 1
    tall = np.floor(high_y / _CELL).astype(np.int64) - y0 + 1
    owners, number = spread(wide * tall)
    columns = wide[owners]
    return owners, (y0[owners] + number // columns) * _SPAN + x0[owners] + number % columns


class Obstacles:
    """The boxes that lines keep clear of.

    Args:
        rects: all boxes, absolute.
        ends: the row after the subtree of each row.
        solid: which rows are in the way at all; overlay bands are not.
    """

    def __init__(self, rects: Floats, ends: Ints, solid: Bools) -> None:
        self.rects = rects
        self._ends = ends
        self._solid = solid
        rows = np.nonzero(solid)[0]
        low = rects[rows, :2] - m.CLEARANCE
        high = rects[rows, :2] + rects[rows, 2:] + m.CLEARANCE
        owners, cells = _cells(low[:, 0], low[:, 1], high[:, 0], high[:, 1])
        order = np.argsort(cells, kind="stable")
        self._cells = cells[order]
        self._rows = rows[owners[order]]
        self._loose = np.zeros(0, np.int64)

    def moved(self, rects: Floats, rows: Ints) -> Obstacles:
        """Return the obstacles after some boxes moved; those are looked at one by one instead of by the grid."""
        result = object.__new__(Obstacles)
        result.rects, result._ends, result._solid = rects, self._ends, self._solid
        result._cells, result._rows = self._cells, self._rows
        result._loose = np.union1d(self._loose, rows[self._solid[rows]])
        return result

    def anew(self) -> Obstacles:
        """Return the same obstacles with all boxes in the grid."""
        return Obstacles(self.rects, self._ends, self._solid)

    @property
    def loose_count(self) -> int:
        """How many boxes have moved since the grid was made."""
        return len(self._loose)

    def near(self, x0: float, y0: float, x1: float, y1: float) -> Ints:
        """Return the rows whose boxes may touch a rectangle, sorted."""
        _, cells = _cells(np.array([x0]), np.array([y0]), np.array([x1]), np.array([y1]))
        low, high = np.searchsorted(self._cells, cells), np.searchsorted(self._cells, cells, side="right")
        owners, number = spread(high - low)
        return np.union1d(self._rows[low[owners] + number], self._loose)

    def blocked(self, points: Floats, first: Ints, second: Ints, clearance: float = m.CLEARANCE) -> Bools:
        """Return which lines run through, or too close to, a box that is not theirs.

        Args:
            points: one polyline for each line, of equal length (k, p, 2); repeated points are no segment.
            first: the row where each line starts.
            second: the row where it ends.
            clearance: how far a line keeps from other boxes.
        """
        count, steps = points.shape[0], points.shape[1] - 1
        low = np.minimum(points[:, :-1], points[:, 1:]).reshape(-1, 2)
        high = np.maximum(points[:, :-1], points[:, 1:]).reshape(-1, 2)
        lines = np.repeat(np.arange(count), steps)
        real = np.nonzero((high - low).max(axis=1) > 0)[0]
        low, high, lines = low[real], high[real], lines[real]
        segments, rows = self._candidates(low, high)
        hits = self._hits(
            low[segments], high[segments], rows, first[lines[segments]], second[lines[segments]], clearance
        )
        return np.bincount(lines[segments[hits]], minlength=count) > 0

    def _candidates(self, low: Floats, high: Floats) -> tuple[Ints, Ints]:
        owners, cells = _cells(low[:, 0], low[:, 1], high[:, 0], high[:, 1])
        start = np.searchsorted(self._cells, cells)
        stop = np.searchsorted(self._cells, cells, side="right")
        pairs, number = spread(stop - start)
        segments, rows = owners[pairs], self._rows[start[pairs] + number]
        if not len(self._loose):
            return segments, rows
        if len(self._loose) < len(rows):
            kept = ~np.isin(rows, self._loose)
            segments, rows = segments[kept], rows[kept]
        more = np.repeat(np.arange(len(low)), len(self._loose))
        return np.concatenate([segments, more]), np.concatenate([rows, np.tile(self._loose, len(low))])

    def _hits(self, low: Floats, high: Floats, rows: Ints, first: Ints, second: Ints, clearance: float) -> Bools:
        own = (rows == first) | (rows == second)
        ends = self._ends[rows]
        outer = ((rows < first) & (first < ends)) | ((rows < second) & (second < ends))
        grow = np.where(own, -_OWN_SHRINK, clearance)[:, None]
        boxes = self.rects[rows]
        corner = boxes[:, :2] + boxes[:, 2:]
        touch = (low < corner + grow) & (high > boxes[:, :2] - grow)
        return touch[:, 0] & touch[:, 1] & ~outer
