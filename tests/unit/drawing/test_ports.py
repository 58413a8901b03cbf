from __future__ import annotations

import numpy as np

from designer.drawing import measures as m
from designer.drawing import ports
from designer.drawing.ports import ASIDE, DOWN, UNDER, UP, Ends

CARD, BAR, BESIDE = [0.0, 0.0, 184.0, 54.0], [0.0, 200.0, 600.0, 36.0], [300.0, 0.0, 184.0, 54.0]
RECTS = np.array([CARD, BAR, BESIDE])


def ends(first: list[int], second: list[int], vnic: bool = False) -> Ends:
    a, b = np.array(first), np.array(second)
    way, leftward = ports.ways(RECTS, a, b, np.array([vnic] * len(a)))
    found = Ends(a, b, way, leftward, ports.wanted(RECTS, a, b, way))
    ports.distribute(RECTS, found)
    return found


def test_lines_go_where_the_other_end_is() -> None:
    assert ends([0], [1]).way.tolist() == [DOWN]
    assert ends([1], [0]).way.tolist() == [UP]
    assert ends([0], [2]).way.tolist() == [ASIDE]
    assert ends([0], [1], vnic=True).way.tolist() == [UNDER]


def test_a_port_on_a_bar_stands_under_the_middle_of_the_card() -> None:
    found = ends([0], [1])

    assert found.at.tolist() == [[92, 92]]
    assert ports.anchor(RECTS, found, True).tolist() == [[92, 54]]
    assert ports.anchor(RECTS, found, False).tolist() == [[92, 200]]


def test_ends_on_one_side_keep_their_distance_and_stay_on_it() -> None:
    found = ends([0] * 30, [1] * 30)
    bar = np.sort(found.at[:, 1])

    assert np.diff(bar).min() >= m.PORT_PITCH - 0.001
    assert bar.min() >= 10
    assert bar.max() <= 590
    card = np.sort(found.at[:, 0])
    assert len(set(card.tolist())) == 30
    assert card.min() >= 10
    assert card.max() <= 174


def test_an_end_on_a_card_follows_its_port_when_that_makes_the_line_straight() -> None:
    found = ends([0], [1])
    found.at[0, 1] = 120

    ports.straighten(RECTS, found)

    assert found.at[0, 0] == 120


def test_cards_side_by_side_are_joined_at_equal_heights() -> None:
    found = ends([0], [2])

    assert ports.anchor(RECTS, found, True).tolist() == [[184, 27]]
    assert ports.anchor(RECTS, found, False).tolist() == [[300, 27]]
