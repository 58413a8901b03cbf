"""Where a dragged thing comes to rest: on the grid, or in line with its neighbours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from designer.ui.canvas.camera import Box

GRID = 8.0
"""Scene units; the canvas shows every second line."""

GUIDE_REACH = 6.0
"""Logical pixels within which a guide draws things to it."""

MOST_NEIGHBOURS = 200

Rects = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Guide:
    """A line that shows why something snapped; a vertical one has equal x at both ends."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Snap:
    """The offset after snapping, in scene units, and the guides that explain it."""

    dx: float
    dy: float
    guides: tuple[Guide, ...] = ()


def to_grid(value: float) -> float:
    """Return the nearest multiple of the grid."""
    return round(value / GRID) * GRID


def snapped(box: Box, dx: float, dy: float, neighbours: Rects, scale: float) -> Snap:
    """Return the offset that brings a moved box in line with a neighbour, else onto the grid.

    Args:
        box: left, top, right, bottom before the move.
        dx: how far the pointer has moved it, in scene units.
        dy: the same, down.
        neighbours: rows of x, y, width, height of the siblings in view.
        scale: logical pixels per scene unit.
    """
    near = neighbours[:MOST_NEIGHBOURS]
    reach = GUIDE_REACH / scale
    across = _nearest(_stops(box[0] + dx, box[2] + dx), _stops_of(near, 0), reach)
    down = _nearest(_stops(box[1] + dy, box[3] + dy), _stops_of(near, 1), reach)
    new_dx = dx + across[0] if across else to_grid(box[0] + dx) - box[0]
    new_dy = dy + down[0] if down else to_grid(box[1] + dy) - box[1]
    moved = (box[0] + new_dx, box[1] + new_dy, box[2] + new_dx, box[3] + new_dy)
    guides = []
    if across:
        top, bottom = _span(near[across[1]], 1, moved[1], moved[3])
        guides.append(Guide(across[2], top, across[2], bottom))
    if down:
        left, right = _span(near[down[1]], 0, moved[0], moved[2])
        guides.append(Guide(left, down[2], right, down[2]))
    return Snap(new_dx, new_dy, tuple(guides))


def _stops(low: float, high: float) -> Rects:
    return np.array([low, (low + high) / 2, high])


def _stops_of(rects: Rects, axis: int) -> Rects:
    low, size = rects[:, axis], rects[:, axis + 2]
    return np.stack([low, low + size / 2, low + size], axis=1)


def _nearest(own: Rects, theirs: Rects, reach: float) -> tuple[float, int, float] | None:
    """Return the shift, the neighbour and the coordinate of the closest pair of stops within reach."""
    if not len(theirs):
        return None
    gaps = theirs[:, :, None] - own[None, None, :]
    flat = int(np.argmin(np.abs(gaps)))
    row, stop, _ = (int(index) for index in np.unravel_index(flat, gaps.shape))
    gap = float(gaps.reshape(-1)[flat])
    return (gap, row, float(theirs[row, stop])) if abs(gap) <= reach else None


def _span(rect: Rects, axis: int, low: float, high: float) -> tuple[float, float]:
    return min(float(rect[axis]), low), max(float(rect[axis] + rect[axis + 2]), high)
