"""Automatic layout: a place for everything that has none, nested, without overlaps, the same every time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from designer.drawing import wires
from designer.drawing.canvas_layout import CanvasLayout, CanvasPlan, size_loose_band
from designer.drawing.frames import Frames, natural_size
from designer.drawing.host_layout import HostLayout
from designer.drawing.parts import Order, Parts, Role, Wire
from designer.drawing.rows import Rows
from designer.drawing.segmented import Floats, Ints
from designer.drawing.zone_layout import lay_out_zone
from designer.model.annotations import Placement, placement_id
from designer.model.changes import ChangeSet, Edit
from designer.model.realisation import PartKey
from designer.model.topology import Topology

_ZONES = {Role.STACK, Role.SURROUND, Role.TEAM, Role.COMPARTMENT}


def lay_out(topology: Topology, parts: Parts, facts: Rows, lines: Sequence[Wire], keep: bool = True) -> Floats:
    """Return the rectangle (x, y, width, height) of every row, relative to what is on the canvas around it.

    Args:
        topology: the design.
        parts: what is drawn.
        facts: facts about the rows.
        lines: the lines; traffic over them moves nothing.
        keep: whether stored placements are heeded; pinned ones always are.
    """
    lines = [wire for wire in lines if wire.order is not Order.FLOW]
    frames = Frames.of(topology, parts, ((wire.source, wire.target) for wire in lines), keep)
    for row in range(len(parts.nodes) - 1, -1, -1):
        _lay_out_row(frames, row)
    first = np.array([wire.source for wire in lines], dtype=np.int64)
    second = np.array([wire.target for wire in lines], dtype=np.int64)
    CanvasLayout(frames, CanvasPlan.of(parts, facts, first, second, np.arange(len(parts.nodes)))).lay_out()
    return _relative(frames)


def lay_out_root(topology: Topology, parts: Parts, lines: Iterable[tuple[int, int]]) -> Floats:
    """Return the rectangles of one thing on the canvas and of all that is in it, relative to its corner.

    Args:
        topology: the design.
        parts: it and what is in it.
        lines: the rows that each line within it joins.
    """
    frames = Frames.of(topology, parts, lines)
    for row in range(len(parts.nodes) - 1, -1, -1):
        _lay_out_row(frames, row)
    return _relative(frames)


def lay_out_canvas(topology: Topology, parts: Parts, facts: Rows, first: Ints, second: Ints, rects: Floats) -> None:
    """Place what stands on the canvas anew.

    Args:
        topology: the design.
        parts: what is drawn.
        facts: facts about the rows.
        first: the row where each line starts.
        second: the row where it ends.
        rects: the relative rectangles, written in place; what stands on the canvas has its size already.
    """
    rows = np.nonzero(facts.parents < 0)[0]
    numbers = np.zeros(len(facts.parents), np.int64)
    numbers[rows] = np.arange(len(rows))
    roots = Parts([parts.nodes[row] for row in rows.tolist()])
    roots.row_of = {part.key: number for number, part in enumerate(roots.nodes)}
    frames = Frames.of_boxes(topology, roots, rects[rows])
    for number, part in enumerate(roots.nodes):
        if part.role is Role.OVERLAY:
            size_loose_band(frames, number)
        elif part.role is Role.SEGMENT:
            frames.natural[number] = natural_size(part.look, part.role)
    CanvasLayout(frames, CanvasPlan.of(parts, facts, first, second, numbers)).lay_out()
    rects[rows] = frames.boxes()


def _relative(frames: Frames) -> Floats:
    """Return the boxes relative to what stands on the canvas; they are relative to their parents before."""
    x, y, nodes = frames.x, frames.y, frames.parts.nodes
    for row, part in enumerate(nodes):
        parent = row - part.up
        if part.up and nodes[parent].up:
            x[row] += x[parent]
            y[row] += y[parent]
    return frames.boxes()


def absolute(facts: Rows, rects: Floats) -> Floats:
    """Return relative rectangles as absolute ones."""
    result = rects.copy()
    inner = np.nonzero(facts.parents >= 0)[0]
    result[inner, :2] += rects[facts.roots[inner], :2]
    return result


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


def local_position(parts: Parts, rects: Floats, key: PartKey) -> tuple[float, float]:
    """Return where a thing stands relative to its container, as its Placement would say it.

    Raises:
        KeyError: the thing is not drawn.
    """
    row = parts.row_of[key]
    frame = parts.frame(row)
    x, y = float(rects[row, 0]), float(rects[row, 1])
    return (x, y) if frame < 0 else (x - float(rects[frame, 0]), y - float(rects[frame, 1]))


def arrange(topology: Topology, everything: bool = False) -> ChangeSet:
    """Return placements for what has none; with ``everything`` also for the rest, but what is pinned."""
    parts, lines = wires.collect(topology)
    facts = Rows.of(parts)
    rects = absolute(facts, lay_out(topology, parts, facts, lines, keep=not everything))
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
