"""Orthogonal lines with few bends that keep clear of cards and zones that are not theirs.

For every line a few shapes are tried, for all lines at once; the first that is free is taken. What none fits is sent
through a search between the boxes in the way.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from designer.drawing import measures as m
from designer.drawing import ports
from designer.drawing.obstacles import Bools, Floats, Ints, Obstacles
from designer.drawing.ports import ASIDE, DOWN, UNDER, UP, Ends
from designer.drawing.search import Searcher
from designer.drawing.separate import separate

POINTS = 8
"""Points of every polyline; the last one is repeated."""

_MOST_SEARCHES = 60
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
        first: the row where each line starts.
        second: the row where it ends.
    """

    def __init__(self, parents: Ints, ends: Ints, bars: Bools, vnics: Bools, first: Ints, second: Ints) -> None:
        self._parents, self._row_ends, self._bars = parents, ends, bars
        self._first, self._second = first, second
        self._from_vnic = vnics[first] & bars[second]
        self._outer_first, self._outer_second = self._outer(first, second), self._outer(second, first)
        self._lane, self._lanes = self._vnic_lanes()

    def common(self) -> Ints:
        """Return the innermost row around both ends of each line, -1 for the canvas."""
        return self._parents[self._outer_first]

    def route(self, obstacles: Obstacles, lines: Ints) -> Floats:
        """Return the polylines (POINTS, 2) of some lines."""
        first, second = self._first[lines], self._second[lines]
        result = np.zeros((len(lines), POINTS, 2))
        if not len(lines):
            return result
        ends = self._ends(obstacles, lines)
        start, stop = ports.anchor(obstacles.rects, ends, True), ports.anchor(obstacles.rects, ends, False)
        stuck: list[int] = []
        for ways, build in (((DOWN, UP), _down), ((ASIDE,), _aside), ((UNDER,), _under)):
            rows = np.nonzero(np.isin(ends.way, ways))[0]
            if len(rows):
                case = self._case(obstacles, ends, lines, rows, start, stop)
                result[rows], left = _choose(obstacles, case, build(case))
                stuck += rows[left].tolist()
        self._search(obstacles, ends, stuck, result)
        separate(obstacles, result, first, second)
        return result

    def _vnic_lanes(self) -> tuple[Ints, Ints]:
        """Number the lines from the vNICs of each host stack from top to bottom, and count them."""
        lane, lanes = np.zeros(len(self._first), np.int64), np.ones(len(self._first), np.int64)
        chosen = np.nonzero(self._from_vnic)[0]
        if len(chosen):
            stack = self._outer_first[chosen]
            order = np.lexsort((self._first[chosen], stack))
            same = np.concatenate([[False], np.diff(stack[order]) == 0])
            lane[chosen[order]] = _running(same)
            lanes[chosen] = np.bincount(stack)[stack]
        return lane, lanes

    def _ends(self, obstacles: Obstacles, lines: Ints) -> Ends:
        first, second = self._first[lines], self._second[lines]
        way, leftward = ports.ways(obstacles.rects, first, second, self._from_vnic[lines])
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
        x = right + m.LANE_MARGIN + m.PORT_PITCH * lane
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

    def _case(self, obstacles: Obstacles, ends: Ends, lines: Ints, rows: Ints, start: Floats, stop: Floats) -> _Case:
        """Return lines of one kind of way, turned so that none goes up."""
        flipped = ends.way[rows] == UP
        turn = flipped[:, None]
        own, other = self._outer_first[lines[rows]], self._outer_second[lines[rows]]
        second = np.where(flipped, ends.first[rows], ends.second[rows])
        a, b = np.where(turn, stop[rows], start[rows]), np.where(turn, start[rows], stop[rows])
        return _Case(
            a=a,
            b=b,
            first=np.where(flipped, ends.second[rows], ends.first[rows]),
            second=second,
            outer_a=obstacles.rects[np.where(flipped, other, own)],
            outer_b=obstacles.rects[np.where(flipped, own, other)],
            flipped=flipped,
            leftward=ends.leftward[rows],
            rank=_ranks(second, a, b),
            lane=self._lane[lines[rows]],
            lanes=self._lanes[lines[rows]],
        )

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


@dataclass(slots=True)
class _Case:
    """Lines of one kind of way, with what their shapes need to know.

    Attributes:
        a, b: where they start and end.
        outer_a, outer_b: the outermost box around each end that is not around the other.
        flipped: whether start and end were exchanged.
        rank: lane among the lines that end at the same box.
        lane, lanes: number among the vNICs of a host stack, and their count.
    """

    a: Floats
    b: Floats
    first: Ints
    second: Ints
    outer_a: Floats
    outer_b: Floats
    flipped: Bools
    leftward: Bools
    rank: Floats
    lane: Ints
    lanes: Ints


def _choose(obstacles: Obstacles, case: _Case, shapes: list[Floats]) -> tuple[Floats, Ints]:
    """Return for each line the first shape that is free, and which lines no shape fits."""
    result = shapes[0].copy()
    left = np.nonzero(obstacles.blocked(result, case.first, case.second))[0]
    for shape in shapes[1:]:
        if not len(left):
            break
        blocked = obstacles.blocked(shape[left], case.first[left], case.second[left])
        free = left[~blocked]
        result[free] = shape[free]
        left = left[blocked]
    result[case.flipped] = result[case.flipped][:, ::-1]
    return result, left


def _running(same: Bools) -> Ints:
    """Return how many times in a row ``same`` has been true."""
    place = np.arange(len(same))
    starts = np.maximum.accumulate(np.where(same, 0, place))
    return place - starts


def _ranks(rows: Ints, a: Floats, b: Floats) -> Floats:
    """Give bent lines that end at one box lanes so that they do not meet, the nearest lane to the longest."""
    bent = np.nonzero(np.abs(a[:, 0] - b[:, 0]) > 0.5)[0]
    result = np.zeros(len(rows))
    low, high = np.minimum(a[bent, 0], b[bent, 0]), np.maximum(a[bent, 0], b[bent, 0])
    order = np.lexsort((bent, low, rows[bent]))
    lanes: list[float] = []
    target = -1
    for index, row, start, stop in zip(
        bent[order].tolist(), rows[bent[order]].tolist(), low[order].tolist(), high[order].tolist(), strict=True
    ):
        if row != target:
            lanes, target = [], row
        lane = next((place for place, edge in enumerate(lanes) if edge < start), len(lanes))
        if lane == len(lanes):
            lanes.append(stop)
        else:
            lanes[lane] = stop
        result[index] = lane
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
    out = m.LANE_MARGIN + m.LANE * (case.lanes - 1 - case.lane)
    x = np.where(case.leftward, case.outer_a[:, 0] - out, right + out)
    y = by + _UNDER_LANE + _UNDER_PITCH * case.lane
    lower = y + _UNDER_LANE
    return [
        _polyline((ax, ay), (x, ay), (x, y), (bx, y), (bx, by)),
        _polyline((ax, ay), (x, ay), (x, lower), (bx, lower), (bx, by)),
    ]
