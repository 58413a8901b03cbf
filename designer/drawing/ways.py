"""Routes lines: those within one thing on the canvas by themselves, and those that join the same things together."""

from __future__ import annotations

import numpy as np

from designer.drawing import measures as m
from designer.drawing.obstacles import Obstacles
from designer.drawing.parts import Role
from designer.drawing.routing import POINTS, Router
from designer.drawing.rows import Rows
from designer.drawing.segmented import Bools, Floats, Ints

_REACH = 240.0


def route(rows: Rows, rects: Floats, first: Ints, second: Ints, clusters: Ints) -> Floats:
    """Return the polylines of whole clusters of lines."""
    inner = clusters >= 0
    touched = np.zeros(len(rects), np.bool_)
    touched[rows.roots[first]] = touched[rows.roots[second]] = True
    solid = rows.roles != Role.OVERLAY
    within = touched[rows.roots]
    points = np.zeros((len(first), POINTS, 2))
    outer = np.nonzero(~inner)[0]
    beside = within | (rows.parents < 0)
    if len(outer):
        beside &= _near(rects, reaches(rows, rects, first[outer], second[outer], clusters[outer]))
    for chosen, heeded, groups in (
        (np.nonzero(inner)[0], within & solid & (rows.parents >= 0), rows.roots),
        (outer, beside & solid, np.zeros_like(rows.roots)),
    ):
        if len(chosen):
            a, b = first[chosen], second[chosen]
            obstacles = Obstacles(rects, rows.ends, np.nonzero(heeded)[0], groups)
            points[chosen] = Router(rows, a, b, clusters[chosen]).route(obstacles)
    return points


def reaches(rows: Rows, rects: Floats, first: Ints, second: Ints, clusters: Ints) -> Floats:
    """Return, for whole clusters on the canvas, left, upper, right and lower edge of where each way may lie."""
    a, b = rects[rows.roots[first]], rects[rows.roots[second]]
    _, place, count = np.unique(clusters, return_inverse=True, return_counts=True)
    reach = (_REACH + m.LANE * count[place])[:, None]
    low = np.minimum(a[:, :2], b[:, :2]) - reach
    high = np.maximum(a[:, :2] + a[:, 2:], b[:, :2] + b[:, 2:]) + reach
    return np.concatenate([low, high], axis=1)


def touching(boxes: Floats, reach: Floats) -> Bools:
    """Return which of some reaches touch any of some boxes (x, y, width, height)."""
    result = np.zeros(len(reach), np.bool_)
    for x, y, width, height in boxes.tolist():
        result |= (reach[:, 0] <= x + width) & (reach[:, 2] >= x) & (reach[:, 1] <= y + height) & (reach[:, 3] >= y)
    return result


def _near(rects: Floats, reach: Floats) -> Bools:
    """Return which boxes touch the area of all reaches together."""
    low, high = reach[:, :2].min(axis=0), reach[:, 2:].max(axis=0)
    near: Bools = ((rects[:, :2] <= high) & (rects[:, :2] + rects[:, 2:] >= low)).all(axis=1)
    return near
