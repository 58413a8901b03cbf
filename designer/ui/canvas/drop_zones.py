"""Which zone takes what is dropped at a point, and if none does, why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from designer.model.base import Element
from designer.model.identity import EntityId
from designer.model.realisation import PartKey
from designer.rules.connect import Verdict, can_contain
from designer.ui.canvas import lookup

if TYPE_CHECKING:
    from designer.ui.canvas.stage import Stage

HYSTERESIS = 16.0
"""Scene units beyond a border before a dragged thing leaves the zone that it is in."""


@dataclass(frozen=True, slots=True)
class Drop:
    """Where a thing would land.

    Attributes:
        parent: the element that would contain it; None on the canvas itself.
        shown: the zone to highlight; None on the canvas itself.
    """

    parent: EntityId | None
    shown: PartKey | None
    verdict: Verdict


def zones_at(stage: Stage, x: float, y: float, but: frozenset[PartKey] = frozenset()) -> Iterator[PartKey]:
    """Yield the zones around a scene point, innermost first, without those that are being dragged."""
    scene = stage.scene
    barred = [scene.subtree(key) for key in but if key in scene.row_of]
    for key in lookup.zones_at(scene, x, y):
        if not any(scene.row_of[key] in rows for rows in barred):
            yield key


def drop_at(
    stage: Stage, child: type[Element] | EntityId, x: float, y: float, but: frozenset[PartKey] = frozenset()
) -> Drop:
    """Return where a new or an existing thing lands at a scene point.

    The innermost zone that may hold it takes it. Inside a zone that may not, nothing falls through to the canvas.
    """
    refusal: Drop | None = None
    for key in zones_at(stage, x, y, but):
        if key.is_derived or stage.element(key) is None:
            continue
        verdict = can_contain(stage.topology, key.element, child)
        if verdict.ok:
            return Drop(key.element, key, verdict)
        refusal = refusal or Drop(key.element, key, verdict)
    if refusal is not None:
        return refusal
    return Drop(None, None, can_contain(stage.topology, None, child))


def drop_of_dragged(stage: Stage, element: Element, x: float, y: float, but: frozenset[PartKey]) -> Drop:
    """Return where a dragged element lands; it leaves the zone that it is in only well beyond the border."""
    home = PartKey(element.parent) if element.parent is not None else None
    drop = drop_at(stage, element.id, x, y, but)
    if home is None or drop.parent == element.parent:
        return drop
    box = stage.still_box(home)
    near = box is not None and (
        box[0] - HYSTERESIS <= x <= box[2] + HYSTERESIS and box[1] - HYSTERESIS <= y <= box[3] + HYSTERESIS
    )
    inside = box is not None and box[0] <= x <= box[2] and box[1] <= y <= box[3]
    if near and not inside:
        return Drop(element.parent, home, Verdict(ok=True))
    return drop
