"""Labels beside lines: on no card, on no other label, on no line where there is another place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from designer.drawing import measures as m
from designer.drawing import typography as t
from designer.drawing.looks import LinkLook, Stroke

Box = tuple[float, float, float, float]
"""Left, upper, right and lower edge."""
Point = tuple[float, float]

_CELL = 96.0
_LINE = 16.0
_FROM_BAR = 45.0
_PAD = 4.0
_STEP = 12.0
_MOST_PLACES = 80
_MOST_RIDES = 24


@dataclass(frozen=True, slots=True)
class Label:
    """One line of text beside a link, a port mapping on a chip, or the words of traffic, which ride on its line."""

    x: float
    y: float
    width: float
    height: float
    text: str
    mono: bool
    chip: bool
    rides: bool = False

    @property
    def style(self) -> t.TextStyle:
        """The style of its text."""
        if self.chip:
            return t.CHIP
        return t.LABEL_MONO if self.mono else t.LABEL


def riding_corner(label: Label, grow: float, *, marked: bool) -> tuple[float, float]:
    """Return where words begin that ride on a line and are enlarged: around their middle, or away from a badge."""
    share = 1.0 if marked else 0.5
    return label.x - label.width * (grow - 1.0) * share, label.y - label.height * (grow - 1.0) / 2


def is_before(label: Label, line: Sequence[Point]) -> bool:
    """Whether a label ends at a line that runs down past it: left of it."""
    edge = label.x + label.width
    return any(
        x0 == x1 and edge <= x0 <= edge + 2 * m.LABEL_GAP and min(y0, y1) <= label.y <= max(y0, y1)
        for (x0, y0), (x1, y1) in pairwise(line)
    )


class Occupied:
    """Boxes that labels keep off, in a grid."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = {}

    def add(self, box: Box) -> None:
        """Keep labels off a box."""
        for cell in _cells(box):
            self._cells.setdefault(cell, []).append(box)

    def touches(self, box: Box) -> bool:
        """Whether something is there."""
        x0, y0, x1, y1 = box
        for cell in _cells(box):
            for left, top, right, bottom in self._cells.get(cell, ()):
                if left < x1 and right > x0 and top < y1 and bottom > y0:
                    return True
        return False

    def is_shared(self, box: Box, own: Collection[Box]) -> bool:
        """Whether something is there besides one's own."""
        x0, y0, x1, y1 = box
        near = (other for cell in _cells(box) for other in self._cells.get(cell, ()))
        return any(
            other[0] < x1 and other[2] > x0 and other[1] < y1 and other[3] > y0 and other not in own for other in near
        )


def _cells(box: Box) -> list[tuple[int, int]]:
    columns = range(int(box[0] // _CELL), int(box[2] // _CELL) + 1)
    lines = range(int(box[1] // _CELL), int(box[3] // _CELL) + 1)
    return [(column, line) for column in columns for line in lines]


class LabelPlacer:
    """Places the labels of links one after the other.

    Args:
        solid: boxes that no label may touch: cards, bars, titles.
        lines: polylines of all links near, to keep off while there is room elsewhere.
        titles: what the words of traffic keep off where they cannot keep off all that is solid: it runs through zones.
        cards: what they keep off where there is no place beside titles either.
    """

    def __init__(
        self,
        solid: Iterable[Box],
        lines: Iterable[Sequence[Point]],
        titles: Iterable[Box] = (),
        cards: Iterable[Box] = (),
    ) -> None:
        self._solid = Occupied()
        self._lines = Occupied()
        self._titles = Occupied()
        self._cards = Occupied()
        for box in cards:
            self._cards.add(box)
            self._titles.add(box)
        for box in titles:
            self._titles.add(box)
        for box in solid:
            self._solid.add(box)
        for line in lines:
            for box in _stretches(line):
                self._lines.add(box)

    def keep_off(self, labels: Iterable[Label]) -> None:
        """Respect labels that were placed before."""
        for label in labels:
            box = (label.x, label.y, label.x + label.width, label.y + label.height)
            for occupied in (self._solid, self._titles, self._cards):
                occupied.add(box)

    def place(self, look: LinkLook, points: Sequence[Point]) -> tuple[Label, ...]:
        """Return the labels of one link; those that find no place are left out."""
        labels: list[Label] = []
        if look.stroke is Stroke.FLOW:
            labels += self._riding(look, points)
        elif look.lines:
            widths = [2 * _PAD + t.width(text, t.LABEL_MONO if mono else t.LABEL) for text, mono in look.lines]
            place = self._find(points, max(widths), _LINE * len(look.lines), chip=False)
            if place is not None:
                x, y, leftward = place
                edge = x + max(widths)
                for number, ((text, mono), width) in enumerate(zip(look.lines, widths, strict=True)):
                    left = edge - width if leftward else x
                    labels.append(Label(left, y + number * _LINE, width, m.LABEL_HEIGHT, text, mono, chip=False))
        for text in look.chips:
            width = 2 * m.CHIP_PADDING + t.width(text, t.CHIP)
            self.keep_off(labels)
            place = self._find(points, width, m.CHIP_HEIGHT, chip=True)
            if place is not None:
                labels.append(Label(place[0], place[1], width, m.CHIP_HEIGHT, text, mono=True, chip=True))
        self.keep_off(labels)
        return tuple(labels)

    def _riding(self, look: LinkLook, points: Sequence[Point]) -> Iterator[Label]:
        """Yield the words of traffic on its line: clear of zones and other lines where possible, always of cards."""
        (text, mono), *_ = look.lines
        width = 2 * m.PILL_PADDING + t.width(text, t.LABEL)
        places = [(x, y, x + width, y + m.LABEL_HEIGHT) for x, y in _on_line(points, width, m.LABEL_HEIGHT)]
        own = set(_stretches(points))
        for occupied in (self._solid, self._titles, self._cards):
            free = [box for box in places if not occupied.touches(box)]
            lonely = (box for box in free if not self._lines.is_shared(box, own))
            best = next(lonely, next(iter(free), None))
            if best is not None:
                yield Label(best[0], best[1], width, m.LABEL_HEIGHT, text, mono, chip=False, rides=True)
                return

    def _find(
        self, points: Sequence[Point], width: float, height: float, chip: bool
    ) -> tuple[float, float, bool] | None:
        crossing: tuple[float, float, bool] | None = None
        for choice in _choices(points, width, height, chip):
            x, y, _ = choice
            box = (x, y, x + width, y + height)
            if not self._solid.touches(box):
                if not self._lines.touches(box):
                    return choice
                crossing = crossing or choice
        return crossing


def _stretches(line: Sequence[Point]) -> Iterator[Box]:
    """Yield the boxes of the stretches of a polyline, a little wider than these."""
    for (x0, y0), (x1, y1) in pairwise(line):
        if (x0, y0) != (x1, y1):
            yield min(x0, x1) - 2, min(y0, y1) - 2, max(x0, x1) + 2, max(y0, y1) + 2


def _choices(points: Sequence[Point], width: float, height: float, chip: bool) -> Iterator[tuple[float, float, bool]]:
    """Yield places beside a line, the best first: labels near its end, chips near its beginning, on the other side."""
    segments = [(a, b) for a, b in pairwise(points) if a != b]
    upright = [(a, b) for a, b in segments if a[0] == b[0]]
    upright.sort(key=lambda segment: -abs(segment[0][1] - segment[1][1]))
    for (x, y0), (_, y1) in upright:
        top, bottom = min(y0, y1), max(y0, y1)
        room = bottom - top
        if room < height:
            continue
        near_end = bottom - _FROM_BAR if not chip else top + m.ZONE_FOOT + m.HOST_PADDING
        if room < 2 * _FROM_BAR:
            near_end = (top + bottom - height) / 2
        steps = sorted(
            {min(max(near_end, top + 2), bottom - height), (top + bottom - height) / 2, bottom - height - 8, top + 8},
            key=lambda y: abs(y - near_end),
        )
        sides = ((x - m.LABEL_GAP - width, True), (x + m.LABEL_GAP, False))
        for left, leftward in sides if chip else sides[::-1]:
            for y in steps:
                yield left, y, leftward
    flat = [(a, b) for a, b in segments if a[1] == b[1]]
    flat.sort(key=lambda segment: -abs(segment[0][0] - segment[1][0]))
    for (x0, y), (x1, _) in flat:
        if abs(x1 - x0) < width / 2:
            continue
        room = abs(x1 - x0) - width
        count = min(_MOST_PLACES, max(0, int(room // _STEP)))
        shares = sorted((number / max(1, count) for number in range(count + 1)), key=lambda share: abs(share - 0.5))
        for share in shares:
            left = min(x0, x1) + room * (share if count else 0.5)
            yield left, y - m.LABEL_GAP - height, False
            yield left, y + m.LABEL_GAP, False


def _on_line(points: Sequence[Point], width: float, height: float) -> Iterator[tuple[float, float]]:
    """Yield places on a line: on the longest stretch first, the middle before the ends."""
    stretches = [(a, b) for a, b in pairwise(points) if a != b]
    stretches.sort(key=lambda pair: -abs(pair[0][0] - pair[1][0]) - abs(pair[0][1] - pair[1][1]))
    for (x0, y0), (x1, y1) in stretches:
        length = abs(x1 - x0) + abs(y1 - y0)
        room = length - (width if y0 == y1 else height) - 2 * _STEP
        if room < 0:
            continue
        count = min(_MOST_RIDES, int(room // _STEP) + 1)
        shares = sorted((0.5 + (number / count - 0.5) * room / length for number in range(count + 1)), key=_off_middle)
        for share in shares:
            yield x0 + (x1 - x0) * share - width / 2, y0 + (y1 - y0) * share - height / 2


def _off_middle(share: float) -> float:
    return abs(share - 0.5)
