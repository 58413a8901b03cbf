"""Layout of the canvas: hosts side by side over the physical networks that join them, overlay bands behind them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np

from designer.drawing import measures as m
from designer.drawing.frames import Frames
from designer.drawing.parts import Parts, Role
from designer.drawing.rows import Rows
from designer.drawing.segmented import Ints
from designer.drawing.zone_layout import settle, stretch
from designer.model.realisation import PartKey

_ONE_ROW = 4
_HOST_GAP = 40.0
_OVERLAY_GAP = 96.0
_SEGMENT_GAP = 40.0
_OUTSIDE_GAP = 32.0
_MOST_OUTSIDE = 4


@dataclass(frozen=True, slots=True)
class CanvasPlan:
    """What the layout of the canvas needs to know about the structure; placements do not change it.

    Attributes:
        rows: what stands on the canvas.
        joined: for physical networks and overlays, what on the canvas is joined to them.
        spans: the hosts that each overlay network reaches.
    """

    rows: tuple[int, ...]
    joined: dict[int, list[int]]
    spans: dict[int, list[int]]

    @classmethod
    def of(cls, parts: Parts, facts: Rows, first: Ints, second: Ints, numbers: Ints) -> CanvasPlan:
        """Read the plan off a drawing.

        Args:
            parts: what is drawn.
            facts: facts about all rows.
            first: the row where each line starts.
            second: the row where it ends.
            numbers: what the layout calls each row that stands on the canvas.
        """
        spans: dict[int, list[int]] = {}
        for row in overlay_bars(parts, facts):
            band = parts.row_of.get(PartKey(parts.nodes[row].key.element))
            if band is not None:
                spans.setdefault(int(numbers[band]), []).append(int(numbers[facts.roots[row]]))
        joined: dict[int, dict[int, None]] = {}
        for ends, others in ((first, second), (second, first)):
            roots = facts.roots[others]
            wide, beside = facts.roles[ends], facts.roles[roots]
            chosen = ((wide == Role.SEGMENT) | (wide == Role.OVERLAY)) & (
                (beside == Role.HOST) | (beside == Role.OUTSIDE)
            )
            for end, root in zip(numbers[ends[chosen]].tolist(), numbers[roots[chosen]].tolist(), strict=True):
                joined.setdefault(end, {})[root] = None
        rows = numbers[facts.parents < 0].tolist()
        return cls(tuple(rows), {end: list(others) for end, others in joined.items()}, spans)


def overlay_bars(parts: Parts, facts: Rows) -> list[int]:
    """Return the rows that are the switch of an overlay network on one host."""
    if not (facts.roles == Role.OVERLAY).any():
        return []
    bars = np.nonzero(facts.roles == Role.NETWORK)[0].tolist()
    return [row for row in bars if parts.nodes[row].key.is_derived]


class CanvasLayout:
    """Places what stands on the canvas, whose hosts have their sizes already."""

    def __init__(self, frames: Frames, plan: CanvasPlan) -> None:
        self._frames = frames
        self._rows = plan.rows
        self._joined = plan.joined
        self._spans = plan.spans
        self._networks = Counter(row for joined in plan.joined.values() for row in joined)

    def lay_out(self) -> None:
        """Place hosts, outside machines and segments; then give way to what a person placed, then draw the bands."""
        frames = self._frames
        frames.reset(self._rows)
        hosts = self._hosts_in_order()
        bands = [row for row in self._of(Role.OVERLAY) if self._spans.get(row)]
        top = self._loose(0.0) + (m.OVERLAY_TITLE + m.OVERLAY_PADDING) * len(bands)
        left = self._outside_width() + m.OVERLAY_PADDING * len(bands)
        bottom = self._host_grid(hosts, left, top, bool(bands))
        bottom = max(bottom, top + m.CARD_HEIGHT)
        self._outside(bottom)
        self._segments(bottom + _SEGMENT_GAP + m.OVERLAY_PADDING * len(bands))
        placed = set(bands)
        loose = [row for row in self._rows if row not in placed]
        settle(frames, -1, loose, -1e7, -1e7)
        self._fit_segments()
        for place, row in enumerate(bands):
            self._band(row, len(bands) - place)

    def _of(self, *roles: Role) -> list[int]:
        nodes = self._frames.parts.nodes
        return [row for row in self._rows if nodes[row].role in roles]

    def _hosts_in_order(self) -> list[int]:
        """Return the hosts so that those on one physical network, and in one overlay, are neighbours."""
        segment_of: dict[int, int] = {}
        for segment in self._of(Role.SEGMENT):
            for row in self._joined.get(segment, ()):
                segment_of.setdefault(row, segment)
        overlay_of: dict[int, int] = {}
        for band, hosts in self._spans.items():
            for row in hosts:
                overlay_of.setdefault(row, band)
        far = len(self._frames.parts.nodes)
        return sorted(self._of(Role.HOST), key=lambda row: (segment_of.get(row, far), overlay_of.get(row, far), row))

    def _loose(self, top: float) -> float:
        """Place above the hosts what stands on none of them: notes, load balancers, overlays on no host."""
        frames = self._frames
        placed = {Role.HOST, Role.SEGMENT, Role.OUTSIDE}
        rows = [row for row in self._rows if frames.parts.nodes[row].role not in placed and not self._spans.get(row)]
        if not rows:
            return top
        columns = max(4, ceil(sqrt(len(rows))))
        for start in range(0, len(rows), columns):
            x = self._outside_width()
            line = rows[start : start + columns]
            for row in line:
                frames.move(row, x, top)
                x += frames.w[row] + m.HOST_PADDING
            top += max(frames.h[row] for row in line) + _SEGMENT_GAP
        return top

    def _host_grid(self, hosts: list[int], left: float, top: float, has_bands: bool) -> float:
        frames = self._frames
        columns = len(hosts) if len(hosts) <= _ONE_ROW else ceil(sqrt(len(hosts)))
        lanes = ceil(len(hosts) / columns) - 1 if hosts else 0
        gap = (_OVERLAY_GAP if has_bands else _HOST_GAP) + m.PORT_PITCH * max(0, lanes)
        widths = [0.0] * max(1, columns)
        for place, row in enumerate(hosts):
            widths[place % columns] = max(widths[place % columns], frames.w[row])
        y = top
        for start in range(0, len(hosts), max(1, columns)):
            x = left
            line = hosts[start : start + columns]
            for place, row in enumerate(line):
                frames.move(row, x, y)
                x += widths[place] + gap
            y += max(frames.h[row] for row in line) + gap
        return y - gap if hosts else top

    def _beside(self) -> list[int]:
        """Return the machines at the left of the hosts; the others stand under the physical networks."""
        beside = [row for row in self._of(Role.OUTSIDE) if self._networks[row] <= 1]
        return beside[:_MOST_OUTSIDE]

    def _outside_width(self) -> float:
        beside = self._beside()
        return sum(self._frames.w[row] + m.HOST_PADDING for row in beside) + (
            _OUTSIDE_GAP - m.HOST_PADDING if beside else 0
        )

    def _outside(self, bottom: float) -> None:
        frames = self._frames
        x = 0.0
        for row in self._beside():
            frames.move(row, x, bottom - frames.h[row])
            x = frames.right(row) + m.HOST_PADDING

    def _segments(self, top: float) -> None:
        """Place the physical networks under what is cabled to them, as wide as that, and the rest of the machines."""
        frames = self._frames
        levels: list[float] = []
        lowest = top
        beside = set(self._beside())
        for row in self._of(Role.SEGMENT):
            joined = [end for end in self._joined.get(row, ()) if self._is_above(end, beside)]
            start = min((frames.x[end] for end in joined), default=0.0)
            end = max([frames.right(end) for end in joined], default=start + frames.w[row])
            frames.w[row] = max(frames.w[row], end - start)
            level = next((place for place, edge in enumerate(levels) if edge <= start), len(levels))
            if level == len(levels):
                levels.append(0.0)
            levels[level] = start + frames.w[row] + m.HOST_PADDING
            frames.move(row, start, top + level * (m.SEGMENT_HEIGHT + _SEGMENT_GAP))
            lowest = max(lowest, frames.bottom(row))
        self._under([row for row in self._of(Role.OUTSIDE) if row not in beside], lowest + m.CHANNEL / 2)

    def _is_above(self, row: int, beside: set[int]) -> bool:
        return self._frames.parts.nodes[row].role is Role.HOST or row in beside

    def _under(self, rows: list[int], top: float) -> None:
        frames = self._frames
        columns = max(4, ceil(sqrt(len(rows) * 3)))
        for start in range(0, len(rows), columns):
            x = 0.0
            for row in rows[start : start + columns]:
                frames.move(row, x, top)
                x = frames.right(row) + m.HOST_PADDING
            top += m.CARD_HEIGHT + _SEGMENT_GAP

    def _fit_segments(self) -> None:
        """Stretch the physical networks that a person placed over what is cabled to them."""
        frames = self._frames
        for row in self._of(Role.SEGMENT):
            placement = frames.placement(row)
            if placement is None:
                continue
            edges = [frames.right(end) for end in self._joined.get(row, ()) if frames.bottom(end) <= frames.y[row]]
            frames.w[row] = placement.width or max([frames.w[row], *(edge - frames.x[row] for edge in edges)])

    def _band(self, row: int, depth: int) -> None:
        """Put an overlay band around the hosts that it spans."""
        frames = self._frames
        hosts = self._spans[row]
        side = m.OVERLAY_PADDING + (depth - 1) * m.HOST_PADDING
        head = m.OVERLAY_TITLE + (depth - 1) * (m.OVERLAY_TITLE + m.GRID)
        left = min(frames.x[host] for host in hosts) - side
        top = min(frames.y[host] for host in hosts) - head - m.GRID
        frames.move(row, left, top)
        frames.w[row] = max(frames.right(host) for host in hosts) + side - left
        frames.h[row] = max(frames.bottom(host) for host in hosts) + side - top


def size_loose_band(frames: Frames, row: int) -> None:
    """Give an overlay network that is on no host yet a size of its own."""
    frames.w[row], frames.h[row] = 2 * m.BAR_MIN_WIDTH, m.OVERLAY_TITLE + m.CARD_HEIGHT
    stretch(frames, row)
