"""Where the keyboard puts new things: each kind in its lane of the stack, beside what stands there already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from designer.drawing import measures as m
from designer.model.base import Element
from designer.model.fabric import Client, Router, Segment
from designer.model.hosts import Host, PhysicalNic, SetTeam, VSwitch
from designer.model.identity import EntityId
from designer.model.networks import ContainerNetwork
from designer.model.realisation import PartKey
from designer.model.services import Service
from designer.model.workloads import ContainerBase
from designer.ui.canvas import lookup
from designer.ui.canvas.camera import Box
from designer.ui.canvas.placing import size_of

if TYPE_CHECKING:
    from designer.ui.canvas.stage import Stage

GAP = 16.0
"""Scene units between neighbours."""

STACK_ROOM = m.HOST_PADDING + 208.0 + 2 * GAP
"""Scene units at the left of a host that its own compartment takes."""

WIDEST = 1200.0
"""Scene units after which a lane goes on below."""

WORKLOADS = m.HOST_TOP + m.ZONE_TITLE
BARS = WORKLOADS + m.CARD_HEIGHT + m.ZONE_FOOT + m.CHANNEL
ADAPTERS = BARS + m.BAR_HEIGHT + m.CHANNEL

_Surround = tuple[float, float, float]
_WRAPPED: _Surround = (m.ZONE_PADDING, m.ZONE_TITLE, m.ZONE_FOOT)


def spot_in_host(stage: Stage, kind: type[Element], host: EntityId) -> tuple[float, float]:
    """Return a scene point for the corner of a new thing in a host."""
    box = stage.still_box(PartKey(host))
    assert box is not None, "hosts are drawn"
    down = BARS if issubclass(kind, ContainerNetwork | VSwitch) else WORKLOADS
    down = ADAPTERS if issubclass(kind, PhysicalNic | SetTeam) else down
    around = _WRAPPED if issubclass(kind, ContainerBase) else (0.0, 0.0, 0.0)
    start = (box[0] + STACK_ROOM + around[0], box[1] + down)
    return _beside(lookup.child_boxes(stage.scene, host), start, size_of(kind), around)


def spot_on_canvas(stage: Stage, kind: type[Element]) -> tuple[float, float]:
    """Return a scene point for the corner of a new thing on the canvas itself."""
    width, height = size_of(kind)
    taken = lookup.child_boxes(stage.scene, None)
    if not taken:
        view = stage.visible_box()
        return m.snap_up((view[0] + view[2] - width) / 2), m.snap_up(view[1] + (view[3] - view[1]) / 4)
    left, bottom = min(box[0] for box in taken), max(box[3] for box in taken)
    if issubclass(kind, Segment):
        return m.snap_up(left), m.snap_up(bottom + 2.5 * GAP)
    if issubclass(kind, Client | Router):
        return _left_of_hosts(stage, taken, (width, height))
    if issubclass(kind, Service):
        above = _boxes_of(stage, Host, ContainerNetwork) or taken
        start = (min(box[0] for box in above), min(box[1] for box in above) - height - 2.5 * GAP)
        return _beside(taken, start, (width, height), (0.0, 0.0, 0.0))
    top = min(box[1] for box in taken)
    hosts = _boxes_of(stage, Host) or taken
    return _beside(taken, (max(box[2] for box in hosts) + 2.5 * GAP, top), (width, height), (0.0, 0.0, 0.0))


def _left_of_hosts(stage: Stage, taken: list[Box], size: tuple[float, float]) -> tuple[float, float]:
    hosts = _boxes_of(stage, Host) or taken
    x = m.snap_up(min(box[0] for box in hosts) - size[0] - 2.5 * GAP)
    y = m.snap_up(max(box[3] for box in hosts) - size[1] - m.GRID)
    while _blocker(taken, (x, y, x + size[0], y + size[1])) is not None:
        y -= size[1] + GAP
    return x, y


def _boxes_of(stage: Stage, *kinds: type[Element]) -> list[Box]:
    found = (
        stage.still_box(PartKey(element.id)) for element in stage.topology.children(None) if isinstance(element, kinds)
    )
    return [box for box in found if box is not None]


def _beside(
    taken: list[Box], start: tuple[float, float], size: tuple[float, float], around: _Surround
) -> tuple[float, float]:
    """Return the first place to the right of the start, or in lines below it, that overlaps nothing."""
    x, y = m.snap_up(start[0]), m.snap_up(start[1])
    while True:
        wanted = (x - around[0], y - around[1], x + size[0] + around[0], y + size[1] + around[2])
        blocker = _blocker(taken, wanted)
        if blocker is None:
            return x, y
        x = m.snap_up(blocker[2] + GAP + around[0])
        if x - start[0] > WIDEST:
            x, y = m.snap_up(start[0]), m.snap_up(y + size[1] + around[1] + around[2] + GAP)


def _blocker(taken: list[Box], wanted: Box) -> Box | None:
    """Return what a box would touch or come too close to."""
    for other in taken:
        if (
            wanted[0] < other[2] + GAP / 2
            and other[0] < wanted[2] + GAP / 2
            and wanted[1] < other[3] + GAP / 2
            and other[1] < wanted[3] + GAP / 2
        ):
            return other
    return None
