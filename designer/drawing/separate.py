"""Lines that lie on each other are moved apart: each keeps its way, a lane further."""

from __future__ import annotations

import numpy as np

from designer.drawing import measures as m
from designer.drawing.obstacles import Floats, Ints, Obstacles

_SHARED = 8.0
_NEAR = 5.0
_SHIFTS = (1, -1, 2, -2, 3, -3, 4, -4)


class Segments:
    """All stretches of all lines along one axis: 0 for those that run across the page, 1 for those that run down it."""

    def __init__(self, points: Floats, axis: int) -> None:
        low = np.minimum(points[:, :-1, axis], points[:, 1:, axis])
        high = np.maximum(points[:, :-1, axis], points[:, 1:, axis])
        at = points[:, :-1, 1 - axis]
        real = (at == points[:, 1:, 1 - axis]) & (high - low > _SHARED)
        self.line, self.place = np.nonzero(real)
        self.low, self.high, self.at = low[real], high[real], at[real]
        order = np.lexsort((self.line, self.low, self.at))
        self.line, self.place = self.line[order], self.place[order]
        self.low, self.high, self.at = self.low[order], self.high[order], self.at[order]

    def doubled(self) -> Ints:
        """Return the stretches that lie on an earlier one."""
        if not len(self.at):
            return np.zeros(0, np.int64)
        group = np.concatenate([[0], np.cumsum(np.diff(self.at) > 0.5)])
        span = float(self.high.max() - self.low.min()) + 1.0
        reach = np.maximum.accumulate(self.high + group * span) - group * span
        on_earlier = np.concatenate([[False], (np.diff(group) == 0) & (reach[:-1] - self.low[1:] > _SHARED)])
        return np.nonzero(on_earlier)[0]

    def is_free(self, line: int, at: float, low: float, high: float) -> bool:
        """Whether no other line has a stretch there."""
        start, stop = np.searchsorted(self.at, [at - _NEAR, at + _NEAR])
        shared = np.minimum(self.high[start:stop], high) - np.maximum(self.low[start:stop], low)
        return not bool(((shared > _SHARED) & (self.line[start:stop] != line)).any())


def separate(obstacles: Obstacles, points: Floats, first: Ints, second: Ints) -> None:
    """Move stretches between corners off stretches of other lines, in place.

    Args:
        obstacles: the boxes, which no line may be moved into.
        points: the polylines.
        first: the row where each line starts.
        second: the row where it ends.
    """
    last = _last_corner(points)
    for axis in (0, 1):
        segments = Segments(points, axis)
        for found in segments.doubled().tolist():
            for one in _pair(segments, found):
                line, place = int(segments.line[one]), int(segments.place[one])
                inner = 0 < place < last[line] - 1
                if inner and _shift(obstacles, segments, one, points, first, second, axis):
                    break


def _last_corner(points: Floats) -> Ints:
    """Return the index of the last point of each line that is not a repetition."""
    moves = np.abs(np.diff(points, axis=1)).sum(axis=2) > 0
    steps = points.shape[1] - 1
    return np.where(moves.any(axis=1), steps - np.argmax(moves[:, ::-1], axis=1), 0)


def _pair(segments: Segments, found: int) -> list[int]:
    """Return a stretch and the one that it lies on, the later line first."""
    earlier = found - 1
    while earlier > 0 and segments.high[earlier] - segments.low[found] <= _SHARED:
        earlier -= 1
    return sorted((found, earlier), key=lambda one: -int(segments.line[one]))


def _shift(
    obstacles: Obstacles, segments: Segments, one: int, points: Floats, first: Ints, second: Ints, axis: int
) -> bool:
    line, place = int(segments.line[one]), int(segments.place[one])
    ends = slice(line, line + 1)
    for step in _SHIFTS:
        at = float(segments.at[one]) + step * m.LANE
        if not segments.is_free(line, at, float(segments.low[one]), float(segments.high[one])):
            continue
        trial = points[ends].copy()
        trial[0, place : place + 2, 1 - axis] = at
        if _turns_back(trial[0]) or obstacles.blocked(trial, first[ends], second[ends])[0]:
            continue
        points[ends] = trial
        return True
    return False


def _turns_back(line: Floats) -> bool:
    """Whether a line runs back over itself."""
    steps = np.diff(line, axis=0)
    steps = steps[np.abs(steps).sum(axis=1) > 0]
    return bool((np.einsum("ij,ij->i", steps[:-1], steps[1:]) < 0).any())
