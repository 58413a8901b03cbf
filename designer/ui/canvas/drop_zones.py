"""Which zone takes what is dropped at a point, and if none does, why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from designer.model.base import Element
from designer.model.identity import EntityId
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.realisation import PartKey
from designer.model.topology import Topology
from designer.rules.connect import Verdict, can_contain
from designer.ui.canvas import lookup
from designer.ui.canvas.catalogue import Placeable

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


def may_hold(topology: Topology, parent: EntityId | None, child: Placeable | EntityId) -> Verdict:
    """Return whether a container may hold a new thing of the palette, or an existing element.

    The kind alone decides for most; of the networks only overlay spans hosts and stands on the canvas.
    """
    if not isinstance(child, Placeable):
        return can_contain(topology, parent, child)
    verdict = can_contain(topology, parent, child.element_type)
    mode = child.fields.get("mode")
    if verdict.ok and mode is not None and (mode is NetworkMode.OVERLAY) is not (parent is None):
        where = "spans hosts and stands on the canvas, not in one" if parent is not None else "stands in a host"
        return Verdict(ok=False, code="TOP002", reason=f"{article(child.title)} {where}.")
    return verdict


def article(title: str) -> str:
    """Return a title with its article: “An overlay network”."""
    start = "An" if title[0].lower() in "aeio" or title.startswith("L2") else "A"
    return f"{start} {title if title[:2].isupper() or title.startswith('L2') else title[0].lower() + title[1:]}"


def drop_at(
    stage: Stage, child: Placeable | EntityId, x: float, y: float, but: frozenset[PartKey] = frozenset()
) -> Drop:
    """Return where a new or an existing thing lands at a scene point.

    The innermost zone that may hold it takes it. Inside a zone that may not, nothing falls through to the canvas.
    """
    refusal: Drop | None = None
    for key in zones_at(stage, x, y, but):
        if key.is_derived or stage.element(key) is None:
            continue
        verdict = may_hold(stage.topology, key.element, child)
        if verdict.ok:
            return Drop(key.element, key, verdict)
        if not isinstance(stage.element(key), ContainerNetwork):  # the band of an overlay is canvas to others
            refusal = refusal or Drop(key.element, key, verdict)
    spans_hosts = isinstance(child, Placeable) and child.fields.get("mode") is NetworkMode.OVERLAY
    if refusal is not None and not spans_hosts:
        return refusal
    return Drop(None, None, may_hold(stage.topology, None, child))


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
