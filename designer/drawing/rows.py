"""What is known about the rows of a drawing besides where they are, as arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from designer.drawing.looks import Border, NodeLook
from designer.drawing.parts import Parts
from designer.drawing.segmented import Ints
from designer.drawing.theme import Layer

N = TypeVar("N", bound=np.integer)

_BORDERS = {border: number for number, border in enumerate(Border)}
_LAYERS = {layer: number for number, layer in enumerate(Layer)}


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Facts about rows that do not change when something moves.

    Attributes:
        shapes: Shape of each row.
        kinds: a number for each combination of shape, border and layer; rows of one kind are painted alike.
        depths: how many zones are around each row.
        parents: row around each row, -1 on the canvas.
        ends: the row after its subtree.
        roots: the row on the canvas that each row is in.
        roles: Role of each row.
    """

    shapes: NDArray[np.int8]
    kinds: Ints
    depths: Ints
    parents: Ints
    ends: Ints
    roots: Ints
    roles: NDArray[np.int8]

    @classmethod
    def of(cls, parts: Parts) -> Self:
        """Read the facts off the parts."""
        nodes = parts.nodes
        count = len(nodes)
        own = np.arange(count)
        up = np.fromiter((part.up for part in nodes), np.int64, count)
        ends = own + np.fromiter((part.count for part in nodes), np.int64, count)
        parents = np.where(up > 0, own - up, -1)
        roots = np.nonzero(up == 0)[0]
        return cls(
            shapes=np.fromiter((part.look.shape for part in nodes), np.int8, count),
            kinds=np.fromiter((kind_of_look(part.look) for part in nodes), np.int64, count),
            depths=_depths(parents),
            parents=parents,
            ends=ends,
            roots=np.repeat(roots, ends[roots] - roots),
            roles=np.fromiter((part.role for part in nodes), np.int8, count),
        )

    @classmethod
    def joined(cls, pieces: Sequence[tuple[Rows, int, int]]) -> Self:
        """Return the facts about ranges of rows (facts, first row, row after the last) that follow each other."""
        shifts: list[Ints] = []
        at = 0
        for _, start, stop in pieces:
            shifts.append(np.full(stop - start, at - start))
            at += stop - start
        shift = np.concatenate(shifts)

        def column(of: Callable[[Rows], NDArray[N]]) -> NDArray[N]:
            return np.concatenate([of(rows)[start:stop] for rows, start, stop in pieces])

        parents = column(lambda rows: rows.parents)
        return cls(
            shapes=column(lambda rows: rows.shapes),
            kinds=column(lambda rows: rows.kinds),
            depths=column(lambda rows: rows.depths),
            parents=np.where(parents >= 0, parents + shift, -1),
            ends=column(lambda rows: rows.ends) + shift,
            roots=column(lambda rows: rows.roots) + shift,
            roles=column(lambda rows: rows.roles),
        )


def clusters_of(rows: Rows, first: Ints, second: Ints) -> Ints:
    """Number the lines: by the row on the canvas that they are in, or negative by what they join on the canvas."""
    a, b = rows.roots[first], rows.roots[second]
    outer = np.nonzero(a != b)[0]
    result = a.copy()
    if len(outer):
        label = np.arange(len(rows.roots))
        a, b = a[outer], b[outer]
        while (label[a] != label[b]).any():
            least = np.minimum(label[a], label[b])
            np.minimum.at(label, label[a], least)
            np.minimum.at(label, label[b], least)
            label = label[label]
        result[outer] = ~label[a]
    return result


def outer_rows(rows: Rows, own: Ints, others: Ints) -> Ints:
    """Return the outermost box around each row that is not around the other end too."""
    current = own.copy()
    while True:
        parent = rows.parents[current]
        up = (parent >= 0) & ~((parent <= others) & (others < rows.ends[parent]))
        if not up.any():
            return current
        current = np.where(up, parent, current)


def common(rows: Rows, first: Ints, second: Ints) -> Ints:
    """Return the innermost row around both ends of each line, -1 for the canvas."""
    return rows.parents[outer_rows(rows, first, second)]


def kind_of_look(look: NodeLook) -> int:
    """Number a combination of shape, border and layer; the lowest four bits are the place of the layer in Layer."""
    return (look.shape * 16 + _BORDERS[look.border]) * 16 + _LAYERS[look.layer]


def _depths(parents: Ints) -> Ints:
    depths = np.zeros(len(parents), np.int64)
    around = parents.copy()
    while (inside := around >= 0).any():
        depths += inside
        around = np.where(inside, parents[around], -1)
    return depths
