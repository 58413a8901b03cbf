"""The small things around what is selected or under the pointer that can be grabbed: corners, link ends, ports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from designer.editing.commands import LinkEnd
from designer.model.base import Link
from designer.model.realisation import PartKey
from designer.ui.canvas import lookup
from designer.ui.canvas.camera import Box
from designer.ui.canvas.gesture import Pointer
from designer.ui.canvas.targets import takes_links

if TYPE_CHECKING:
    from designer.ui.canvas.stage import Stage

Point = tuple[float, float]

REACH = 12.0
"""Logical pixels around a handle or port that grab it: a target of 24 pixels."""

CORNER_REACH = 7.0
"""Corners of a selection and ends of a link stand close to ports; they grab a little less."""

SELECTION_GAP = 4.0
"""Logical pixels between a thing and its selection outline."""

PORT_GAP = 9.0
"""Logical pixels from an edge to the middle of its port dot: outside, so that the thing itself can be grabbed."""

SMALLEST_WITH_PORTS = 16.0
"""Logical pixels that a thing is high at least when it shows ports."""


def selection_box(stage: Stage, key: PartKey) -> Box | None:
    """Return the outline of a selected thing, in logical pixels of the view."""
    box = stage.box(key)
    if box is None:
        return None
    left, top, right, bottom = stage.camera.box_to_view(box)
    return left - SELECTION_GAP, top - SELECTION_GAP, right + SELECTION_GAP, bottom + SELECTION_GAP


def corners(box: Box) -> dict[tuple[int, int], Point]:
    """Return the corner handles of an outline, by the sides that they move."""
    left, top, right, bottom = box
    return {(-1, -1): (left, top), (1, -1): (right, top), (-1, 1): (left, bottom), (1, 1): (right, bottom)}


def resize_handle_at(stage: Stage, pointer: Pointer) -> tuple[PartKey, tuple[int, int]] | None:
    """Return the corner of the one selected thing that is under the pointer."""
    if len(stage.selection) != 1:
        return None
    key = next(iter(stage.selection))
    outline = selection_box(stage, key)
    if outline is None or stage.scene.mover(key) != key:
        return None
    for side, (x, y) in corners(outline).items():
        if abs(pointer.x - x) <= CORNER_REACH and abs(pointer.y - y) <= CORNER_REACH:
            return key, side
    return None


def link_ends(stage: Stage, link: Link) -> dict[LinkEnd, Point]:
    """Return where the ends of a link are, in logical pixels of the view."""
    line = lookup.line_of(stage.scene, PartKey(link.id))
    if len(line) < 2:
        return {}
    first, last = line[0], line[-1]
    return {
        "source": stage.camera.to_view(*first),
        "target": stage.camera.to_view(*last),
    }


def end_handle_at(stage: Stage, pointer: Pointer) -> tuple[Link, LinkEnd] | None:
    """Return the end of the one selected link that is under the pointer."""
    if len(stage.selection) != 1:
        return None
    link = stage.link(next(iter(stage.selection)))
    if link is None:
        return None
    for end, (x, y) in link_ends(stage, link).items():
        if abs(pointer.x - x) <= CORNER_REACH and abs(pointer.y - y) <= CORNER_REACH:
            return link, end
    return None


def ports(stage: Stage, key: PartKey) -> tuple[Point, ...]:
    """Return where a thing shows its port dots, in logical pixels of the view: above, below and beside it."""
    box = stage.box(key)
    if box is None or not takes_links(stage.element(key)):
        return ()
    left, top, right, bottom = stage.camera.box_to_view(box)
    if bottom - top < SMALLEST_WITH_PORTS:
        return ()
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    return (
        (middle_x, bottom + PORT_GAP),
        (middle_x, top - PORT_GAP),
        (left - PORT_GAP, middle_y),
        (right + PORT_GAP, middle_y),
    )


def port_at(stage: Stage, pointer: Pointer) -> PartKey | None:
    """Return the thing whose visible port dot is under the pointer."""
    for key in ported(stage):
        for x, y in ports(stage, key):
            if (pointer.x - x) ** 2 + (pointer.y - y) ** 2 <= REACH**2:
                return key
    return None


def ported(stage: Stage) -> tuple[PartKey, ...]:
    """Return the things that show their ports: the one under the pointer, and the focused one for the keyboard."""
    keys = (stage.overlay.hover, stage.focus if stage.by_keyboard else None)
    return tuple(dict.fromkeys(key for key in keys if key is not None))


def keeps_hover(stage: Stage, pointer: Pointer) -> bool:
    """Whether the pointer is close enough to the hovered thing to reach for its ports."""
    if stage.overlay.hover is None:
        return False
    box = stage.box(stage.overlay.hover)
    if box is None:
        return False
    left, top, right, bottom = stage.camera.box_to_view(box)
    reach = PORT_GAP + REACH
    return left - reach <= pointer.x <= right + reach and top - reach <= pointer.y <= bottom + reach
