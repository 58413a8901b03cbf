"""Geometry of polylines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

Point = tuple[float, float]


def beside(points: Sequence[Point], distance: float) -> list[Point]:
    """Return an orthogonal polyline moved sideways, to the left of its direction for positive distances."""
    normals = [_normal(first, second, distance) for first, second in pairwise(points)]
    if not normals:
        return list(points)
    result: list[Point] = []
    for place, (x, y) in enumerate(points):
        before = normals[max(0, place - 1)]
        after = normals[min(place, len(normals) - 1)]
        dx = before[0] if before[0] else after[0]
        dy = before[1] if before[1] else after[1]
        result.append((x + dx, y + dy))
    return result


def without_arrow(points: Sequence[Point], length: float) -> list[Point]:
    """Return a polyline that ends where the head of its arrow begins."""
    if len(points) < 2 or points[-1] == points[-2]:
        return list(points)
    (x0, y0), (x1, y1) = points[-2:]
    left = max(abs(x1 - x0), abs(y1 - y0))
    share = max(0.0, 1 - length / left)
    return [*points[:-1], (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share)]


def arrow(points: Sequence[Point], length: float, width: float) -> list[Point]:
    """Return the three corners of the head of an arrow at the end of an orthogonal polyline, the tip first."""
    if len(points) < 2:
        return []
    (x0, y0), (x, y) = points[-2:]
    if abs(x - x0) >= abs(y - y0):
        back = x - length if x > x0 else x + length
        return [(x, y), (back, y - width / 2), (back, y + width / 2)]
    back = y - length if y > y0 else y + length
    return [(x, y), (x - width / 2, back), (x + width / 2, back)]


def _normal(first: Point, second: Point, distance: float) -> Point:
    dx, dy = second[0] - first[0], second[1] - first[1]
    if abs(dx) >= abs(dy):
        return 0.0, -distance if dx > 0 else distance
    return (distance if dy > 0 else -distance), 0.0
