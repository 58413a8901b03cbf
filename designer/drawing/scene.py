"""A design as geometry: what is drawn, where, and how to find it again.

Rows are depth first, so that a container and all that is in it are one range of rows. A scene does not change; moving
something makes a new one that shares what stayed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from designer.drawing import hits, wires
from designer.drawing.badges import Badges
from designer.drawing.hits import Hit
from designer.drawing.labels import Label
from designer.drawing.layout import Layout, local_position
from designer.drawing.links import Links
from designer.drawing.looks import Border, NodeLook, Shape
from designer.drawing.obstacles import Floats, Ints, Obstacles
from designer.drawing.parts import Part, Parts, Role
from designer.drawing.routing import Router
from designer.drawing.scene_labels import SceneLabels
from designer.drawing.theme import Layer
from designer.model.annotations import Placement, placement_id
from designer.model.changes import ChangeSet
from designer.model.realisation import PartKey
from designer.model.topology import Topology
from designer.rules.registry import Judged

_MOST_LOOSE = 256
_BORDERS = {border: number for number, border in enumerate(Border)}
_LAYERS = {layer: number for number, layer in enumerate(Layer)}


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """What is drawn of a design.

    Attributes:
        keys: what each row shows; ``row_of`` is the reverse.
        rects: (n, 4) x, y, width, height of each row, absolute.
        shapes: Shape of each row.
        kinds: a number for each combination of shape, border and layer; rows of one kind are painted alike.
        depths: how many zones are around each row.
        parents: row around each row, -1 on the canvas. ends: the row after its subtree.
        links: the lines.
        badges: the worst finding of rows and lines.
    """

    topology: Topology
    parts: Parts
    keys: list[PartKey]
    row_of: dict[PartKey, int]
    rects: Floats
    shapes: NDArray[np.int8]
    kinds: Ints
    depths: Ints
    parents: Ints
    ends: Ints
    links: Links
    badges: Badges
    _layout: Layout
    _router: Router
    _obstacles: Obstacles
    _labels: SceneLabels = field(default_factory=SceneLabels)

    @classmethod
    def build(cls, topology: Topology, judged: Sequence[Judged] = ()) -> Scene:
        """Lay out and route a whole design."""
        parts = wires.collect(topology)
        nodes = parts.nodes
        layout = Layout.of(topology, parts)
        rects = layout.rects()
        shapes = np.array([part.look.shape for part in nodes], dtype=np.int8)
        parents = np.array([part.parent for part in nodes], dtype=np.int64)
        ends = np.array([part.end for part in nodes], dtype=np.int64)
        solid = np.array([part.role is not Role.OVERLAY for part in nodes], dtype=np.bool_)
        obstacles = Obstacles(rects, ends, solid)
        vnics = np.array([part.role is Role.VNIC for part in nodes], dtype=np.bool_)
        first = np.array([wire.source for wire in parts.wires], dtype=np.int64)
        second = np.array([wire.target for wire in parts.wires], dtype=np.int64)
        router = Router(parents, ends, shapes == Shape.BAR, vnics, first, second)
        points = router.route(obstacles, np.arange(len(first)))
        kinds = np.array([_kind(part.look) for part in nodes], dtype=np.int64)
        depths = _depths(parents)
        links = Links.of(parts, points, router.common())
        badges = Badges.of(parts, links.index_of, judged)
        keys = [part.key for part in nodes]
        return cls(
            *(topology, parts, keys, parts.row_of, rects, shapes, kinds, depths, parents, ends, links, badges),
            *(layout, router, obstacles),
        )

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
        low = self.rects[:, :2].min(axis=0)
        high = (self.rects[:, :2] + self.rects[:, 2:]).max(axis=0)
        if len(self.links):
            low, high = np.minimum(low, self.links.low.min(axis=0)), np.maximum(high, self.links.high.max(axis=0))
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])

    def visible(self, x0: float, y0: float, x1: float, y1: float) -> Ints:
        """Return the rows that touch a rectangle, in drawing order."""
        rects = self.rects
        touch = (rects[:, 0] <= x1) & (rects[:, 1] <= y1)
        touch &= (rects[:, 0] + rects[:, 2] >= x0) & (rects[:, 1] + rects[:, 3] >= y0)
        return np.nonzero(touch)[0]

    def visible_links(self, x0: float, y0: float, x1: float, y1: float) -> Ints:
        """Return the lines whose bounds touch a rectangle, labels included, in drawing order."""
        return np.nonzero(self.links.within(x0 - 130, y0 - 40, x1 + 130, y1 + 40))[0]

    def links_of_rows(self, rows: Ints) -> Ints:
        """Return the lines that end at some rows."""
        return self.links.of_rows(rows)

    def labels(self, link: int) -> tuple[Label, ...]:
        """Return the labels of a line, where they have room."""
        return self._labels.of(self, link)

    def hits(self, x: float, y: float, tolerance: float = 4.0) -> list[Hit]:
        """Return everything at a point, the topmost first."""
        return hits.hits(self, x, y, tolerance)

    def hit(self, x: float, y: float, tolerance: float = 4.0) -> Hit | None:
        """Return the topmost thing at a point: node before label, label before link, link before zone."""
        return next(iter(self.hits(x, y, tolerance)), None)

    def patched(self, topology: Topology, change: ChangeSet, judged: Sequence[Judged] | None = None) -> Scene:
        """Return the scene of the design after a change; quick when only placements changed.

        Args:
            topology: the design after the change.
            change: what changed.
            judged: the findings now; None when they are the same.
        """
        subjects = [edit.after or edit.before for edit in change.edits]
        placements = [subject for subject in subjects if isinstance(subject, Placement)]
        if len(placements) < len(subjects):
            return Scene.build(topology, self.badges.judged if judged is None else judged)
        keys = [PartKey(placement.element, placement.part) for placement in placements]
        result = self._moved(topology, keys, {})
        return result if judged is None else result.judged(judged)

    def judged(self, judged: Sequence[Judged]) -> Scene:
        """Return the same picture with other findings."""
        return replace(self, badges=Badges.of(self.parts, self.links.index_of, judged))

    def dragged(self, keys: Iterable[PartKey], dx: float, dy: float) -> Scene:
        """Return a preview of moving things; the design stays as it is."""
        moved: dict[PartKey, Placement] = {}
        for key in dict.fromkeys(self.mover(key) for key in keys):
            if key in self.row_of:
                x, y = self.local_position(key)
                moved[key] = self._placed(key, x + dx, y + dy)
        return self._moved(self.topology, list(moved), moved)

    def resized(self, key: PartKey, x: float, y: float, width: float, height: float) -> Scene:
        """Return a preview of a resize; x and y are relative to the container."""
        moved = {key: self._placed(key, x, y, width, height)}
        return self._moved(self.topology, [key], moved)

    def _placed(
        self, key: PartKey, x: float, y: float, width: float | None = None, height: float | None = None
    ) -> Placement:
        stored = self.topology.placement(key.element, key.part)
        base = stored or Placement(id=placement_id(key.element, key.part), element=key.element, part=key.part)
        size = {"width": width, "height": height} if width is not None else {}
        return base.model_copy(update={"x": x, "y": y, **size})

    def _moved(self, topology: Topology, keys: Sequence[PartKey], moved: Mapping[PartKey, Placement]) -> Scene:
        layout = self._layout.moved(topology, set(keys), moved)
        rects = self.rects.copy()
        rows = layout.shift(self._layout, rects)
        obstacles = self._obstacles.moved(rects, rows)
        if obstacles.loose_count > _MOST_LOOSE:
            obstacles = obstacles.anew()
        links = self.links
        affected = links.neighbours(links.of_rows(rows))
        if len(affected):
            points = self._router.route(obstacles, affected)
            links = links.rerouted(affected, points)
        return replace(
            self,
            topology=topology,
            rects=rects,
            links=links,
            _layout=layout,
            _obstacles=obstacles,
            _labels=self._labels.without(self.links.chunks[affected], affected),
        )


def _kind(look: NodeLook) -> int:
    """Number a combination of shape, border and layer; the lowest four bits are the layer."""
    return (look.shape * 16 + _BORDERS[look.border]) * 16 + _LAYERS[look.layer]


def _depths(parents: Ints) -> Ints:
    depths = np.zeros(len(parents), np.int64)
    around = parents.copy()
    while (inside := around >= 0).any():
        depths += inside
        around = np.where(inside, parents[around], -1)
    return depths
