"""The small squares where lines meet bars and adapters."""

from __future__ import annotations

from collections.abc import Iterator

from designer.drawing.looks import Shape, Stroke
from designer.drawing.parts import Role
from designer.drawing.picture import Picture
from designer.drawing.theme import Layer


def port_marks(
    picture: Picture, link: int, points: list[tuple[float, float]] | None = None
) -> Iterator[tuple[float, float, Layer]]:
    """Yield centre and layer of the squares of one line: on every bar, and on the adapters that carry one.

    Args:
        picture: what is drawn.
        link: the index of the line.
        points: its corners, when the caller has them already.
    """
    look = picture.links.looks[link]
    if look.stroke in {Stroke.REFERENCE, Stroke.FLOW}:
        return
    points = points or picture.links.polyline(link)
    for row, (x, y) in ((int(picture.links.first[link]), points[0]), (int(picture.links.second[link]), points[-1])):
        part = picture.part(row)
        if part.look.shape is Shape.BAR or (look.stroke is Stroke.UPLINK and part.role in {Role.NIC, Role.TEAM}):
            yield x, y, part.look.layer
