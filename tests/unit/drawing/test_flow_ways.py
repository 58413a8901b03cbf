"""The ways of traffic: overhead, clear of what stands in between, in lanes of its own."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from designer.drawing.scene import Scene
from designer.model.base import EntityBase
from designer.model.fabric import Client
from designer.model.flows import Flow
from designer.model.identity import EntityId
from designer.model.realisation import PartKey
from designer.model.services import Service
from designer.model.topology import Topology
from tests.unit.sample import API, CLIENT, HOST, WEB, eid, placed, sample

Line = list[tuple[float, float]]


def flow(name: str, source: EntityId, target: EntityId) -> Flow:
    return Flow(id=eid(name), source=source, target=target)


def drawn(*more: EntityBase) -> Scene:
    return Scene.build(sample(*more, without=("web01@", "api01@utility-vm")))


def line(scene: Scene, name: str) -> Line:
    return scene.links.polyline(scene.links.index_of[PartKey(eid(name))])


def upper_edge(scene: Scene, element: EntityId) -> float:
    return scene.rect(PartKey(element))[1]


def test_traffic_leaves_and_arrives_at_the_upper_edges_of_workloads() -> None:
    scene = drawn(flow("f", WEB, API))
    points = line(scene, "f")

    assert points[0][1] == upper_edge(scene, WEB)
    assert points[-1][1] == upper_edge(scene, API)
    assert min(y for _, y in points) < scene.rect(PartKey(WEB, "compartment"))[1], "it passes above both"
    assert min(y for _, y in points) > upper_edge(scene, HOST) + 36, "and below the band of the host"


def test_traffic_is_orthogonal_and_through_no_card() -> None:
    flows = (flow("f", CLIENT, WEB), flow("g", API, CLIENT), flow("h", HOST, API), flow("i", WEB, HOST))
    scene = drawn(*flows)

    for each in flows:
        for (x0, y0), (x1, y1) in pairwise(line(scene, each.id)):
            assert x0 == x1 or y0 == y1
            for element in {WEB, API, CLIENT} - {each.source, each.target}:
                left, top, width, height = scene.rect(PartKey(element))
                assert (
                    max(x0, x1) <= left
                    or min(x0, x1) >= left + width
                    or max(y0, y1) <= top
                    or (min(y0, y1) >= top + height)
                )


def test_a_host_sends_to_what_is_in_it_from_its_band() -> None:
    scene = drawn(flow("f", HOST, WEB))

    assert line(scene, "f")[0][1] == upper_edge(scene, HOST) + 36
    assert line(scene, "f")[-1][1] == upper_edge(scene, WEB)


def test_parallel_flows_keep_apart_from_each_other_and_from_cables() -> None:
    scene = drawn(flow("f", WEB, API), flow("g", WEB, API), flow("h", CLIENT, API), flow("i", CLIENT, API))
    lines = [line(scene, name) for name in "fghi"]
    level = [(y0, min(x0, x1), max(x0, x1)) for points in lines for (x0, y0), (x1, y1) in pairwise(points) if y0 == y1]

    for place, (y, left, right) in enumerate(level):
        for other, start, stop in level[place + 1 :]:
            assert abs(y - other) >= 5 or min(right, stop) - max(left, start) <= 8


def test_what_stands_free_above_is_entered_from_its_side() -> None:
    far = placed(eid("s"), 3000, -300)
    scene = drawn(Service(id=eid("s"), name="shop"), far, flow("f", WEB, eid("s")), flow("g", eid("s"), API))
    left, top, _, height = scene.rect(PartKey(eid("s")))

    assert line(scene, "f")[-1] == (left, top + height / 2)
    assert line(scene, "g")[0][0] == left
    assert len(line(scene, "f")) == 3


def test_what_stands_above_something_sends_straight_down() -> None:
    clients = (Client(id=eid("a"), name="a"), Client(id=eid("b"), name="b"))
    scene = drawn(*clients, placed(eid("a"), 3000, 0), placed(eid("b"), 3000, 400), flow("f", eid("a"), eid("b")))
    (x0, _), (x1, _) = line(scene, "f")

    assert x0 == x1


def test_a_cable_has_the_way_that_it_has_without_traffic() -> None:
    flows = (flow("f", CLIENT, WEB), flow("g", WEB, API), flow("h", API, CLIENT))
    with_flows, without = drawn(*flows), drawn()

    known = [with_flows.links.index_of[key] for key in without.links.keys]
    assert np.array_equal(with_flows.links.all_points()[known], without.links.all_points())
    assert np.array_equal(with_flows.rects, without.rects)


def test_traffic_over_many_hosts_is_drawn() -> None:
    clients = [Client(id=eid(f"c{n}"), name=f"c{n}") for n in range(40)]
    flows = [flow(f"f{n}", eid(f"c{n}"), eid(f"c{(n * 7 + 3) % 40}")) for n in range(40)]
    scene = Scene.build(Topology.of_entities([*clients, *flows]))

    assert scene.links.flows.all()
    assert len(scene.links) == 40
