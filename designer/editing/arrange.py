"""Aligning and spreading what is selected."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Literal

from designer.editing.labels import subject
from designer.editing.moving import Point, move
from designer.model.changes import ChangeSet
from designer.model.realisation import PartKey
from designer.model.topology import Topology

Rect = tuple[float, float, float, float]
"""Left, top, width and height on the canvas, in scene units."""

Edge = Literal["left", "center", "right", "top", "middle", "bottom"]
Axis = Literal["horizontal", "vertical"]

_EDGES: Mapping[Edge, tuple[int, float]] = {
    "left": (0, 0.0),
    "center": (0, 0.5),
    "right": (0, 1.0),
    "top": (1, 0.0),
    "middle": (1, 0.5),
    "bottom": (1, 1.0),
}
"""The axis that an edge lies on, and how far across the rectangle it is."""


def align(
    topology: Topology,
    rects: Mapping[PartKey, Rect],
    edge: Edge,
    reference: PartKey,
    positions: Mapping[PartKey, Point],
) -> ChangeSet:
    """Bring an edge or the middle of all parts to that of the reference.

    Args:
        topology: the design.
        rects: where the parts are on the canvas.
        edge: what is to be in one line.
        reference: the part that stays.
        positions: where the parts stand in their containers, for those that were never placed.
    """
    axis, share = _EDGES[edge]
    line = _along(rects[reference], axis, share)
    offsets = {key: _offset(axis, line - _along(rect, axis, share)) for key, rect in rects.items() if key != reference}
    return _renamed(topology, move(topology, offsets, positions), "Align", rects)


def distribute(
    topology: Topology, rects: Mapping[PartKey, Rect], axis: Axis, positions: Mapping[PartKey, Point]
) -> ChangeSet:
    """Make the gaps between parts equal, from left to right or top to bottom; the outermost parts stay.

    Args:
        topology: the design.
        rects: where the parts are on the canvas.
        axis: the direction of the row.
        positions: where the parts stand in their containers, for those that were never placed.
    """
    side = 0 if axis == "horizontal" else 1
    row = sorted(rects, key=lambda key: (rects[key][side], key.element, key.part))
    offsets: dict[PartKey, Point] = {}
    if len(row) > 2:
        free = sum(rects[right][side] - _along(rects[left], side, 1.0) for left, right in pairwise(row))
        gap, edge = free / (len(row) - 1), _along(rects[row[0]], side, 1.0)
        for key in row[1:-1]:
            offsets[key] = _offset(side, edge + gap - rects[key][side])
            edge += gap + rects[key][side + 2]
    return _renamed(topology, move(topology, offsets, positions), "Distribute", rects)


def _along(rect: Rect, axis: int, share: float) -> float:
    return rect[axis] + rect[axis + 2] * share


def _offset(axis: int, distance: float) -> Point:
    return (distance, 0.0) if axis == 0 else (0.0, distance)


def _renamed(topology: Topology, change: ChangeSet, verb: str, rects: Mapping[PartKey, Rect]) -> ChangeSet:
    return ChangeSet(f"{verb} {subject(topology, list(dict.fromkeys(key.element for key in rects)))}", change.edits)
