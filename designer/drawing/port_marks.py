"""The small squares where lines meet bars and adapters."""

from __future__ import annotations

from collections.abc import Iterator

from designer.drawing.looks import Shape, Stroke
from designer.drawing.parts import Role
from designer.drawing.picture import Picture
from designer.drawing.theme import Layer


def port_marks(picture: Picture, link: int) -> Iterator[tuple[float, float, Layer]]:
    """Yield centre and layer of the squares of one line: on every bar, and on the adapters that carry one."""
    look = picture.links.looks[link]
    if look.stroke is Stroke.REFERENCE:
        return
    points = picture.links.polyline(link)
    for row, (x, y) in ((int(picture.links.first[link]), points[0]), (int(picture.links.second[link]), points[-1])):
        part = picture.part(row)
        if part.look.shape is Shape.BAR or (look.stroke is Stroke.UPLINK and part.role in {Role.NIC, Role.TEAM}):
            yield x, y, part.look.layer
