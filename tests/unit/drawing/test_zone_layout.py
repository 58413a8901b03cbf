from __future__ import annotations

from designer.drawing import measures as m
from designer.drawing.frames import Frames
from designer.drawing.wires import collect
from designer.drawing.zone_layout import collide, lay_out_zone, offset_in_mover, settle
from designer.model.base import EntityBase
from designer.model.realisation import PartKey
from designer.model.workloads import Compartment, WindowsContainer
from tests.unit.sample import HOST, WEB, eid, placed, sample


def frames(*more: EntityBase) -> Frames:
    topology = sample(*more)
    parts, lines = collect(topology)
    return Frames.of(topology, parts, [(wire.source, wire.target) for wire in lines])


def test_a_container_stands_under_the_title_of_its_zone() -> None:
    found = frames()
    zone, card = (found.parts.row_of[PartKey(WEB, part)] for part in ("compartment", ""))

    lay_out_zone(found, zone)

    assert (found.x[card], found.y[card]) == (m.ZONE_PADDING, m.ZONE_TITLE)
    assert found.w[zone] == found.w[card] + 2 * m.ZONE_PADDING
    assert found.h[zone] == m.ZONE_TITLE + m.CARD_HEIGHT + m.ZONE_FOOT
    assert offset_in_mover(found, zone) == (m.ZONE_PADDING, m.ZONE_TITLE)


def test_the_cards_of_the_host_stack_leave_room_for_the_lines_between_them() -> None:
    found = frames()
    stack = found.parts.row_of[PartKey(HOST, "compartment")]

    lay_out_zone(found, stack)

    rows = list(found.parts.children(stack))
    assert [found.y[row] for row in rows] == [28, 28 + 54 + 44, 28 + 2 * (54 + 44)]
    assert len({found.w[row] for row in rows}) == 1


def test_loose_content_gives_way_to_placed_content() -> None:
    members = [WindowsContainer(id=eid(f"m{n}"), name=f"m{n}", parent=eid("c")) for n in range(5)]
    found = frames(Compartment(id=eid("c"), name="pod", parent=HOST), *members, placed(eid("m3"), 20, 40))
    zone = found.parts.row_of[PartKey(eid("c"))]

    lay_out_zone(found, zone)

    rows = list(found.parts.children(zone))
    assert not any(collide(found, a, b) for a in rows for b in rows if a < b)
    assert found.x[found.parts.row_of[PartKey(eid("m3"))]] == 20


def test_nothing_leaves_its_zone_to_the_left_or_above() -> None:
    found = frames(placed(WEB, -500, -500))
    zone = found.parts.row_of[PartKey(WEB, "compartment")]
    lay_out_zone(found, zone)

    settle(found, found.parts.row_of[PartKey(HOST)], [zone], 12, 44)

    assert (found.x[zone], found.y[zone]) == (12, 44)
