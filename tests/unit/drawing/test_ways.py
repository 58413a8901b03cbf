from __future__ import annotations

import numpy as np

from designer.drawing.scene import Scene
from designer.drawing.ways import reaches, route, touching
from designer.model.realisation import PartKey
from tests.unit.sample import HOST, sample


def test_what_is_within_a_host_finds_the_same_way_without_the_rest() -> None:
    scene = Scene.build(sample())
    links = scene.links
    inner = np.nonzero(links.clusters == scene.row_of[PartKey(HOST)])[0]
    found = route(scene.rows, scene.rects, links.routed(np.zeros_like(links.points)), inner)

    assert 0 < len(inner) < len(links)
    assert np.array_equal(found.polylines(inner), links.polylines(inner))
    assert not found.polylines(np.setdiff1d(np.arange(len(links)), inner)).any()


def test_what_is_far_away_is_in_no_line_s_way() -> None:
    scene = Scene.build(sample())
    links = scene.links
    outer = np.nonzero(links.clusters < 0)[0]
    reach = reaches(scene.rows, scene.rects, links.first[outer], links.second[outer], links.clusters[outer])

    assert touching(scene.rects[:1], reach).all()
    assert not touching(np.array([[1e6, 1e6, 10.0, 10.0]]), reach).any()
