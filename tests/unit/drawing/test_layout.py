from __future__ import annotations

import pytest

from designer.drawing.layout import arrange
from designer.drawing.scene import Scene
from designer.model.annotations import Placement
from designer.model.base import EntityBase
from designer.model.hosts import PhysicalNic, SetTeam
from designer.model.links import Attachment
from designer.model.realisation import PartKey
from designer.model.topology import Topology
from designer.model.workloads import Compartment, WindowsContainer
from tests.unit.sample import API, CLIENT, CORP, HOST, LAN, NAT, NIC, WEB, eid, placed, sample

PLACED = ("host@", "web01@", "api01@utility-vm")


def loose(*more: EntityBase) -> Topology:
    return sample(*more, without=PLACED)


def box(scene: Scene, element: str, part: str = "") -> tuple[float, float, float, float]:
    return scene.rect(PartKey(eid(element), part))


def test_the_drawing_reads_like_the_stack_from_top_to_bottom() -> None:
    scene = Scene.build(loose())
    tops = [box(scene, element)[1] for element in (WEB, NAT, NIC, LAN)]

    assert tops == sorted(tops)
    assert box(scene, CORP)[1] == box(scene, NAT)[1]
    assert box(scene, CLIENT)[0] < box(scene, HOST)[0]


def test_the_host_stack_stands_at_the_left() -> None:
    scene = Scene.build(loose())

    assert box(scene, HOST, "compartment")[0] < min(box(scene, element)[0] for element in (WEB, API, NAT))


def test_a_bar_is_as_wide_as_what_plugs_into_it() -> None:
    more = [WindowsContainer(id=eid(f"c{n}"), name=f"c{n}", parent=HOST) for n in range(3)]
    links = [Attachment(id=eid(f"l{n}"), source=eid(f"c{n}"), target=NAT) for n in range(3)]
    scene = Scene.build(loose(*more, *links))
    x, _, width, _ = box(scene, NAT)

    for n in range(3):
        left, _, wide, _ = box(scene, f"c{n}", "compartment")
        assert x <= left
        assert left + wide <= x + width


def test_many_workloads_stand_in_several_rows() -> None:
    more = [WindowsContainer(id=eid(f"c{n}"), name=f"c{n:02}", parent=HOST) for n in range(20)]
    links = [Attachment(id=eid(f"l{n}"), source=eid(f"c{n}"), target=NAT) for n in range(20)]
    scene = Scene.build(loose(*more, *links))

    assert len({box(scene, f"c{n}")[1] for n in range(20)}) == 4


def test_a_physical_network_reaches_under_all_that_is_cabled_to_it() -> None:
    scene = Scene.build(loose())
    x, _, width, _ = box(scene, LAN)

    assert x <= box(scene, CLIENT)[0]
    assert x + width >= box(scene, HOST)[0] + box(scene, HOST)[2]


def test_a_placement_is_where_the_card_is_and_the_zone_follows() -> None:
    scene = Scene.build(sample(placed(WEB, 300, 80)))
    host = box(scene, HOST)

    assert box(scene, WEB)[:2] == (host[0] + 300, host[1] + 80)
    assert box(scene, WEB, "compartment")[0] == host[0] + 288
    assert scene.local_position(PartKey(WEB)) == (300, 80)


def test_zones_grow_to_what_is_in_them() -> None:
    scene = Scene.build(sample(placed(WEB, 3000, 2000)))
    x, y, width, height = box(scene, HOST)
    left, top, wide, tall = box(scene, WEB, "compartment")

    assert left + wide < x + width
    assert top + tall < y + height


def test_a_size_that_a_person_gave_is_kept_while_the_content_fits() -> None:
    scene = Scene.build(sample(placed(HOST, 0, 0).evolve(width=2000.0, height=1500.0), without=PLACED[1:]))

    assert box(scene, HOST)[2:] == (2000, 1500)


def test_what_has_no_place_keeps_clear_of_what_has_one() -> None:
    free = Scene.build(loose())
    x, y = free.local_position(PartKey(NAT))
    scene = Scene.build(loose(placed(CORP, x, y)))
    a, b = box(scene, NAT), box(scene, CORP)

    assert a[0] >= b[0] + b[2] or b[0] >= a[0] + a[2] or a[1] >= b[1] + b[3] or b[1] >= a[1] + a[3]


def test_arranging_leaves_what_is_placed_and_places_the_rest() -> None:
    change = arrange(sample())
    keys = {(edit.after.element, edit.after.part) for edit in change.edits if isinstance(edit.after, Placement)}

    assert (HOST, "") not in keys
    assert {(NAT, ""), (HOST, "compartment"), (LAN, "")} <= keys
    assert all(edit.before is None for edit in change.edits)


def test_arranging_everything_moves_all_but_what_is_pinned() -> None:
    topology = sample(placed(WEB, 900, 900), placed(NAT, 950, 500).evolve(pinned=True))
    moved = {edit.id for edit in arrange(topology, everything=True).edits}

    assert f"{WEB}@" in moved
    assert f"{NAT}@" not in moved


def test_teams_and_compartments_hold_their_content() -> None:
    nic = PhysicalNic(id=eid("n2"), name="Ethernet 2", parent=eid("t"))
    scene = Scene.build(
        loose(
            SetTeam(id=eid("t"), name="Team1", parent=HOST),
            nic,
            Compartment(id=eid("p"), name="pod", parent=HOST),
            WindowsContainer(id=eid("m"), name="m", parent=eid("p")),
            placed(eid("m"), 200, 100),
        )
    )
    for inner, outer in (("n2", "t"), ("m", "p")):
        x, y, width, height = box(scene, outer)
        left, top, wide, tall = box(scene, inner)
        assert x < left
        assert y < top
        assert left + wide < x + width
        assert top + tall < y + height


def test_what_is_not_drawn_has_no_position() -> None:
    with pytest.raises(KeyError):
        Scene.build(sample()).local_position(PartKey(eid("nowhere")))
