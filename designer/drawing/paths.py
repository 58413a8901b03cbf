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


def _normal(first: Point, second: Point, distance: float) -> Point:
    dx, dy = second[0] - first[0], second[1] - first[1]
    if abs(dx) >= abs(dy):
        return 0.0, -distance if dx > 0 else distance
    return (distance if dy > 0 else -distance), 0.0
