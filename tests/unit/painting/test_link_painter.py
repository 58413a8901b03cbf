from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from designer.drawing.looks import LinkLook, Stroke
from designer.drawing.scene import Scene
from designer.drawing.theme import LIGHT, Layer
from designer.model.flows import Flow
from designer.model.realisation import PartKey
from designer.painting.link_painter import LinkPainter, ground
from designer.painting.surface import Surface, TextCache
from tests.unit.sample import API, HOST, WEB, WEB_NAT, eid, sample


def drawn(stroke: Stroke) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    scene = Scene.build(sample(without=("web01@", "api01@utility-vm")))
    index = scene.links.index_of[PartKey(WEB_NAT)]
    looks = list(scene.links.looks)
    looks[index] = LinkLook(stroke, Layer.HARDWARE)
    scene = replace(scene, links=replace(scene.links, looks=looks))
    (x, y0), (_, y1) = scene.links.polyline(index)
    image = QImage(24, round(y1 - y0), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(12 - x, -y0)
    LinkPainter(LIGHT).line(Surface(painter, 1.0, TextCache()), scene, index)
    painter.end()
    return np.array(
        [[image.pixelColor(column, row).lightness() for column in range(24)] for row in range(image.height())]
    )


def test_strokes_differ_without_colour(qapp: QGuiApplication) -> None:
    kinds = [stroke for stroke in Stroke if stroke is not Stroke.REFERENCE]
    pictures = {stroke: drawn(stroke) for stroke in kinds}

    for first, second in combinations(kinds, 2):
        apart = np.abs(pictures[first] - pictures[second]).sum() / pictures[first].shape[0]
        assert apart > 80, (first, second)


def test_a_vmnic_is_two_lines_with_daylight_between(qapp: QGuiApplication) -> None:
    row = drawn(Stroke.VMNIC)[20]

    assert row[12] > 230 or row[11] > 230
    assert (row < 200).sum() >= 2


def test_patches_have_the_colour_of_what_they_lie_on() -> None:
    scene = Scene.build(sample())

    assert ground(LIGHT, scene, -1) == LIGHT.canvas
    assert ground(LIGHT, scene, scene.row_of[PartKey(HOST)]) == LIGHT.zone
    zone = scene.row_of[PartKey(WEB, "compartment")]
    assert ground(LIGHT, scene, zone) == LIGHT.layer(Layer.WINDOWS).tint


def test_traffic_has_the_head_of_an_arrow_at_its_target(qapp: QGuiApplication) -> None:
    scene = Scene.build(sample(Flow(id=eid("f"), source=WEB, target=API)))
    index = scene.links.index_of[PartKey(eid("f"))]
    x, y = scene.links.polyline(index)[-1]
    image = QImage(24, 24, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.translate(12 - x, 20 - y)
    LinkPainter(LIGHT).ports(Surface(painter, 1.0, TextCache()), scene, index)
    painter.end()
    dark = [sum(image.pixelColor(column, row).lightness() < 128 for column in range(24)) for row in range(24)]

    assert dark[10] > dark[17] > 0, "it points down into the card"
    assert sum(dark[21:]) == 0
