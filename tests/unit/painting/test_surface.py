from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from designer.drawing import typography as t
from designer.painting.pens import pen
from designer.painting.surface import Surface, TextCache

WHITE = 0xFFFFFFFF


class Canvas:
    def __init__(self, scale: float) -> None:
        self.image = QImage(200, 100, QImage.Format.Format_RGB32)
        self.image.fill(WHITE)
        self.painter = QPainter(self.image)
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.painter.scale(scale, scale)
        self.surface = Surface(self.painter, scale, TextCache())

    def inked(self) -> list[tuple[int, int]]:
        self.painter.end()
        return [(x, y) for y in range(100) for x in range(200) if self.image.pixel(x, y) != WHITE]


@pytest.fixture(params=[1.0, 1.5, 2.0])
def canvas(qapp: QGuiApplication, request: pytest.FixtureRequest) -> Iterator[Canvas]:
    found = Canvas(request.param)
    yield found
    if found.painter.isActive():
        found.painter.end()


def test_thin_borders_are_sharp_at_every_scale(canvas: Canvas) -> None:
    scale = canvas.surface.scale
    canvas.surface.box(canvas.surface.edge(10, 10, 40, 20), 0, None, pen("#000000", 1 / scale, flat=True))
    canvas.painter.end()
    middle = round(20 * scale)
    column = [canvas.image.pixelColor(x, middle).lightness() for x in range(200)]

    assert sum(1 for value in column if value < 40) == 2
    assert sum(1 for value in column if 40 <= value < 250) == 0


def test_text_sits_on_its_baseline(canvas: Canvas) -> None:
    canvas.surface.text(10, 30, "Hx", t.NAME, "#000000")
    canvas.surface.flush()
    inked = canvas.inked()
    scale = canvas.surface.scale

    assert abs(max(y for _, y in inked) + 1 - 30 * scale) <= 1
    assert abs(min(x for x, _ in inked) - 11 * scale) <= 2


def test_text_in_other_scripts_is_drawn_too(canvas: Canvas) -> None:
    canvas.surface.text(10, 30, "é → x", t.NAME, "#000000")
    canvas.surface.flush()

    assert canvas.inked()


def test_icons_are_drawn_where_they_belong(canvas: Canvas) -> None:
    canvas.surface.icon("host", 10, 10, 26, "#000000", "none")
    inked = canvas.inked()
    scale = canvas.surface.scale

    assert min(x for x, _ in inked) >= 10 * scale
    assert max(x for x, _ in inked) <= 36 * scale


def test_text_grows_where_it_would_be_too_small(qapp: QGuiApplication) -> None:
    found = Canvas(0.5)

    assert found.surface.enlargement(t.NAME) == pytest.approx(9 / (13 * 0.5))
    found.painter.end()
    large = Canvas(1.0)
    assert large.surface.enlargement(t.NAME) == 1
    large.painter.end()


def test_text_is_laid_out_once(qapp: QGuiApplication) -> None:
    cache = TextCache()

    assert cache.get("a", t.NAME) is cache.get("a", t.NAME)
