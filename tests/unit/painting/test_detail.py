from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from designer.drawing.looks import Badge
from designer.drawing.scene import Scene
from designer.drawing.theme import DARK, HIGH_CONTRAST, LIGHT, Mark, Theme
from designer.model.annotations import Note
from designer.model.realisation import PartKey
from designer.painting.detail import DetailPainter, everything
from designer.painting.image import render_image
from tests.unit.sample import WEB, WEB_NAT, eid, sample


def scene() -> Scene:
    return Scene.build(sample(Note(id=eid("n"), name="n", text="Why"), without=("web01@", "api01@utility-vm")))


def pixel(image: QImage, found: Scene, x: float, y: float) -> str:
    x0, y0, _, _ = found.bounds()
    return image.pixelColor(round(x - x0 + 24), round(y - y0 + 24)).name().upper()


@pytest.mark.parametrize("theme", [LIGHT, DARK, HIGH_CONTRAST], ids=lambda theme: theme.name)
def test_things_have_the_colours_of_the_theme(qapp: QGuiApplication, theme: Theme) -> None:
    found = scene()
    image = render_image(found, theme)
    x, y, width, height = found.rect(PartKey(WEB))

    assert image.pixelColor(2, 2).name().upper() == theme.canvas
    assert pixel(image, found, x + width - 8, y + height - 6) == theme.card
    zx, zy, zw, zh = found.rect(PartKey(WEB, "compartment"))
    assert pixel(image, found, zx + 6, zy + zh - 8) == theme.layers[next(iter(theme.layers))].tint
    assert zw > 0


def test_labels_go_and_badges_stay_when_zoomed_out(qapp: QGuiApplication) -> None:
    found = scene()
    found.badges.links[found.links.index_of[PartKey(WEB_NAT)]] = Badge(Mark.ERROR, 3)
    marked = render_image(found, scale=0.5)
    found.badges.links.clear()

    assert marked != render_image(found, scale=0.5)


def test_only_what_is_asked_for_is_painted(qapp: QGuiApplication) -> None:
    found = scene()
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    blank = image.copy()
    painter = QPainter(image)
    nothing = np.zeros(0, np.int64)
    DetailPainter(LIGHT).paint(painter, found, nothing, nothing, 1.0)
    painter.end()

    assert image == blank
    rows, links = everything(found)
    assert (len(rows), len(links)) == (len(found), len(found.links))
