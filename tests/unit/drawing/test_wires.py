from __future__ import annotations

from designer.drawing.collect import switch_part
from designer.drawing.looks import Stroke
from designer.drawing.parts import Parts, Wire
from designer.drawing.wires import collect
from designer.model.annotations import Note
from designer.model.flows import Flow
from designer.model.hosts import Host, VSwitch
from designer.model.links import Attachment, Reference
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.realisation import PartKey
from designer.model.services import Service
from designer.model.workloads import WindowsContainer
from tests.unit.sample import CORP, HOST, NAT, WEB, WEB_NAT, eid, sample


def ends(found: tuple[Parts, list[Wire]], key: PartKey) -> tuple[PartKey, PartKey]:
    parts, lines = found
    wire = next(wire for wire in lines if wire.key == key)
    return parts.nodes[wire.source].key, parts.nodes[wire.target].key


def test_stored_links_join_what_they_name() -> None:
    assert ends(collect(sample()), PartKey(WEB_NAT)) == (PartKey(WEB), PartKey(NAT))


def test_what_follows_is_drawn_too() -> None:
    found = collect(sample())
    vnic = PartKey(NAT, f"vnic:{HOST}")

    assert ends(found, PartKey(NAT, f"vnic:{HOST}:link")) == (vnic, PartKey(NAT))
    assert ends(found, PartKey(NAT, "winnat:inside")) == (vnic, PartKey(NAT, "winnat"))
    assert ends(found, PartKey(NAT, "winnat:outside")) == (PartKey(NAT, "winnat"), PartKey(CORP, f"vnic:{HOST}"))


def test_a_network_hangs_on_the_switch_that_it_uses() -> None:
    network = ContainerNetwork(id=eid("t"), name="t", parent=HOST, mode=NetworkMode.TRANSPARENT, switch=eid("s"))
    found = collect(sample(VSwitch(id=eid("s"), name="s", parent=HOST), network))

    assert ends(found, PartKey(eid("t"), f"port:{HOST}")) == (PartKey(eid("t")), PartKey(eid("s")))


def test_an_overlay_ends_at_its_switch_on_the_host_and_tunnels_to_the_next() -> None:
    found = collect(
        sample(
            Host(id=eid("h2"), name="HOST02"),
            WindowsContainer(id=eid("w2"), name="w2", parent=eid("h2")),
            ContainerNetwork(id=eid("ov"), name="ov", mode=NetworkMode.OVERLAY),
            Attachment(id=eid("a1"), source=WEB, target=eid("ov")),
            Attachment(id=eid("a2"), source=eid("w2"), target=eid("ov")),
        )
    )
    first, second = PartKey(eid("ov"), switch_part(HOST)), PartKey(eid("ov"), switch_part(eid("h2")))

    assert ends(found, PartKey(eid("a1"))) == (PartKey(WEB), first)
    assert ends(found, PartKey(eid("ov"), "tunnel:0")) == (first, second)
    assert next(wire for wire in found[1] if wire.key.part == "tunnel:0").look.stroke is Stroke.TUNNEL


def test_a_note_can_point_at_an_overlay_and_at_itself() -> None:
    found = collect(
        sample(
            Note(id=eid("n"), name="n"),
            ContainerNetwork(id=eid("ov"), name="ov", mode=NetworkMode.OVERLAY),
            Reference(id=eid("r"), source=eid("n"), target=eid("ov")),
            Reference(id=eid("r2"), source=eid("n"), target=eid("n")),
        )
    )

    assert ends(found, PartKey(eid("r"))) == (PartKey(eid("n")), PartKey(eid("ov")))
    assert ends(found, PartKey(eid("r2"))) == (PartKey(eid("n")), PartKey(eid("n")))


def test_traffic_is_drawn_last_or_not_at_all() -> None:
    topology = sample(Flow(id=eid("f"), source=WEB, target=eid("api01")), Flow(id=eid("g"), source=HOST, target=WEB))
    _, lines = collect(topology)

    assert [wire.key.element for wire in lines[-2:]] == ["f", "g"]
    assert all(wire.look.stroke is Stroke.FLOW for wire in lines[-2:])
    assert collect(topology, flows=False)[1] == lines[:-2]


def test_a_service_hangs_on_the_band_of_its_network() -> None:
    found = collect(
        sample(
            Service(id=eid("s"), name="shop"),
            ContainerNetwork(id=eid("ov"), name="ov", mode=NetworkMode.OVERLAY),
            Attachment(id=eid("a"), source=eid("s"), target=eid("ov")),
        )
    )

    assert ends(found, PartKey(eid("a"))) == (PartKey(eid("s")), PartKey(eid("ov")))
    assert next(wire for wire in found[1] if wire.key.element == "a").look.kind == "Attachment"
