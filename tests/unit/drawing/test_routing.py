from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from designer.drawing.looks import Shape
from designer.drawing.scene import Scene
from designer.model.base import EntityBase
from designer.model.changes import ChangeSet, Edit
from designer.model.links import Attachment
from designer.model.realisation import PartKey
from designer.model.workloads import WindowsContainer
from tests.unit.sample import API_CORP, CORP, CORP_NIC, HOST, NAT, WEB, WEB_NAT, eid, placed, sample

Point = tuple[float, float]


def build(*more: EntityBase) -> Scene:
    return Scene.build(sample(*more, without=("host@", "web01@", "api01@utility-vm")))


def line(scene: Scene, element: str, part: str = "") -> list[Point]:
    return scene.links.polyline(scene.links.index_of[PartKey(eid(element), part)])


def crowd(count: int) -> list[EntityBase]:
    found: list[EntityBase] = []
    for n in range(count):
        found.append(WindowsContainer(id=eid(f"c{n}"), name=f"c{n:02}", parent=HOST))
        found.append(Attachment(id=eid(f"l{n}"), source=eid(f"c{n}"), target=NAT if n % 3 else CORP))
        if n % 7 == 0:
            found.append(Attachment(id=eid(f"x{n}"), source=eid(f"c{n}"), target=CORP if n % 3 else NAT))
    return found


def test_workloads_plug_in_straight_from_above() -> None:
    scene = build()

    for link in (WEB_NAT, API_CORP, CORP_NIC):
        points = line(scene, link)
        assert len(points) == 2
        assert points[0][0] == points[1][0]


def test_the_vnics_of_the_host_join_their_bars_from_below() -> None:
    scene = build()
    x, y, _, height = scene.rect(PartKey(NAT))
    points = line(scene, NAT, f"vnic:{HOST}:link")

    assert points[-1][1] == y + height
    assert points[-1][0] >= x
    assert len(points) == 5


@pytest.mark.parametrize("count", [3, 12, 24])
def test_lines_are_orthogonal_and_run_through_no_card(count: int) -> None:
    scene = build(*crowd(count))
    for index in range(len(scene.links)):
        own = {int(scene.links.first[index]), int(scene.links.second[index])}
        for (x0, y0), (x1, y1) in pairwise(scene.links.polyline(index)):
            assert x0 == x1 or y0 == y1
            for row in range(len(scene)):
                if scene.shapes[row] == Shape.ZONE or row in own:
                    continue
                x, y, width, height = scene.rects[row].tolist()
                crosses = min(x0, x1) < x + width and max(x0, x1) > x and min(y0, y1) < y + height and max(y0, y1) > y
                assert not crosses, (scene.links.keys[index], scene.keys[row])


def test_lines_do_not_lie_on_each_other() -> None:
    scene = build(*crowd(12))
    stretches = [(index, a, b) for index in range(len(scene.links)) for a, b in pairwise(scene.links.polyline(index))]
    for (one, a, b), (other, c, d) in combinations(stretches, 2):
        if one != other:
            assert shared(a, b, c, d) <= 8, (scene.links.keys[one], scene.links.keys[other])


def shared(a: Point, b: Point, c: Point, d: Point) -> float:
    for axis in (0, 1):
        if a[1 - axis] == b[1 - axis] == c[1 - axis] == d[1 - axis]:
            return min(max(a[axis], b[axis]), max(c[axis], d[axis])) - max(min(a[axis], b[axis]), min(c[axis], d[axis]))
    return 0.0


def test_only_what_is_touched_takes_another_way() -> None:
    scene = build(*crowd(6))
    x, y = scene.local_position(PartKey(WEB))
    change = ChangeSet("Move", (Edit(None, placed(WEB, x, y + 8)),))
    moved = scene.patched(scene.topology.apply(change), change)

    assert line(moved, CORP_NIC) == line(scene, CORP_NIC)
    assert line(moved, WEB_NAT) != line(scene, WEB_NAT)


def test_a_card_below_its_bar_is_joined_too() -> None:
    scene = build(placed(WEB, 500, 700))
    x, y, width, height = scene.rect(PartKey(NAT))
    end = line(scene, WEB_NAT)[-1]

    assert end[1] in {y, y + height} or end[0] in {x, x + width}
