"""Orthogonal lines with few bends that keep clear of cards and zones that are not theirs.

For every line a few shapes are tried, for all lines at once; the first that is free is taken. What none fits is sent
through a search between the boxes in the way.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from designer.drawing import measures as m
from designer.drawing import ports
from designer.drawing.obstacles import Bools, Floats, Ints, Obstacles
from designer.drawing.ports import ASIDE, DOWN, UNDER, UP, Ends
from designer.drawing.search import Searcher

POINTS = 8
"""Points of every polyline; the last one is repeated."""

_MOST_SEARCHES = 200
_NEAR_TARGET = 22.0
_STUB = 42.0
_UNDER_LANE = 24.0
_UNDER_PITCH = 14.0


class Router:
    """Routes the lines of a drawing.

    Args:
        parents: parent row of each row.
        ends: the row after the subtree of each row.
        bars: which rows are bars.
        vnics: which rows are vNICs of the host itself.
    """

    def __init__(self, parents: Ints, ends: Ints, bars: Bools, vnics: Bools) -> None:
        self._parents, self._row_ends, self._bars, self._vnics = parents, ends, bars, vnics

    def common(self, first: Ints, second: Ints) -> Ints:
        """Return the innermost row around both ends of each line, -1 for the canvas."""
        return self._parents[self._outer(first, second)]

    def route(self, obstacles: Obstacles, first: Ints, second: Ints) -> Floats:
        """Return the polyline (POINTS, 2) of each line."""
        if not len(first):
            return np.zeros((0, POINTS, 2))
        ends = self._ends(obstacles, first, second)
        start, stop = ports.anchor(obstacles.rects, ends, True), ports.anchor(obstacles.rects, ends, False)
        outer_a, outer_b = self._outer(first, second), self._outer(second, first)
        result = np.zeros((len(first), POINTS, 2))
        stuck: list[int] = []
        for way, build in ((DOWN, _down), (ASIDE, _aside), (UNDER, _under)):
            chosen = ends.way == way if way != DOWN else (ends.way == DOWN) | (ends.way == UP)
            rows = np.nonzero(chosen)[0]
            if len(rows):
                result[rows], left = self._choose(obstacles, ends, rows, start, stop, (outer_a, outer_b), build)
                stuck += rows[left].tolist()
        self._search(obstacles, ends, stuck, result)
        return result

    def _ends(self, obstacles: Obstacles, first: Ints, second: Ints) -> Ends:
        from_vnic = self._vnics[first] & self._bars[second]
        way, leftward = ports.ways(obstacles.rects, first, second, from_vnic)
        ends = Ends(first, second, way, leftward, ports.wanted(obstacles.rects, first, second, way))
        self._to_lanes(obstacles, ends)
        ports.distribute(obstacles.rects, ends)
        ports.straighten(obstacles.rects, ends)
        return ends

    def _to_lanes(self, obstacles: Obstacles, ends: Ends) -> None:
        """Give workloads that others stand under a port beside their column instead of below them."""
        candidates = np.nonzero((ends.way == DOWN) & self._bars[ends.second] & ~self._bars[ends.first])[0]
        if not len(candidates):
            return
        first, second = ends.first[candidates], ends.second[candidates]
        x = ends.at[candidates, 0]
        a, b = obstacles.rects[first], obstacles.rects[second]
        points = np.stack([np.stack([x, a[:, 1] + a[:, 3]], 1), np.stack([x, b[:, 1]], 1)], 1)
        stuck = candidates[obstacles.blocked(points, first, second)]
        if not len(stuck):
            return
        outer = obstacles.rects[self._outer(ends.first[stuck], ends.second[stuck])]
        right = outer[:, 0] + outer[:, 2]
        order = np.lexsort((-outer[:, 1], right, ends.second[stuck]))
        same = np.concatenate([[False], (np.diff(right[order]) == 0) & (np.diff(ends.second[stuck][order]) == 0)])
        lane = np.empty(len(stuck))
        lane[order] = _running(same)
        target = obstacles.rects[ends.second[stuck]]
        x = right + m.LANE_MARGIN + m.LANE * lane
        fits = (x > target[:, 0] + m.PORT) & (x < target[:, 0] + target[:, 2] - m.PORT)
        ends.at[stuck[fits], 1] = x[fits]

    def _outer(self, rows: Ints, others: Ints) -> Ints:
        """Return the outermost box around each row that is not around the other end too."""
        current = rows.copy()
        for _ in range(12):
            parent = self._parents[current]
            up = (parent >= 0) & ~((parent <= others) & (others < self._row_ends[parent]))
            if not up.any():
                break
            current = np.where(up, parent, current)
        return current

    def _choose(
        self,
        obstacles: Obstacles,
        ends: Ends,
        rows: Ints,
        start: Floats,
        stop: Floats,
        outer: tuple[Ints, Ints],
        build: Callable[[_Case], list[Floats]],
    ) -> tuple[Floats, Ints]:
        """Return the polylines of some lines, and which of them no shape fits."""
        flipped = ends.way[rows] == UP
        a = np.where(flipped[:, None], stop[rows], start[rows])
        b = np.where(flipped[:, None], start[rows], stop[rows])
        outer_a = np.where(flipped, outer[1][rows], outer[0][rows])
        outer_b = np.where(flipped, outer[0][rows], outer[1][rows])
        first = np.where(flipped, ends.second[rows], ends.first[rows])
        second = np.where(flipped, ends.first[rows], ends.second[rows])
        case = _Case(
            a, b, obstacles.rects[outer_a], obstacles.rects[outer_b], ends.leftward[rows], _ranks(second, a, b)
        )
        shapes = build(case)
        result = shapes[0].copy()
        left = np.nonzero(obstacles.blocked(result, first, second))[0]
        for shape in shapes[1:]:
            if not len(left):
                break
            blocked = obstacles.blocked(shape[left], first[left], second[left])
            free = left[~blocked]
            result[free] = shape[free]
            left = left[blocked]
        result[flipped] = result[flipped][:, ::-1]
        return result, left

    def _search(self, obstacles: Obstacles, ends: Ends, stuck: list[int], result: Floats) -> None:
        """Find another way for the lines that no shape fits, as many as there is time for."""
        searcher = Searcher(obstacles, self._parents, self._row_ends)
        for place, line in enumerate(sorted(stuck)[:_MOST_SEARCHES]):
            start, stop = result[line, 0].tolist(), result[line, -1].tolist()
            first, second = int(ends.first[line]), int(ends.second[line])
            corners = searcher.find(first, second, tuple(start), tuple(stop), m.LANE * (place % 3))
            if corners is not None and len(corners) <= POINTS:
                padded = corners + corners[-1:] * (POINTS - len(corners))
                result[line] = padded


class _Case:
    """The lines of one way, with what the shapes need to know about them."""

    __slots__ = ("a", "b", "leftward", "outer_a", "outer_b", "rank")

    def __init__(self, a: Floats, b: Floats, outer_a: Floats, outer_b: Floats, leftward: Bools, rank: Floats) -> None:
        self.a, self.b, self.outer_a, self.outer_b = a, b, outer_a, outer_b
        self.leftward, self.rank = leftward, rank


def _running(same: Bools) -> Ints:
    """Return how many times in a row ``same`` has been true."""
    place = np.arange(len(same))
    starts = np.maximum.accumulate(np.where(same, 0, place))
    return place - starts


def _ranks(rows: Ints, a: Floats, b: Floats) -> Floats:
    """Number the bent lines that end at one box, so that their lanes do not meet: outermost nearest to the box."""
    bent = np.abs(a[:, 0] - b[:, 0]) > 0.5
    result = np.zeros(len(rows))
    indices = np.nonzero(bent)[0]
    if len(indices):
        order = indices[np.lexsort((-np.abs(a[indices, 0] - b[indices, 0]), rows[indices]))]
        result[order] = _running(np.concatenate([[False], rows[order][1:] == rows[order][:-1]]))
    return result


def _polyline(*corners: tuple[Floats, Floats]) -> Floats:
    points = np.stack([np.stack(corner, axis=1) for corner in corners], axis=1)
    missing = POINTS - points.shape[1]
    return np.concatenate([points, np.repeat(points[:, -1:], missing, axis=1)], axis=1)


def _down(case: _Case) -> list[Floats]:
    """Return shapes from a lower edge to an upper edge."""
    ax, ay, bx, by = case.a[:, 0], case.a[:, 1], case.b[:, 0], case.b[:, 1]
    lane = m.LANE * case.rank
    foot = case.outer_a[:, 1] + case.outer_a[:, 3]
    near_target = np.maximum(np.minimum(by - _NEAR_TARGET - lane, by - 8.0), ay + 8.0)
    near_target = np.where(by - ay < 2 * _NEAR_TARGET, (ay + by) / 2, near_target)
    stub = np.maximum(foot, ay) + _STUB
    stub = np.where(stub < by - 8.0, stub, near_target)
    middle = (np.maximum(foot, ay) + np.minimum(case.outer_b[:, 1], by)) / 2
    right = case.outer_a[:, 0] + case.outer_a[:, 2] + m.LANE_MARGIN + lane
    left = case.outer_a[:, 0] - m.LANE_MARGIN - lane
    short = np.maximum(foot, ay) + m.LANE_MARGIN + 2
    head = np.minimum(case.outer_b[:, 1], by) - m.LANE_MARGIN - 2 - lane
    around = (
        case.outer_b[:, 0] + case.outer_b[:, 2] + m.LANE_MARGIN + lane,
        case.outer_b[:, 0] - m.LANE_MARGIN - lane,
    )
    return [
        *(_polyline((ax, ay), (ax, y), (bx, y), (bx, by)) for y in (near_target, stub, middle, short, head)),
        *(
            _polyline((ax, ay), (ax, stub), (x, stub), (x, y), (bx, y), (bx, by))
            for x in (right, left)
            for y in (near_target, head)
        ),
        *(_polyline((ax, ay), (ax, short), (x, short), (x, near_target), (bx, near_target), (bx, by)) for x in around),
    ]


def _aside(case: _Case) -> list[Floats]:
    """Return shapes from side to side."""
    ax, ay, bx, by = case.a[:, 0], case.a[:, 1], case.b[:, 0], case.b[:, 1]
    left_of_a, right_of_a = case.outer_a[:, 0], case.outer_a[:, 0] + case.outer_a[:, 2]
    left_of_b, right_of_b = case.outer_b[:, 0], case.outer_b[:, 0] + case.outer_b[:, 2]
    lane = m.LANE * case.rank + m.LANE_MARGIN
    between = np.where(case.leftward, (left_of_a + right_of_b) / 2, (right_of_a + left_of_b) / 2)
    near_a = np.where(case.leftward, left_of_a - lane, right_of_a + lane)
    near_b = np.where(case.leftward, right_of_b + lane, left_of_b - lane)
    low = np.maximum(case.outer_a[:, 1] + case.outer_a[:, 3], case.outer_b[:, 1] + case.outer_b[:, 3]) + lane
    high = np.minimum(case.outer_a[:, 1], case.outer_b[:, 1]) - lane
    return [
        *(_polyline((ax, ay), (x, ay), (x, by), (bx, by)) for x in (between, near_a, near_b)),
        *(_polyline((ax, ay), (near_a, ay), (near_a, y), (near_b, y), (near_b, by), (bx, by)) for y in (low, high)),
    ]


def _under(case: _Case) -> list[Floats]:
    """Return shapes from the side of a card to the lower edge of a bar."""
    ax, ay, bx, by = case.a[:, 0], case.a[:, 1], case.b[:, 0], case.b[:, 1]
    right = case.outer_a[:, 0] + case.outer_a[:, 2]
    order = np.lexsort((ay, right))
    lane = np.empty(len(ax))
    lane[order] = _running(np.concatenate([[False], np.diff(right[order]) == 0]))
    count = np.zeros(len(ax))
    for edge in np.unique(right):
        same = right == edge
        count[same] = same.sum()
    out = m.LANE_MARGIN + m.LANE * (count - 1 - lane)
    x = np.where(case.leftward, case.outer_a[:, 0] - out, right + out)
    y = by + _UNDER_LANE + _UNDER_PITCH * lane
    lower = y + _UNDER_LANE
    return [
        _polyline((ax, ay), (x, ay), (x, y), (bx, y), (bx, by)),
        _polyline((ax, ay), (x, ay), (x, lower), (bx, lower), (bx, by)),
    ]
