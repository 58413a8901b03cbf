from __future__ import annotations

from itertools import combinations

from designer.drawing.labels import Label, LabelPlacer, Occupied, is_before, riding_corner
from designer.drawing.looks import LinkLook, Stroke
from designer.drawing.theme import Layer

LOOK = LinkLook(Stroke.VNIC, Layer.WINDOWS, (("172.16.0.10", True), ("host vNIC", False)), ("8080 → 80/tcp",))
LINE = [(100.0, 0.0), (100.0, 120.0)]


def touch(a: Label, b: Label) -> bool:
    return a.x < b.x + b.width and b.x < a.x + a.width and a.y < b.y + b.height and b.y < a.y + a.height


def test_labels_stand_right_of_the_line_near_its_end_and_chips_left_near_its_beginning() -> None:
    address, kind, chip = LabelPlacer([], [LINE]).place(LOOK, LINE)

    assert (address.x, address.y) == (106, 75)
    assert kind.y == address.y + 16
    assert chip.x + chip.width == 94
    assert chip.y < address.y


def test_labels_keep_off_cards_and_each_other() -> None:
    solid = [(102.0, 60.0, 300.0, 120.0)]
    lines = [[(100.0 + 40 * n, 0.0), (100.0 + 40 * n, 120.0)] for n in range(4)]
    placer = LabelPlacer(solid, lines)
    placed = [label for line in lines for label in placer.place(LOOK, line)]

    assert not any(touch(a, b) for a, b in combinations(placed, 2))
    assert not any(
        label.x < 300 and label.x + label.width > 102 and label.y < 120 and label.y + label.height > 60
        for label in placed
    )


def test_labels_without_any_room_are_left_out() -> None:
    assert LabelPlacer([(-500.0, -500.0, 500.0, 500.0)], [LINE]).place(LOOK, LINE) == ()


def test_flat_lines_carry_their_label_above() -> None:
    line = [(0.0, 50.0), (200.0, 50.0)]
    label = LabelPlacer([], [line]).place(LinkLook(Stroke.TUNNEL, Layer.OVERLAY, (("VNI 4097", True),)), line)[0]

    assert label.y + label.height <= 50
    assert 0 < label.x < 200


def test_occupied_boxes_are_found_across_cells() -> None:
    occupied = Occupied()
    occupied.add((-10, -10, 300, 300))

    assert occupied.touches((290, 290, 310, 310))
    assert not occupied.touches((301, 0, 310, 10))


FLOW = LinkLook(Stroke.FLOW, Layer.TRAFFIC, (("TCP 8080", False),))
ACROSS = [(0.0, 50.0), (400.0, 50.0)]


def test_the_words_of_traffic_ride_on_the_middle_of_its_line() -> None:
    (label,) = LabelPlacer([], [ACROSS]).place(FLOW, ACROSS)

    assert label.rides
    assert abs(label.x + label.width / 2 - 200) < 1
    assert label.y + label.height / 2 == 50


def test_the_words_of_traffic_keep_off_other_lines_and_cards() -> None:
    other = [(200.0, 0.0), (200.0, 100.0)]
    (label,) = LabelPlacer([(210.0, 0.0, 400.0, 100.0)], [ACROSS, other]).place(FLOW, ACROSS)

    assert label.x + label.width < 198


def test_the_words_of_traffic_may_lie_on_zones_but_not_on_titles_or_cards_in_them() -> None:
    zone, title, card = (-10.0, 0.0, 410.0, 100.0), (100.0, 0.0, 410.0, 100.0), (-10.0, 0.0, 90.0, 100.0)
    (label,) = LabelPlacer([zone], [ACROSS], [(150.0, 0.0, 410.0, 100.0)], [(-10.0, 0.0, 60.0, 100.0)]).place(
        FLOW, ACROSS
    )

    assert label.x > 60
    assert label.x + label.width < 150
    (over_title,) = LabelPlacer([zone], [ACROSS], [title], [card]).place(FLOW, ACROSS)
    assert over_title.x > 90, "a card is never covered"
    assert LabelPlacer([zone], [ACROSS], [], [zone]).place(FLOW, ACROSS) == ()


def test_words_that_ride_on_a_line_grow_around_their_middle_and_never_under_a_badge() -> None:
    label = Label(100.0, 40.0, 60.0, 16.0, "TCP 80", mono=False, chip=False, rides=True)

    assert riding_corner(label, 1.0, marked=True) == riding_corner(label, 1.0, marked=False) == (100.0, 40.0)
    x, y = riding_corner(label, 1.5, marked=False)
    assert (x + 45.0, y + 12.0) == (130.0, 48.0)
    x, _ = riding_corner(label, 1.5, marked=True)
    assert x + 90.0 == 160.0


def test_a_chip_stands_before_its_line_and_an_address_after_it() -> None:
    address, _, chip = LabelPlacer([], [LINE]).place(LOOK, LINE)

    assert is_before(chip, LINE)
    assert not is_before(address, LINE)
