from __future__ import annotations

import numpy as np

from designer.drawing.layout import arrange
from designer.drawing.scene import Scene
from designer.model.changes import ChangeSet, Edit
from designer.model.realisation import PartKey
from designer.model.topology import Topology
from tests.unit.sample import CLIENT, HOST, NAT, WEB, WEB_NAT, eid, placed, sample

LOOSE = ("web01@", "api01@utility-vm")


def arranged() -> Topology:
    topology = sample(without=LOOSE)
    return topology.apply(arrange(topology))


def moving(topology: Topology, element: str, dx: float, dy: float) -> ChangeSet:
    before = topology.placement(eid(element))
    assert before is not None
    return ChangeSet("Move", (Edit(before, before.evolve(x=before.x + dx, y=before.y + dy)),))


def test_moving_a_host_takes_everything_in_it_along() -> None:
    topology = arranged()
    scene = Scene.build(topology)
    change = moving(topology, HOST, 64, 32)

    moved = scene.patched(topology.apply(change), change)

    rows = scene.subtree(PartKey(HOST))
    shift = moved.rects[rows.start : rows.stop, :2] - scene.rects[rows.start : rows.stop, :2]
    assert np.array_equal(shift, np.tile([64.0, 32.0], (len(rows), 1)))
    assert moved.rect(PartKey(CLIENT)) == scene.rect(PartKey(CLIENT))


def test_a_moved_scene_equals_a_built_one() -> None:
    topology = arranged()
    scene = Scene.build(topology)
    for element in (WEB, NAT, CLIENT, HOST):
        change = moving(topology, element, 40, 24)
        after = topology.apply(change)

        patched, built = scene.patched(after, change), Scene.build(after)

        assert np.array_equal(patched.rects, built.rects)
        link = built.links.index_of[PartKey(WEB_NAT)]
        assert patched.links.polyline(link) == built.links.polyline(link)


def test_the_scene_before_stays_as_it_was() -> None:
    topology = arranged()
    scene = Scene.build(topology)
    before = scene.rects.copy()
    change = moving(topology, WEB, 96, 96)

    scene.patched(topology.apply(change), change)

    assert np.array_equal(scene.rects, before)


def test_another_name_is_shown() -> None:
    topology = arranged()
    scene = Scene.build(topology)
    before = topology[WEB]
    change = ChangeSet("Rename", (Edit(before, before.evolve(name="renamed")),))

    patched = scene.patched(topology.apply(change), change)

    assert patched.look(patched.row_of[PartKey(WEB)]).title == "renamed"


def test_placing_what_was_loose_is_a_move() -> None:
    topology = sample(without=("web01@",))
    placement = placed(WEB, 400, 300)
    change = ChangeSet("Place", (Edit(None, placement),))
    after = topology.apply(change)

    patched = Scene.build(topology).patched(after, change, judged=())

    assert np.array_equal(patched.rects, Scene.build(after).rects)
    assert patched.badges.rows == {}
