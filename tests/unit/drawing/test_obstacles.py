from __future__ import annotations

import numpy as np

from designer.drawing.obstacles import Obstacles

RECTS = np.array([[0, 0, 400, 400], [20, 20, 100, 50], [200, 20, 100, 50], [20, 300, 100, 50]], dtype=float)
ENDS = np.array([4, 2, 3, 4])


def obstacles(solid: list[bool] | None = None) -> Obstacles:
    rows = np.nonzero(np.array(solid or [True] * 4))[0]
    return Obstacles(RECTS, ENDS, rows, np.zeros(4, np.int64))


def blocked(found: Obstacles, *points: tuple[float, float], first: int = 1, second: int = 3) -> bool:
    return bool(found.blocked(np.array([points], dtype=float), np.array([first]), np.array([second]))[0])


def test_a_line_between_its_own_boxes_inside_their_container_is_free() -> None:
    assert not blocked(obstacles(), (70, 70), (70, 300))


def test_a_line_through_or_close_to_another_box_is_not() -> None:
    assert blocked(obstacles(), (120, 45), (250, 45), (250, 325), (120, 325))
    assert blocked(obstacles(), (70, 70), (70, 76), (250, 76), (250, 300))
    assert not blocked(obstacles(), (70, 70), (70, 90), (250, 90), (250, 325), (120, 325))


def test_a_line_may_not_run_back_through_its_own_box() -> None:
    assert blocked(obstacles(), (70, 20), (70, 300))


def test_boxes_that_are_not_solid_are_not_in_the_way() -> None:
    assert not blocked(obstacles([True, True, False, True]), (120, 45), (350, 45))


def test_a_line_heeds_only_the_boxes_of_its_own_group() -> None:
    found = Obstacles(RECTS, ENDS, np.arange(4), np.array([0, 0, 1, 0]))

    assert not blocked(found, (120, 45), (250, 45), (250, 325), (120, 325))


def test_what_is_near_a_rectangle_is_found() -> None:
    assert {1, 2} <= set(obstacles().near(np.array([100.0, 0.0]), np.array([250.0, 60.0]), 0, 3).tolist())


ACROSS = np.array([[0, 0, 200, 200], [20, 20, 50, 50], [400, 0, 200, 200], [420, 20, 50, 50], [0, 400, 600, 50]])


def across(*points: tuple[float, float], first: int = 1, second: int = 4) -> bool:
    groups = np.array([0, 0, 2, 2, 4])
    found = Obstacles(ACROSS.astype(float), np.array([2, 2, 4, 4, 5]), np.arange(5), groups, across=True)
    return blocked(found, *points, first=first, second=second)


def test_a_line_across_the_canvas_heeds_what_stands_there_and_what_is_in_the_things_that_it_joins() -> None:
    assert not across((45, 70), (45, 400))
    assert across((45, 70), (45, 230), (450, 230), (450, 180), (500, 180), (500, 400))
    assert across((100, 200), (10, 200), (10, 45), (150, 45), (150, 400), first=0)
    assert not across((100, 200), (10, 200), (10, 300), (150, 300), (150, 400), first=0)
