"""Which boxes a line would run through: a sparse grid over all boxes, asked for many lines at once."""

from __future__ import annotations

import numpy as np

from designer.drawing import measures as m
from designer.drawing.segmented import Bools, Floats, Ints, spread

_CELL, _LARGE_CELL = 160.0, 1280.0
"""Edges of the cells for boxes within things on the canvas, and for those things."""
_SPAN = 1 << 20
_OWN_SHRINK = 3.0


class _Grid:
    """Boxes by group and by the cells that they touch."""

    def __init__(self, low: Floats, high: Floats, rows: Ints, groups: Ints, cell: float) -> None:
        self._cell = cell
        owners, cells = self._cells_of(low, high, groups)
        order = np.argsort(cells, kind="stable")
        self._cells, self._starts = np.unique(cells[order], return_index=True)
        self._counts = np.diff(np.append(self._starts, len(cells)))
        self._rows = rows[owners[order]]

    def pairs(self, low: Floats, high: Floats, groups: Ints) -> tuple[Ints, Ints]:
        """Return (item, row) for every cell that a rectangle shares with a box of its group."""
        owners, cells = self._cells_of(low, high, groups)
        if not len(self._cells):
            return owners[:0], owners[:0]
        place = np.minimum(np.searchsorted(self._cells, cells), len(self._cells) - 1)
        known = np.nonzero(self._cells[place] == cells)[0]
        place = place[known]
        pairs, number = spread(self._counts[place])
        return owners[known[pairs]], self._rows[self._starts[place[pairs]] + number]

    def _cells_of(self, low: Floats, high: Floats, groups: Ints) -> tuple[Ints, Ints]:
        """Return (item, cell) for every cell that each rectangle touches."""
        first = np.floor(low / self._cell).astype(np.int64)
        size = np.floor(high / self._cell).astype(np.int64) - first + 1
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
        groups: the number of the group that each row is in.
        across: whether lines join different groups, which then are the rows on the canvas that things are in. A line
            heeds what stands on the canvas, and what is in the two things that it joins: what is in others lies
            behind their boxes. Else a line heeds its group.
    """

    def __init__(self, rects: Floats, ends: Ints, rows: Ints, groups: Ints, across: bool = False) -> None:
        self.rects = rects
        self._ends = ends
        self._groups = groups
        self._low, self._high = rects[:, :2] - m.CLEARANCE, rects[:, :2] + rects[:, 2:] + m.CLEARANCE
        outer = across & (groups[rows] == rows)
        self._inside = self._grid(rows[~outer], groups, _CELL)
        self._canvas = self._grid(rows[outer], np.zeros_like(groups), _LARGE_CELL) if across else None

    def _grid(self, rows: Ints, groups: Ints, cell: float) -> _Grid:
        return _Grid(self._low[rows], self._high[rows], rows, groups[rows], cell)

    def near(self, low: Floats, high: Floats, first: int, second: int) -> Ints:
        """Return the rows whose boxes a line between two rows may meet in a rectangle, sorted."""
        _, rows = self._candidates(low[None], high[None], np.array([first]), np.array([second]))
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
        segments, rows = self._candidates(low, high, first[lines], second[lines])
        for axis in (0, 1):
            meets = self._meets(low, high, segments, rows, axis, clearance)
            segments, rows = segments[meets], rows[meets]
        lines = lines[segments]
        hits = self._hits(low[segments], high[segments], rows, first[lines], second[lines])
        result = np.zeros(count, np.bool_)
        result[lines[hits]] = True
        return result

    def _meets(self, low: Floats, high: Floats, segments: Ints, rows: Ints, axis: int, grow: float) -> Bools:
        """Return which segments overlap boxes along an axis."""
        start, stop = self.rects[rows, axis] - grow, self.rects[rows, axis] + self.rects[rows, 2 + axis] + grow
        found: Bools = (low[segments, axis] < stop) & (high[segments, axis] > start)
        return found

    def _candidates(self, low: Floats, high: Floats, first: Ints, second: Ints) -> tuple[Ints, Ints]:
        """Return (segment, row) for boxes that segments of lines between rows may meet; some come twice."""
        if self._canvas is None:
            return self._inside.pairs(low, high, self._groups[first])
        found = [self._canvas.pairs(low, high, np.zeros(len(low), np.int64))]
        for group in (self._groups[first], self._groups[second]):
            inner_low, inner_high = np.maximum(low, self._low[group]), np.minimum(high, self._high[group])
            inner = np.nonzero((inner_low <= inner_high).all(axis=1))[0]
            segments, rows = self._inside.pairs(inner_low[inner], inner_high[inner], group[inner])
            found.append((inner[segments], rows))
        segments, rows = (np.concatenate(column) for column in zip(*found, strict=True))
        return segments, rows

    def _hits(self, low: Floats, high: Floats, rows: Ints, first: Ints, second: Ints) -> Bools:
        """Return which boxes are in the way of the segments that meet them: not what is around an end of the line."""
        ends = self._ends[rows]
        result: Bools = ~(((rows < first) & (first < ends)) | ((rows < second) & (second < ends)))
        own = np.nonzero((rows == first) | (rows == second))[0]
        for axis in (0, 1):
            result[own] &= self._meets(low, high, own, rows[own], axis, -_OWN_SHRINK)
        return result
