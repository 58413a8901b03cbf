"""Every design can be drawn: nothing overlaps, everything is inside its container, no line runs through a card."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.drawing import svg
from designer.drawing.layout import arrange
from designer.drawing.looks import Border, Shape
from designer.drawing.scene import Scene
from designer.model.annotations import Placement
from designer.model.changes import ChangeSet, Edit
from designer.model.topology import Topology
from tests.property.strategies import commands, hostile_topologies, topologies


def without_placements(topology: Topology) -> Topology:
    placements = topology.of(Placement)
    return topology.apply(ChangeSet("Forget positions", tuple(Edit(placement, None) for placement in placements)))


def overlap(a: list[float], b: list[float]) -> bool:
    return a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]


@given(topologies())
@settings(deadline=None, max_examples=25)
def test_automatic_layout_overlaps_nothing_and_nests_everything(topology: Topology) -> None:
    scene = Scene.build(without_placements(topology))

    for parent in range(-1, len(scene)):
        rows = [row for row in scene.parts.children(parent) if scene.look(row).border is not Border.LONG_DASHED]
        for first, second in combinations(rows, 2):
            assert not overlap(scene.rects[first].tolist(), scene.rects[second].tolist()), (
                scene.keys[first],
                scene.keys[second],
            )
        if parent >= 0:
            x, y, width, height = scene.rects[parent].tolist()
            for row in rows:
                left, top, wide, tall = scene.rects[row].tolist()
                assert x < left and y < top and left + wide < x + width and top + tall < y + height


@given(topologies())
@settings(deadline=None, max_examples=25)
def test_every_element_and_link_is_drawn_once(topology: Topology) -> None:
    scene = Scene.build(topology)

    assert {element.id for element in topology.elements()} <= {key.element for key in scene.keys if not key.part}
    assert len(set(scene.keys)) == len(scene.keys)
    drawn = {key.element for key in scene.links.keys if not key.part}
    assert {link.id for link in topology.links()} <= drawn


@given(topologies())
@settings(deadline=None, max_examples=25)
def test_arranging_places_everything_where_it_was_drawn(topology: Topology) -> None:
    topology = without_placements(topology)
    before = Scene.build(topology)
    arranged = topology.apply(arrange(topology))
    after = Scene.build(arranged)

    assert after.keys == before.keys
    assert not arrange(arranged)
    assert np.abs(after.rects - before.rects).max(initial=0) < 0.01


@given(topologies())
@settings(deadline=None, max_examples=25)
def test_the_same_design_gives_the_same_bytes(topology: Topology) -> None:
    assert svg.render(Scene.build(topology)) == svg.render(Scene.build(topology))


@given(hostile_topologies())
@settings(deadline=None, max_examples=25)
def test_no_name_breaks_out_of_the_svg(topology: Topology) -> None:
    root = ElementTree.fromstring(svg.render(Scene.build(topology)))

    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {
        *("svg", "title", "desc", "style", "defs", "symbol", "g", "path", "rect", "circle", "text", "use"),
    }


@given(topologies())
@settings(deadline=None, max_examples=25)
def test_moving_gives_the_picture_that_building_gives(topology: Topology) -> None:
    topology = topology.apply(arrange(topology))
    scene = Scene.build(topology)
    for placement in topology.of(Placement)[:4]:
        moved = ChangeSet("Move", (Edit(placement, placement.evolve(x=placement.x + 40, y=placement.y + 24)),))
        after = topology.apply(moved)

        patched, built = scene.patched(after, moved), Scene.build(after)

        assert np.abs(patched.rects - built.rects).max(initial=0) < 0.01
        assert patched.keys == built.keys


@given(topologies())
@settings(deadline=None, max_examples=25)
def test_everything_can_be_found_where_it_is(topology: Topology) -> None:
    scene = Scene.build(without_placements(topology))

    for row, key in enumerate(scene.keys):
        x, y, width, height = scene.rects[row].tolist()
        at = (x + width / 2, y + height / 2) if scene.shapes[row] != Shape.ZONE else (x + width / 2, y + 8)
        assert key in {hit.key for hit in scene.hits(*at)}


def assert_same(patched: Scene, built: Scene) -> None:
    """Both show the same: things, looks, boxes, lines and their ways, labels."""
    assert patched.keys == built.keys
    assert patched.row_of == built.row_of
    assert patched.parts.nodes == built.parts.nodes
    assert np.array_equal(patched.rects, built.rects)
    assert np.array_equal(patched.relative, built.relative)
    for name in ("shapes", "kinds", "depths", "parents", "ends", "roots", "roles"):
        assert np.array_equal(getattr(patched.rows, name), getattr(built.rows, name)), name
    assert patched.links.keys == built.links.keys
    assert patched.links.index_of == built.links.index_of
    assert patched.links.looks == built.links.looks
    for name in ("first", "second", "strokes", "orders", "clusters", "chunks", "low", "high"):
        assert np.array_equal(getattr(patched.links, name), getattr(built.links, name)), name
    for link in range(len(built.links)):
        assert patched.links.polyline(link) == built.links.polyline(link), built.links.keys[link]
        assert patched.labels(link) == built.labels(link), built.links.keys[link]


@given(topologies(max_hosts=3), st.data())
@settings(deadline=None, max_examples=40)
def test_a_patched_scene_is_the_one_that_building_gives(topology: Topology, data: st.DataObject) -> None:
    if data.draw(st.booleans()):
        topology = topology.apply(arrange(topology))
    scene = Scene.build(topology)
    for link in range(len(scene.links)):
        scene.labels(link)
    for _ in range(data.draw(st.integers(1, 4))):
        change = data.draw(commands(topology))
        after = topology.apply(change)
        scene = scene.patched(after, change)
        topology = after

        assert_same(scene, Scene.build(topology))
