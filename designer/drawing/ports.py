"""Where lines end: the side of a box, and the place along it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from designer.drawing import measures as m
from designer.drawing.segmented import Bools, Floats, Ints, running_maximum

DOWN, UP, ASIDE, UNDER, OVER, RISE, FALL = range(7)
"""How a line goes: lower edge to upper edge, the reverse, side to side, side to lower edge; for traffic also from upper
edge to upper edge, from upper edge to side, and from side to upper edge."""


@dataclass(slots=True)
class Ends:
    """Both ends of all lines.

    Attributes:
        first, second: rows.
        way: DOWN, UP, ASIDE, UNDER, OVER, RISE or FALL.
        leftward: whether the second end is left of the first.
        at: coordinate along the side for each end (m, 2): x on lower and upper edges, y on the others.
    """

    first: Ints
    second: Ints
    way: NDArray[np.int8]
    leftward: Bools
    at: Floats


def ways(rects: Floats, first: Ints, second: Ints, from_vnic: Bools) -> tuple[NDArray[np.int8], Bools]:
    """Decide how each line goes; a host vNIC joins its switch from below."""
    a, b = rects[first], rects[second]
    below = b[:, 1] >= a[:, 1] + a[:, 3]
    above = b[:, 1] + b[:, 3] <= a[:, 1]
    way = np.where(below, DOWN, np.where(above, UP, ASIDE)).astype(np.int8)
    way[from_vnic] = UNDER
    leftward = b[:, 0] + b[:, 2] / 2 < a[:, 0] + a[:, 2] / 2
    return way, leftward


def wanted(rects: Floats, first: Ints, second: Ints, way: NDArray[np.int8]) -> Floats:
    """Return where along its side each end would like to be: opposite the other end, else in the middle."""
    a, b = rects[first], rects[second]
    result = np.empty((len(first), 2))
    vertical = (way == DOWN) | (way == UP)
    for axis, chosen in ((0, vertical), (1, ~vertical)):
        low_a, low_b = a[chosen, axis], b[chosen, axis]
        size_a, size_b = a[chosen, 2 + axis], b[chosen, 2 + axis]
        margin = m.PORT_MARGIN if axis == 0 else 10.0
        middle_a, middle_b = low_a + size_a / 2, low_b + size_b / 2
        a_fits = (middle_a >= low_b + margin) & (middle_a <= low_b + size_b - margin)
        b_fits = (middle_b >= low_a + margin) & (middle_b <= low_a + size_a - margin)
        narrow_a = size_a <= size_b
        common = np.where(a_fits & (narrow_a | ~b_fits), middle_a, np.where(b_fits, middle_b, np.nan))
        result[chosen, 0] = np.where(np.isnan(common), _inside(middle_b, low_a, size_a, margin), common)
        result[chosen, 1] = np.where(np.isnan(common), _inside(middle_a, low_b, size_b, margin), common)
    under = way == UNDER
    result[under, 0] = a[under, 1] + a[under, 3] / 2
    result[under, 1] = b[under, 0] + m.PORT_MARGIN + 8.0
    return result


def _inside(value: Floats, low: Floats, size: Floats, margin: float) -> Floats:
    """Return the middle of a card, or the nearest place on something wide."""
    wide = size > 2 * m.CARD_MIN_WIDTH
    nearest = np.clip(value, low + margin, np.maximum(low + margin, low + size - margin))
    return np.where(wide, nearest, low + size / 2)


def distribute(rects: Floats, ends: Ends) -> None:
    """Keep the ends on one side of a box apart, in the order in which they would like to be."""
    rows = np.concatenate([ends.first, ends.second])
    at = np.concatenate([ends.at[:, 0], ends.at[:, 1]])
    side = np.concatenate([side_of(ends.way, ends.leftward, first=True), side_of(ends.way, ends.leftward, first=False)])
    other = np.concatenate([rects[ends.second, 0], rects[ends.first, 0]])
    group = rows * 4 + side
    order = np.lexsort((np.arange(len(rows)), other, at, group))
    group, at = group[order], at[order]
    starts = np.nonzero(np.concatenate([[True], group[1:] != group[:-1]]))[0]
    sizes = np.diff(np.append(starts, len(group)))
    place = np.arange(len(group)) - np.repeat(starts, sizes)
    size = np.repeat(sizes, sizes)
    axis = np.where(side[order] < 2, 0, 1)
    box = rects[rows[order]]
    low, length = box[np.arange(len(box)), axis], box[np.arange(len(box)), axis + 2]
    margin = np.minimum(np.where(axis == 0, m.PORT_MARGIN, 10.0), length / 2)
    room = length - 2 * margin
    pitch = np.minimum(m.PORT_PITCH, room / np.maximum(1, size - 1))
    spaced = running_maximum(at - place * pitch, place) + place * pitch
    highest = low + length - margin - (size - 1 - place) * pitch
    alone = size == 1
    result = np.where(alone, at, np.maximum(np.minimum(spaced, highest), low + margin + place * pitch))
    back = np.empty(len(rows))
    back[order] = result
    ends.at[:, 0], ends.at[:, 1] = back[: len(ends.first)], back[len(ends.first) :]


def straighten(rects: Floats, ends: Ends) -> None:
    """Let an end on a card follow its other end on a bar, when that makes the line straight."""
    vertical = (ends.way == DOWN) | (ends.way == UP)
    _, place, count = np.unique(np.concatenate([ends.first, ends.second]), return_inverse=True, return_counts=True)
    lines = count[place].reshape(2, -1)
    for own, other, rows in ((0, 1, ends.first), (1, 0, ends.second)):
        box = rects[rows]
        target = ends.at[:, other]
        busy = lines[own]
        fits = (target > box[:, 0] + m.PORT_MARGIN) & (target < box[:, 0] + box[:, 2] - m.PORT_MARGIN)
        near = np.abs(target - ends.at[:, own]) <= box[:, 2] / 2
        chosen = vertical & fits & near & (box[:, 2] < rects[ends.second if own == 0 else ends.first, 2]) & (busy <= 2)
        ends.at[chosen, own] = target[chosen]


def side_of(way: NDArray[np.int8], leftward: Bools, first: bool) -> Ints:
    """Return the side of an end: 0 upper, 1 lower, 2 left, 3 right."""
    if first:
        return np.select([way == DOWN, np.isin(way, (UP, OVER, RISE))], [1, 0], np.where(leftward, 2, 3))
    upper, lower = np.isin(way, (DOWN, OVER, FALL)), (way == UP) | (way == UNDER)
    return np.select([upper, lower], [0, 1], np.where(leftward, 3, 2))


def anchor(rects: Floats, ends: Ends, first: bool) -> Floats:
    """Return the point where each line ends."""
    rows = ends.first if first else ends.second
    along = ends.at[:, 0 if first else 1]
    side = side_of(ends.way, ends.leftward, first)
    box = rects[rows]
    x = np.select([side < 2, side == 2], [along, box[:, 0]], box[:, 0] + box[:, 2])
    y = np.select([side == 0, side == 1], [box[:, 1], box[:, 1] + box[:, 3]], along)
    return np.stack([x, y], axis=1)
