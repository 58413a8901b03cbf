"""The way of a line that no simple shape fits: a search between the boxes in its way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise

import numpy as np

from designer.drawing import measures as m
from designer.drawing.obstacles import Obstacles
from designer.drawing.segmented import Floats, Ints

Point = tuple[float, float]
Box = tuple[float, float, float, float]

_BEND = 90.0
_MOST_BOXES = 48
_AROUND = 96.0
_FARTHEST = 6000.0
_STEPS = ((1, 0), (0, 1), (-1, 0), (0, -1))
_SIDE_PENALTY = 30.0


@dataclass(slots=True)
class Searcher:
    """Finds ways between boxes.

    Args:
        obstacles: all boxes.
        ends: the row after the subtree of each row.
    """

    obstacles: Obstacles
    ends: Ints

    def find(self, first: int, second: int, start: Point, stop: Point, lane: float) -> list[Point] | None:
        """Return the corners of a free way, None when there is none or too much is around.

        Args:
            first: the row where the line starts.
            second: the row where it ends.
            start: where it would like to leave its box.
            stop: where it would like to arrive.
            lane: how much further than needed it keeps from boxes, so that neighbours do not share a way.
        """
        rects = self.obstacles.rects
        low = np.minimum(rects[first, :2], rects[second, :2]) - _AROUND
        high = np.maximum(rects[first, :2] + rects[first, 2:], rects[second, :2] + rects[second, 2:]) + _AROUND
        if float(np.ptp(np.stack([low, high]), axis=0).max()) > _FARTHEST:
            return None
        boxes = self._boxes(first, second, low, high)
        if boxes is None:
            return None
        ports = (list(_sides(_box(rects, first), start)), list(_sides(_box(rects, second), stop)))
        grid = _Grid(boxes, [_box(rects, first), _box(rects, second)], ports, m.CLEARANCE + 1 + lane)
        return grid.search()

    def _boxes(self, first: int, second: int, low: Floats, high: Floats) -> list[Box] | None:
        """Return what is in the way: neither what is around an end nor what is inside something in the way."""
        rows = self.obstacles.near(low, high, first, second).tolist()
        blocking: list[int] = []
        covered = -1
        for row in rows:
            end = int(self.ends[row])
            if row < covered or row in {first, second}:
                continue
            if (row < first < end) or (row < second < end):
                continue
            if self._is_inside(row, first) or self._is_inside(row, second):
                continue
            blocking.append(row)
            covered = end
            if len(blocking) > _MOST_BOXES:
                return None
        return [_box(self.obstacles.rects, row) for row in blocking]

    def _is_inside(self, row: int, outer: int) -> bool:
        return outer < row < int(self.ends[outer])


def _box(rects: Floats, row: int) -> Box:
    x, y, width, height = rects[row].tolist()
    return x, y, x + width, y + height


def _sides(box: Box, wanted: Point) -> Iterator[tuple[Point, int, float]]:
    """Yield point, direction outwards and penalty for each side of a box."""
    x0, y0, x1, y1 = box
    x = min(max(wanted[0], x0 + m.PORT), x1 - m.PORT) if x1 - x0 > 2 * m.PORT else (x0 + x1) / 2
    middle_y = (y0 + y1) / 2
    for point, direction in (((x1, middle_y), 0), ((x, y1), 1), ((x0, middle_y), 2), ((x, y0), 3)):
        yield point, direction, 0.0 if point == wanted else _SIDE_PENALTY


class _Grid:
    """Lines beside all boxes, and which stretches of them are free."""

    def __init__(self, boxes: list[Box], own: list[Box], ports: tuple[list, list], gap: float) -> None:  # type: ignore[type-arg]
        self._ports = ports
        xs: set[float] = set()
        ys: set[float] = set()
        for x0, y0, x1, y1 in boxes + own:
            xs.update((x0 - gap, x1 + gap))
            ys.update((y0 - gap, y1 + gap))
        for (x, y), _, _ in (*ports[0], *ports[1]):
            xs.add(x)
            ys.add(y)
        self._xs, self._ys = sorted(xs), sorted(ys)
        self._column = {x: place for place, x in enumerate(self._xs)}
        self._line = {y: place for place, y in enumerate(self._ys)}
        self._right = self._free(self._xs, self._ys, boxes, own, flat=True)
        self._down = self._free(self._ys, self._xs, boxes, own, flat=False)

    def _free(self, along: list[float], across: list[float], boxes: list[Box], own: list[Box], flat: bool) -> Floats:
        """Return which stretches from one grid point to the next are free; index [across, along]."""
        low, high = np.array(along[:-1]), np.array(along[1:])
        at = np.array(across)
        free = np.ones((len(across), len(along) - 1))
        for grow, group in ((m.CLEARANCE, boxes), (-1.0, own)):
            for x0, y0, x1, y1 in group:
                a0, a1, b0, b1 = (x0, x1, y0, y1) if flat else (y0, y1, x0, x1)
                inside = (at > b0 - grow) & (at < b1 + grow)
                touches = (low < a1 + grow) & (high > a0 - grow)
                free[np.ix_(inside, touches)] = 0.0
        return free

    def search(self) -> list[Point] | None:
        """Return the corners of the cheapest way: few bends first, then short."""
        queue: list[tuple[float, int, int, int]] = []
        best: dict[tuple[int, int, int], float] = {}
        came: dict[tuple[int, int, int], tuple[int, int, int]] = {}
        goals = {(self._column[x], self._line[y], (way + 2) % 4): cost for (x, y), way, cost in self._ports[1]}
        for (x, y), way, cost in self._ports[0]:
            state = (self._column[x], self._line[y], way)
            best[state] = cost
            heappush(queue, (cost, *state))
        finish: tuple[float, tuple[int, int, int]] | None = None
        while queue:
            cost, column, line, way = heappop(queue)
            state = (column, line, way)
            if finish is not None and cost >= finish[0]:
                break
            if cost > best[state]:
                continue
            if state in goals and (finish is None or cost + goals[state] < finish[0]):
                finish = (cost + goals[state], state)
            for following, price in self._next(column, line, way):
                total = cost + price
                if total < best.get(following, float("inf")):
                    best[following] = total
                    came[following] = state
                    heappush(queue, (total, *following))
        return self._corners(finish[1], came) if finish is not None else None

    def _next(self, column: int, line: int, way: int) -> Iterator[tuple[tuple[int, int, int], float]]:
        for turn, (dx, dy) in enumerate(_STEPS):
            if turn == (way + 2) % 4:
                continue
            x, y = column + dx, line + dy
            if not (0 <= x < len(self._xs) and 0 <= y < len(self._ys)):
                continue
            free = self._right[line, min(column, x)] if dx else self._down[column, min(line, y)]
            if free:
                length = abs(self._xs[x] - self._xs[column]) + abs(self._ys[y] - self._ys[line])
                yield (x, y, turn), length + (0.0 if turn == way else _BEND)

    def _corners(
        self, state: tuple[int, int, int], came: dict[tuple[int, int, int], tuple[int, int, int]]
    ) -> list[Point]:
        states = [state]
        while states[-1] in came:
            states.append(came[states[-1]])
        points = [(self._xs[column], self._ys[line]) for column, line, _ in reversed(states)]
        kept = points[:1]
        for before, (here, after) in zip(points, pairwise(points[1:]), strict=False):
            if not (before[0] == here[0] == after[0] or before[1] == here[1] == after[1]):
                kept.append(here)
        return [*kept, points[-1]]
