"""A design as geometry: what is drawn, where, and how to find it again.

A scene does not change; moving something makes a new one that shares what stayed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from designer.drawing import hits, wires
from designer.drawing.badges import Badges
from designer.drawing.hits import Hit
from designer.drawing.layout import Layout
from designer.drawing.links import Links
from designer.drawing.looks import Shape
from designer.drawing.obstacles import Obstacles
from designer.drawing.parts import Role
from designer.drawing.picture import Picture, Rows
from designer.drawing.routing import Router
from designer.drawing.scene_labels import SceneLabels
from designer.model.annotations import Placement, placement_id
from designer.model.changes import ChangeSet
from designer.model.realisation import PartKey
from designer.model.topology import Topology
from designer.rules.registry import Judged

_MOST_LOOSE = 256


@dataclass(frozen=True, slots=True, eq=False)
class Scene(Picture):
    """The picture of a design, with what it takes to find things in it and to move them."""

    topology: Topology
    _layout: Layout
    _router: Router
    _obstacles: Obstacles

    @classmethod
    def build(cls, topology: Topology, judged: Sequence[Judged] = ()) -> Scene:
        """Lay out and route a whole design."""
        parts = wires.collect(topology)
        layout = Layout.of(topology, parts)
        rects = layout.rects()
        rows = Rows.of(parts)
        solid = np.array([part.role is not Role.OVERLAY for part in parts.nodes], dtype=np.bool_)
        vnics = np.array([part.role is Role.VNIC for part in parts.nodes], dtype=np.bool_)
        obstacles = Obstacles(rects, rows.ends, solid)
        first = np.array([wire.source for wire in parts.wires], dtype=np.int64)
        second = np.array([wire.target for wire in parts.wires], dtype=np.int64)
        router = Router(rows.parents, rows.ends, rows.shapes == Shape.BAR, vnics, first, second)
        links = Links.of(parts, router.route(obstacles, np.arange(len(first))), router.common())
        return cls(
            parts=parts,
            keys=[part.key for part in parts.nodes],
            row_of=parts.row_of,
            rects=rects,
            rows=rows,
            links=links,
            badges=Badges.of(parts, links.index_of, judged),
            placed_labels=SceneLabels(),
            topology=topology,
            _layout=layout,
            _router=router,
            _obstacles=obstacles,
        )

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
        rects = self.rects.copy()
        layout, shifted, resized = self._layout.moved(topology, set(keys), moved, rects)
        rows = np.union1d(shifted, resized)
        obstacles = self._obstacles.moved(rects, rows)
        if obstacles.loose_count > _MOST_LOOSE:
            obstacles = obstacles.anew()
        links = self.links
        affected = links.neighbours(np.union1d(links.of_rows(shifted), links.of_rows(links.quiet(resized))))
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
            placed_labels=self.placed_labels.without(self.links.chunks[affected], affected),
        )
