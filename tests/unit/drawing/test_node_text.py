from __future__ import annotations

from itertools import pairwise

import pytest

from designer.drawing import typography as t
from designer.drawing.looks import Border, NodeLook, Shape
from designer.drawing.node_text import card_chips, node_text, shows_chips
from designer.drawing.theme import Layer

SHAPES = [
    (Shape.CARD, Border.THIN, 184.0, 54.0),
    (Shape.BAR, Border.THIN, 208.0, 36.0),
    (Shape.ZONE, Border.BAND, 560.0, 300.0),
    (Shape.ZONE, Border.DASHED, 208.0, 104.0),
    (Shape.ZONE, Border.LONG_DASHED, 560.0, 300.0),
    (Shape.NOTE, Border.THIN, 200.0, 120.0),
]


def look(shape: Shape, border: Border, title: str = "web01") -> NodeLook:
    layer = Layer.SWITCHING if shape is Shape.BAR else Layer.WINDOWS
    return NodeLook(shape, layer, "host", title, "a fact that matters", detail="10.0.0.0/24", border=border)


@pytest.mark.parametrize(("shape", "border", "width", "height"), SHAPES)
@pytest.mark.parametrize("title", ["web01", "a-name-of-sixty-four-characters-" * 2, "网络" * 30])
def test_words_stay_inside_their_node(shape: Shape, border: Border, width: float, height: float, title: str) -> None:
    for run in node_text(look(shape, border, title), width, height):
        assert run.x >= 8
        assert run.x + t.width(run.text, run.style) <= width - 4
        assert 0 < run.baseline < height


@pytest.mark.parametrize(("shape", "border", "width", "height"), SHAPES)
def test_words_stay_inside_when_they_are_drawn_larger(
    shape: Shape, border: Border, width: float, height: float
) -> None:
    for run in node_text(look(shape, border, "a-name-of-sixty-four-characters-" * 2), width, height, lambda style: 1.4):
        assert run.x + 1.4 * t.width(run.text, run.style) <= width - 4


def test_words_on_one_line_do_not_touch() -> None:
    for shape, border, width, height in SHAPES[1:3]:
        runs = node_text(look(shape, border), width, height)
        for before, after in pairwise(runs):
            assert before.x + t.width(before.text, before.style) + 6 <= after.x


def test_the_second_fact_of_a_bar_gives_way_first() -> None:
    texts = [run.text for run in node_text(look(Shape.BAR, Border.THIN), 232, 36)]

    assert texts == ["web01", "a fact that matters"]


@pytest.mark.parametrize(("enlargement", "words"), [(1.2, 2), (1.4, 1)])
def test_a_card_keeps_its_name_alone_where_two_lines_would_touch(enlargement: float, words: int) -> None:
    runs = node_text(look(Shape.CARD, Border.THIN), 184.0, 54.0, lambda style: enlargement)

    assert [run.text for run in runs] == ["web01", "a fact that matters"][:words]


def test_chips_of_a_card_stand_below_its_words_and_inside_it() -> None:
    long = NodeLook(Shape.CARD, Layer.OVERLAY, "service", "shop", "3 replicas · vip", chips=("8080 → 80/tcp", "x" * 80))
    words, chips = node_text(long, 200, 98), card_chips(long, 200, 98)

    assert words[0].baseline == 23
    assert chips[0].y > words[1].baseline
    assert chips[1].y > chips[0].y + 18
    assert chips[1].y + 18 < 98
    assert all(chip.x + chip.width < 200 for chip in chips)


def test_far_away_a_card_has_no_chips_and_its_words_in_the_middle() -> None:
    small = NodeLook(Shape.CARD, Layer.OVERLAY, "service", "shop", "1 replica", chips=("8080 → 80/tcp",))

    assert not shows_chips(lambda _: 1.4)
    assert node_text(small, 200, 76, lambda _: 1.2)[0].baseline > node_text(small, 200, 76)[0].baseline
