from __future__ import annotations

import numpy as np

from designer.drawing.obstacles import Obstacles
from designer.drawing.separate import Segments, separate

RECTS = np.array([[0, 0, 40, 20], [300, 0, 40, 20], [0, 200, 40, 20], [300, 200, 40, 20]], dtype=float)


def test_lines_on_each_other_are_moved_apart() -> None:
    obstacles = Obstacles(RECTS, np.arange(1, 5), np.arange(4), np.zeros(4, np.int64))
    first, second = np.array([0, 1]), np.array([3, 2])
    points = np.array(
        [
            [[20, 20], [20, 100], [320, 100], [320, 200]],
            [[310, 20], [310, 100], [30, 100], [30, 200]],
        ],
        dtype=float,
    )

    separate(obstacles, points, first, second, np.zeros(2, np.int64))

    assert abs(points[0, 1, 1] - points[1, 1, 1]) >= 10
    assert points[0, 0].tolist() == [20, 20]
    assert points[1, -1].tolist() == [30, 200]


def test_stretches_that_only_meet_are_left_alone() -> None:
    points = np.array([[[0, 50], [100, 50]], [[100, 50], [200, 50]], [[0, 58], [200, 58]]], dtype=float)

    segments = Segments(points, np.zeros(3, np.int64), 0)

    assert segments.doubled().tolist() == []
    assert segments.free(2, np.array([50.0, 80.0])).tolist() == [False, True]


def test_lines_of_other_clusters_may_lie_on_each_other() -> None:
    points = np.array([[[0, 50], [100, 50]], [[50, 50], [200, 50]]], dtype=float)

    assert Segments(points, np.array([0, 0]), 0).doubled().tolist() == [1]
    assert Segments(points, np.array([0, 1]), 0).doubled().tolist() == []
