"""The ways of traffic: above what is drawn, clear of the sides where cables and attachments end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from designer.drawing import measures as m
from designer.drawing import ports
from designer.drawing.obstacles import Obstacles
from designer.drawing.parts import Role
from designer.drawing.ports import DOWN, FALL, OVER, RISE, UP, Ends
from designer.drawing.routing import Case, Router, down, polyline
from designer.drawing.rows import Rows
from designer.drawing.segmented import Floats, Ints
from designer.drawing.separate import separate

_WITHIN, _ACROSS = 0.45, 0.8
"""Where on the upper edge of a card traffic within a host ends, and other traffic; attachments end in the middle."""

_LANE = 6.0
"""Between parallel flows: they share what is free between the band of a host and its workloads."""
_CLEARANCE = 5.0
"""How close to boxes flows are moved off each other; between columns of workloads there is little room."""
_MOST_APART = 80
"""Of more flows than this that are routed together nobody could follow one; they are not moved off each other."""
_SHIFTS = _LANE * np.array((-1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6))

Beside = tuple[Floats, Ints, Ints, Ints]
"""Lines that traffic does not run along: their polylines, the rows of their ends, and a number for each."""


class FlowRouter(Router):
    """Routes traffic; other lines are in its way as far as it does not run along them.

    Args:
        rows: facts about all rows.
        first: the row where each flow starts.
        second: the row where it ends.
        clusters: a number for each flow.
        beside: the lines that flows of the same number keep off.
    """

    most_searches: ClassVar[int] = 8

    def __init__(self, rows: Rows, first: Ints, second: Ints, clusters: Ints, beside: Beside) -> None:
        super().__init__(rows, first, second, clusters)
        self._beside = beside
        self._place = np.where(clusters >= 0, _WITHIN, _ACROSS)
        self._room = {int(row): _room(rows, int(row)) for row in np.union1d(first, second).tolist()}

    def _ends(self, obstacles: Obstacles) -> Ends:
        rects, first, second = obstacles.rects, self._first, self._second
        way = _ways(rects, first, second, self._rows.parents < 0)
        way[self._hindered(obstacles, way)] = OVER
        leftward = rects[second, 0] + rects[second, 2] / 2 < rects[first, 0] + rects[first, 2] / 2
        ends = Ends(first, second, way, leftward, _wanted(rects, first, second, way, leftward, self._place))
        ports.distribute(rects, ends)
        return ends

    def _hindered(self, obstacles: Obstacles, way: NDArray[np.int8]) -> Ints:
        """Return which flows to the side of something cannot turn just once."""
        lines = np.nonzero(np.isin(way, (RISE, FALL)))[0]
        rising = way[lines] == RISE
        low = np.where(rising, self._first[lines], self._second[lines])
        high = np.where(rising, self._second[lines], self._first[lines])
        a, b = obstacles.rects[low], obstacles.rects[high]
        ax, by = a[:, 0] + self._place[lines] * a[:, 2], b[:, 1] + b[:, 3] / 2
        bx = np.where(b[:, 0] > ax, b[:, 0], b[:, 0] + b[:, 2])
        points = np.stack([np.stack([ax, a[:, 1]], 1), np.stack([ax, by], 1), np.stack([bx, by], 1)], 1)
        return lines[obstacles.blocked(points, low, high)]

    def _shapes(self) -> tuple[tuple[tuple[int, ...], Callable[[Any], list[Floats]]], ...]:
        return ((DOWN, UP), down), ((OVER,), _over), ((RISE, FALL), _rise)

    def _case(self, obstacles: Obstacles, ends: Ends, rows: Ints, start: Floats, stop: Floats) -> _FlowCase:
        case = super()._case(obstacles, ends, rows, start, stop)
        found = _FlowCase(**{each.name: getattr(case, each.name) for each in fields(case)})
        found.around_a, found.around_b = case.outer_a, case.outer_b
        found.outer_a = obstacles.rects[[self._room[row] for row in case.first.tolist()]]
        found.outer_b = obstacles.rects[[self._room[row] for row in case.second.tolist()]]
        return found

    def _separate(self, obstacles: Obstacles, points: Floats) -> None:
        _, place, count = np.unique(self._clusters, return_inverse=True, return_counts=True)
        apart = np.nonzero(count[place] <= _MOST_APART)[0]
        polylines, first, second, clusters = self._beside
        together = np.concatenate([polylines, points[apart]])
        separate(
            obstacles,
            together,
            np.concatenate([first, self._first[apart]]),
            np.concatenate([second, self._second[apart]]),
            np.concatenate([clusters, self._clusters[apart]]),
            fixed=len(polylines),
            shifts=_SHIFTS,
            clearance=_CLEARANCE,
        )
        points[apart] = together[len(polylines) :]


@dataclass(slots=True)
class _FlowCase(Case):
    """Flows of one kind; ``outer_a`` and ``outer_b`` are the rooms of their ends.

    Attributes:
        around_a, around_b: the outermost box around each end that is not around the other: the hosts of both.
    """

    around_a: Floats = field(default_factory=lambda: np.zeros((0, 4)))
    around_b: Floats = field(default_factory=lambda: np.zeros((0, 4)))


def _room(rows: Rows, row: int) -> int:
    """Return the outermost box around a row that stands in a host, or on the canvas beside the hosts."""
    parent = int(rows.parents[row])
    while parent >= 0 and rows.roles[parent] != Role.HOST:
        row, parent = parent, int(rows.parents[parent])
    return row


def _ways(rects: Floats, first: Ints, second: Ints, on_canvas: NDArray[np.bool_]) -> NDArray[np.int8]:
    """Decide how traffic goes: straight where one stands over the other, to the side of what stands free above."""
    a, b = rects[first], rects[second]
    low, high = b[:, 1] >= a[:, 1] + a[:, 3], b[:, 1] + b[:, 3] <= a[:, 1]
    common = np.minimum(a[:, 0] + a[:, 2], b[:, 0] + b[:, 2]) - np.maximum(a[:, 0], b[:, 0])
    stacked = common >= 2 * m.PORT_MARGIN
    conditions = [low & stacked, high & stacked, low & on_canvas[first], high & on_canvas[second]]
    return np.select(conditions, [DOWN, UP, FALL, RISE], OVER).astype(np.int8)


def _wanted(
    rects: Floats, first: Ints, second: Ints, way: NDArray[np.int8], leftward: NDArray[np.bool_], place: Floats
) -> Floats:
    """Return where along its side each end would like to be: opposite the other where that is possible."""
    a, b = rects[first], rects[second]
    result = np.empty((len(first), 2))
    for own, other, column in ((a, b, 0), (b, a, 1)):
        flat = ports.side_of(way, leftward, first=column == 0) < 2
        x, y = own[:, 0], own[:, 1]
        middle = other[:, 0] + other[:, 2] / 2
        margin = np.minimum(m.PORT_MARGIN, own[:, 2] / 2)
        opposite = np.clip(middle, x + margin, x + own[:, 2] - margin)
        along = np.where(own[:, 2] > 2 * m.CARD_MIN_WIDTH, opposite, x + place * own[:, 2])
        result[:, column] = np.where(flat, along, y + own[:, 3] / 2)
    low = np.maximum(a[:, 0], b[:, 0])
    high = np.minimum(a[:, 0] + a[:, 2], b[:, 0] + b[:, 2])
    straight = ((way == DOWN) | (way == UP)) & (high > low)
    result[straight] = (low + place * (high - low))[straight, None]
    return result


def _over(case: _FlowCase) -> list[Floats]:
    """Return shapes from an upper edge to an upper edge, over all that stands beside; where it must be, round rooms."""
    ax, ay, bx, by = case.a[:, 0], case.a[:, 1], case.b[:, 0], case.b[:, 1]
    lane = _LANE * case.rank
    over_a, over_b = case.outer_a[:, 1] - m.LANE_MARGIN - lane, case.outer_b[:, 1] - m.LANE_MARGIN - lane
    y = np.minimum(over_a, over_b)
    beside_a, beside_b = _beside(case.outer_a, lane), _beside(case.outer_b, lane)
    return [
        polyline((ax, ay), (ax, y), (bx, y), (bx, by)),
        *(polyline((ax, ay), (ax, over_a), (x, over_a), (x, y), (bx, y), (bx, by)) for x in beside_a),
        *(polyline((ax, ay), (ax, y), (x, y), (x, over_b), (bx, over_b), (bx, by)) for x in beside_b),
        *(polyline((ax, ay), (ax, over_a), (x, over_a), (x, over_b), (bx, over_b), (bx, by)) for x in beside_a),
        *(polyline((ax, ay), (ax, over_a), (x, over_a), (x, over_b), (bx, over_b), (bx, by)) for x in beside_b),
        polyline((ax, ay), (ax, y - _LANE), (bx, y - _LANE), (bx, by)),
        *_between_hosts(case, over_a, over_b, lane),
    ]


def _between_hosts(case: _FlowCase, over_a: Floats, over_b: Floats, lane: Floats) -> Iterator[Floats]:
    """Yield shapes that leave a host at its side, go on between hosts, and enter the other at its side."""
    ax, ay, bx, by = case.a[:, 0], case.a[:, 1], case.b[:, 0], case.b[:, 1]
    beside_a, beside_b = _beside(case.around_a, lane), _beside(case.around_b, lane)
    for x in (*beside_a, *beside_b):
        yield polyline((ax, ay), (ax, over_a), (x, over_a), (x, over_b), (bx, over_b), (bx, by))
    levels = [
        edge
        for box in (case.around_b, case.around_a)
        for edge in (box[:, 1] - m.LANE_MARGIN - lane, box[:, 1] + box[:, 3] + m.LANE_MARGIN + lane)
    ]
    for y in levels:
        for xa in beside_a:
            for xb in beside_b:
                corners = ((ax, over_a), (xa, over_a), (xa, y), (xb, y), (xb, over_b), (bx, over_b))
                yield polyline((ax, ay), *corners, (bx, by))


def _beside(boxes: Floats, lane: Floats) -> tuple[Floats, Floats]:
    """Return where lines run down at the right and at the left of boxes."""
    return boxes[:, 0] + boxes[:, 2] + m.LANE_MARGIN + lane, boxes[:, 0] - m.LANE_MARGIN - lane


def _rise(case: Case) -> list[Floats]:
    """Return shapes from an upper edge to the side of a box that stands higher."""
    ax, ay, bx, by = case.a[:, 0], case.a[:, 1], case.b[:, 0], case.b[:, 1]
    lane = _LANE * case.rank
    right, left = _beside(case.outer_b, lane)
    x = np.where(case.leftward, right, left)
    over_a = case.outer_a[:, 1] - m.LANE_MARGIN - lane
    under_b = case.outer_b[:, 1] + case.outer_b[:, 3] + m.LANE_MARGIN + lane
    return [
        polyline((ax, ay), (ax, by), (bx, by)),
        *(polyline((ax, ay), (ax, y), (x, y), (x, by), (bx, by)) for y in (over_a, under_b)),
        *(
            polyline((ax, ay), (ax, over_a), (turn, over_a), (turn, by), (bx, by))
            for turn in _beside(case.outer_a, lane)
        ),
    ]
