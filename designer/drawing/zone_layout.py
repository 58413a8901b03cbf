"""Layout inside the zones of a host: compartments, utility VMs, teams."""

from __future__ import annotations

from math import ceil, sqrt

from designer.drawing import measures as m
from designer.drawing.frames import Frames
from designer.drawing.parts import Role

_MEMBER_GAP = 8.0


def lay_out_zone(frames: Frames, row: int) -> None:
    """Place what is in a zone and give the zone its size."""
    role = frames.parts.nodes[row].role
    rows = list(frames.parts.children(row))
    if role is Role.STACK:
        _column(frames, row, rows, m.STACK_GAP)
    elif role is Role.SURROUND:
        _column(frames, row, rows, _MEMBER_GAP)
    elif role is Role.TEAM:
        _line(frames, row, rows)
    else:
        _free(frames, row, rows)


def _column(frames: Frames, zone: int, rows: list[int], gap: float) -> None:
    width = max((frames.w[row] for row in rows), default=m.WORKLOAD_MIN_WIDTH)
    y = m.ZONE_TITLE
    for row in rows:
        frames.w[row] = width
        frames.move(row, m.ZONE_PADDING, y)
        y += frames.h[row] + gap
    foot = m.ZONE_FOOT if frames.parts.nodes[zone].role is Role.SURROUND else m.HOST_PADDING
    frames.w[zone] = width + 2 * m.ZONE_PADDING
    frames.h[zone] = (y - gap if rows else y) + foot


def _line(frames: Frames, zone: int, rows: list[int]) -> None:
    x = m.ZONE_PADDING
    for row in rows:
        frames.move(row, x, m.ZONE_TITLE)
        x += frames.w[row] + m.ZONE_PADDING
    frames.w[zone] = max(x, m.CARD_MIN_WIDTH + 2 * m.ZONE_PADDING)
    tallest = max((frames.h[row] for row in rows), default=m.CARD_HEIGHT)
    frames.h[zone] = m.ZONE_TITLE + tallest + m.ZONE_PADDING


def _free(frames: Frames, zone: int, rows: list[int]) -> None:
    """Place the content of a compartment drawn by hand where it was put, the rest in a grid."""
    columns = max(1, ceil(sqrt(len(rows))))
    pitch = max((frames.w[row] for row in rows), default=m.WORKLOAD_MIN_WIDTH) + m.ZONE_PADDING
    tall = max((frames.h[row] for row in rows), default=m.CARD_HEIGHT) + m.ZONE_PADDING
    for place, row in enumerate(rows):
        frames.move(row, m.ZONE_PADDING + place % columns * pitch, m.ZONE_TITLE + place // columns * tall)
    settle(frames, zone, rows, m.ZONE_PADDING, m.ZONE_TITLE)
    frames.w[zone] = max([frames.right(row) + m.ZONE_PADDING for row in rows], default=m.BAR_MIN_WIDTH)
    frames.h[zone] = max([frames.bottom(row) + m.ZONE_FOOT for row in rows], default=104.0)
    stretch(frames, zone)


def stretch(frames: Frames, row: int) -> None:
    """Make a box as large as a person made it, if that is larger than its content."""
    placement = frames.stored(frames.parts.nodes[row].key)
    if placement is not None:
        frames.w[row] = max(frames.w[row], placement.width or 0.0)
        frames.h[row] = max(frames.h[row], placement.height or 0.0)


def offset_in_mover(frames: Frames, row: int) -> tuple[float, float]:
    """Return how far the placed card is from the corner of the box that moves with it."""
    part = frames.parts.nodes[row]
    if part.key != part.mover and part.mover in frames.parts.row_of:
        placed = frames.parts.row_of[part.mover]
        if row < placed < frames.parts.end(row):
            return frames.x[placed], frames.y[placed]
    return 0.0, 0.0


def settle(frames: Frames, zone: int, rows: list[int], left: float, top: float) -> None:
    """Apply the stored placements to the content of a zone; what has none keeps clear of what has one."""
    fixed: list[int] = []
    loose: list[int] = []
    for row in rows:
        placement = frames.placement(row)
        moves_zone = zone >= 0 and frames.parts.nodes[row].mover == frames.parts.nodes[zone].key
        if placement is None or moves_zone:
            loose.append(row)
            continue
        dx, dy = offset_in_mover(frames, row)
        frames.move(row, max(placement.x - dx, left), max(placement.y - dy, top))
        fixed.append(row)
    if not fixed:
        return
    for row in loose:
        _find_room(frames, row, fixed)
        fixed.append(row)


def _find_room(frames: Frames, row: int, taken: list[int]) -> None:
    """Move a box to the right until it touches nothing; below everything when the line is full."""
    for _ in range(12):
        hit = next((other for other in taken if collide(frames, row, other)), None)
        if hit is None:
            return
        frames.x[row] = m.snap_up(frames.right(hit) + m.HOST_PADDING)
    frames.y[row] = m.snap_up(max(frames.bottom(other) for other in taken) + m.HOST_PADDING)


def collide(frames: Frames, first: int, second: int) -> bool:
    """Whether two boxes of one parent come closer than a grid step."""
    return (
        frames.x[first] < frames.right(second) + m.GRID
        and frames.x[second] < frames.right(first) + m.GRID
        and frames.y[first] < frames.bottom(second) + m.GRID
        and frames.y[second] < frames.bottom(first) + m.GRID
    )
