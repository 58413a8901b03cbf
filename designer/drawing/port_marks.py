"""The small squares where lines meet bars and adapters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from designer.drawing.looks import Shape, Stroke
from designer.drawing.parts import Role
from designer.drawing.theme import Layer

if TYPE_CHECKING:
    from designer.drawing.scene import Scene


def port_marks(scene: Scene, link: int) -> Iterator[tuple[float, float, Layer]]:
    """Yield centre and layer of the squares of one line: on every bar, and on the adapters that carry one."""
    look = scene.links.looks[link]
    if look.stroke is Stroke.REFERENCE:
        return
    points = scene.links.polyline(link)
    for row, (x, y) in ((int(scene.links.first[link]), points[0]), (int(scene.links.second[link]), points[-1])):
        part = scene.part(row)
        if part.look.shape is Shape.BAR or (look.stroke is Stroke.UPLINK and part.role in {Role.NIC, Role.TEAM}):
            yield x, y, part.look.layer
