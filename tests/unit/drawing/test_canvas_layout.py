from __future__ import annotations

from designer.drawing.scene import Scene
from designer.model.annotations import Note
from designer.model.base import EntityBase
from designer.model.changes import ChangeSet, Edit
from designer.model.fabric import Router, Segment
from designer.model.hosts import Host
from designer.model.links import Attachment, Cable
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.realisation import PartKey
from designer.model.workloads import WindowsContainer
from tests.unit.sample import CLIENT, HOST, LAN, WEB, eid, placed, sample


def box(found: Scene, element: str) -> tuple[float, float, float, float]:
    return found.rect(PartKey(eid(element)))


def build(*more: EntityBase) -> Scene:
    return Scene.build(sample(*more, without=("host@",)))


def two_hosts() -> list[EntityBase]:
    return [
        Host(id=eid("h2"), name="HOST02"),
        WindowsContainer(id=eid("w2"), name="w2", parent=eid("h2")),
        ContainerNetwork(id=eid("ov"), name="ov", mode=NetworkMode.OVERLAY),
        Attachment(id=eid("a1"), source=WEB, target=eid("ov")),
        Attachment(id=eid("a2"), source=eid("w2"), target=eid("ov")),
    ]


def test_hosts_of_an_overlay_stand_side_by_side_with_its_band_around_them() -> None:
    found = build(*two_hosts())
    band, first, second = box(found, "ov"), box(found, HOST), box(found, "h2")

    assert first[1] == second[1]
    for host in (first, second):
        assert band[0] < host[0]
        assert host[0] + host[2] < band[0] + band[2]
        assert band[1] + 32 <= host[1]
    assert found.row_of[PartKey(eid("ov"))] < found.row_of[PartKey(HOST)]


def test_the_band_follows_its_hosts() -> None:
    found = build(*two_hosts())
    x, y = box(found, "h2")[:2]
    placement = placed(eid("h2"), x + 400, y)
    change = ChangeSet("Move", (Edit(None, placement),))
    dragged = found.patched(found.topology.apply(change), change)

    assert box(dragged, "ov")[2] == box(found, "ov")[2] + 400


def test_an_overlay_on_no_host_has_a_place_of_its_own() -> None:
    found = build(ContainerNetwork(id=eid("ov"), name="ov", mode=NetworkMode.OVERLAY), placed(eid("ov"), 40, -300))

    assert box(found, "ov")[:2] == (40, -300)


def test_machines_on_two_networks_stand_below_them() -> None:
    found = build(
        Segment(id=eid("dmz"), name="DMZ"),
        Router(id=eid("r"), name="r"),
        Cable(id=eid("k1"), source=eid("r"), target=LAN),
        Cable(id=eid("k2"), source=eid("r"), target=eid("dmz")),
        Note(id=eid("n"), name="n"),
    )

    assert box(found, "r")[1] > max(box(found, "dmz")[1], box(found, LAN)[1])
    assert box(found, CLIENT)[1] < box(found, LAN)[1]
    assert box(found, "n")[1] < box(found, HOST)[1]


def test_a_placed_network_stretches_to_what_is_cabled_to_it_from_above() -> None:
    found = build(placed(LAN, 0, 2000), placed(CLIENT, 3000, 100))

    assert box(found, LAN)[0] + box(found, LAN)[2] >= 3000


def test_many_hosts_stand_in_rows() -> None:
    found = build(*(Host(id=eid(f"h{n}"), name=f"h{n}") for n in range(9)))

    assert len({box(found, f"h{n}")[1] for n in range(9)}) > 2
