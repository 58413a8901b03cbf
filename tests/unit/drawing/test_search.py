from __future__ import annotations

from itertools import pairwise

import numpy as np

from designer.drawing.obstacles import Obstacles
from designer.drawing.search import Searcher


def searcher(*boxes: tuple[float, float, float, float]) -> Searcher:
    rects = np.array(boxes, dtype=float)
    count = len(boxes)
    ends = np.arange(1, count + 1)
    return Searcher(Obstacles(rects, ends, np.arange(count), np.zeros(count, np.int64)), ends)


def test_a_way_around_a_box_is_found() -> None:
    found = searcher((0, 0, 100, 50), (0, 300, 100, 50), (-40, 120, 180, 60))

    corners = found.find(0, 1, (50, 50), (50, 300), 0)

    assert corners is not None
    for (x0, y0), (x1, y1) in pairwise(corners):
        assert x0 == x1 or y0 == y1
    points = np.array([corners])
    assert not found.obstacles.blocked(points, np.array([0]), np.array([1]))[0]


def test_a_line_from_a_box_to_itself_goes_outside_of_it() -> None:
    corners = searcher((0, 0, 100, 50)).find(0, 0, (100, 25), (0, 25), 0)

    assert corners is not None
    assert len(corners) >= 3


def test_an_end_that_is_walled_in_has_no_way() -> None:
    walls = [(-30, -30, 160, 20), (-30, 60, 160, 20), (-30, -30, 20, 110), (110, -30, 20, 110)]

    assert searcher((0, 0, 100, 50), (0, 400, 100, 50), *walls).find(0, 1, (50, 50), (50, 400), 0) is None


def test_too_much_around_is_not_searched() -> None:
    crowd = [(float(x * 30), float(y * 30), 5.0, 5.0) for x in range(10) for y in range(10)]

    assert searcher((0, -100, 100, 50), (0, 400, 100, 50), *crowd).find(0, 1, (50, -50), (50, 400), 0) is None
    assert searcher((0, 0, 10, 10), (0, 9000, 10, 10)).find(0, 1, (5, 10), (5, 9000), 0) is None
