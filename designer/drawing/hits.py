"""What is at a point."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np

from designer.drawing import measures as m
from designer.drawing.looks import Border, Shape
from designer.drawing.picture import Picture
from designer.model.realisation import PartKey

_PORT_REACH = 8.0


class HitKind(StrEnum):
    """Which part of a thing is at a point; a zone's interior behaves as the canvas for most purposes."""

    BADGE = "badge"
    PORT = "port"
    BODY = "body"
    LABEL = "label"
    LINK_END = "link end"
    LINK = "link"
    TITLE = "title"
    BORDER = "border"
    INTERIOR = "interior"


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing at a point.

    Attributes:
        key: the node, or None for a link.
        link: the key of the link: a stored link, or a derived one with a part.
        end: for the end of a link, 0 for its source and 1 for its target.
    """

    kind: HitKind
    key: PartKey | None = None
    link: PartKey | None = None
    end: int = 0


BADGE_REACH = 1.5
"""Badges are not painted smaller than this many times the tolerance of a hit."""


def badge_centre(picture: Picture, row: int) -> tuple[float, float]:
    """Return where the badge of a node sits: on its upper right corner, inside the band of a host."""
    x, y, width, _ = picture.rects[row].tolist()
    if picture.shapes[row] == Shape.ZONE:
        return x + width - 4.0, y + 4.0
    return x + width - 1.0, y + 3.0


def link_badge_centre(picture: Picture, link: int) -> tuple[float, float]:
    """Return where the badge of a link sits: across the line from its chip or label, else on its middle."""
    points = picture.links.polyline(link)
    labels = picture.labels(link)
    if labels:
        label = next((label for label in labels if label.chip), labels[0])
        middle = label.y + label.height / 2
        if label.rides:
            return label.x + label.width + m.BADGE / 2 + 2, middle
        line = _line_beside(points, label.x, label.x + label.width, middle)
        if line is not None:
            away = m.BADGE / 2 + m.LABEL_GAP
            return (line + away if label.x < line else line - away), middle
    (x0, y0), (x1, y1) = max(
        pairwise(points),
        key=lambda pair: abs(pair[0][0] - pair[1][0]) + abs(pair[0][1] - pair[1][1]),
        default=(points[0], points[0]),
    )
    return (x0 + x1) / 2, (y0 + y1) / 2


def _line_beside(points: list[tuple[float, float]], left: float, right: float, y: float) -> float | None:
    """Return where the line runs past a label at a height."""
    for (x0, y0), (x1, y1) in pairwise(points):
        near = left - 2 * m.LABEL_GAP <= x0 <= right + 2 * m.LABEL_GAP
        if x0 == x1 and min(y0, y1) <= y <= max(y0, y1) and near:
            return x0
    return None


def hits(picture: Picture, x: float, y: float, tolerance: float) -> list[Hit]:
    """Return everything at a point: badges, nodes, labels, links, then zones from the inside out."""
    badge = max(m.BADGE / 2, BADGE_REACH * tolerance)
    around = max(_PORT_REACH, badge)
    rows = picture.visible(x - around, y - around, x + around, y + around)[::-1].tolist()
    links = np.nonzero(picture.links.within(x - 140, y - 60, x + 140, y + 60))[0][::-1].tolist()
    found = list(_badges(picture, rows, links, x, y, badge))
    found += _nodes(picture, rows, x, y)
    found += _labels(picture, links, x, y)
    found += _lines(picture, links, x, y, max(tolerance, 4.0))
    found += _zones(picture, rows, x, y, tolerance)
    return found


def _badges(picture: Picture, rows: list[int], links: list[int], x: float, y: float, reach: float) -> Iterator[Hit]:
    for row in rows:
        if row in picture.badges.rows and _close(badge_centre(picture, row), x, y, reach):
            yield Hit(HitKind.BADGE, picture.keys[row])
    for link in links:
        if link in picture.badges.links and _close(link_badge_centre(picture, link), x, y, reach):
            yield Hit(HitKind.BADGE, link=picture.links.keys[link])


def _close(centre: tuple[float, float], x: float, y: float, reach: float) -> bool:
    return abs(centre[0] - x) <= reach and abs(centre[1] - y) <= reach


def _inside(picture: Picture, row: int, x: float, y: float, margin: float = 0.0) -> bool:
    left, top, width, height = picture.rects[row].tolist()
    return bool(left - margin <= x <= left + width + margin and top - margin <= y <= top + height + margin)


def _nodes(picture: Picture, rows: list[int], x: float, y: float) -> Iterator[Hit]:
    for row in rows:
        if picture.shapes[row] == Shape.ZONE:
            continue
        port = next((end for end in _ends_at(picture, row) if _close(end, x, y, m.PORT / 2 + 1)), None)
        if port is not None:
            yield Hit(HitKind.PORT, picture.keys[row])
        if _inside(picture, row, x, y):
            yield Hit(HitKind.BODY, picture.keys[row])


def _ends_at(picture: Picture, row: int) -> Iterator[tuple[float, float]]:
    for link in picture.links.of_rows(np.array([row])).tolist():
        points = picture.links.polyline(link)
        yield points[0] if int(picture.links.first[link]) == row else points[-1]


def _labels(picture: Picture, links: list[int], x: float, y: float) -> Iterator[Hit]:
    for link in links:
        for label in picture.labels(link):
            if label.x <= x <= label.x + label.width and label.y <= y <= label.y + label.height:
                yield Hit(HitKind.LABEL, link=picture.links.keys[link])
                break


def _lines(picture: Picture, links: list[int], x: float, y: float, tolerance: float) -> Iterator[Hit]:
    for link in links:
        points = picture.links.polyline(link)
        near = any(
            min(x0, x1) - tolerance <= x <= max(x0, x1) + tolerance
            and min(y0, y1) - tolerance <= y <= max(y0, y1) + tolerance
            for (x0, y0), (x1, y1) in pairwise(points)
        )
        if not near:
            continue
        key = picture.links.keys[link]
        for end, point in ((0, points[0]), (1, points[-1])):
            if _close(point, x, y, 2 * tolerance):
                yield Hit(HitKind.LINK_END, link=key, end=end)
                break
        else:
            yield Hit(HitKind.LINK, link=key)


def _zones(picture: Picture, rows: list[int], x: float, y: float, tolerance: float) -> Iterator[Hit]:
    for row in rows:
        if picture.shapes[row] != Shape.ZONE or not _inside(picture, row, x, y, tolerance):
            continue
        left, top, width, height = picture.rects[row].tolist()
        border = picture.look(row).border
        title = m.HOST_BAND if border in {Border.BAND, Border.LONG_DASHED} else m.ZONE_TITLE - 4
        edge = min(abs(x - left), abs(x - left - width), abs(y - top), abs(y - top - height))
        if edge <= tolerance:
            kind = HitKind.BORDER
        elif top <= y <= top + title:
            kind = HitKind.TITLE
        else:
            kind = HitKind.INTERIOR
        yield Hit(kind, picture.keys[row])
