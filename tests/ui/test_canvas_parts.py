"""The calculations below the canvas: camera, snapping, stretched lines, edges, where the keyboard places."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.drawing.routing import POINTS
from designer.ui.canvas.camera import MAX_SCALE, MIN_SCALE, Camera
from designer.ui.canvas.drag_preview import DragPreview, stretched
from designer.ui.canvas.edge_scroll import EDGE, EdgeScroll
from designer.ui.canvas.snapping import GRID, snapped
from designer.ui.canvas.still_picture import dot_grid
from designer.ui.canvas.view import CanvasView
from tests.ui.canvas_driver import CanvasDriver

numbers = st.floats(-5_000, 5_000, allow_nan=False)
scales = st.floats(MIN_SCALE, MAX_SCALE)
steps = st.lists(st.tuples(st.booleans(), st.integers(-60, 60).map(float)), min_size=1, max_size=POINTS - 3)


@given(scales, numbers, numbers, numbers, numbers)
def test_a_point_comes_back_from_the_view(scale: float, left: float, top: float, x: float, y: float) -> None:
    camera = Camera(scale, left, top)
    assert camera.to_scene(*camera.to_view(x, y)) == pytest.approx((x, y), abs=1e-6)


@given(scales, scales, numbers, numbers, st.sampled_from([1.0, 1.25, 1.5, 1.75, 2.0]))
def test_zooming_keeps_the_point_under_the_pointer(
    scale: float, other: float, x: float, y: float, ratio: float
) -> None:
    camera = Camera(scale, 17.0, -40.0).aligned(ratio)
    point = camera.to_scene(x, y)
    after = camera.zoomed(other, x, y).aligned(ratio)
    assert after.to_view(*point) == pytest.approx((x, y), abs=1.0)
    assert (after.left * ratio) % 1 == pytest.approx(0, abs=1e-6) or (after.left * ratio) % 1 == pytest.approx(
        1, abs=1e-6
    )


@given(numbers, numbers, st.floats(1, 9_000), st.floats(1, 9_000))
def test_what_is_fitted_is_in_view(x: float, y: float, width: float, height: float) -> None:
    camera = Camera().fitted((x, y, x + width, y + height), 1200, 800)
    left, top, right, bottom = camera.box_to_view((x, y, x + width, y + height))
    if camera.scale > MIN_SCALE:
        assert left >= -1
        assert top >= -1
        assert right <= 1201
        assert bottom <= 801
    assert camera.scale <= 1.0


@given(numbers, numbers)
def test_without_neighbours_things_rest_on_the_grid(dx: float, dy: float) -> None:
    snap = snapped((3.0, 5.0, 153.0, 59.0), dx, dy, np.empty((0, 4)), 1.0)
    assert (3.0 + snap.dx) % GRID == 0
    assert (5.0 + snap.dy) % GRID == 0
    assert abs(snap.dx - dx) <= GRID / 2
    assert not snap.guides


def test_a_neighbour_within_reach_wins_over_the_grid_and_says_so() -> None:
    neighbours = np.array([[101.0, 300.0, 150.0, 54.0]])
    near = snapped((0.0, 0.0, 150.0, 54.0), 97.0, 20.0, neighbours, 1.0)
    assert near.dx == 101.0
    assert [guide.x0 for guide in near.guides] == [101.0]
    far = snapped((0.0, 0.0, 150.0, 54.0), 97.0, 20.0, neighbours, 4.0)
    assert far.dx % GRID == 0, "six pixels are less of the scene at four times the size"


@given(st.tuples(numbers, numbers), steps, numbers, numbers, st.booleans())
def test_a_stretched_line_stays_orthogonal_and_keeps_its_other_end(
    start: tuple[float, float], ways: list[tuple[bool, float]], dx: float, dy: float, at_start: bool
) -> None:
    corners = [start]
    upright = ways[0][0]
    for _, length in ways:
        x, y = corners[-1]
        corners.append((x, y + length + 1) if upright else (x + length + 1, y))
        upright = not upright
    line = stretched(corners, dx, dy, at_start=at_start)
    moved, kept = (line[0], line[-1]) if at_start else (line[-1], line[0])
    old, other = (corners[0], corners[-1]) if at_start else (corners[-1], corners[0])
    assert moved == pytest.approx((old[0] + dx, old[1] + dy))
    assert kept == pytest.approx(other)
    assert len(line) <= POINTS
    for (x0, y0), (x1, y1) in pairwise(line):
        assert abs(x0 - x1) < 0.6 or abs(y0 - y1) < 0.6


def test_a_preview_moves_contents_and_leaves_the_scene_alone(canvas: CanvasDriver, view: CanvasView) -> None:
    scene = view.stage.scene
    before = scene.rects.copy()
    host = canvas.key("HOST01")
    preview = DragPreview(scene, [host]).at(40.0, -24.0)
    assert np.array_equal(scene.rects, before)
    inside = scene.subtree(host)
    moved = preview.rects[inside.start : inside.stop] - before[inside.start : inside.stop]
    assert np.allclose(moved[:, 0], 40)
    assert np.allclose(moved[:, 1], -24)
    index = scene.links.index_of[canvas.link("web01", "nat0")]
    old, new = scene.links.polyline(index), preview.links.polyline(index)
    assert new == [(x + 40, y - 24) for x, y in old]


def test_the_deeper_in_the_edge_the_faster_it_scrolls() -> None:
    steps_taken: list[tuple[float, float]] = []
    edges = EdgeScroll(lambda dx, dy: steps_taken.append((dx, dy)))
    for x in (EDGE - 1, EDGE / 2, 0.0):
        edges.watch(x, 300, 800, 600)
        edges.tick()
    edges.watch(800, 600, 800, 600)
    edges.tick()
    left = [step[0] for step in steps_taken[:3]]
    assert left == sorted(left, reverse=True)
    assert left[-1] < left[0] < 0
    assert steps_taken[-1] == (24.0, 24.0)
    edges.watch(400, 300, 800, 600)
    assert not edges.is_running


@pytest.mark.parametrize("scale", [0.1, 0.3, 0.5, 1.0, 4.0])
def test_dots_are_never_closer_than_can_be_told_apart(scale: float) -> None:
    dots = dot_grid(Camera(scale), (0.0, 0.0, 400.0, 300.0))
    if len(dots):
        across = np.unique(dots[:, 0])
        assert np.diff(across).min() >= 7.0
