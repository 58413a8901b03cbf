"""What a link can end at: every possible target judged once, when the link is begun."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from designer.drawing.hits import HitKind
from designer.drawing.looks import Shape
from designer.model.base import Element
from designer.model.flows import Flow
from designer.model.hosts import Host, WinNat
from designer.model.identity import EntityId
from designer.model.realisation import PartKey
from designer.rules.connect import FLOW_ENDS, Verdict

if TYPE_CHECKING:
    from designer.ui.canvas.stage import Stage

MAGNET_ON = 20.0
"""Logical pixels from its edge at which a target draws the end of a link to it."""

MAGNET_OFF = 28.0

Judge = Callable[[EntityId], Verdict]


def takes_links(element: Element | None) -> bool:
    """Whether links can end at an element at all."""
    return element is not None and not isinstance(element, WinNat)


def end_at(stage: Stage, x: float, y: float) -> PartKey | None:
    """Return what a link can end at under a scene point; of a host its band and its border, not its interior."""
    hit = stage.hit(x, y)
    if hit is None or hit.key is None or not takes_links(stage.element(hit.key)):
        return None
    inside_host = hit.kind is HitKind.INTERIOR and isinstance(stage.element(hit.key), Host)
    return None if inside_host else hit.key


class Targets:
    """The verdicts for one link that is being drawn, kept for as long as it is."""

    def __init__(self, stage: Stage, judge: Judge, barred: EntityId | None = None) -> None:
        self._stage, self._judge, self._barred = stage, judge, barred
        self._verdicts: dict[PartKey, Verdict] = {}

    def of(self, key: PartKey) -> Verdict | None:
        """Return the verdict for a thing; None for what no link ends at."""
        found = self._verdicts.get(key)
        if found is None and self._is_candidate(key):
            found = self._verdicts[key] = self._judge(key.element)
        return found

    def in_view(self) -> dict[PartKey, Verdict]:
        """Return the verdicts for everything in view."""
        scene = self._stage.scene
        rows = scene.visible(*self._stage.visible_box())
        keys = (scene.keys[int(row)] for row in rows)
        return {key: verdict for key in keys if (verdict := self.of(key)) is not None}

    def everywhere(self) -> Iterator[tuple[PartKey, Verdict]]:
        """Yield the verdicts for everything in the design, as the drawing orders it."""
        for key in self._stage.scene.keys:
            verdict = self.of(key)
            if verdict is not None:
                yield key, verdict

    def near(self, x: float, y: float, held: PartKey | None) -> PartKey | None:
        """Return the target at or close to a scene point; one that holds the end lets go later."""
        scene, scale = self._stage.scene, self._stage.camera.scale
        if held is not None and self._distance(held, x, y) * scale <= MAGNET_OFF:
            inside = self._under(x, y)
            return inside or held
        under = self._under(x, y)
        if under is not None:
            return under
        reach = MAGNET_ON / scale
        rows = scene.visible(x - reach, y - reach, x + reach, y + reach)
        close = [scene.keys[int(row)] for row in rows if self._is_leaf(int(row))]
        legal = [key for key in close if (verdict := self.of(key)) is not None and verdict.ok]
        near = min(legal, key=lambda key: self._distance(key, x, y), default=None)
        return near if near is not None and self._distance(near, x, y) <= reach else None

    def _under(self, x: float, y: float) -> PartKey | None:
        key = end_at(self._stage, x, y)
        return key if key is not None and self._is_candidate(key) else None

    def _is_candidate(self, key: PartKey) -> bool:
        return key.element != self._barred and takes_links(self._stage.element(key))

    def _is_leaf(self, row: int) -> bool:
        return bool(self._stage.scene.shapes[row] != Shape.ZONE)

    def _distance(self, key: PartKey, x: float, y: float) -> float:
        box = self._stage.box(key)
        if box is None:
            return float("inf")
        across = max(box[0] - x, x - box[2], 0.0)
        down = max(box[1] - y, y - box[3], 0.0)
        return max(across, down)


def sends(element: Element | None) -> bool:
    """Whether an element can open connections."""
    return element is not None and FLOW_ENDS(type(element), type(element))


def is_flow(verdict: Verdict) -> bool:
    """Whether what would be made is declared traffic, not a link of the network."""
    return verdict.link is Flow


def usable(verdict: Verdict) -> bool:
    """Whether letting go over the target does something: makes the link, or the change that was meant instead."""
    return verdict.ok or verdict.fix is not None
