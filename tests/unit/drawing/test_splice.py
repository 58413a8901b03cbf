from __future__ import annotations

from designer.drawing.scene import Scene
from designer.drawing.splice import Splice, splice_rows
from designer.editing.commands import delete, rename
from designer.model.changes import ChangeSet, Edit
from designer.model.networks import LoadBalancer
from designer.model.realisation import PartKey
from tests.unit.sample import CLIENT, HOST, LAN, WEB, eid, sample


def test_without_a_change_every_row_stays() -> None:
    scene = Scene.build(sample())
    splice = Splice.nothing(scene)

    assert splice.keeps_rows
    assert splice.keys is scene.keys


def test_a_host_is_collected_anew_and_the_rest_moves_up() -> None:
    scene = Scene.build(sample())
    topology = scene.topology.apply(delete(scene.topology, [WEB]))
    splice = splice_rows(scene, topology, [HOST])

    assert splice is not None
    assert splice.keys == Scene.build(topology).keys
    assert PartKey(WEB) not in splice.parts.row_of
    assert splice.target[scene.row_of[PartKey(HOST)]] == -1
    lan = splice.parts.row_of[PartKey(LAN)]
    assert splice.target[scene.row_of[PartKey(LAN)]] == lan
    assert splice.origin[lan] == scene.row_of[PartKey(LAN)]
    assert [found.host for found in splice.realised] == [HOST]
    assert not splice.keeps_rows


def test_what_is_renamed_takes_its_new_place() -> None:
    scene = Scene.build(sample())
    topology = scene.topology.apply(rename(scene.topology, CLIENT, "zz"))
    splice = splice_rows(scene, topology, [CLIENT])

    assert splice is not None
    assert splice.keys == Scene.build(topology).keys
    assert splice.parts.nodes[splice.parts.row_of[PartKey(CLIENT)]].look.title == "zz"


def test_what_has_gone_into_a_host_stands_on_the_canvas_no_more() -> None:
    balancer = LoadBalancer(id=eid("lb"), name="lb")
    scene = Scene.build(sample(balancer))
    topology = scene.topology.apply(ChangeSet("Move", (Edit(balancer, balancer.evolve(parent=HOST)),)))
    inside, outside = splice_rows(scene, topology, [HOST, eid("lb")]), Scene.build(topology)
    back = splice_rows(outside, scene.topology, [HOST, eid("lb")])

    assert inside is not None
    assert back is not None
    assert inside.keys == outside.keys
    assert back.keys == scene.keys
