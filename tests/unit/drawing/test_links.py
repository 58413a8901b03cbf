from __future__ import annotations

import numpy as np

from designer.drawing.links import Links
from designer.drawing.scene import Scene
from designer.model.realisation import PartKey
from tests.unit.sample import HOST, NAT, WEB, WEB_NAT, sample


def scene() -> Scene:
    return Scene.build(sample())


def test_a_box_knows_its_lines() -> None:
    found = scene()
    links = found.links
    keys = {links.keys[index] for index in links.of_rows(np.array([found.row_of[PartKey(NAT)]]))}

    assert keys == {PartKey(WEB_NAT), PartKey(NAT, f"vnic:{HOST}:link")}


def test_polylines_have_no_needless_corners() -> None:
    for index in range(len(scene().links)):
        points = scene().links.polyline(index)
        for a, b, c in zip(points, points[1:], points[2:], strict=False):
            assert not (a[0] == b[0] == c[0] or a[1] == b[1] == c[1])


def test_rerouted_lines_are_found_where_they_are_now() -> None:
    links: Links = scene().links
    index = np.array([links.index_of[PartKey(WEB_NAT)]])
    moved = links.rerouted(index, links.polylines(index) + 10_000)

    assert moved.within(9_000, 9_000, 20_000, 20_000).nonzero()[0].tolist() == index.tolist()
    assert moved.polylines(index).min() > 9_000
    assert moved.polyline(int(index[0]))[0][0] > 9_000
    assert links.polylines(index).max() < 9_000
    assert WEB
