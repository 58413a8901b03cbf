"""Declaring traffic: with the mouse, with clicks, from lists and menus; what it shows and how it is hidden."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QMenu

from designer.drawing.looks import Stroke
from designer.model.flows import Flow
from designer.ui.canvas import spoken
from designer.ui.canvas.gesture import State
from designer.ui.canvas.view import CanvasView
from tests.ui.canvas_driver import ALT, RIGHT, CanvasDriver
from tests.ui.drivers import WindowDriver


def flows(view: CanvasView) -> list[tuple[str, str, str, int | None]]:
    """Return source, target, address and port of all flows."""
    topology = view.controller.topology
    names = {element.id: element.name for element in topology.elements()}
    return [(names[flow.source], names[flow.target], flow.address, flow.port) for flow in topology.of(Flow)]


def test_a_drag_between_containers_declares_traffic_in_its_direction(canvas: CanvasDriver, view: CanvasView) -> None:
    rects = view.stage.scene.rects.copy()
    canvas.connect("web01", "app01")
    assert flows(view) == [("web01", "app01", "own", 80)]
    assert canvas.selected() == {"web01 – app01"}
    assert view.controller.undo_stack.undoText() == "Declare traffic from web01 to app01"
    assert (view.stage.scene.rects == rects).all(), "nothing gives way to traffic"
    view.controller.undo()
    assert flows(view) == []


def test_traffic_from_outside_is_sent_to_the_published_port(canvas: CanvasDriver, view: CanvasView) -> None:
    canvas.connect("Client", "web01")
    assert flows(view) == [("Client", "web01", "published", 8080)]


def test_the_pointer_is_told_that_traffic_connects_nothing(canvas: CanvasDriver, view: CanvasView) -> None:
    canvas.hover("web01")
    canvas.press(canvas.port("web01"))
    canvas.move("app01")
    overlay = view.stage.overlay
    assert overlay.note is not None
    assert overlay.note.text == "Declares traffic from “web01” to “app01”; it makes no connection by itself."
    assert overlay.note.tone == "good"
    assert overlay.rubber_flow
    canvas.move("corp")
    assert not overlay.rubber_flow, "a network is joined"
    canvas.keys(Qt.Key.Key_Escape)
    canvas.release("corp")


def test_a_host_sends_and_answers_at_its_band(canvas: CanvasDriver, view: CanvasView) -> None:
    canvas.connect("Client", "HOST01")
    assert flows(view) == [("Client", "HOST01", "own", 80)]


def test_inside_a_host_a_line_still_ends_in_the_open(canvas: CanvasDriver, view: CanvasView) -> None:
    canvas.connect("app01", canvas.inside("HOST01", 400, 380))
    titles = canvas.chooser().titles()
    assert titles.index("NAT network") < titles.index("Windows container"), "links come before traffic"
    assert flows(view) == []


def test_the_key_arms_a_tool_for_traffic_alone(canvas: CanvasDriver, view: CanvasView) -> None:
    canvas.click(QPoint(5, 890))
    canvas.keys("d")
    assert view.interaction.state is State.LINKING
    canvas.click("nat0")
    assert view.interaction.gesture is not None, "a network sends nothing"
    canvas.click("web01")
    canvas.move("app01")
    canvas.click("app01")
    assert flows(view) == [("web01", "app01", "own", 80)]
    assert view.interaction.gesture is None


def test_the_keyboard_lists_who_answers(canvas: CanvasDriver, view: CanvasView) -> None:
    canvas.click("web01")
    view.stage.by_keyboard = True
    canvas.keys("d")
    assert set(canvas.chooser().titles()) == {"app01", "api01", "HOST01", "Client"}
    canvas.pick("api01")
    assert flows(view) == [("web01", "api01", "own", 80)]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_menu_declares_traffic_and_says_why_not(canvas: CanvasDriver, view: CanvasView) -> None:
    canvas.click("app01", button=RIGHT)
    menu = next(menu for menu in view.findChildren(QMenu) if menu.isVisible())
    entry = next(action for action in menu.actions() if action.text().startswith("Declare traffic to…"))
    entry.trigger()
    menu.hide()
    canvas.pick("web01")
    assert flows(view) == [("app01", "web01", "published", 8080)]
    canvas.click("nat0")
    texts = {entry.text: entry.reason for entry in view.menus.for_focus()}
    assert texts["Declare traffic to…"] == "This sends nothing; choose a container, service, host or client."
    assert len(texts) <= 12


def test_several_flows_lead_from_one_to_another_beside_each_other(canvas: CanvasDriver, view: CanvasView) -> None:
    canvas.connect("web01", "app01")
    canvas.connect("web01", "app01")
    assert len(flows(view)) == 2
    scene = view.stage.scene
    lines = [scene.links.polyline(link) for link, look in enumerate(scene.links.looks) if look.stroke is Stroke.FLOW]
    assert lines[0] != lines[1]


def test_an_end_of_traffic_is_dragged_to_something_else(canvas: CanvasDriver, view: CanvasView) -> None:
    canvas.connect("web01", "app01")
    canvas.drag(canvas.link_end("web01", "app01", "target"), "api01")
    assert flows(view) == [("web01", "api01", "own", 80)]
    canvas.click(QPoint(5, 890))
    canvas.click(canvas.on_link("web01", "api01"))
    canvas.keys(Qt.Key.Key_Delete)
    assert flows(view) == []


def test_a_copy_of_both_ends_takes_the_traffic_along(canvas: CanvasDriver, view: CanvasView) -> None:
    canvas.connect("web01", "app01")
    canvas.click("web01")
    canvas.click("app01", keys=Qt.KeyboardModifier.ShiftModifier)
    canvas.keys(Qt.Key.Key_D, held=Qt.KeyboardModifier.ControlModifier)
    assert len(flows(view)) == 2
    assert len({flow[:2] for flow in flows(view)}) == 2


def test_a_screen_reader_hears_what_is_sent_where(canvas: CanvasDriver, view: CanvasView) -> None:
    canvas.connect("Client", "web01")
    (flow,) = view.controller.selection
    assert spoken.thing(view.stage, flow).startswith("Client → web01, Flow, TCP 8080 · published")


def test_hidden_traffic_is_not_drawn_and_shows_again_when_some_is_made(seed: WindowDriver) -> None:
    view, canvas = seed.workspace.canvas, CanvasDriver(seed.workspace.canvas)
    canvas.connect("web01", "app01")
    seed.pick("View", "Declared traffic")
    assert not seed.workspace.settings.traffic
    assert not view.stage.scene.links.flows.any()
    canvas.drag_by("app01", 16, 8, keys=ALT)
    assert not view.stage.scene.links.flows.any(), "a change leaves it hidden"
    canvas.connect("Client", "web01")
    assert seed.workspace.settings.traffic
    assert view.stage.scene.links.flows.sum() == len(flows(view)) == 2


def test_going_to_hidden_traffic_shows_it(seed: WindowDriver) -> None:
    canvas = CanvasDriver(seed.workspace.canvas)
    canvas.connect("web01", "app01")
    (flow,) = seed.workspace.controller.selection
    seed.pick("View", "Declared traffic")
    seed.workspace.inspect(flow, "port")
    assert seed.workspace.canvas.stage.scene.links.flows.any()
    assert seed.find("Port", QLineEdit).hasFocus()
