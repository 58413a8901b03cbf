from __future__ import annotations

from designer.drawing.paths import beside


def test_two_tracks_stay_parallel_around_corners() -> None:
    points = [(0.0, 0.0), (0.0, 10.0), (10.0, 10.0), (10.0, 20.0)]

    assert beside(points, 2) == [(2, 0), (2, 8), (12, 8), (12, 20)]
    assert beside(points, -2) == [(-2, 0), (-2, 12), (8, 12), (8, 20)]


def test_a_single_point_stays() -> None:
    assert beside([(1.0, 2.0)], 3) == [(1.0, 2.0)]
