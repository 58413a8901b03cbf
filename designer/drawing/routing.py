"""Orthogonal lines with few bends that keep clear of cards and zones that are not theirs.

For every line a few shapes are tried, for all lines at once; the first that is free is taken. What none fits is sent
through a search between the boxes in the way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from designer.drawing import measures as m
from designer.drawing import ports
from designer.drawing.looks import Shape
from designer.drawing.obstacles import Obstacles
from designer.drawing.parts import Role
from designer.drawing.ports import ASIDE, DOWN, FALL, UNDER, UP, Ends
from designer.drawing.rows import Rows, outer_rows
from designer.drawing.search import Searcher
from designer.drawing.segmented import Bools, Floats, Ints, running_number
from designer.drawing.separate import separate

POINTS = 8
"""Points of every polyline; the last one is repeated."""

_AT_ONCE = 2048
_NEAR_TARGET = 22.0
_STUB = 42.0
_UNDER_LANE = 24.0
_UNDER_PITCH = 14.0


class Router:
    """Routes lines of a drawing.

    Lines of one cluster heed each other, and no lines of another: a cluster can be routed without the rest.

    Args:
        rows: facts about all rows.
        first: the row where each line starts.
        second: the row where it ends.
        clusters: a number for each line.
    """

    most_searches: ClassVar[int] = 60
    """How many lines of a cluster are looked for ways that no shape has."""

    def __init__(self, rows: Rows, first: Ints, second: Ints, clusters: Ints) -> None:
        self._rows = rows
        self._bars = rows.shapes == Shape.BAR
        self._first, self._second, self._clusters = first, second, clusters
        self._from_vnic = (rows.roles[first] == Role.VNIC) & self._bars[second]
        self._outer_first, self._outer_second = outer_rows(rows, first, second), outer_rows(rows, second, first)
        self._lane, self._lanes = self._vnic_lanes()

    def route(self, obstacles: Obstacles) -> Floats:
        """Return the polylines (m, POINTS, 2)."""
        result = np.zeros((len(self._first), POINTS, 2))
        if not len(result):
            return result
        ends = self._ends(obstacles)
        start, stop = ports.anchor(obstacles.rects, ends, True), ports.anchor(obstacles.rects, ends, False)
        stuck: list[int] = []
        for ways, build in self._shapes():
            rows = np.nonzero(np.isin(ends.way, ways))[0]
            if len(rows):
                case = self._case(obstacles, ends, rows, start, stop)
                result[rows], left = _choose(obstacles, case, build(case))
                stuck += rows[left].tolist()
        self._search(obstacles, ends, stuck, result)
        self._separate(obstacles, result)
        return result

    def _shapes(self) -> tuple[tuple[tuple[int, ...], Callable[[Case], list[Floats]]], ...]:
        """Return what shapes are tried for which ways."""
        return ((DOWN, UP), down), ((ASIDE,), _aside), ((UNDER,), _under)

    def _separate(self, obstacles: Obstacles, points: Floats) -> None:
        separate(obstacles, points, self._first, self._second, self._clusters)

    def _vnic_lanes(self) -> tuple[Ints, Ints]:
        """Number the lines from the vNICs of each host stack from top to bottom, and count them."""
        lane, lanes = np.zeros(len(self._first), np.int64), np.ones(len(self._first), np.int64)
        chosen = np.nonzero(self._from_vnic)[0]
        if len(chosen):
            stack = self._outer_first[chosen]
            order = np.lexsort((self._first[chosen], stack))
            same = np.concatenate([[False], np.diff(stack[order]) == 0])
            lane[chosen[order]] = running_number(same)
            _, place, count = np.unique(stack, return_inverse=True, return_counts=True)
            lanes[chosen] = count[place]
        return lane, lanes

    def _ends(self, obstacles: Obstacles) -> Ends:
        first, second = self._first, self._second
        way, leftward = ports.ways(obstacles.rects, first, second, self._from_vnic)
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
        outer = obstacles.rects[self._outer_first[stuck]]
        right = outer[:, 0] + outer[:, 2]
        order = np.lexsort((-outer[:, 1], right, ends.second[stuck]))
        same = np.concatenate([[False], (np.diff(right[order]) == 0) & (np.diff(ends.second[stuck][order]) == 0)])
        lane = np.empty(len(stuck))
        lane[order] = running_number(same)
        target = obstacles.rects[ends.second[stuck]]
        x = right + m.LANE_MARGIN + m.PORT_PITCH * lane
        fits = (x > target[:, 0] + m.PORT) & (x < target[:, 0] + target[:, 2] - m.PORT)
        ends.at[stuck[fits], 1] = x[fits]

    def _case(self, obstacles: Obstacles, ends: Ends, rows: Ints, start: Floats, stop: Floats) -> Case:
        """Return lines of one kind of way, turned so that none goes up, or down to a box from the side of another."""
        flipped = np.isin(ends.way[rows], (UP, FALL))
        turn = flipped[:, None]
        own, other = self._outer_first[rows], self._outer_second[rows]
        second = np.where(flipped, ends.first[rows], ends.second[rows])
        a, b = np.where(turn, stop[rows], start[rows]), np.where(turn, start[rows], stop[rows])
        return Case(
            a=a,
            b=b,
            first=np.where(flipped, ends.second[rows], ends.first[rows]),
            second=second,
            outer_a=obstacles.rects[np.where(flipped, other, own)],
            outer_b=obstacles.rects[np.where(flipped, own, other)],
            flipped=flipped,
            leftward=ends.leftward[rows] ^ (ends.way[rows] == FALL),
            rank=_ranks(second, a, b),
            lane=self._lane[rows],
            lanes=self._lanes[rows],
        )

    def _search(self, obstacles: Obstacles, ends: Ends, stuck: list[int], result: Floats) -> None:
        """Find another way for the lines that no shape fits, as many of a cluster as there is time for."""
        searcher = Searcher(obstacles, self._rows.ends)
        places: dict[int, int] = {}
        for line in sorted(stuck):
            cluster = int(self._clusters[line])
            place = places.get(cluster, 0)
            places[cluster] = place + 1
            if place >= self.most_searches:
                continue
            start, stop = result[line, 0].tolist(), result[line, -1].tolist()
            first, second = int(ends.first[line]), int(ends.second[line])
            corners = searcher.find(first, second, tuple(start), tuple(stop), m.LANE * (place % 3))
            if corners is not None and len(corners) <= POINTS:
                padded = corners + corners[-1:] * (POINTS - len(corners))
                result[line] = padded


@dataclass(slots=True)
class Case:
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


def _choose(obstacles: Obstacles, case: Case, shapes: list[Floats]) -> tuple[Floats, Ints]:
    """Return for each line the first shape that is free, and which lines no shape fits."""
    result = shapes[0].copy()
    left = np.nonzero(obstacles.blocked(result, case.first, case.second))[0]
    place = 1
    while len(left) and place < len(shapes):
        batch = shapes[place : place + max(1, _AT_ONCE // len(left))]
        place += len(batch)
        lines = np.tile(left, len(batch))
        tried = np.concatenate([shape[left] for shape in batch])
        blocked = obstacles.blocked(tried, case.first[lines], case.second[lines]).reshape(len(batch), -1)
        best = np.argmin(blocked, axis=0) * len(left) + np.arange(len(left))
        free = ~blocked.all(axis=0)
        result[left[free]] = tried[best[free]]
        left = left[~free]
    result[case.flipped] = result[case.flipped][:, ::-1]
    return result, left


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


def polyline(*corners: tuple[Floats, Floats]) -> Floats:
    """Return lines through corners; the last one is repeated as often as it takes."""
    points = np.stack([np.stack(corner, axis=1) for corner in corners], axis=1)
    missing = POINTS - points.shape[1]
    return np.concatenate([points, np.repeat(points[:, -1:], missing, axis=1)], axis=1)


def down(case: Case) -> list[Floats]:
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
        *(polyline((ax, ay), (ax, y), (bx, y), (bx, by)) for y in (near_target, stub, middle, short, head)),
        *(
            polyline((ax, ay), (ax, stub), (x, stub), (x, y), (bx, y), (bx, by))
            for x in (right, left)
            for y in (near_target, head)
        ),
        *(polyline((ax, ay), (ax, short), (x, short), (x, near_target), (bx, near_target), (bx, by)) for x in around),
    ]


def _aside(case: Case) -> list[Floats]:
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
        *(polyline((ax, ay), (x, ay), (x, by), (bx, by)) for x in (between, near_a, near_b)),
        *(polyline((ax, ay), (near_a, ay), (near_a, y), (near_b, y), (near_b, by), (bx, by)) for y in (low, high)),
    ]


def _under(case: Case) -> list[Floats]:
    """Return shapes from the side of a card to the lower edge of a bar."""
    ax, ay, bx, by = case.a[:, 0], case.a[:, 1], case.b[:, 0], case.b[:, 1]
    right = case.outer_a[:, 0] + case.outer_a[:, 2]
    out = m.LANE_MARGIN + m.LANE * (case.lanes - 1 - case.lane)
    x = np.where(case.leftward, case.outer_a[:, 0] - out, right + out)
    y = by + _UNDER_LANE + _UNDER_PITCH * case.lane
    lower = y + _UNDER_LANE
    return [
        polyline((ax, ay), (x, ay), (x, y), (bx, y), (bx, by)),
        polyline((ax, ay), (x, ay), (x, lower), (bx, lower), (bx, by)),
    ]
