"""Random hands on the canvas: whatever is done, the drawing is that of the design, and everything can be undone."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from designer.drawing.scene import Scene
from designer.errors import DesignerError
from designer.model.topology import Topology
from designer.ui.canvas.catalogue import CATALOGUE
from designer.ui.canvas.gesture import State
from designer.ui.canvas.view import CanvasView
from tests.ui.canvas_driver import ALT, CTRL, MIDDLE, NONE, SHIFT, CanvasDriver

ACTIONS = 60
Key = Qt.Key


class Hands:
    """Does one random thing after another."""

    def __init__(self, canvas: CanvasDriver, seed: int) -> None:
        self.canvas, self.view, self.random = canvas, canvas.view, random.Random(seed)
        self.doings: tuple[Callable[[], None], ...] = (
            *(self.click, self.drag, self.drag, self.drop, self.connect, self.press_key, self.press_key),
            *(self.abandon, self.wheel, self.list_and_pick, self.rename, self.undo),
        )

    def act(self) -> str:
        """Do something and say what."""
        doing = self.random.choice(self.doings)
        doing()
        self.canvas.keys(Key.Key_Escape)
        self.view.furniture.close_popups()
        self.view.furniture.editor.finish(keep=False)
        return doing.__name__

    def point(self) -> QPoint:
        return QPoint(self.random.randrange(self.view.width()), self.random.randrange(self.view.height()))

    def thing(self) -> QPoint:
        titles = self.canvas.titles()
        return self.canvas.at(self.random.choice(titles)) if titles else self.point()

    def click(self) -> None:
        self.canvas.click(self.thing(), keys=self.random.choice((NONE, SHIFT, CTRL, ALT)))

    def drag(self) -> None:
        start = self.random.choice((self.thing, self.point))()
        self.canvas.drag(start, self.point(), keys=self.random.choice((NONE, NONE, SHIFT, CTRL, ALT)), steps=3)

    def drop(self) -> None:
        self.canvas.drop_from_palette(
            self.random.choice(CATALOGUE).title, self.random.choice((self.thing, self.point))()
        )

    def connect(self) -> None:
        start = self.thing()
        self.canvas.hover(start)
        self.canvas.keys("c")
        self.canvas.drag(start, self.thing())

    def press_key(self) -> None:
        key = self.random.choice((Key.Key_Delete, Key.Key_Tab, Key.Key_Return, Key.Key_Left, Key.Key_L, Key.Key_U))
        self.view.setFocus()
        self.canvas.keys(key)
        chord = self.random.choice((Key.Key_D, Key.Key_C, Key.Key_V, Key.Key_A, Key.Key_X))
        if self.random.random() < 0.4:
            self.canvas.keys(chord, held=CTRL)

    def abandon(self) -> None:
        before = self.view.controller.topology
        start = self.thing()
        self.canvas.press(start)
        self.canvas.move(self.point())
        self.canvas.move(self.point())
        self.canvas.keys(Key.Key_Escape)
        assert self.view.controller.topology == before
        self.canvas.release(start)
        assert self.view.controller.topology == before

    def wheel(self) -> None:
        self.canvas.wheel(self.point(), self.random.choice((-240, 120)), keys=self.random.choice((NONE, SHIFT, CTRL)))
        self.canvas.drag(self.point(), self.point(), button=MIDDLE, steps=2)
        self.view.zoom_to(min(max(self.view.stage.camera.scale, 0.3), 2.0))
        self.view.fit_all()

    def list_and_pick(self) -> None:
        self.view.setFocus()
        self.canvas.keys(Key.Key_Insert, Key.Key_Down, Key.Key_Return)

    def rename(self) -> None:
        self.canvas.click(self.thing())
        self.canvas.keys(Key.Key_F2)
        if self.view.furniture.editor.isVisible():
            self.canvas.type_name(f"thing {self.random.randrange(50)}")

    def undo(self) -> None:
        self.view.setFocus()
        self.canvas.keys(self.random.choice((Key.Key_Z, Key.Key_Y)), held=CTRL)


@pytest.mark.parametrize("seed", range(6))
def test_the_scene_is_always_that_of_the_design(canvas: CanvasDriver, view: CanvasView, seed: int) -> None:
    hands = Hands(canvas, seed)
    done = []
    start = view.controller.topology
    for _ in range(ACTIONS):
        done.append(hands.act())
        assert view.interaction.state is State.IDLE, done[-5:]
        assert_is_fresh(view.stage.scene, view.controller.topology, done)
    while view.controller.undo_stack.canUndo():
        view.controller.undo()
    assert view.controller.topology == start
    assert_is_fresh(view.stage.scene, view.controller.topology, done)


def assert_is_fresh(scene: Scene, topology: Topology, done: list[str]) -> None:
    fresh = Scene.build(topology)
    assert scene.keys == fresh.keys, done[-5:]
    assert np.allclose(scene.rects, fresh.rects), done[-5:]
    assert scene.links.keys == fresh.links.keys, done[-5:]


def test_a_change_past_the_commands_is_refused(view: CanvasView) -> None:
    """The design is frozen: only a change set makes another one."""
    element = next(view.controller.topology.elements())
    with pytest.raises((DesignerError, ValueError, AttributeError, TypeError)):
        setattr(element, "name", "other")  # noqa: B010  # what a type checker would not let through
