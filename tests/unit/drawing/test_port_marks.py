from __future__ import annotations

from designer.drawing.port_marks import port_marks
from designer.drawing.scene import Scene
from designer.drawing.theme import Layer
from designer.model.annotations import Note
from designer.model.links import Reference
from designer.model.realisation import PartKey
from tests.unit.sample import CORP, CORP_NIC, NAT, NIC, WEB_NAT, eid, sample

LOOSE = ("web01@", "api01@utility-vm")


def test_ports_are_squares_on_bars_and_on_adapters_that_carry_one() -> None:
    scene = Scene.build(sample(without=LOOSE))
    web, uplink = (list(port_marks(scene, scene.links.index_of[PartKey(link)])) for link in (WEB_NAT, CORP_NIC))

    assert [(y, layer) for _, y, layer in web] == [(scene.rect(PartKey(NAT))[1], Layer.SWITCHING)]
    assert [layer for _, _, layer in uplink] == [Layer.SWITCHING, Layer.HARDWARE]
    assert uplink[1][1] == scene.rect(PartKey(NIC))[1]


def test_the_line_of_a_note_has_none() -> None:
    scene = Scene.build(sample(Note(id=eid("n"), name="n"), Reference(id=eid("r"), source=eid("n"), target=CORP)))

    assert list(port_marks(scene, scene.links.index_of[PartKey(eid("r"))])) == []
