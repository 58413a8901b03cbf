"""Where the words of a node stand, and how much of them fits; one source for screen, print and SVG."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from designer.drawing import measures as m
from designer.drawing import typography as t
from designer.drawing.frames import note_lines
from designer.drawing.looks import Border, NodeLook, Shape
from designer.drawing.theme import Layer

Tone = Literal["text", "muted", "layer"]


_CARD_PITCH = 17.0
"""From the baseline of a card's name to that of its fact, in scene units."""
_LARGEST_CHIP = 1.15
"""How much chips on a card may be enlarged."""
_TIGHTEST_LINE = 1.15
"""The least height of a line, in font sizes."""


class TextRun(NamedTuple):
    """One line of text; x and baseline relative to the corner of its node."""

    x: float
    baseline: float
    text: str
    style: t.TextStyle
    tone: Tone


def _natural(style: t.TextStyle) -> float:
    del style
    return 1.0


def node_text(
    look: NodeLook, width: float, height: float, enlarge: Callable[[t.TextStyle], float] = _natural
) -> list[TextRun]:
    """Return the words of a node.

    Args:
        look: what to say.
        width: of the node.
        height: of the node.
        enlarge: by how much text of a style is drawn larger, at zoom levels where it would be too small.
    """
    if look.shape is Shape.CARD:
        return _card(look, width, height, enlarge)
    if look.shape is Shape.BAR:
        return _bar(look, width, height, enlarge)
    if look.shape is Shape.NOTE:
        return _note(look, width, height, enlarge)
    if look.border is Border.BAND:
        return _band(look, width, 42.0, t.HOST_NAME, enlarge)
    if look.border is Border.LONG_DASHED:
        return _band(look, width, 42.0, t.NAME, enlarge)
    room = (width - 2 * m.ZONE_PADDING) / enlarge(t.ZONE_NAME)
    tone: Tone = "muted" if look.layer is Layer.NEUTRAL else "layer"
    return [TextRun(m.ZONE_PADDING, 19.0, t.elide(look.title, room, t.ZONE_NAME), t.ZONE_NAME, tone)]


def _card(look: NodeLook, width: float, height: float, enlarge: Callable[[t.TextStyle], float]) -> list[TextRun]:
    fact = t.FACT_MONO if look.mono else t.FACT
    room = width - m.CARD_TEXT_INSET - m.CARD_RIGHT_INSET + 4
    title = t.elide(look.title, room / enlarge(t.NAME), t.NAME)
    if fact.size * enlarge(fact) * _TIGHTEST_LINE > _CARD_PITCH:  # far away the name matters, and two lines would touch
        return [TextRun(m.CARD_TEXT_INSET, height / 2 + 4.6, title, t.NAME, "text")]
    top = _words_top(look, height) if shows_chips(enlarge) else (height - m.CARD_HEIGHT) / 2
    return [
        TextRun(m.CARD_TEXT_INSET, top + 23.0, title, t.NAME, "text"),
        TextRun(
            m.CARD_TEXT_INSET, top + 23.0 + _CARD_PITCH, t.elide(look.fact, room / enlarge(fact), fact), fact, "muted"
        ),
    ]


def _words_top(look: NodeLook, height: float) -> float:
    return (height - m.CARD_HEIGHT - m.CARD_CHIP_PITCH * len(look.chips)) / 2


def shows_chips(enlarge: Callable[[t.TextStyle], float]) -> bool:
    """Whether the chips of a card are shown at a zoom level; far away they would have no room."""
    return enlarge(t.CHIP) <= _LARGEST_CHIP


class CardChip(NamedTuple):
    """A port mapping on a chip; x and y relative to the corner of its card."""

    x: float
    y: float
    width: float
    text: str


def card_chips(look: NodeLook, width: float, height: float) -> list[CardChip]:
    """Return the chips of a card, below its words, as wide as there is room."""
    top = _words_top(look, height) + m.CARD_HEIGHT - (m.CARD_CHIP_PITCH - m.CHIP_HEIGHT)
    room = width - m.CARD_TEXT_INSET - m.CARD_RIGHT_INSET + 4 - 2 * m.CHIP_PADDING
    texts = [t.elide(chip, room, t.CHIP) for chip in look.chips]
    return [
        CardChip(
            m.CARD_TEXT_INSET - 2,
            top + m.CARD_CHIP_PITCH * place,
            2 * m.CHIP_PADDING + t.width(text, t.CHIP),
            text,
        )
        for place, text in enumerate(texts)
    ]


def _bar(look: NodeLook, width: float, height: float, enlarge: Callable[[t.TextStyle], float]) -> list[TextRun]:
    baseline = height / 2 + 4.6
    room = width - m.BAR_TEXT_INSET - 14
    hardware = look.layer is Layer.HARDWARE
    style = t.HOST_FACT if hardware else t.BAR_FACT
    grow_name, grow_fact = enlarge(t.NAME), enlarge(style)
    fact_width = t.width(look.fact, style) * grow_fact
    name_room = max(room - fact_width - 10, room / 2) if look.fact else room
    title = t.elide(look.title, name_room / grow_name, t.NAME)
    runs = [TextRun(m.BAR_TEXT_INSET, baseline, title, t.NAME, "text")]
    x = m.BAR_TEXT_INSET + t.width(title, t.NAME) * grow_name + 10
    left = width - 14 - x
    if look.fact and left > 24:
        fact = t.elide(look.fact, left / grow_fact, style)
        runs.append(TextRun(x, baseline, fact, style, "muted" if hardware else "layer"))
        x += t.width(fact, style) * grow_fact + 16
    detail = t.width(look.detail, t.FACT_MONO) * enlarge(t.FACT_MONO)
    if look.detail and width - 14 - x >= detail:
        runs.append(TextRun(width - 14 - detail, baseline, look.detail, t.FACT_MONO, "muted"))
    return runs


def _band(
    look: NodeLook, width: float, inset: float, style: t.TextStyle, enlarge: Callable[[t.TextStyle], float]
) -> list[TextRun]:
    grow_name, grow_fact = enlarge(style), enlarge(t.HOST_FACT)
    baseline = 23.0 if look.border is Border.BAND else 21.0
    room = width - inset - 14
    title = t.elide(look.title, room * 0.6 / grow_name, style)
    runs = [TextRun(inset, baseline, title, style, "text")]
    x = inset + t.width(title, style) * grow_name + 10
    detail = t.width(look.detail, t.HOST_FACT) * grow_fact
    left = width - 14 - x
    fact = t.width(look.fact, t.HOST_FACT) * grow_fact
    shows_detail = bool(look.detail) and detail + 24 + min(fact, 80.0) <= left
    if left > 40:
        text = t.elide(look.fact, (left - (detail + 24 if shows_detail else 0)) / grow_fact, t.HOST_FACT)
        tone: Tone = "muted" if look.border is Border.BAND else "layer"
        runs.append(TextRun(x, baseline, text, t.HOST_FACT, tone))
    if shows_detail:
        runs.append(TextRun(width - 14 - detail, baseline, look.detail, t.HOST_FACT, "muted"))
    return runs


def _note(look: NodeLook, width: float, height: float, enlarge: Callable[[t.TextStyle], float]) -> list[TextRun]:
    room = (width - 24) / enlarge(t.NAME)
    runs = [TextRun(12, 22, t.elide(look.title, room, t.NAME), t.NAME, "text")]
    grow = enlarge(t.NOTE_TEXT)
    pitch = m.NOTE_LINE * grow
    most = max(0, int((height - 34) // pitch))
    for place, line in enumerate(note_lines(look, width / grow)[:most]):
        runs.append(TextRun(12, 24 + pitch * (place + 1) - 4, line, t.NOTE_TEXT, "muted"))
    return runs
