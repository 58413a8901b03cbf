"""Making a link, and how it looks while it is being drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from designer.editing.commands import LinkEnd, connect, declare_flow, reconnect
from designer.errors import DesignerError
from designer.model.base import Element
from designer.model.identity import EntityId
from designer.model.realisation import PartKey
from designer.rules.connect import Verdict, can_connect, can_flow
from designer.ui.canvas.overlay import Note, Point
from designer.ui.canvas.targets import Judge, is_flow, usable

if TYPE_CHECKING:
    from designer.ui.canvas.stage import Stage


def judge_link(stage: Stage, origin: PartKey, *, flow: bool) -> Judge:
    """Return what tells whether a link, or only declared traffic, can lead from an element to another."""
    ask = can_flow if flow else can_connect
    return lambda other: ask(stage.topology, origin.element, other)


def make_link(stage: Stage, origin: PartKey, target: PartKey, *, flow: bool = False) -> bool:
    """Connect two elements, or only declare traffic from the one to the other, and select the new link."""
    verdict = judge_link(stage, origin, flow=flow)(target.element)
    if not verdict.ok and verdict.fix is not None:
        return stage.execute(verdict.fix)  # no link, but what was meant: a network goes onto a switch
    if is_flow(verdict):
        stage.traffic_wanted.emit()
    make = declare_flow if flow else connect
    change = stage.attempt(lambda: make(stage.topology, origin.element, target.element))
    if change is None:
        return False
    made = [PartKey(edit.id) for edit in change.edits if edit.before is None and not isinstance(edit.after, Element)]
    stage.select([key for key in made if stage.link(key) is not None])
    stage.say(change.label)
    return True


def judge_reconnect(stage: Stage, link_id: EntityId, end: LinkEnd, other: EntityId) -> Verdict:
    """Return whether one end of a link can be moved to another element."""
    try:
        reconnect(stage.topology, link_id, end, other)
    except DesignerError as error:
        return Verdict(ok=False, reason=str(error))
    return Verdict(ok=True)


def note_of(verdict: Verdict, at: Point, text: str) -> Note:
    """Return the sentence beside the pointer for a verdict."""
    tone = "error" if not usable(verdict) else "warning" if verdict.warning or not verdict.ok else "good"
    return Note(text, at, tone, verdict.code if not verdict.ok or verdict.warning else "")


def line_between(stage: Stage, origin: PartKey, end: Point, target: PartKey | None) -> tuple[Point, ...]:
    """Return an orthogonal line from an element to a point, or to the near edge of a target."""
    box = stage.box(origin)
    if box is None:
        return ()
    aim = stage.box(target) if target is not None else None
    end_x, end_y = end
    if aim is not None:
        end_x = min(max(end_x, aim[0] + 8), aim[2] - 8)
        end_y = aim[1] if (box[1] + box[3]) / 2 <= (aim[1] + aim[3]) / 2 else aim[3]
    below = end_y >= (box[1] + box[3]) / 2
    start_x = min(max(end_x, box[0] + 12), box[2] - 12)
    start_y = box[3] if below else box[1]
    if abs(start_x - end_x) < 0.5:
        return (start_x, start_y), (start_x, end_y)
    middle = (start_y + end_y) / 2
    return (start_x, start_y), (start_x, middle), (end_x, middle), (end_x, end_y)
