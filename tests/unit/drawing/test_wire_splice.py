from __future__ import annotations

from designer.drawing.scene import Scene
from designer.drawing.splice import splice_rows
from designer.drawing.wire_splice import LinkSplice, splice_links
from designer.editing.commands import connect, delete, rename
from designer.model.changes import ChangeSet
from designer.model.identity import counting_ids
from designer.model.realisation import PartKey
from tests.unit.sample import CORP, HOST, WEB, WEB_NAT, sample


def spliced(scene: Scene, change: ChangeSet) -> LinkSplice:
    topology = scene.topology.apply(change)
    rows = splice_rows(scene, topology, [HOST])
    assert rows is not None
    found = splice_links(scene.links, rows, topology, [HOST])
    assert found.links.keys == Scene.build(topology).links.keys
    assert found.keeps_order
    return found


def test_lines_that_stay_keep_their_way() -> None:
    scene = Scene.build(sample())
    found = spliced(scene, rename(scene.topology, WEB, "other"))

    assert found.origin.tolist() == list(range(len(scene.links)))
    assert found.links.index_of is scene.links.index_of
    assert found.links.points is scene.links.points


def test_lines_come_and_go_in_the_order_of_drawing() -> None:
    scene = Scene.build(sample())
    gone = spliced(scene, delete(scene.topology, [WEB_NAT]))
    more = spliced(scene, connect(scene.topology, WEB, CORP, counting_ids()))

    assert PartKey(WEB_NAT) not in gone.links.index_of
    assert (more.origin == -1).sum() == 1
    assert len(more.links.points) == len(scene.links) + 1
