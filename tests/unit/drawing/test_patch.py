from __future__ import annotations

import numpy as np

from designer.drawing.layout import arrange
from designer.drawing.patch import Patch
from designer.drawing.scene import Scene
from designer.editing.commands import declare_flow, delete, move, rename
from designer.model.changes import ChangeSet
from designer.model.hosts import Host, PhysicalNic
from designer.model.links import Cable
from designer.model.realisation import PartKey
from designer.model.topology import Topology
from tests.unit.sample import HOST, LAN, WEB, eid, sample


def two_hosts() -> Topology:
    topology = sample(
        Host(id=eid("h2"), name="HOST02"),
        PhysicalNic(id=eid("n2"), name="Ethernet", parent=eid("h2")),
        Cable(id=eid("n2-lan"), source=eid("n2"), target=LAN),
    )
    return topology.apply(arrange(topology))


def patch(scene: Scene, change: ChangeSet) -> Patch:
    found = Patch.of(scene, scene.relative, scene.topology, scene.topology.apply(change), change)
    assert found is not None
    return found


def test_another_name_of_the_same_width_changes_looks_only() -> None:
    scene = Scene.build(two_hosts())
    found = patch(scene, rename(scene.topology, WEB, "web02"))

    assert found.parts.nodes[scene.row_of[PartKey(WEB)]].look.title == "web02"
    assert np.array_equal(found.rects, scene.rects)
    assert found.parts.row_of is scene.row_of
    assert found.links.moved == {}


def test_what_is_not_concerned_is_taken_over() -> None:
    scene = Scene.build(two_hosts())
    found = patch(scene, delete(scene.topology, [WEB]))
    row, before = found.parts.row_of[PartKey(eid("n2"))], scene.row_of[PartKey(eid("n2"))]

    assert row < before
    assert found.parts.nodes[row] is scene.parts.nodes[before]
    assert PartKey(WEB) not in found.parts.row_of
    assert len(found.keys) == len(found.rects) == len(found.rows.parents)


def test_from_nothing_a_whole_picture_is_built() -> None:
    empty = Topology()
    scene = Scene.build(empty)
    change = ChangeSet("Nothing", ())

    assert Patch.of(scene, scene.relative, empty, empty, change) is None
    assert HOST not in {key.element for key in scene.keys}


def test_declaring_traffic_moves_nothing_and_reroutes_no_cable() -> None:
    scene = Scene.build(two_hosts())
    found = patch(scene, declare_flow(scene.topology, WEB, eid("api01")))
    known = [found.links.index_of[key] for key in scene.links.keys]

    assert np.array_equal(found.rects, scene.rects)
    assert np.array_equal(found.links.all_points()[known], scene.links.all_points())
    assert found.links.flows.sum() == 1


def test_hidden_traffic_stays_hidden_after_a_change() -> None:
    topology = two_hosts()
    topology = topology.apply(declare_flow(topology, WEB, eid("api01")))
    scene = Scene.build(topology, flows=False)
    change = rename(topology, WEB, "web02")

    assert not scene.patched(topology.apply(change), change).links.flows.any()


def test_traffic_finds_its_way_anew_when_what_it_passes_has_moved() -> None:
    topology = two_hosts()
    topology = topology.apply(declare_flow(topology, eid("client"), WEB))
    scene = Scene.build(topology)
    change = move(topology, {PartKey(HOST): (320.0, 80.0)})
    after = topology.apply(change)

    assert np.array_equal(scene.patched(after, change).links.all_points(), Scene.build(after).links.all_points())
