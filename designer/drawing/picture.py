"""What is drawn, where: the rows, lines, badges and labels that painters, writers and hit tests read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from designer.drawing.badges import Badges
from designer.drawing.labels import Label
from designer.drawing.layout import local_position
from designer.drawing.links import Links
from designer.drawing.looks import NodeLook
from designer.drawing.parts import Part, Parts
from designer.drawing.rows import Rows
from designer.drawing.scene_labels import SceneLabels
from designer.drawing.segmented import Floats, Ints
from designer.model.realisation import PartKey

_LABEL_REACH = (130.0, 40.0)


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """What is drawn of a design; rows are depth first, so that a container and its content are one range.

    Attributes:
        keys: what each row shows; ``row_of`` is the reverse.
        rects: (n, 4) x, y, width, height of each row, absolute.
        links: the lines.
        badges: the worst finding of rows and lines.
    """

    parts: Parts
    keys: list[PartKey]
    row_of: dict[PartKey, int]
    rects: Floats
    rows: Rows
    links: Links
    badges: Badges
    placed_labels: SceneLabels

    @property
    def shapes(self) -> NDArray[np.int8]:
        """Shape of each row."""
        return self.rows.shapes

    @property
    def parents(self) -> Ints:
        """Row around each row, -1 on the canvas."""
        return self.rows.parents

    @property
    def ends(self) -> Ints:
        """The row after the subtree of each row."""
        return self.rows.ends

    def __len__(self) -> int:
        return len(self.keys)

    def look(self, row: int) -> NodeLook:
        """Return how a row looks."""
        return self.parts.nodes[row].look

    def part(self, row: int) -> Part:
        """Return all that is known about a row."""
        return self.parts.nodes[row]

    def rect(self, key: PartKey) -> tuple[float, float, float, float]:
        """Return x, y, width and height of a thing, absolute.

        Raises:
            KeyError: it is not drawn.
        """
        x, y, width, height = self.rects[self.row_of[key]].tolist()
        return x, y, width, height

    def local_position(self, key: PartKey) -> tuple[float, float]:
        """Return where a thing stands relative to its container, as its Placement would say it.

        Raises:
            KeyError: it is not drawn.
        """
        return local_position(self.parts, self.rects, key)

    def subtree(self, key: PartKey) -> range:
        """Return the rows of a thing and all that is in it."""
        row = self.row_of[key]
        return range(row, int(self.ends[row]))

    def mover(self, key: PartKey) -> PartKey:
        """Return the thing whose Placement moves when this one is dragged."""
        row = self.row_of.get(key)
        return self.parts.nodes[row].mover if row is not None else key

    def bounds(self) -> tuple[float, float, float, float]:
        """Return left, upper, right and lower edge of everything; all zero for an empty design."""
        if not len(self.rects):
            return 0.0, 0.0, 0.0, 0.0
        x, y, width, height = self.rects.T
        left, top, right, bottom = x.min(), y.min(), (x + width).max(), (y + height).max()
        if len(self.links):
            low, high = self.links.low, self.links.high
            left, top = min(left, low[:, 0].min()), min(top, low[:, 1].min())
            right, bottom = max(right, high[:, 0].max()), max(bottom, high[:, 1].max())
        return float(left), float(top), float(right), float(bottom)

    def visible(self, x0: float, y0: float, x1: float, y1: float) -> Ints:
        """Return the rows that touch a rectangle, in drawing order."""
        rects = self.rects
        touch = (rects[:, 0] <= x1) & (rects[:, 1] <= y1)
        touch &= (rects[:, 0] + rects[:, 2] >= x0) & (rects[:, 1] + rects[:, 3] >= y0)
        return np.nonzero(touch)[0]

    def visible_links(self, x0: float, y0: float, x1: float, y1: float) -> Ints:
        """Return the lines whose bounds touch a rectangle, labels included, in drawing order."""
        wide, tall = _LABEL_REACH
        return np.nonzero(self.links.within(x0 - wide, y0 - tall, x1 + wide, y1 + tall))[0]

    def links_of_rows(self, rows: Ints) -> Ints:
        """Return the lines that end at some rows."""
        return self.links.of_rows(rows)

    def labels(self, link: int) -> tuple[Label, ...]:
        """Return the labels of a line, where they have room."""
        return self.placed_labels.of(self.parts, self.rows, self.rects, self.links, link)
