"""Things on the canvas that are drawn alike, such as copies of a host: what is found for one holds for all."""

from __future__ import annotations

import numpy as np

from designer.drawing.rows import Rows
from designer.drawing.segmented import Floats, Ints

_FINENESS = 1024.0
"""Steps of a scene unit that boxes are compared in: a power of two, so that equal distances stay equal."""


def inner_boxes(rows: Rows, rects: Floats) -> Floats:
    """Return the boxes (x, y, width, height) seen from the corner of what on the canvas they are in."""
    result = rects.copy()
    result[:, :2] -= rects[rows.roots, :2]
    return np.round(result * _FINENESS) / _FINENESS


def models(rows: Rows, boxes: Floats, first: Ints, second: Ints) -> Ints:
    """Return for each line the number of the one that has the same part in the first thing that is drawn alike.

    Args:
        rows: facts about all rows.
        boxes: the boxes, see `inner_boxes`.
        first: the row where each line starts; both ends are within one thing on the canvas.
        second: the row where it ends.
    """
    result = np.arange(len(first))
    roots = rows.roots[first]
    order = np.argsort(roots, kind="stable")
    starts = np.nonzero(np.diff(roots[order]))[0] + 1
    known: dict[tuple[bytes, ...], Ints] = {}
    for lines in np.split(order, starts) if len(order) else ():
        root = int(roots[lines[0]])
        inside = slice(root, int(rows.ends[root]))
        parents = rows.parents[inside][1:] - root
        facts = (first[lines] - root, second[lines] - root, parents, rows.shapes[inside], rows.roles[inside])
        result[lines] = known.setdefault(tuple(fact.tobytes() for fact in (*facts, boxes[inside])), lines)
    return result
