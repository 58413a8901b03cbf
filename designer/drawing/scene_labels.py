"""The labels of a scene, placed group by group when they are first looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from designer.drawing import measures as m
from designer.drawing.labels import Box, Label, LabelPlacer
from designer.drawing.links import Links
from designer.drawing.looks import Border, Shape, Stroke
from designer.drawing.parts import Parts, Role
from designer.drawing.rows import Rows
from designer.drawing.segmented import Floats
from designer.model.realisation import PartKey

_AROUND = 160.0
_OFF_HOSTS = 8.0
"""How far labels on the canvas keep from hosts, whose bands begin with words."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Lines whose labels are placed together, and the labels by the key of their line.

    Attributes:
        root: what stands on the canvas around them; None when they lie on the canvas themselves.
    """

    root: PartKey | None
    labels: dict[PartKey, tuple[Label, ...]]


@dataclass(slots=True)
class SceneLabels:
    """Labels by the container that holds both ends of their line, on the canvas by what the lines join."""

    _groups: dict[tuple[PartKey, bool], _Group] = field(default_factory=dict)

    def of(self, parts: Parts, rows: Rows, rects: Floats, links: Links, link: int) -> tuple[Label, ...]:
        """Return the labels of one line."""
        chunk = int(links.chunks[link])
        cluster = int(links.clusters[link])
        name = parts.nodes[chunk if chunk >= 0 else ~cluster].key, chunk >= 0
        group = self._groups.get(name)
        if group is None:
            root = parts.nodes[cluster].key if chunk >= 0 else None
            group = self._groups[name] = _Group(root, _placed(parts, rows, rects, links, chunk, cluster))
        return group.labels.get(links.keys[link], ())

    def without(self, roots: Iterable[PartKey], canvas: bool) -> SceneLabels:
        """Return the labels but those within some things on the canvas, or those on the canvas itself."""
        gone = set(roots)
        kept = {
            name: group
            for name, group in self._groups.items()
            if (not canvas if group.root is None else group.root not in gone)
        }
        return SceneLabels(kept)


def _placed(
    parts: Parts, rows: Rows, rects: Floats, links: Links, chunk: int, cluster: int
) -> dict[PartKey, tuple[Label, ...]]:
    members = np.nonzero((links.chunks == chunk) & (links.clusters == cluster))[0].tolist()
    polylines = {link: links.polyline(link) for link in members}
    found: dict[PartKey, tuple[Label, ...]] = {}
    if any(links.looks[link].lines or links.looks[link].chips for link in members):
        beside = parts.children(chunk) if chunk >= 0 else _near(rows, rects, links, members)
        flows = [link for link in members if links.looks[link].stroke is Stroke.FLOW]
        titles, cards = _under_flows(rows, rects, links, flows) if flows else ((), ())
        placer = LabelPlacer(_solid(parts, rects, beside), polylines.values(), titles, cards)
        for link in members:
            look = links.looks[link]
            if look.lines or look.chips:
                found[links.keys[link]] = placer.place(look, polylines[link])
    return found


def _under_flows(rows: Rows, rects: Floats, links: Links, flows: list[int]) -> tuple[list[Box], list[Box]]:
    """Return the bands of hosts near traffic, and the cards, bars and notes, in whatever they stand."""
    low, high = links.low[flows].min(axis=0), links.high[flows].max(axis=0)
    near = ((rects[:, :2] <= high) & (rects[:, :2] + rects[:, 2:] >= low)).all(axis=1)
    bands = rects[near & (rows.roles == Role.HOST)].tolist()
    cards = rects[near & (rows.shapes != Shape.ZONE)].tolist()
    return (
        [(x, y, x + width, y + m.HOST_BAND) for x, y, width, _ in bands],
        [(x, y, x + width, y + height) for x, y, width, height in cards],
    )


def _near(rows: Rows, rects: Floats, links: Links, members: list[int]) -> list[int]:
    """Return what stands on the canvas near some lines."""
    low, high = links.low[members].min(axis=0) - _AROUND, links.high[members].max(axis=0) + _AROUND
    near = (rects[:, :2] <= high) & (rects[:, :2] + rects[:, 2:] >= low)
    found: list[int] = np.nonzero(near.all(axis=1) & (rows.parents < 0))[0].tolist()
    return found


def _solid(parts: Parts, rects: Floats, rows: Iterable[int]) -> list[Box]:
    """Return what labels in a container keep off: cards, bars and inner zones, and the titles of overlay bands."""
    boxes: list[Box] = []
    for row in rows:
        x, y, width, height = rects[row].tolist()
        look = parts.nodes[row].look
        if look.shape is Shape.ZONE and look.border is Border.LONG_DASHED:
            boxes.append((x, y, x + width, y + m.OVERLAY_TITLE))
        else:
            off = _OFF_HOSTS if look.border is Border.BAND else 2.0
            boxes.append((x - off, y - off, x + width + off, y + height + off))
    return boxes
