"""Automatic layout: a place for everything that has none, nested, without overlaps, the same every time."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from designer.drawing import wires
from designer.drawing.canvas_layout import CanvasLayout, CanvasPlan, size_loose_band
from designer.drawing.frames import Frames
from designer.drawing.host_layout import HostLayout
from designer.drawing.parts import Parts, Role
from designer.drawing.zone_layout import lay_out_zone
from designer.model.annotations import Placement, placement_id
from designer.model.changes import ChangeSet, Edit
from designer.model.realisation import PartKey
from designer.model.topology import Topology

Rects = NDArray[np.float64]
"""One row (x, y, width, height) for each node, absolute."""

_ZONES = {Role.STACK, Role.SURROUND, Role.TEAM, Role.COMPARTMENT}


class Layout:
    """The boxes of a design, and how to lay them out anew in part."""

    def __init__(self, frames: Frames, plan: CanvasPlan) -> None:
        self._frames = frames
        self._plan = plan

    @classmethod
    def of(cls, topology: Topology, parts: Parts, keep: bool = True) -> Layout:
        """Lay out everything; ``keep`` heeds the stored placements."""
        frames = Frames.of(topology, parts, keep)
        for row in range(len(parts.nodes) - 1, -1, -1):
            _lay_out_row(frames, row)
        plan = CanvasPlan.of(frames)
        CanvasLayout(frames, plan).lay_out()
        return cls(frames, plan)

    def rects(self) -> Rects:
        """Return the absolute rectangles."""
        frames = self._frames
        x, y = frames.x[:], frames.y[:]
        for row, part in enumerate(frames.parts.nodes):
            if part.parent >= 0:
                x[row] += x[part.parent]
                y[row] += y[part.parent]
        table = np.array([x, y, frames.w, frames.h], dtype=np.float64)
        return np.ascontiguousarray(table.T) if x else np.zeros((0, 4))

    def moved(
        self, topology: Topology, keys: Collection[PartKey], moved: Mapping[PartKey, Placement], rects: Rects
    ) -> tuple[Layout, NDArray[np.int64], NDArray[np.int64]]:
        """Lay out anew what placements changed: the zones that some things are in, and the canvas if need be.

        Args:
            topology: the design now.
            keys: what was placed.
            moved: placements of a gesture, which the design does not have yet.
            rects: the absolute rectangles, written in place.

        Returns:
            The new layout, the rows that moved, and the rows that only changed their size.
        """
        frames = self._frames.after(topology, moved)
        nodes = frames.parts.nodes
        dirty: set[int] = set()
        for row in (frames.parts.row_of[key] for key in keys if key in frames.parts.row_of):
            current = row
            while current >= 0:
                dirty.add(current)
                current = nodes[current].parent
        touched = set(dirty)
        for row in sorted(dirty, reverse=True):
            _lay_out_row(frames, row)
            touched.update(frames.parts.children(row))
        roots = [row for row in dirty if nodes[row].parent < 0]
        before = self._frames
        if any(nodes[row].key in keys or frames.size(row) != before.size(row) for row in roots):
            CanvasLayout(frames, self._plan).lay_out()
            touched.update(self._plan.rows)
        return (Layout(frames, self._plan), *_write(frames, before, sorted(touched), rects))


def _write(
    frames: Frames, before: Frames, touched: list[int], rects: Rects
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Write what differs from earlier boxes into the rectangles; return the rows that moved, and that were resized."""
    moved: list[NDArray[np.int64]] = []
    resized: list[int] = []
    for row in touched:
        if frames.size(row) != before.size(row):
            rects[row, 2:] = frames.size(row)
            resized.append(row)
        part = frames.parts.nodes[row]
        corner = np.array((frames.x[row], frames.y[row]))
        if part.parent >= 0:
            corner += rects[part.parent, :2]
        offset = corner - rects[row, :2]
        if offset.any():
            rects[row : part.end, :2] += offset
            moved.append(np.arange(row, part.end))
    return (np.unique(np.concatenate(moved)) if moved else np.zeros(0, np.int64)), np.array(resized, dtype=np.int64)


def _lay_out_row(frames: Frames, row: int) -> None:
    role = frames.parts.nodes[row].role
    if role in _ZONES or role is Role.HOST:
        frames.reset(frames.parts.children(row))
    if role in _ZONES:
        lay_out_zone(frames, row)
    elif role is Role.HOST:
        HostLayout(frames, row).lay_out()
    elif role is Role.OVERLAY:
        size_loose_band(frames, row)


def local_position(parts: Parts, rects: Rects, key: PartKey) -> tuple[float, float]:
    """Return where a thing stands relative to its container, as its Placement would say it.

    Raises:
        KeyError: the thing is not drawn.
    """
    row = parts.row_of[key]
    frame = parts.nodes[row].frame
    x, y = float(rects[row, 0]), float(rects[row, 1])
    return (x, y) if frame < 0 else (x - float(rects[frame, 0]), y - float(rects[frame, 1]))


def arrange(topology: Topology, everything: bool = False) -> ChangeSet:
    """Return placements for what has none; with ``everything`` also for the rest, but what is pinned."""
    parts = wires.collect(topology)
    rects = Layout.of(topology, parts, keep=not everything).rects()
    edits: list[Edit] = []
    for key in dict.fromkeys(part.mover for part in parts.nodes if part.role is not Role.OVERLAY):
        before = topology.placement(key.element, key.part)
        if key not in parts.row_of or (before is not None and (not everything or before.pinned)):
            continue
        x, y = (round(value, 3) for value in local_position(parts, rects, key))
        if before is None:
            after = Placement(id=placement_id(key.element, key.part), element=key.element, part=key.part, x=x, y=y)
        else:
            after = before.evolve(x=x, y=y)
        if before != after:
            edits.append(Edit(before, after))
    return ChangeSet("Arrange", tuple(edits))
