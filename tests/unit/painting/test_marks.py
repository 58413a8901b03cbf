from __future__ import annotations

from itertools import combinations

from PySide6.QtGui import QGuiApplication, QImage, QPainter

from designer.drawing.looks import Badge
from designer.drawing.theme import LIGHT, Mark
from designer.painting.marks import paint_badge
from designer.painting.surface import Surface, TextCache


def drawn(badge: Badge, scale: float = 1.0) -> QImage:
    image = QImage(80, 40, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    paint_badge(Surface(painter, scale, TextCache()), LIGHT, badge, (50 / scale, 20 / scale))
    painter.end()
    return image


def outline(image: QImage) -> frozenset[tuple[int, int]]:
    return frozenset((x, y) for x in range(80) for y in range(40) if image.pixelColor(x, y).lightness() < 200)


def test_each_severity_has_its_own_shape(qapp: QGuiApplication) -> None:
    shapes = [outline(drawn(Badge(mark))) for mark in Mark]

    assert all(len(a ^ b) > 20 for a, b in combinations(shapes, 2))


def test_several_findings_are_counted_beside_the_shape(qapp: QGuiApplication) -> None:
    one, many = outline(drawn(Badge(Mark.ERROR, 1))), outline(drawn(Badge(Mark.ERROR, 12)))

    assert min(x for x, _ in many) < min(x for x, _ in one) - 8
    assert drawn(Badge(Mark.ERROR, 500)) == drawn(Badge(Mark.ERROR, 100))


def test_far_away_the_count_stays_as_large_beside_its_mark_as_it_is_near(qapp: QGuiApplication) -> None:
    near, far = (outline(drawn(Badge(Mark.ERROR, 12), scale)) for scale in (9 / 11, 0.4))

    assert len(near ^ far) < len(near) / 5
