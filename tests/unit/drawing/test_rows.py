from __future__ import annotations

import numpy as np

from designer.drawing.looks import Border, NodeLook, Shape
from designer.drawing.rows import Rows, clusters_of, common, kind_of_look
from designer.drawing.scene import Scene
from designer.drawing.theme import Layer
from designer.model.realisation import PartKey
from tests.unit.sample import CLIENT, CORP, HOST, LAN, NIC, WEB, sample


def test_kinds_tell_shape_border_and_layer_apart() -> None:
    looks = [
        NodeLook(shape, layer, "host", "t", border=border) for shape in Shape for layer in Layer for border in Border
    ]

    assert len({kind_of_look(look) for look in looks}) == len(looks)
    assert [list(Layer)[kind_of_look(look) % 16] for look in looks] == [look.layer for look in looks]


def test_ranges_of_rows_can_be_joined_anew() -> None:
    scene = Scene.build(sample())
    host = scene.subtree(PartKey(HOST))
    joined = Rows.joined([(scene.rows, host.stop, len(scene)), (scene.rows, host.start, host.stop)])
    moved = len(scene) - host.stop

    assert joined.parents[moved] == -1
    assert (joined.roots[moved:] == moved).all()
    assert joined.ends[moved] == len(joined.ends)
    assert joined.shapes[moved:].tolist() == scene.shapes[host.start : host.stop].tolist()


def test_lines_belong_to_what_is_around_them_or_to_what_they_join() -> None:
    scene = Scene.build(sample())
    row = {key: scene.row_of[PartKey(key)] for key in (CLIENT, HOST, WEB, CORP, NIC, LAN)}
    first, second = np.array([row[WEB], row[NIC], row[CLIENT]]), np.array([row[CORP], row[LAN], row[LAN]])
    least = min(row[HOST], row[LAN], row[CLIENT])

    assert clusters_of(scene.rows, first, second).tolist() == [row[HOST], ~least, ~least]
    assert common(scene.rows, first, second).tolist() == [row[HOST], -1, -1]
