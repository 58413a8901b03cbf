"""Layout of a host as the stack it is: workloads, switches, adapters from top to bottom, its own stack at the left."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil, sqrt

from designer.drawing import measures as m
from designer.drawing.frames import Frames
from designer.drawing.parts import Role
from designer.drawing.zone_layout import settle, stretch

_ONE_ROW = 4
_MOST_ROWS = 6
_ROW_GAP = 56.0
_TOP_GAP = 48.0
_SWITCH_GAP = 48.0
_FOOT = 24.0
_WORKLOADS = {Role.SURROUND, Role.COMPARTMENT, Role.WORKLOAD, Role.VNIC, Role.WINNAT}


@dataclass(slots=True)
class _Group:
    """The workloads on one bar, in columns; ``bar`` is -1 for those that are on none."""

    bar: int
    rows: list[int] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    lines: int = 1
    gap: float = m.HOST_PADDING
    width: float = 0.0

    def measure(self, frames: Frames) -> None:
        """Choose columns and widths; the widest workloads share a column."""
        count = len(self.rows)
        columns = max(1, count if count <= _ONE_ROW else max(ceil(sqrt(count * 1.6)), ceil(count / _MOST_ROWS)))
        self.lines = max(1, ceil(count / columns))
        wide = max((frames.w[row] for row in self.rows), default=0.0)
        if self.lines > 1 and wide > 1.5 * m.WORKLOAD_MIN_WIDTH:
            self.rows.sort(key=lambda row: frames.w[row] <= 1.5 * m.WORKLOAD_MIN_WIDTH)
        self.widths = [max(frames.w[row] for row in self.rows[start::columns]) for start in range(min(columns, count))]
        if self.lines > 1 and self.bar >= 0:
            self.gap = 2 * m.LANE_MARGIN + (self.lines - 2) * m.PORT_PITCH
        self.width = max(self._used(), frames.w[self.bar] if self.bar >= 0 else 0.0)

    def _used(self) -> float:
        """Return the width of its columns; beside the last one there are lanes too."""
        lanes = self.gap if self.lines > 1 else 0.0
        return sum(self.widths) + self.gap * max(0, len(self.widths) - 1) + (lanes if self.widths else 0.0)

    def height(self, frames: Frames) -> float:
        """Return the height of all its lines."""
        tallest = max((frames.h[row] for row in self.rows), default=0.0)
        return self.lines * tallest + (self.lines - 1) * _ROW_GAP

    def put(self, frames: Frames, x: float, bottom: float) -> None:
        """Place its workloads so that the lowest line ends at ``bottom``."""
        if not self.rows:
            return
        tallest = max(frames.h[row] for row in self.rows)
        top = bottom - self.height(frames)
        x += max(0.0, (self.width - self._used()) / 2)
        columns = len(self.widths)
        edges = [x + sum(self.widths[:place]) + place * self.gap for place in range(columns)]
        for place, row in enumerate(self.rows):
            line, column = divmod(place, columns)
            frames.move(row, edges[column], top + line * (tallest + _ROW_GAP) + tallest - frames.h[row])


class HostLayout:
    """Places what is directly in one host, whose zones have their sizes already."""

    def __init__(self, frames: Frames, host: int) -> None:
        self._frames = frames
        self._host = host
        self._rows = list(frames.parts.children(host))
        self._by_role: dict[Role, list[int]] = {}
        for row in self._rows:
            self._by_role.setdefault(frames.parts.nodes[row].role, []).append(row)
        self._groups, self._crossing = self._grouped()
        self._left = m.HOST_PADDING

    def lay_out(self) -> None:
        """Place everything, then give way to what a person placed."""
        bottom = self._upper()
        self._lower(bottom)
        settle(self._frames, self._host, self._rows, m.ZONE_PADDING, m.HOST_BAND + m.GRID)
        self._fit_bars()
        frames, host = self._frames, self._host
        right = max((frames.right(row) for row in self._rows), default=0.0) + m.HOST_PADDING
        frames.w[host] = max(m.HOST_MIN_WIDTH, right)
        low = max((frames.bottom(row) for row in self._rows), default=0.0) + _FOOT
        frames.h[host] = max(m.HOST_MIN_HEIGHT, low)
        stretch(frames, host)

    def _of(self, *roles: Role) -> list[int]:
        return [row for role in roles for row in self._by_role.get(role, ())]

    def _grouped(self) -> tuple[list[_Group], int]:
        """Group the workloads by the first bar that they plug into; count the lines that go to further bars."""
        frames = self._frames
        bars = self._of(Role.NETWORK) or self._of(Role.VSWITCH)
        groups = {bar: _Group(bar) for bar in bars}
        loose = _Group(-1)
        crossing = 0
        for row in self._rows:
            if frames.parts.nodes[row].role not in _WORKLOADS:
                continue
            ends = [end for inner in range(row, frames.parts.end(row)) for end in frames.plugs.get(inner, ())]
            joined = [end for end in dict.fromkeys(ends) if end in groups]
            (groups[joined[0]] if joined else loose).rows.append(row)
            crossing += max(0, len(joined) - 1)
        found = list(groups.values()) + ([loose] if loose.rows else [])
        for group in found:
            group.measure(frames)
        return found, crossing

    def _upper(self) -> float:
        """Place the host's own stack, load balancers, workloads and bars; return the lower edge of the bars."""
        frames = self._frames
        top = m.HOST_TOP
        left = m.HOST_PADDING
        for row in self._of(Role.STACK):
            frames.move(row, left, top)
            lanes = sum(1 for inner in range(row, frames.parts.end(row)) if frames.parts.nodes[inner].role is Role.VNIC)
            left = frames.right(row) + max(m.HOST_PADDING, 2 * m.LANE_MARGIN + (lanes - 1) * m.LANE)
        self._left = left
        balancers = self._of(Role.BALANCER)
        x = left
        for row in balancers:
            frames.move(row, x, top)
            x = frames.right(row) + m.HOST_PADDING
        top += m.CARD_HEIGHT + _TOP_GAP if balancers else 0.0
        bottom = top + max((group.height(frames) for group in self._groups), default=0.0)
        has_workloads = any(group.rows for group in self._groups)
        bars = bottom + (m.CHANNEL + m.LANE * self._crossing if has_workloads else 0.0)
        x = left
        for group in self._groups:
            group.put(frames, x, bottom)
            if group.bar >= 0:
                frames.w[group.bar] = group.width
                frames.move(group.bar, x, bars)
            x += group.width + (m.HOST_PADDING if group.lines == 1 else 0.0)
        self._notes(max([x, *(frames.right(row) + m.HOST_PADDING for row in balancers)]))
        return bars + m.BAR_HEIGHT if any(group.bar >= 0 for group in self._groups) else bottom

    def _notes(self, x: float) -> None:
        y = m.HOST_TOP
        for row in self._of(Role.NOTE):
            self._frames.move(row, x, y)
            y = self._frames.bottom(row) + m.HOST_PADDING

    def _lower(self, bottom: float) -> None:
        """Place the administrator's switches under the networks on them, and the adapters under their bars."""
        frames = self._frames
        switches = self._of(Role.VSWITCH) if self._of(Role.NETWORK) else []
        if switches:
            bottom += _SWITCH_GAP
            self._under(switches, bottom, whole=True)
            bottom += m.BAR_HEIGHT
        vnics = sum(
            1 for part in frames.parts.nodes[self._host : frames.parts.end(self._host)] if part.role is Role.VNIC
        )
        adapters = self._of(Role.NIC, Role.TEAM)
        has_bars = bool(self._of(Role.NETWORK, Role.VSWITCH))
        y = bottom + (max(64.0, 36.0 + 12.0 * vnics) if has_bars else 0.0)
        if adapters and not has_bars:
            y = max([y + _TOP_GAP, m.HOST_TOP, *(frames.bottom(row) + _TOP_GAP for row in self._of(Role.STACK))])
        self._under(adapters, y, whole=False)

    def _under(self, rows: list[int], y: float, whole: bool) -> None:
        """Place boxes at a height, each under what it carries: as wide as that, or at its right end."""
        frames = self._frames
        wanted: list[tuple[float, int]] = []
        stack = self._of(Role.STACK)
        left = self._left + m.HOST_PADDING if stack else m.HOST_PADDING
        for row in rows:
            inner = range(row, frames.parts.end(row))
            carried = [end for own in inner for end in frames.plugs.get(own, ()) if self._is_bar(end)]
            if not carried:
                wanted.append((left, row))
            elif whole:
                start = min(frames.x[bar] for bar in carried)
                frames.w[row] = max(frames.w[row], max(frames.right(bar) for bar in carried) - start)
                wanted.append((start, row))
            else:
                wanted.append((max(left, max(frames.right(bar) for bar in carried) - frames.w[row]), row))
        edge = 0.0
        for x, row in sorted(wanted):
            frames.move(row, max(x, edge), y)
            edge = frames.right(row) + m.HOST_PADDING

    def _is_bar(self, row: int) -> bool:
        parts = self._frames.parts
        return parts.parent(row) == self._host and parts.nodes[row].role in {Role.NETWORK, Role.VSWITCH}

    def _fit_bars(self) -> None:
        """Stretch bars over what plugs into them, as far as their neighbours let them.

        Those that the layout put under their own workloads are as wide as these already.
        """
        under_networks = self._of(Role.VSWITCH) if self._of(Role.NETWORK) else []
        for row in self._of(Role.NETWORK, Role.VSWITCH):
            placement = self._frames.placement(row)
            if placement is not None:
                self._fit_bar(row, placement.width)
            elif row in under_networks:
                self._fit_bar(row, None)

    def _fit_bar(self, bar: int, width: float | None) -> None:
        frames = self._frames
        if width is not None:
            frames.w[bar] = max(m.BAR_MIN_WIDTH / 2, width)
            return
        plugged = [self._top(end) for end in frames.plugs.get(bar, ())]
        edges = [frames.right(row) for row in plugged if row is not None and self._plugs_from_above(row, bar)]
        room = [
            frames.x[other] - m.HOST_PADDING
            for other in self._rows
            if other != bar
            and frames.x[other] > frames.x[bar]
            and frames.y[other] < frames.bottom(bar)
            and frames.bottom(other) > frames.y[bar]
        ]
        right = min(max([frames.right(bar), *edges]), min(room, default=float("inf")))
        frames.w[bar] = max(m.BAR_MIN_WIDTH / 2, right - frames.x[bar])

    def _plugs_from_above(self, row: int, bar: int) -> bool:
        role = self._frames.parts.nodes[row].role
        return role is not Role.STACK and self._frames.bottom(row) <= self._frames.y[bar]

    def _top(self, row: int) -> int | None:
        parent = self._frames.parts.parent
        while row >= 0 and parent(row) != self._host:
            row = parent(row)
        return row if row >= 0 else None
