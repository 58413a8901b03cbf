"""What a screen reader finds on the canvas and hears from it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from pytestqt.qtbot import QtBot

from designer.model.realisation import PartKey
from designer.ui.canvas import navigation
from designer.ui.canvas.accessible import CanvasInterface, ThingInterface
from designer.ui.canvas.view import CanvasView
from tests.ui.canvas_driver import CanvasDriver


def interface(view: CanvasView) -> CanvasInterface:
    found = QAccessible.queryAccessibleInterface(view)
    assert isinstance(found, CanvasInterface)
    return found


def walk(view: CanvasView, at: QAccessibleInterface) -> dict[PartKey, PartKey | None]:
    """Return every thing below an interface, with the thing that it is in."""
    found: dict[PartKey, PartKey | None] = {}
    for index in range(at.childCount()):
        child = at.child(index)
        assert isinstance(child, ThingInterface)
        found[child.key] = at.key if isinstance(at, ThingInterface) else None
        assert at.indexOfChild(child) == index
        found |= walk(view, child)
    return found


def test_the_tree_of_interfaces_is_the_drawing(canvas: CanvasDriver, view: CanvasView) -> None:
    scene, topology = view.stage.scene, view.controller.topology
    found = walk(view, interface(view))
    for element in topology.elements():
        assert found[PartKey(element.id)] == navigation.container(scene, PartKey(element.id))
    for link in topology.links():
        assert found[PartKey(link.id)] is None
    shown = {canvas.key(title) for title in canvas.titles()}
    assert shown <= set(found) | {key for key in scene.keys if key.is_derived}


def test_a_thing_says_name_kind_network_address_and_findings(canvas: CanvasDriver, view: CanvasView) -> None:
    web = interface(view).of(canvas.key("web01"))
    text = web.text(QAccessible.Text.Name)
    assert text.startswith("web01, Windows container, on nat0")
    assert web.role() is QAccessible.Role.ListItem
    assert interface(view).of(canvas.key("HOST01")).role() is QAccessible.Role.Grouping


@pytest.mark.parametrize("scale", [0.5, 1.0, 2.0])
def test_rectangles_are_where_things_are_seen(canvas: CanvasDriver, view: CanvasView, scale: float) -> None:
    view.zoom_to(scale)
    key = canvas.key("api01")
    view.center_on(key)
    rect = interface(view).of(key).rect()
    at = view.mapFromGlobal(rect.center())
    hit = view.stage.hit(*view.stage.camera.to_scene(at.x(), at.y()))
    assert hit is not None
    assert hit.key == key
    _, _, width, height = view.stage.scene.rect(key)
    assert rect.width() == pytest.approx(width * scale, abs=2)
    assert rect.height() == pytest.approx(height * scale, abs=2)


def test_the_interface_of_what_is_gone_is_invalid(canvas: CanvasDriver, view: CanvasView) -> None:
    thing = interface(view).of(canvas.key("web01"))
    assert thing.isValid()
    canvas.click("web01")
    canvas.keys(Qt.Key.Key_Delete)
    assert not thing.isValid()
    assert thing.text(QAccessible.Text.Name) == ""
    assert thing.rect().isEmpty()
    thing.doAction("Press")
    assert canvas.selected() == set()


def test_selected_and_focused_are_told(canvas: CanvasDriver, view: CanvasView) -> None:
    canvas.click("web01")
    state = interface(view).of(canvas.key("web01")).state()
    assert state.selected
    assert not interface(view).of(canvas.key("api01")).state().selected
    focused = interface(view).focusChild()
    assert isinstance(focused, ThingInterface)
    assert focused.key == canvas.key("web01")
    focused.doAction("Press")
    assert canvas.selected() == {"web01"}


def test_what_happens_is_said_and_refusals_interrupt(canvas: CanvasDriver, view: CanvasView, qtbot: QtBot) -> None:
    said: list[tuple[str, bool]] = []
    view.announced.connect(lambda text, urgent: said.append((text, urgent)))
    canvas.click("web01")
    assert any(text.startswith("web01, Windows container") and not urgent for text, urgent in said)
    said.clear()
    canvas.drop_from_palette("Windows container", QPoint(30, 500))
    assert any(urgent and "container" in text for text, urgent in said)
    said.clear()
    canvas.click("app01")
    canvas.keys(Qt.Key.Key_Delete)
    assert ("Delete app01", False) in said
