"""Lines that lie on each other are moved apart: each keeps its way, a lane further."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import suppress
from itertools import pairwise

import numpy as np

from designer.drawing import measures as m
from designer.drawing.obstacles import Obstacles
from designer.drawing.segmented import Bools, Floats, Ints, running_maximum, running_number

_SHARED = 8.0
_NEAR = 5.0
SHIFTS = m.LANE * np.array((1, -1, 2, -2, 3, -3, 4, -4))


_Question = tuple[int, Floats]
"""A line, and the ways that it might take."""
_Separation = Generator[_Question, Bools, None]
_Open = tuple[_Separation, _Question]


class Segments:
    """All stretches of all lines along one axis: 0 for those that run across the page, 1 for those that run down it.

    Args:
        points: the polylines.
        clusters: a number for each line; only lines of one cluster are compared.
        axis: which stretches.
    """

    def __init__(self, points: Floats, clusters: Ints, axis: int) -> None:
        low = np.minimum(points[:, :-1, axis], points[:, 1:, axis])
        high = np.maximum(points[:, :-1, axis], points[:, 1:, axis])
        at = points[:, :-1, 1 - axis]
        real = (at == points[:, 1:, 1 - axis]) & (high - low > _SHARED)
        line, place = np.nonzero(real)
        low, high, at = low[real], high[real], at[real]
        order = np.lexsort((line, low, at, clusters[line]))
        self.line, self.place = line[order], place[order]
        self.low, self.high, self.at = low[order], high[order], at[order]
        cluster = clusters[self.line]
        self._same = np.concatenate([[False], np.diff(cluster) == 0])[: len(order)]
        starts = np.nonzero(~self._same)[0]
        sizes = np.diff(np.append(starts, len(order)))
        self._start, self._stop = np.repeat(starts, sizes), np.repeat(starts + sizes, sizes)

    def doubled(self) -> Ints:
        """Return the stretches that lie on an earlier one."""
        if not len(self.at):
            return np.zeros(0, np.int64)
        same = self._same & np.concatenate([[False], np.diff(self.at) <= 0.5])
        reach = running_maximum(self.high, running_number(same))
        return np.nonzero(same[1:] & (reach[:-1] - self.low[1:] > _SHARED))[0] + 1

    def free(self, one: int, at: Floats) -> Bools:
        """Return at which places no other line of the cluster has a stretch beside one."""
        start, stop = int(self._start[one]), int(self._stop[one])
        beside = np.minimum(self.high[start:stop], self.high[one]) - np.maximum(self.low[start:stop], self.low[one])
        other = (beside > _SHARED) & (self.line[start:stop] != self.line[one])
        offset = self.at[start:stop][other] - at[:, None]
        free: Bools = ~((offset >= -_NEAR) & (offset < _NEAR)).any(axis=1)
        return free

    def pair(self, found: int) -> list[int]:
        """Return a stretch and the earlier one that it lies on, the later line first."""
        earlier = found - 1
        while earlier > self._start[found] and self.high[earlier] - self.low[found] <= _SHARED:
            earlier -= 1
        return sorted((found, earlier), key=lambda one: -int(self.line[one]))


def separate(
    obstacles: Obstacles,
    points: Floats,
    first: Ints,
    second: Ints,
    clusters: Ints,
    fixed: int = 0,
    shifts: Floats = SHIFTS,
    clearance: float = m.CLEARANCE,
) -> None:
    """Move stretches between corners off stretches of other lines, in place.

    Args:
        obstacles: the boxes, which no line may be moved into.
        points: the polylines.
        first: the row where each line starts.
        second: the row where it ends.
        clusters: a number for each line; lines of one cluster are kept apart.
        fixed: how many of the first lines stay where they are.
        shifts: how far a stretch is moved, the best first.
        clearance: how far it keeps from boxes.
    """
    last = _last_corner(points)
    for axis in (0, 1):
        segments = Segments(points, clusters, axis)
        found: dict[int, list[int]] = {}
        for one in segments.doubled().tolist():
            found.setdefault(int(clusters[segments.line[one]]), []).append(one)
        waiting = [_separated(segments, doubled, points, last, axis, fixed, shifts) for doubled in found.values()]
        questions = [(one, question) for one in waiting if (question := next(one, None)) is not None]
        while questions:
            questions = _answered(obstacles, questions, first, second, clearance)


def _answered(obstacles: Obstacles, questions: list[_Open], first: Ints, second: Ints, clearance: float) -> list[_Open]:
    """Say for one place in every cluster which trials are blocked; return what they ask next."""
    counts = [len(trials) for _, (_, trials) in questions]
    lines = np.repeat([line for _, (line, _) in questions], counts)
    trials = np.concatenate([found for _, (_, found) in questions])
    blocked = obstacles.blocked(trials, first[lines], second[lines], clearance)
    result: list[_Open] = []
    start = 0
    for (cluster, _), count in zip(questions, counts, strict=True):
        with suppress(StopIteration):
            result.append((cluster, cluster.send(blocked[start : start + count])))
        start += count
    return result


def _last_corner(points: Floats) -> Ints:
    """Return the index of the last point of each line that is not a repetition."""
    moves = np.abs(np.diff(points, axis=1)).sum(axis=2) > 0
    steps = points.shape[1] - 1
    return np.where(moves.any(axis=1), steps - np.argmax(moves[:, ::-1], axis=1), 0)


def _separated(
    segments: Segments, doubled: list[int], points: Floats, last: Ints, axis: int, fixed: int, shifts: Floats
) -> _Separation:
    """Move stretches of one cluster; ask which of some trials of a line are blocked by boxes."""
    for found in doubled:
        for one in segments.pair(found):
            line, place = int(segments.line[one]), int(segments.place[one])
            moves = line >= fixed and 0 < place < last[line] - 1
            trials = _trials(segments, one, points, axis, shifts) if moves else points[:0]
            if not len(trials):
                continue
            blocked = yield line, trials
            best = int(np.argmin(blocked))
            if not blocked[best]:
                points[line] = trials[best]
                segments.at[one] = trials[best, place, 1 - axis]
                break


def _trials(segments: Segments, one: int, points: Floats, axis: int, shifts: Floats) -> Floats:
    """Return a line with one stretch moved to the places that no other line has, the nearest first."""
    line, place = int(segments.line[one]), int(segments.place[one])
    at = segments.at[one] + shifts
    at = at[segments.free(one, at)]
    trials = np.repeat(points[line : line + 1], len(at), axis=0)
    trials[:, place : place + 2, 1 - axis] = at[:, None]
    return trials[[not _turns_back(trial) for trial in trials.tolist()]]


def _turns_back(line: list[list[float]]) -> bool:
    """Whether a line runs back over itself."""
    steps = [(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(line) if (x0, y0) != (x1, y1)]
    return any(dx0 * dx1 + dy0 * dy1 < 0 for (dx0, dy0), (dx1, dy1) in pairwise(steps))
