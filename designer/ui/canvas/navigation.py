"""Where the keyboard goes next: reading order, directions, into zones and out of them."""

from __future__ import annotations

import numpy as np

from designer.drawing.looks import Shape
from designer.drawing.scene import Scene
from designer.model.realisation import PartKey
from designer.ui.canvas.lookup import Rows

LINE_HEIGHT = 48.0
"""Scene units; things whose upper edges are on one such line are read from left to right."""

SIDEWAYS_COST = 2.0
"""How much worse a thing beside the way is than one straight ahead."""


def siblings(scene: Scene, key: PartKey | None) -> list[PartKey]:
    """Return what stands in the same container as a thing, in reading order; None: what stands on the canvas."""
    outer = container(scene, key) if key is not None else None
    return _in_reading_order(scene, _inside(scene, scene.row_of[outer] if outer is not None else -1))


def contents(scene: Scene, key: PartKey) -> list[PartKey]:
    """Return what a zone directly contains, in reading order."""
    return _in_reading_order(scene, _inside(scene, scene.row_of[key])) if key in scene.row_of else []


def container(scene: Scene, key: PartKey) -> PartKey | None:
    """Return the zone that a thing stands in; None on the canvas itself."""
    row = scene.row_of.get(key)
    parent = int(scene.parents[row]) if row is not None else -1
    while parent >= 0 and _is_wrapper(scene, parent):
        parent = int(scene.parents[parent])
    return scene.keys[parent] if parent >= 0 else None


def _inside(scene: Scene, row: int) -> Rows:
    """Return the rows in a zone; the compartment or utility VM around one container counts as the container."""
    rows = np.flatnonzero(scene.parents == row)
    found = [
        inner for outer in rows.tolist() for inner in (_inside(scene, outer) if _is_wrapper(scene, outer) else [outer])
    ]
    return np.array(found, dtype=np.int64)


def _is_wrapper(scene: Scene, row: int) -> bool:
    key = scene.keys[row]
    return bool(scene.shapes[row] == Shape.ZONE) and key.is_derived and scene.mover(key) != key


def next_in_order(scene: Scene, key: PartKey | None, step: int) -> PartKey | None:
    """Return the next or previous sibling; None at both ends."""
    order = siblings(scene, key)
    if not order:
        return None
    if key is None or key not in order:
        return order[0] if step > 0 else order[-1]
    place = order.index(key) + step
    return order[place] if 0 <= place < len(order) else None


def in_direction(scene: Scene, key: PartKey, dx: int, dy: int) -> PartKey | None:
    """Return the nearest sibling in a direction; None when there is none."""
    row = scene.row_of.get(key)
    if row is None:
        return None
    here = scene.rects[row, :2] + scene.rects[row, 2:] / 2
    rows = np.array([scene.row_of[found] for found in siblings(scene, key)], dtype=np.int64)
    way = scene.rects[rows, :2] + scene.rects[rows, 2:] / 2 - here
    ahead = way[:, 0] * dx + way[:, 1] * dy
    beside = np.abs(way[:, 0] * dy) + np.abs(way[:, 1] * dx)
    cost = np.where((ahead > 1.0) & (rows != row), ahead + SIDEWAYS_COST * beside, np.inf)
    best = int(np.argmin(cost))
    return scene.keys[int(rows[best])] if np.isfinite(cost[best]) else None


def _in_reading_order(scene: Scene, rows: Rows) -> list[PartKey]:
    if not len(rows):
        return []
    rects = scene.rects[rows]
    lines = np.round(rects[:, 1] / LINE_HEIGHT)
    order = np.lexsort((rects[:, 0], lines))
    return [scene.keys[int(rows[place])] for place in order]
