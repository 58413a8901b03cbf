"""Text styles, and how wide text is, without asking a graphics system.

The widths are those of the shipped families (Inter 4, JetBrains Mono 2), in thousandths of the size; other scripts are
estimated by class. Layout, labels and the SVG writer need them; painters elide by the same numbers, so that a picture
is the same everywhere.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from designer.drawing.families import MONO, SANS


@dataclass(frozen=True, slots=True)
class TextStyle:
    """A family, a size in scene units and a weight of 400 to 700."""

    size: float
    weight: int = 400
    mono: bool = False

    @property
    def family(self) -> str:
        """The family that ships with the product."""
        return MONO if self.mono else SANS


NAME = TextStyle(13, 600)
HOST_NAME = TextStyle(13.5, 600)
FACT = TextStyle(11.5)
FACT_MONO = TextStyle(11.5, mono=True)
BAR_FACT = TextStyle(11.5, 600)
HOST_FACT = TextStyle(11.5, 500)
ZONE_NAME = TextStyle(11, 600)
LABEL = TextStyle(10.5, 500)
LABEL_MONO = TextStyle(10.5, 500, mono=True)
CHIP = TextStyle(10.5, 500, mono=True)
MARK_TEXT = TextStyle(11, 600)
NOTE_TEXT = TextStyle(12)
STYLES = tuple(
    dict.fromkeys(
        (
            NAME,
            HOST_NAME,
            FACT,
            FACT_MONO,
            BAR_FACT,
            HOST_FACT,
            ZONE_NAME,
            LABEL,
            LABEL_MONO,
            CHIP,
            MARK_TEXT,
            NOTE_TEXT,
        )
    )
)
"""All styles, each once."""

# fmt: off
_REGULAR = (
    281, 278, 403, 631, 638, 812, 639, 222, 362, 362, 500, 659, 280, 460, 276, 357, 625, 464, 605, 636, 642, 608, 624,
    571, 616, 624, 276, 280, 659, 659, 659, 507, 936, 676, 651, 727, 719, 598, 587, 743, 740, 264, 543, 652, 562, 889,
    753, 761, 635, 761, 639, 638, 642, 741, 676, 949, 642, 665, 625, 362, 357, 362, 469, 452, 497, 564, 621, 558, 621,
    582, 361, 609, 591, 237, 237, 544, 237, 869, 585, 597, 609, 609, 372, 523, 364, 581, 557, 812, 540, 557, 541, 362,
    327, 362, 659,
)
_BOLD = (
    232, 325, 392, 650, 655, 859, 674, 209, 409, 409, 565, 680, 303, 469, 298, 390, 688, 489, 630, 659, 678, 645, 660,
    595, 661, 660, 298, 303, 680, 680, 680, 562, 1031, 748, 661, 752, 727, 613, 585, 761, 746, 281, 570, 690, 567, 915,
    735, 782, 648, 783, 656, 655, 668, 729, 748, 1036, 714, 724, 667, 409, 390, 409, 488, 477, 497, 580, 635, 587, 635,
    598, 386, 633, 624, 272, 272, 582, 272, 912, 622, 614, 632, 632, 409, 562, 388, 622, 586, 850, 574, 586, 572, 409,
    374, 409, 680,
)
# fmt: on
_SPECIAL = {"·": 290, "→": 955, "…": 821, "“": 410, "”": 410, "’": 220, "–": 500, "—": 1000}
_MONO_ADVANCE = 600
_WIDE = 1040
_OTHER = 700


@lru_cache(maxsize=16)
def _advances(weight: int) -> dict[int, int]:
    share = (weight - 400) / 300
    table = {32 + i: round(a + (b - a) * share) for i, (a, b) in enumerate(zip(_REGULAR, _BOLD, strict=True))}
    table.update({ord(character): advance for character, advance in _SPECIAL.items()})
    return table


@lru_cache(maxsize=16)
def _ascii_advances(weight: int) -> tuple[int, ...]:
    table = _advances(weight)
    return tuple(table[code] if code in table else _estimate(code) for code in range(128))


@lru_cache(maxsize=4096)
def _estimate(code: int) -> int:
    character = chr(code)
    if unicodedata.combining(character) or unicodedata.category(character) in {"Cf", "Mn", "Me"}:
        return 0
    if unicodedata.east_asian_width(character) in {"W", "F"} or code >= 0x1F000:
        return _WIDE
    base = unicodedata.normalize("NFD", character)[0]
    return _advances(500).get(ord(base), _OTHER)


def _mono_advance(character: str) -> int:
    if character < "\u0300" or character in _SPECIAL:
        return _MONO_ADVANCE
    return max(_MONO_ADVANCE, _estimate(ord(character)))


def width(text: str, style: TextStyle) -> float:
    """Return how wide a line of text is, in scene units; exact for Latin, an upper estimate otherwise."""
    if style.mono:
        if text.isascii():
            return len(text) * _MONO_ADVANCE * style.size / 1000
        return sum(_mono_advance(character) for character in text) * style.size / 1000
    if text.isascii():
        return sum(map(_ascii_advances(style.weight).__getitem__, text.encode())) * style.size / 1000
    table = _advances(style.weight)
    total = 0
    for code in map(ord, text):
        advance = table.get(code)
        total += _estimate(code) if advance is None else advance
    return total * style.size / 1000


@lru_cache(maxsize=8192)
def elide(text: str, available: float, style: TextStyle) -> str:
    """Return the text, or its beginning and end around an ellipsis, so that it fits."""
    if width(text, style) <= available:
        return text
    low, high = 0, len(text) - 1
    while low < high:
        kept = (low + high + 1) // 2
        if width(_middle(text, kept), style) <= available:
            low = kept
        else:
            high = kept - 1
    return _middle(text, low)


def _middle(text: str, kept: int) -> str:
    tail = kept // 2
    head = text[: kept - tail].rstrip()
    return f"{head}…{text[len(text) - tail :].lstrip() if tail else ''}"


@lru_cache(maxsize=8192)
def shown(text: str) -> str:
    """Return a name as it is shown: on one line, with the direction of its letters kept to itself.

    Control characters become visible blanks; text with right-to-left letters or direction marks is isolated.
    """
    if text.isascii() and text.isprintable():
        return text
    clean = "".join(
        "␣" if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} else character for character in text
    )
    if any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in clean):
        return f"\u2068{clean}\u2069"
    return clean


_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", "PDF", "PDI"})


def wrap(text: str, available: float, style: TextStyle, most_lines: int = 12) -> tuple[str, ...]:
    """Return a text in lines that fit; the last one ends with an ellipsis when there is more."""
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}" if line else word
            if not line or width(longer, style) <= available:
                line = longer
            else:
                lines.append(line)
                line = word
        lines.append(line)
    kept = [elide(shown(line), available, style) for line in lines[:most_lines]]
    if len(lines) > most_lines:
        kept[-1] = f"{kept[-1]} …"
    return tuple(kept)
