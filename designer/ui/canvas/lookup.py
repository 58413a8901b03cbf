"""Questions about a scene that gestures ask: zones, containers, lines."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from designer.drawing import measures as m
from designer.drawing.hits import Hit
from designer.drawing.labels import riding_corner
from designer.drawing.looks import Shape
from designer.drawing.parts import Role
from designer.drawing.scene import Scene
from designer.model.annotations import Placement, placement_id
from designer.model.changes import ChangeSet, Edit
from designer.model.identity import EntityId
from designer.model.realisation import PartKey
from designer.ui.canvas.camera import Box

Rows = NDArray[np.int64]
Line = list[tuple[float, float]]


def subject(hit: Hit | None) -> PartKey | None:
    """Return what was hit: a node, or a link."""
    if hit is None:
        return None
    return hit.key if hit.key is not None else hit.link


def is_zone(scene: Scene, key: PartKey) -> bool:
    """Whether a thing is drawn as a zone."""
    row = scene.row_of.get(key)
    return row is not None and bool(scene.shapes[row] == Shape.ZONE)


def zones_at(scene: Scene, x: float, y: float) -> list[PartKey]:
    """Return the zones around a point, innermost first."""
    rows = scene.visible(x, y, x, y)
    return [scene.keys[row] for row in rows[scene.shapes[rows] == Shape.ZONE][::-1].tolist()]


def to_local(scene: Scene, parent: EntityId | None, x: float, y: float) -> tuple[float, float]:
    """Return a scene point as the placement of something in a container says it."""
    row = scene.row_of.get(PartKey(parent)) if parent is not None else None
    if row is None:
        return x, y
    return x - float(scene.rects[row, 0]), y - float(scene.rects[row, 1])


def child_boxes(scene: Scene, parent: EntityId | None) -> list[Box]:
    """Return the boxes of what stands directly in a container."""
    row = scene.row_of.get(PartKey(parent), -1) if parent is not None else -1
    return [
        (x, y, x + width, y + height)
        for x, y, width, height in scene.rects[np.flatnonzero(scene.parents == row)].tolist()
    ]


def missing_placements(scene: Scene) -> ChangeSet:
    """Return placements for the elements that have none, where layout has put them."""
    edits = []
    for key in dict.fromkeys(part.mover for part in scene.parts.nodes if part.role is not Role.OVERLAY):
        if key.is_derived or key not in scene.row_of or scene.topology.placement(key.element) is not None:
            continue
        x, y = (round(value, 3) for value in scene.local_position(key))
        placed = Placement(id=placement_id(key.element), element=key.element, x=x, y=y)
        edits.append(Edit(None, placed))
    return ChangeSet("Arrange", tuple(edits))


def line_of(scene: Scene, key: PartKey) -> Line:
    """Return the corners of a link; nothing when it is not drawn."""
    index = scene.links.index_of.get(key)
    return scene.links.polyline(index) if index is not None else []


def words_on(scene: Scene, key: PartKey, scale: float) -> list[Box]:
    """Return the boxes of the words that ride on a link, as large as they are shown at a scale."""
    index = scene.links.index_of.get(key)
    if index is None or scale < m.LABELS_FROM_ZOOM:
        return []
    boxes: list[Box] = []
    for label in scene.labels(index):
        if label.rides:
            grow = max(1.0, m.SMALLEST_TEXT / (label.style.size * scale))
            x, y = riding_corner(label, grow, marked=index in scene.badges.links)
            boxes.append((x, y, x + label.width * grow, y + label.height * grow))
    return boxes


def rows_and_links(scene: Scene, keys: Iterable[PartKey]) -> tuple[Rows, Rows]:
    """Return the rows of some things with their contents, and the links that touch these."""
    spans = [
        np.arange(found.start, found.stop) for key in keys if key in scene.row_of for found in [scene.subtree(key)]
    ]
    rows = np.unique(np.concatenate(spans)) if spans else np.empty(0, dtype=np.int64)
    return rows, scene.links_of_rows(rows)
