"""The drawing while something is dragged: its rows shifted, its lines stretched; routing waits for the release."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from designer.drawing.routing import POINTS
from designer.drawing.scene import Scene
from designer.model.realisation import PartKey
from designer.ui.canvas import lookup

Corner = tuple[float, float]


class DragPreview:
    """Makes the scene of one drag for any offset; what a frame costs does not depend on the size of the design."""

    def __init__(self, scene: Scene, keys: Sequence[PartKey]) -> None:
        self._scene = scene
        self._rows, self._links = lookup.rows_and_links(scene, keys)
        first = np.isin(scene.links.first[self._links], self._rows)
        second = np.isin(scene.links.second[self._links], self._rows)
        self._whole = first & second
        self._points = scene.links.polylines(self._links)
        self._stretched = [
            (place, scene.links.polyline(int(self._links[place])), bool(first[place]))
            for place in np.flatnonzero(~self._whole).tolist()
        ]

    def at(self, dx: float, dy: float) -> Scene:
        """Return the scene with everything moved by an offset."""
        rects = self._scene.rects.copy()
        rects[self._rows, 0] += dx
        rects[self._rows, 1] += dy
        links = self._scene.links
        if len(self._links):
            points = self._points.copy()
            points[self._whole] += (dx, dy)
            for place, corners, at_start in self._stretched:
                points[place] = _padded(stretched(corners, dx, dy, at_start=at_start))
            links = links.rerouted(self._links, points)
        return replace(self._scene, rects=rects, links=links)


def stretched(corners: Sequence[Corner], dx: float, dy: float, *, at_start: bool) -> list[Corner]:
    """Return an orthogonal line one end of which has moved; it stays orthogonal, the other end stays."""
    line = list(corners) if at_start else list(reversed(corners))
    (x0, y0), (x1, y1) = line[0], line[1] if len(line) > 1 else line[0]
    upright = abs(x0 - x1) < 0.5
    start = (x0 + dx, y0 + dy)
    if len(line) <= 2:
        middle_x, middle_y = (start[0] + x1) / 2, (start[1] + y1) / 2
        bends = [(start[0], middle_y), (x1, middle_y)] if upright else [(middle_x, start[1]), (middle_x, y1)]
        line = [start, *bends, (x1, y1)]
    else:
        line[0] = start
        line[1] = (start[0], y1) if upright else (x1, start[1])
    return line if at_start else line[::-1]


def _padded(corners: list[Corner]) -> list[Corner]:
    return [*corners, *[corners[-1]] * (POINTS - len(corners))]
