from __future__ import annotations

import numpy as np
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from designer.drawing.looks import Badge
from designer.drawing.scene import Scene
from designer.drawing.theme import LIGHT, Layer, Mark
from designer.model.flows import Flow
from designer.model.realisation import PartKey
from designer.painting.detail import everything
from designer.painting.overview import OverviewPainter, draw_lines, draw_rects, segments
from tests.unit.sample import CLIENT, WEB, eid, sample


def painted(scene: Scene, scale: float) -> QImage:
    x0, y0, x1, y1 = scene.bounds()
    image = QImage(round((x1 - x0) * scale) + 20, round((y1 - y0) * scale) + 20, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.scale(scale, scale)
    painter.translate(-x0, -y0)
    OverviewPainter(LIGHT).paint(painter, scene, *everything(scene), scale)
    painter.end()
    return image


def test_every_card_is_a_patch_of_the_colour_of_its_layer(qapp: QGuiApplication) -> None:
    scene = Scene.build(sample(without=("web01@", "api01@utility-vm")))
    image = painted(scene, 0.25)
    x0, y0, _, _ = scene.bounds()
    x, y, width, height = scene.rect(PartKey(WEB))

    colour = image.pixelColor(round((x - x0 + width / 4) * 0.25), round((y - y0 + height / 2) * 0.25))

    assert colour.name().upper() == LIGHT.layer(Layer.WINDOWS).text


def test_badges_never_hide(qapp: QGuiApplication) -> None:
    scene = Scene.build(sample())
    plain = painted(scene, 0.1)
    scene.badges.rows[scene.row_of[PartKey(WEB)]] = Badge(Mark.ERROR)

    assert painted(scene, 0.1) != plain


def test_traffic_is_dashed_from_afar_too(qapp: QGuiApplication) -> None:
    scene = Scene.build(sample(Flow(id=eid("f"), source=CLIENT, target=WEB), without=("web01@", "api01@utility-vm")))
    image = painted(scene, 0.3)
    x0, y0, _, _ = scene.bounds()
    (x, bottom), (_, top), *_ = scene.links.polyline(scene.links.index_of[PartKey(eid("f"))])
    column = round((x - x0) * 0.3)
    rows = range(round((top - y0) * 0.3) + 4, round((bottom - y0) * 0.3) - 4)
    dark = [any(image.pixelColor(column + dx, row).lightness() < 80 for dx in (-1, 0, 1)) for row in rows]

    assert any(dark)
    assert not all(dark)


def test_an_empty_design_paints_nothing(qapp: QGuiApplication) -> None:
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    draw_rects(painter, np.zeros((0, 4)))
    draw_lines(painter, np.zeros((0, 4)))
    painter.end()

    assert image.pixel(5, 5) == 0xFFFFFFFF


def test_segments_leave_out_repeated_points() -> None:
    polylines = np.array([[[0, 0], [0, 5], [5, 5], [5, 5]]], dtype=float)

    assert segments(polylines).tolist() == [[0, 0, 0, 5], [0, 5, 5, 5]]
