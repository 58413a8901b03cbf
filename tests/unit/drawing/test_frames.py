from __future__ import annotations

from designer.drawing import measures as m
from designer.drawing.frames import Frames, natural_size, note_lines
from designer.drawing.looks import NodeLook, Shape
from designer.drawing.parts import Role
from designer.drawing.theme import Layer
from designer.drawing.wires import collect
from designer.model.realisation import PartKey
from tests.unit.sample import HOST, NAT, WEB, eid, placed, sample


def card(title: str) -> NodeLook:
    return NodeLook(Shape.CARD, Layer.WINDOWS, "host", title)


def test_cards_are_as_wide_as_their_words_within_limits() -> None:
    assert natural_size(card("a"), Role.NIC) == (m.CARD_MIN_WIDTH, m.CARD_HEIGHT)
    assert natural_size(card("a"), Role.WORKLOAD)[0] == m.WORKLOAD_MIN_WIDTH
    assert natural_size(card("m" * 64), Role.NIC)[0] == m.CARD_MAX_WIDTH
    assert m.CARD_MIN_WIDTH < natural_size(card("m" * 12), Role.NIC)[0] < m.CARD_MAX_WIDTH


def test_a_note_is_as_high_as_its_text() -> None:
    note = NodeLook(Shape.NOTE, Layer.TRANSLATION, "note", "n", "word " * 60)

    assert len(note_lines(note, m.NOTE_WIDTH)) > 4
    assert natural_size(note, Role.NOTE)[1] > natural_size(card("a"), Role.NOTE)[1]


def test_placements_are_heeded_unless_everything_is_to_be_arranged() -> None:
    topology = sample(placed(NAT, 8, 16))
    parts, lines = collect(topology)
    joined = [(wire.source, wire.target) for wire in lines]
    row = parts.row_of[PartKey(NAT)]

    kept, loose = Frames.of(topology, parts, joined), Frames.of(topology, parts, joined, keep=False)

    assert kept.placement(row) is not None
    assert loose.placement(row) is None
    pinned = sample(placed(NAT, 8, 16).evolve(pinned=True))
    assert Frames.of(pinned, parts, joined, keep=False).placement(row) is not None


def test_both_ends_of_a_link_know_each_other() -> None:
    topology = sample()
    parts, lines = collect(topology)
    joined = [(wire.source, wire.target) for wire in lines]
    frames = Frames.of(topology, parts, joined)

    assert parts.row_of[PartKey(NAT)] in frames.plugs[parts.row_of[PartKey(WEB)]]
    assert parts.row_of[PartKey(WEB)] in frames.plugs[parts.row_of[PartKey(NAT)]]
    assert frames.stored(PartKey(HOST)) is not None
    assert frames.stored(PartKey(eid("nowhere"))) is None


def test_chips_make_a_card_higher_and_as_wide_as_they_are() -> None:
    look = NodeLook(
        Shape.CARD, Layer.OVERLAY, "service", "a", chips=("8080 → 80/tcp · ingress", "443 → 443/tcp · host")
    )
    width, height = natural_size(look, Role.SERVICE)

    assert height == m.CARD_HEIGHT + 2 * m.CARD_CHIP_PITCH
    assert m.CARD_MIN_WIDTH < width <= m.CARD_MAX_WIDTH
