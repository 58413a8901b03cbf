"""A design as geometry: what is drawn, where, and how to find it again.

A scene does not change; moving something makes a new one that shares what stayed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from designer.drawing import hits, wires
from designer.drawing.badges import Badges
from designer.drawing.hits import Hit
from designer.drawing.layout import absolute, lay_out
from designer.drawing.links import Links
from designer.drawing.patch import Patch
from designer.drawing.picture import Picture
from designer.drawing.rows import Rows
from designer.drawing.scene_labels import SceneLabels
from designer.drawing.segmented import Floats
from designer.drawing.ways import route
from designer.model.changes import ChangeSet
from designer.model.topology import Topology
from designer.rules.registry import Judged


@dataclass(frozen=True, slots=True, eq=False)
class Scene(Picture):
    """The picture of a design, with what it takes to find things in it and to change it.

    Attributes:
        relative: the rectangles relative to what stands on the canvas around them.
        flows: whether traffic is drawn.
    """

    topology: Topology
    relative: Floats
    flows: bool = True

    @classmethod
    def build(cls, topology: Topology, judged: Sequence[Judged] = (), flows: bool = True) -> Scene:
        """Lay out and route a whole design; ``flows`` tells whether traffic is drawn."""
        parts, lines = wires.collect(topology, flows)
        rows = Rows.of(parts)
        relative = lay_out(topology, parts, rows, lines)
        rects = absolute(rows, relative)
        links = Links.of(lines, rows)
        links = route(rows, rects, links, np.arange(len(links)))
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
            relative=relative,
            flows=flows,
        )

    def hits(self, x: float, y: float, tolerance: float = 4.0) -> list[Hit]:
        """Return everything at a point, the topmost first."""
        return hits.hits(self, x, y, tolerance)

    def hit(self, x: float, y: float, tolerance: float = 4.0) -> Hit | None:
        """Return the topmost thing at a point: node before label, label before link, link before zone."""
        return next(iter(self.hits(x, y, tolerance)), None)

    def patched(self, topology: Topology, change: ChangeSet, judged: Sequence[Judged] | None = None) -> Scene:
        """Return the scene of the design after a change; only what stands on the canvas around it is made anew.

        Args:
            topology: the design after the change.
            change: what changed.
            judged: the findings now; None when they are the same.
        """
        patch = Patch.of(self, self.relative, self.topology, topology, change, self.flows)
        if patch is None:
            return Scene.build(topology, self.badges.judged if judged is None else judged, self.flows)
        result = replace(
            self,
            parts=patch.parts,
            keys=patch.keys,
            row_of=patch.parts.row_of,
            rects=patch.rects,
            rows=patch.rows,
            links=patch.links,
            badges=patch.badges,
            placed_labels=patch.labels,
            topology=topology,
            relative=patch.relative,
        )
        return result if judged is None else result.judged(judged)

    def judged(self, judged: Sequence[Judged]) -> Scene:
        """Return the same picture with other findings."""
        return replace(self, badges=Badges.of(self.parts, self.links.index_of, judged))
