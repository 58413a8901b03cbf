"""Which boxes a line would run through: a sparse grid over all boxes, asked for many lines at once."""

from __future__ import annotations

import numpy as np

from designer.drawing import measures as m
from designer.drawing.segmented import Bools, Floats, Ints, spread

_CELL = 160.0
_SPAN = 1 << 20
_OWN_SHRINK = 3.0


def _cells(low: Floats, high: Floats, groups: Ints) -> tuple[Ints, Ints]:
    """Return (item, cell) for every cell that each box touches."""
    first = np.floor(low / _CELL).astype(np.int64)
    size = np.floor(high / _CELL).astype(np.int64) - first + 1
    owners, number = spread(size[:, 0] * size[:, 1])
    columns = size[owners, 0]
    origin = (groups * _SPAN + first[:, 1]) * _SPAN + first[:, 0]
    return owners, origin[owners] + number // columns * _SPAN + number % columns


class Obstacles:
    """The boxes that lines keep clear of.

    Args:
        rects: all boxes, absolute.
        ends: the row after the subtree of each row.
        rows: which of them are in the way at all.
        groups: a number for each row; a line heeds only the boxes that have the number of its first row.
    """

    def __init__(self, rects: Floats, ends: Ints, rows: Ints, groups: Ints) -> None:
        self.rects = rects
        self._ends = ends
        self._groups = groups
        low = rects[rows, :2] - m.CLEARANCE
        high = rects[rows, :2] + rects[rows, 2:] + m.CLEARANCE
        owners, cells = _cells(low, high, groups[rows])
        order = np.argsort(cells, kind="stable")
        self._cells = cells[order]
        self._rows = rows[owners[order]]

    def near(self, low: Floats, high: Floats, row: int) -> Ints:
        """Return the rows of a row's group whose boxes may touch a rectangle, sorted."""
        _, rows = self._candidates(low[None], high[None], self._groups[row : row + 1])
        return np.unique(rows)

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
        real = np.nonzero((high != low).any(axis=1))[0]
        low, high, lines = low[real], high[real], real // steps
        segments, rows = self._candidates(low, high, self._groups[first[lines]])
        lines = lines[segments]
        hits = self._hits(low[segments], high[segments], rows, first[lines], second[lines], clearance)
        result = np.zeros(count, np.bool_)
        result[lines[hits]] = True
        return result

    def _candidates(self, low: Floats, high: Floats, groups: Ints) -> tuple[Ints, Ints]:
        owners, cells = _cells(low, high, groups)
        start = np.searchsorted(self._cells, cells)
        stop = np.searchsorted(self._cells, cells, side="right")
        pairs, number = spread(stop - start)
        return owners[pairs], self._rows[start[pairs] + number]

    def _hits(self, low: Floats, high: Floats, rows: Ints, first: Ints, second: Ints, clearance: float) -> Bools:
        own = (rows == first) | (rows == second)
        ends = self._ends[rows]
        outer = ((rows < first) & (first < ends)) | ((rows < second) & (second < ends))
        grow = np.where(own, -_OWN_SHRINK, clearance)
        result: Bools = ~outer
        for axis in (0, 1):
            edge, size = self.rects[rows, axis], self.rects[rows, 2 + axis]
            result &= (low[:, axis] < edge + size + grow) & (high[:, axis] > edge - grow)
        return result
