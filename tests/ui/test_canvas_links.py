"""Making links and moving their ends: from ports, with the tool, with clicks, from the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from designer.model.links import Attachment
from designer.rules.connect import can_connect
from designer.ui.canvas.gesture import State
from designer.ui.canvas.view import CanvasView
from tests.ui.canvas_driver import CanvasDriver


def attached(view: CanvasView, workload: str, network: str) -> list[Attachment]:
    topology = view.controller.topology
    names = {element.id: element.name for element in topology.elements()}
    return [
        link for link in topology.of(Attachment) if names[link.source] == workload and names[link.target] == network
    ]


def test_dragging_from_a_port_to_a_network_attaches(canvas: CanvasDriver, view: CanvasView) -> None:
    canvas.connect("app01", "nat0")
    assert len(attached(view, "app01", "nat0")) == 1
    assert canvas.selected() == {"app01 – nat0"}
    assert view.controller.undo_stack.count() == 1
    view.controller.undo()
    assert not attached(view, "app01", "nat0")


def test_port_tool_and_clicks_give_equal_models(canvas: CanvasDriver, view: CanvasView) -> None:
    def from_port() -> None:
        canvas.connect("app01", "nat0")

    def with_the_tool() -> None:
        canvas.click(QPoint(5, 890))
        canvas.keys("c")
        assert view.interaction.state is State.LINKING
        canvas.drag("app01", "nat0")

    def click_and_click() -> None:
        canvas.hover("app01")
        canvas.click(canvas.port("app01"))
        canvas.move("nat0")
        canvas.click("nat0")

    def from_the_list() -> None:
        canvas.click("app01")
        view.connect_focused()
        canvas.pick("nat0")

    found = []
    for way in (from_port, with_the_tool, click_and_click, from_the_list):
        way()
        (link,) = attached(view, "app01", "nat0")
        found.append((link.ip, link.ports, link.mac))
        assert view.interaction.state is State.IDLE
        view.controller.undo()
    assert len(set(found)) == 1


def test_every_target_in_view_is_classified_as_the_rules_say(canvas: CanvasDriver, view: CanvasView) -> None:
    canvas.hover("app01")
    canvas.press(canvas.port("app01"))
    canvas.move(QPoint(700, 860))
    topology = view.controller.topology
    origin = canvas.key("app01").element
    shown = view.stage.overlay.targets
    assert len(shown) > 5
    for key, verdict in shown.items():
        assert verdict == can_connect(topology, origin, key.element)
    canvas.keys(Qt.Key.Key_Escape)
    canvas.release(QPoint(700, 860))
    assert not view.stage.overlay.targets


def test_an_illegal_target_says_why_and_changes_nothing(canvas: CanvasDriver, view: CanvasView, qtbot: QtBot) -> None:
    topology = view.controller.topology
    canvas.hover("app01")
    canvas.press(canvas.port("app01"))
    canvas.move(canvas.at("Ethernet") + QPoint(0, 10))
    canvas.move("Ethernet")
    note = view.stage.overlay.note
    assert note is not None
    assert note.tone == "error"
    assert note.text
    with qtbot.waitSignal(view.announced) as said:
        canvas.release("Ethernet")
    assert said.args == [note.text, True]
    assert view.controller.topology == topology
    assert view.interaction.state is State.LINKING, "the link can still be led elsewhere"
    qtbot.waitUntil(lambda: view.interaction.state is State.IDLE, timeout=3000)


def test_a_duplicate_and_a_link_to_itself_are_refused(canvas: CanvasDriver, view: CanvasView) -> None:
    canvas.connect("web01", "nat0")
    assert len(attached(view, "web01", "nat0")) == 1
    canvas.keys(Qt.Key.Key_Escape)
    canvas.hover("web01")
    canvas.drag(canvas.port("web01"), "web01")
    canvas.keys(Qt.Key.Key_Escape)
    assert view.controller.undo_stack.count() == 0


def test_a_link_let_go_on_empty_space_offers_what_fits_and_makes_both_at_once(
    canvas: CanvasDriver, view: CanvasView
) -> None:
    canvas.connect("app01", canvas.inside("HOST01", 400, 380))
    titles = canvas.chooser().titles()
    assert "NAT network" in titles
    assert "Client" not in titles
    canvas.pick("internal network")
    canvas.type_name("inner0")
    assert len(attached(view, "app01", "inner0")) == 1
    assert view.controller.undo_stack.count() == 1
    view.controller.undo()
    assert "inner0" not in canvas.names()
    assert "internal0" not in canvas.names()


def test_the_list_of_targets_has_legal_ones_first_and_reasons_for_the_rest(
    canvas: CanvasDriver, view: CanvasView
) -> None:
    canvas.click("app01")
    view.stage.by_keyboard = True
    canvas.keys("c")
    titles = canvas.chooser().titles()
    assert titles[0] == "nat0"
    assert titles.index("web01") < titles.index("Ethernet"), "traffic to web01 can be declared"
    canvas.keys("Ethernet", Qt.Key.Key_Return)
    assert canvas.chooser().isVisible(), "what is not allowed cannot be picked"
    canvas.keys(Qt.Key.Key_Escape)
    assert not canvas.chooser().isVisible()
    assert view.hasFocus()


def test_dragging_an_end_reconnects_and_keeps_the_link(canvas: CanvasDriver, view: CanvasView) -> None:
    (before,) = attached(view, "app01", "corp")
    canvas.click(canvas.on_link("app01", "corp"))
    assert canvas.selected() == {"app01 – corp"}
    canvas.drag(canvas.link_end("app01", "corp", "target"), "nat0")
    (after,) = attached(view, "app01", "nat0")
    assert after.id == before.id
    assert view.controller.undo_stack.count() == 1
    assert view.controller.undo_stack.undoText().startswith("Reconnect")


def test_an_end_dropped_in_the_open_goes_back_and_delete_removes(canvas: CanvasDriver, view: CanvasView) -> None:
    topology = view.controller.topology
    canvas.click(canvas.on_link("app01", "corp"))
    canvas.drag(canvas.link_end("app01", "corp", "target"), QPoint(800, 870))
    assert view.controller.topology == topology
    end = canvas.link_end("app01", "corp", "target")
    canvas.press(end)
    canvas.move(QPoint(800, 870))
    canvas.keys(Qt.Key.Key_Delete)
    assert not attached(view, "app01", "corp")
    canvas.release(QPoint(800, 870))
    assert view.controller.undo_stack.count() == 1


def test_the_end_snaps_to_a_target_close_by_and_holds_on(canvas: CanvasDriver, view: CanvasView) -> None:
    canvas.hover("app01")
    canvas.press(canvas.port("app01"))
    bar = view.local_rect(canvas.key("nat0"))
    canvas.move(QPoint(bar.left() + 20, bar.top() + 10))
    assert view.stage.overlay.magnet == canvas.key("nat0")
    canvas.move(QPoint(bar.left() + 20, bar.bottom() + 25))
    assert view.stage.overlay.magnet == canvas.key("nat0")
    canvas.move(QPoint(bar.left() + 20, bar.bottom() + 34))
    assert view.stage.overlay.magnet is None
    canvas.keys(Qt.Key.Key_Escape)
    canvas.release(QPoint(3, 3))


def test_several_are_connected_as_one_step_and_what_cannot_be_is_named(
    canvas: CanvasDriver, view: CanvasView, qtbot: QtBot
) -> None:
    for name in ("web01", "api01", "app01"):
        canvas.click(name, keys=Qt.KeyboardModifier.ShiftModifier)
    view.connect_focused()
    with qtbot.waitSignal(view.controller.refused) as said:
        canvas.pick("nat0")
    assert said.args[0].startswith("2 connected, 1 not")
    assert "web01" in said.args[0]
    assert attached(view, "api01", "nat0")
    assert attached(view, "app01", "nat0")
    assert view.controller.undo_stack.count() == 1
