from __future__ import annotations

from itertools import combinations

import numpy as np
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from designer.drawing.scene import Scene
from designer.drawing.theme import LIGHT
from designer.model.annotations import Note
from designer.model.hosts import SetTeam
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.realisation import PartKey
from designer.painting.node_painter import NodePainter
from designer.painting.surface import Surface, TextCache
from tests.unit.sample import API, HOST, WEB, eid, sample


def edge(scene: Scene, key: PartKey) -> list[int]:
    x, y, width, height = scene.rect(key)
    image = QImage(40, 60, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(4 - x, -y - 30)
    NodePainter(LIGHT).paint(Surface(painter, 1.0, TextCache()), scene, scene.row_of[key])
    painter.end()
    assert width
    assert height
    return [image.pixelColor(x, y).lightness() for y in range(10, 50) for x in range(12)]


def test_zones_are_told_apart_by_their_borders_without_colour(qapp: QGuiApplication) -> None:
    scene = Scene.build(
        sample(
            SetTeam(id=eid("t"), name="Team1", parent=HOST),
            ContainerNetwork(id=eid("ov"), name="ov", mode=NetworkMode.OVERLAY),
        )
    )
    keys = [PartKey(WEB, "compartment"), PartKey(API, "utility-vm"), PartKey(eid("ov")), PartKey(eid("t"))]
    edges = {key: np.array(edge(scene, key)) for key in keys}

    for first, second in combinations(keys, 2):
        assert np.abs(edges[first] - edges[second]).sum() > 1000, (first, second)


def test_notes_cards_and_hosts_are_painted(qapp: QGuiApplication) -> None:
    scene = Scene.build(sample(Note(id=eid("n"), name="n", text="Why")))

    for key in (PartKey(eid("n")), PartKey(WEB), PartKey(HOST)):
        assert min(edge(scene, key)) < 250
