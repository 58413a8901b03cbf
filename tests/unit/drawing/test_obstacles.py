from __future__ import annotations

import numpy as np

from designer.drawing.obstacles import Obstacles, spread

RECTS = np.array([[0, 0, 400, 400], [20, 20, 100, 50], [200, 20, 100, 50], [20, 300, 100, 50]], dtype=float)
ENDS = np.array([4, 2, 3, 4])


def obstacles(solid: list[bool] | None = None) -> Obstacles:
    return Obstacles(RECTS, ENDS, np.array(solid or [True] * 4))


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


def test_moved_boxes_are_looked_for_where_they_are_now() -> None:
    rects = RECTS.copy()
    rects[2] = (20, 150, 100, 50)
    found = obstacles().moved(rects, np.array([2]))

    assert blocked(found, (70, 70), (70, 300))
    assert not blocked(found, (120, 45), (250, 45), (250, 325), (120, 325))
    assert found.loose_count == 1
    assert found.anew().loose_count == 0
    assert blocked(found.anew(), (70, 70), (70, 300))


def test_what_is_near_a_rectangle_is_found() -> None:
    assert {1, 2} <= set(obstacles().near(100, 0, 250, 60).tolist())


def test_counts_spread_into_owners_and_numbers() -> None:
    owners, number = spread(np.array([2, 0, 3]))

    assert owners.tolist() == [0, 0, 2, 2, 2]
    assert number.tolist() == [0, 1, 0, 1, 2]
