from __future__ import annotations

from itertools import combinations

from designer.drawing.layout import arrange
from designer.drawing.looks import Shape
from designer.drawing.scene import Scene
from designer.model.changes import ChangeSet, Edit
from designer.model.links import Attachment, PortMapping
from designer.model.realisation import PartKey
from designer.model.workloads import WindowsContainer
from tests.unit.sample import API_CORP, HOST, NAT, WEB, WEB_NAT, eid, sample


def crowd() -> Scene:
    more = [WindowsContainer(id=eid(f"c{n}"), name=f"c{n}", parent=HOST) for n in range(12)]
    links = [
        Attachment(id=eid(f"l{n}"), source=eid(f"c{n}"), target=NAT, ports=(PortMapping(host_port=80 + n),))
        for n in range(12)
    ]
    return Scene.build(sample(*more, *links, without=("host@", "web01@", "api01@utility-vm")))


def test_no_label_touches_another_label_or_a_card() -> None:
    scene = crowd()
    labels = [label for link in range(len(scene.links)) for label in scene.labels(link)]
    boxes = [(label.x, label.y, label.width, label.height) for label in labels]
    cards = [tuple(scene.rects[row].tolist()) for row in range(len(scene)) if scene.shapes[row] != Shape.ZONE]

    for a, b in [*combinations(boxes, 2), *((box, card) for box in boxes for card in cards)]:
        assert not (a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3])


def test_after_a_move_other_labels_stay_where_they_are() -> None:
    topology = sample()
    topology = topology.apply(arrange(topology))
    scene = Scene.build(topology)
    web, api = (scene.links.index_of[PartKey(link)] for link in (WEB_NAT, API_CORP))
    before = scene.labels(web), scene.labels(api)

    placement = topology.placement(WEB)
    assert placement is not None
    change = ChangeSet("Move", (Edit(placement, placement.evolve(x=placement.x + 64)),))
    moved = scene.patched(topology.apply(change), change)

    assert moved.labels(api) == before[1]
    assert moved.labels(web) != before[0]
    assert scene.labels(web) == before[0]
