from __future__ import annotations

import pytest

from designer.editing.arrange import Edge, align, distribute
from designer.model.realisation import PartKey
from tests.unit.sample import CLIENT, HOST, LAN, sample

RECTS = {PartKey(HOST): (0.0, 0.0, 100.0, 50.0), PartKey(LAN): (300.0, 80.0, 40.0, 20.0)}
POSITIONS = {key: (rect[0], rect[1]) for key, rect in RECTS.items()}


@pytest.mark.parametrize(
    ("edge", "expected"),
    [
        ("left", (0, 80)),
        ("center", (30, 80)),
        ("right", (60, 80)),
        ("top", (300, 0)),
        ("middle", (300, 15)),
        ("bottom", (300, 30)),
    ],
)
def test_parts_come_in_line_with_the_reference(edge: Edge, expected: tuple[float, float]) -> None:
    topology = sample()
    change = align(topology, RECTS, edge, PartKey(HOST), POSITIONS)
    placement = topology.apply(change).placement(LAN)
    assert placement is not None
    assert (placement.x, placement.y) == expected
    assert change.label == "Align 2 items"
    assert all(edit.id == placement.id for edit in change.edits)


def test_gaps_become_equal_and_the_outer_parts_stay() -> None:
    topology = sample()
    rects = RECTS | {PartKey(CLIENT): (110.0, 5.0, 20.0, 20.0)}
    positions = {key: (rect[0], rect[1]) for key, rect in rects.items()}
    change = distribute(topology, rects, "horizontal", positions)
    (edit,) = change.edits
    placement = topology.apply(change).placement(CLIENT)
    assert placement is not None
    assert edit.id == placement.id
    assert (placement.x, placement.y) == (190, 5)
    assert distribute(topology, rects, "vertical", positions).label == "Distribute 3 items"


def test_two_parts_have_one_gap() -> None:
    assert not distribute(sample(), RECTS, "vertical", POSITIONS)
