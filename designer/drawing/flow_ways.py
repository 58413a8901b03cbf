"""The ways of traffic: above what is drawn, clear of the sides where cables and attachments end."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from designer.drawing import measures as m
from designer.drawing import ports
from designer.drawing.obstacles import Obstacles
from designer.drawing.ports import ASIDE, DOWN, FALL, OVER, RISE, UP, Ends
from designer.drawing.routing import Case, Router, aside, down, polyline
from designer.drawing.rows import Rows
from designer.drawing.segmented import Floats, Ints
from designer.drawing.separate import separate

_ROOM_FOR_WORDS = 120.0
"""Boxes at one level that are further apart are joined from side to side, others over their upper edges."""
_PLACE = 0.72
"""Where on the edge of a card traffic ends; attachments end in its middle."""


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

    def __init__(self, rows: Rows, first: Ints, second: Ints, clusters: Ints, beside: Beside) -> None:
        super().__init__(rows, first, second, clusters)
        self._beside = beside

    def _ends(self, obstacles: Obstacles) -> Ends:
        rects, first, second = obstacles.rects, self._first, self._second
        way, leftward = _ways(rects, first, second, rects[self._outer_first], rects[self._outer_second])
        ends = Ends(first, second, way, leftward, _wanted(rects, first, second, way, leftward))
        ports.distribute(rects, ends)
        return ends

    def _shapes(self) -> tuple[tuple[tuple[int, ...], Callable[[Case], list[Floats]]], ...]:
        return ((DOWN, UP), down), ((ASIDE,), aside), ((OVER,), _over), ((RISE, FALL), _rise)

    def _separate(self, obstacles: Obstacles, points: Floats) -> None:
        polylines, first, second, clusters = self._beside
        together = np.concatenate([polylines, points])
        separate(
            obstacles,
            together,
            np.concatenate([first, self._first]),
            np.concatenate([second, self._second]),
            np.concatenate([clusters, self._clusters]),
            fixed=len(polylines),
        )
        points[:] = together[len(polylines) :]


def _ways(
    rects: Floats, first: Ints, second: Ints, outer_a: Floats, outer_b: Floats
) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
    a, b = rects[first], rects[second]
    apart = np.maximum(outer_b[:, 0] - outer_a[:, 0] - outer_a[:, 2], outer_a[:, 0] - outer_b[:, 0] - outer_b[:, 2])
    low, high = b[:, 1] >= a[:, 1] + a[:, 3], b[:, 1] + b[:, 3] <= a[:, 1]
    common = np.minimum(a[:, 0] + a[:, 2], b[:, 0] + b[:, 2]) - np.maximum(a[:, 0], b[:, 0])
    stacked = common >= 2 * m.PORT_MARGIN
    way = np.select(
        [low & stacked, high & stacked, low, high, apart >= _ROOM_FOR_WORDS], [DOWN, UP, FALL, RISE, ASIDE], OVER
    ).astype(np.int8)
    return way, b[:, 0] + b[:, 2] / 2 < a[:, 0] + a[:, 2] / 2


def _wanted(rects: Floats, first: Ints, second: Ints, way: NDArray[np.int8], leftward: NDArray[np.bool_]) -> Floats:
    """Return where along its side each end would like to be: opposite the other where that is possible."""
    a, b = rects[first], rects[second]
    result = np.empty((len(first), 2))
    for own, other, column in ((a, b, 0), (b, a, 1)):
        flat = ports.side_of(way, leftward, first=column == 0) < 2
        x, y = own[:, 0], own[:, 1]
        middle = other[:, 0] + other[:, 2] / 2
        margin = np.minimum(m.PORT_MARGIN, own[:, 2] / 2)
        opposite = np.clip(middle, x + margin, x + own[:, 2] - margin)
        along = np.where(own[:, 2] > 2 * m.CARD_MIN_WIDTH, opposite, x + _PLACE * own[:, 2])
        result[:, column] = np.where(flat, along, y + own[:, 3] / 2)
    for axis, share, chosen in ((0, _PLACE, (way == DOWN) | (way == UP)), (1, 0.5, way == ASIDE)):
        start = np.maximum(a[:, axis], b[:, axis])
        stop = np.minimum(a[:, axis] + a[:, 2 + axis], b[:, axis] + b[:, 2 + axis])
        straight = chosen & (stop > start)
        result[straight] = (start + share * (stop - start))[straight, None]
    return result


def _over(case: Case) -> list[Floats]:
    """Return shapes from an upper edge to an upper edge."""
    ax, ay, bx, by = case.a[:, 0], case.a[:, 1], case.b[:, 0], case.b[:, 1]
    lane = m.LANE * case.rank
    above = np.minimum(case.outer_a[:, 1], case.outer_b[:, 1]) - m.LANE_MARGIN
    near = np.minimum(ay, by) - m.LANE_MARGIN
    return [polyline((ax, ay), (ax, y), (bx, y), (bx, by)) for y in (above - lane, above - lane - m.LANE, near - lane)]


def _rise(case: Case) -> list[Floats]:
    """Return shapes from an upper edge to the side of a box that stands higher."""
    ax, ay, bx, by = case.a[:, 0], case.a[:, 1], case.b[:, 0], case.b[:, 1]
    lane = m.LANE_MARGIN + m.LANE * case.rank
    right_of_b = case.outer_b[:, 0] + case.outer_b[:, 2]
    x = np.where(case.leftward, right_of_b + lane, case.outer_b[:, 0] - lane)
    heads = (ay - lane, case.outer_a[:, 1] - lane, case.outer_b[:, 1] + case.outer_b[:, 3] + lane)
    return [
        polyline((ax, ay), (ax, by), (bx, by)),
        *(polyline((ax, ay), (ax, y), (x, y), (x, by), (bx, by)) for y in heads),
    ]
