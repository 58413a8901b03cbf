from __future__ import annotations

from designer.drawing.paths import arrow, beside, without_arrow


def test_two_tracks_stay_parallel_around_corners() -> None:
    points = [(0.0, 0.0), (0.0, 10.0), (10.0, 10.0), (10.0, 20.0)]

    assert beside(points, 2) == [(2, 0), (2, 8), (12, 8), (12, 20)]
    assert beside(points, -2) == [(-2, 0), (-2, 12), (8, 12), (8, 20)]


def test_a_single_point_stays() -> None:
    assert beside([(1.0, 2.0)], 3) == [(1.0, 2.0)]


def test_an_arrow_points_where_its_line_goes() -> None:
    right, down = [(0.0, 0.0), (50.0, 0.0)], [(0.0, 0.0), (0.0, 50.0)]

    assert arrow(right, 10, 8) == [(50, 0), (40, -4), (40, 4)]
    assert arrow(down, 10, 8) == [(0, 50), (-4, 40), (4, 40)]
    assert arrow(right[::-1], 10, 8)[1][0] == 10
    assert arrow([(0.0, 0.0)], 10, 8) == []


def test_a_line_ends_where_its_arrow_begins() -> None:
    assert without_arrow([(0.0, 0.0), (0.0, 30.0), (50.0, 30.0)], 10) == [(0, 0), (0, 30), (40, 30)]
    assert without_arrow([(0.0, 0.0), (5.0, 0.0)], 10) == [(0, 0), (0, 0)], "a short line has only a head"
    assert without_arrow([(1.0, 1.0)], 10) == [(1, 1)]
