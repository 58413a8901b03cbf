from __future__ import annotations

from designer.drawing.scene import Scene
from designer.model.realisation import PartKey
from designer.model.topology import Topology
from tests.unit.sample import CLIENT, HOST, NAT, WEB, eid, sample


def test_what_is_in_a_container_is_one_range_of_rows() -> None:
    scene = Scene.build(sample())
    rows = scene.subtree(PartKey(HOST))

    assert {PartKey(WEB), PartKey(NAT)} <= {scene.keys[row] for row in rows}
    assert PartKey(CLIENT) not in {scene.keys[row] for row in rows}
    assert all(rows.start <= int(scene.parents[row]) for row in rows[1:])


def test_bounds_hold_everything() -> None:
    scene = Scene.build(sample())
    x0, y0, x1, y1 = scene.bounds()

    for key in scene.keys:
        x, y, width, height = scene.rect(key)
        assert x0 <= x <= x + width <= x1
        assert y0 <= y <= y + height <= y1
    assert Scene.build(Topology()).bounds() == (0, 0, 0, 0)


def test_only_what_touches_a_rectangle_is_visible() -> None:
    scene = Scene.build(sample())
    x, y, _, _ = scene.rect(PartKey(WEB))

    visible = {scene.keys[row] for row in scene.visible(x, y, x + 10, y + 10).tolist()}

    assert visible == {PartKey(HOST), PartKey(WEB, "compartment"), PartKey(WEB)}
    assert len(scene.visible_links(-1e6, -1e6, 1e6, 1e6)) == len(scene.links)
    assert len(scene.visible_links(1e6, 1e6, 2e6, 2e6)) == 0


def test_movers_of_unknown_things_are_themselves() -> None:
    assert Scene.build(sample()).mover(PartKey(eid("gone"))) == PartKey(eid("gone"))
