"""Drawing a link: drag from a port, or press with the connect tool, or click and click."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from designer.drawing.hits import HitKind
from designer.model.realisation import PartKey
from designer.rules.connect import Verdict
from designer.ui.canvas.gesture import Gesture, Pointer, State
from designer.ui.canvas.linking import judge_link, line_between, make_link, note_of
from designer.ui.canvas.overlay import Point
from designer.ui.canvas.quick_add import offer_connected
from designer.ui.canvas.targets import Targets, end_at, is_flow, sends, usable

if TYPE_CHECKING:
    from designer.ui.canvas.stage import Stage


class Link(Gesture):
    """A line from an element to the pointer; every possible target is marked legal, with a warning, or illegal.

    Args:
        stage: the canvas.
        origin: where the line begins.
        start: where the button was pressed.
        flow: whether only traffic is to be declared.
    """

    state: ClassVar[State] = State.LINKING
    scrolls_at_edges: ClassVar[bool] = True

    def __init__(self, stage: Stage, origin: PartKey, start: Pointer, *, flow: bool = False) -> None:
        super().__init__(stage)
        self._origin, self._start, self._flow = origin, start, flow
        self._dragged = False
        self._targets = Targets(stage, judge_link(stage, origin, flow=flow), barred=origin.element)
        stage.overlay.targets = self._targets.in_view()
        legal = sum(usable(verdict) for verdict in stage.overlay.targets.values())
        what = f"{'Traffic from' if flow else 'Connect'} {self._name(origin)}"
        stage.hint(f"{what} · {legal} possible targets in view · Esc leaves")
        stage.say(f"{what}: {legal} possible targets in view")
        stage.touch()

    def move(self, pointer: Pointer) -> Gesture | None:
        """Draw the line to the pointer or to the target that holds it."""
        self._dragged = self._dragged or pointer.far_from(self._start)
        overlay = self.stage.overlay
        overlay.targets = self._targets.in_view()
        overlay.magnet = self._targets.near(pointer.scene_x, pointer.scene_y, overlay.magnet)
        verdict = self._verdict()
        overlay.rubber_legal = verdict is None or usable(verdict)
        overlay.rubber_flow = self._flow or (verdict is not None and is_flow(verdict))
        overlay.rubber = self._line(pointer)
        overlay.note = None if verdict is None else note_of(verdict, (pointer.x, pointer.y), self._offer(verdict))
        self.stage.touch()
        return self

    def press(self, pointer: Pointer) -> Gesture | None:
        """Take the second of two clicks."""
        self.move(pointer)
        self._dragged = True
        return self

    def release(self, pointer: Pointer) -> Gesture | None:
        """Make the link; over something that cannot take it, say why and go on."""
        if not self._dragged and not pointer.far_from(self._start):
            return self  # a click on the port: the next click ends the link
        self.move(pointer)
        verdict, target = self._verdict(), self.stage.overlay.magnet
        if target is not None and verdict is not None and usable(verdict):
            self.stage.clear_preview()
            make_link(self.stage, self._origin, target, flow=self._flow)
            return None
        if verdict is not None:
            self.stage.refuse(verdict.reason)
            return self
        if self._in_the_open(pointer) and not self._flow:
            self.stage.clear_preview()
            offer_connected(self.stage, self._origin, (pointer.scene_x, pointer.scene_y))
            return None
        return self

    def _verdict(self) -> Verdict | None:
        magnet = self.stage.overlay.magnet
        return self._targets.of(magnet) if magnet is not None else None

    def _offer(self, verdict: Verdict) -> str:
        if not verdict.ok:
            return verdict.reason
        target = self.stage.overlay.magnet
        assert target is not None, "a verdict belongs to a target"
        what = verdict.link.title.lower() if verdict.link is not None else "link"
        return verdict.reason or f"{self._name(self._origin)} – {self._name(target)}: {what}"

    def _line(self, pointer: Pointer) -> tuple[Point, ...]:
        magnet = self.stage.overlay.magnet
        end = (pointer.scene_x, pointer.scene_y)
        return line_between(self.stage, self._origin, end, magnet)

    def _in_the_open(self, pointer: Pointer) -> bool:
        hit = self.stage.hit(pointer.scene_x, pointer.scene_y)
        return hit is None or hit.kind is HitKind.INTERIOR

    def _name(self, key: PartKey) -> str:
        element = self.stage.element(key)
        return element.name if element is not None else key.part


class ConnectTool(Gesture):
    """Waits for the press on the element that a link, or only traffic, begins at."""

    state: ClassVar[State] = State.LINKING

    def __init__(self, stage: Stage, *, flow: bool = False) -> None:
        super().__init__(stage)
        self._flow = flow
        first = "who sends, then on who answers" if flow else "what to connect, then on its target"
        stage.hint(f"Press on {first} · Esc leaves")

    def move(self, pointer: Pointer) -> Gesture | None:
        """Show what would be connected."""
        key = end_at(self.stage, pointer.scene_x, pointer.scene_y)
        if key != self.stage.overlay.hover:
            self.stage.overlay.hover = key
            self.stage.touch()
        return self

    def press(self, pointer: Pointer) -> Gesture | None:
        """Begin a link at the element under the pointer."""
        key = end_at(self.stage, pointer.scene_x, pointer.scene_y)
        if key is None:
            self.stage.refuse("There is nothing here that a link can begin at.")
            return self
        if self._flow and not sends(self.stage.element(key)):
            self.stage.refuse("Containers, services, hosts and clients send; press on one of them.")
            return self
        return Link(self.stage, key, pointer, flow=self._flow)

    def release(self, pointer: Pointer) -> Gesture | None:
        """Go on waiting."""
        return self
