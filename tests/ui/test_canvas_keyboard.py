"""Working the canvas without a pointer."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from designer.drawing.theme import LIGHT
from designer.model.networks import ContainerNetwork
from designer.model.workloads import WindowsContainer
from designer.ui.canvas.camera import Camera
from designer.ui.canvas.gesture import State
from designer.ui.canvas.view import CanvasView
from designer.ui.document_controller import DocumentController
from tests.ui.canvas_driver import ALT, CTRL, SHIFT, CanvasDriver

Key = Qt.Key


def test_tab_walks_in_reading_order_and_leaves_at_both_ends(canvas: CanvasDriver, view: CanvasView) -> None:
    seen = []
    for _ in range(3):
        canvas.keys(Key.Key_Tab)
        seen.append(canvas.selected())
    assert seen == [{"HOST01"}, {"Client"}, {"Corporate LAN"}]
    canvas.keys(Key.Key_Tab)
    assert not view.hasFocus()
    view.setFocus()
    canvas.keys(Key.Key_Backtab, held=SHIFT)
    assert canvas.selected() == {"Client"}


def test_enter_goes_into_a_zone_and_u_and_esc_go_out(canvas: CanvasDriver, view: CanvasView) -> None:
    canvas.keys(Key.Key_Tab, Key.Key_Return)
    assert canvas.selected() == {"Compartment 1 · host"}
    canvas.keys(Key.Key_Tab)
    assert canvas.selected() == {"web01"}
    canvas.keys(Key.Key_Tab)
    assert canvas.selected() == {"api01"}
    canvas.keys("u")
    assert canvas.selected() == {"HOST01"}
    canvas.keys(Key.Key_Return, Key.Key_Return)
    assert canvas.selected() == {"vEthernet (nat0)"}
    canvas.keys(Key.Key_Escape, Key.Key_Escape)
    assert canvas.selected() == {"HOST01"}


def test_enter_on_a_card_asks_for_the_inspector(canvas: CanvasDriver, view: CanvasView, qtbot: QtBot) -> None:
    canvas.click("web01")
    with qtbot.waitSignal(view.inspect_requested) as asked:
        canvas.keys(Key.Key_Return)
    assert asked.args == [canvas.key("web01"), ""]


def test_the_focus_moves_by_direction(canvas: CanvasDriver) -> None:
    canvas.click("web01")
    canvas.keys(Key.Key_Right, held=CTRL | SHIFT)
    assert canvas.selected() == {"api01"}
    canvas.keys(Key.Key_Down, held=CTRL | SHIFT)
    assert canvas.selected() == {"corp"}
    canvas.keys(Key.Key_Left, held=CTRL | SHIFT)
    assert canvas.selected() == {"nat0"}


def test_the_focused_thing_is_brought_into_view(canvas: CanvasDriver, view: CanvasView) -> None:
    view.zoom_to(2.0)
    canvas.keys(Key.Key_Tab, Key.Key_Tab, Key.Key_Tab)
    box = view.local_rect(canvas.key("Corporate LAN"))
    assert box.intersects(view.rect())


def test_arrows_nudge_and_those_that_follow_each_other_are_one_step(canvas: CanvasDriver, view: CanvasView) -> None:
    canvas.click("Client")
    before = view.stage.box(canvas.key("Client"))
    canvas.keys(Key.Key_Left, Key.Key_Left, Key.Key_Up)
    after = view.stage.box(canvas.key("Client"))
    assert before is not None
    assert after is not None
    assert (after[0] - before[0], after[1] - before[1]) == (-16, -8)
    assert view.controller.undo_stack.count() == 1
    canvas.keys(Key.Key_Left, held=ALT)
    canvas.keys(Key.Key_Up, held=SHIFT)
    last = view.stage.box(canvas.key("Client"))
    assert last is not None
    assert (last[0] - after[0], last[1] - after[1]) == (-1, -80)


def test_delete_takes_the_links_and_undo_brings_them_back_selected(canvas: CanvasDriver, view: CanvasView) -> None:
    topology = view.controller.topology
    canvas.click("nat0")
    canvas.keys(Key.Key_Delete)
    assert "nat0" not in canvas.titles()
    assert "vEthernet (nat0)" not in canvas.titles()
    canvas.keys(Key.Key_Z, held=CTRL)
    assert view.controller.topology == topology
    assert "nat0" in canvas.selected()
    canvas.keys(Key.Key_Y, held=CTRL)
    assert "nat0" not in canvas.titles()


def test_what_follows_from_the_drawing_cannot_be_deleted_by_itself(
    canvas: CanvasDriver, view: CanvasView, qtbot: QtBot
) -> None:
    canvas.click("WinNAT")
    with qtbot.waitSignal(view.controller.refused) as said:
        canvas.keys(Key.Key_Delete)
    assert "follows from the drawing" in said.args[0]
    assert "WinNAT" in canvas.titles()


def test_copy_and_paste_keep_inner_links_and_select_what_is_new(canvas: CanvasDriver, view: CanvasView) -> None:
    canvas.click("web01")
    canvas.click("nat0", keys=SHIFT)
    canvas.keys(Key.Key_C, held=CTRL)
    assert "web01" in QGuiApplication.clipboard().text()
    canvas.keys(Key.Key_V, held=CTRL)
    topology = view.controller.topology
    assert len(topology.of(WindowsContainer)) == 3
    (fresh,) = [network for network in topology.of(ContainerNetwork) if network.name not in {"nat0", "corp"}]
    assert len(topology.links_of(fresh.id)) == 1
    assert len(canvas.selected()) == 2
    assert view.controller.undo_stack.count() == 1
    names = [element.name for element in topology.elements()]
    assert len(names) == len(set(names))


def test_duplicate_and_cut(canvas: CanvasDriver, view: CanvasView) -> None:
    canvas.click("Client")
    before = view.stage.box(canvas.key("Client"))
    canvas.keys(Key.Key_D, held=CTRL)
    (name,) = canvas.selected()
    assert name != "Client"
    after = view.stage.box(canvas.key(name))
    assert before is not None
    assert after is not None
    assert (after[0] - before[0], after[1] - before[1]) == (16, 16)
    identity = canvas.key(name)
    canvas.keys(Key.Key_X, held=CTRL)
    assert name not in canvas.names()
    canvas.keys(Key.Key_V, held=CTRL | SHIFT)
    assert canvas.key(name) == identity, "what was cut comes back as itself"
    assert view.stage.box(identity) == after
    canvas.keys(Key.Key_V, held=CTRL | SHIFT)
    assert len([title for title in canvas.titles() if title.startswith("Client")]) == 3


def test_a_copy_made_with_alt_drag(canvas: CanvasDriver, view: CanvasView) -> None:
    canvas.drag_by("Client", 0, -160, keys=ALT)
    assert len(canvas.selected()) == 1
    assert canvas.selected() != {"Client"}
    assert view.controller.undo_stack.count() == 1


def test_select_all_takes_the_scope_first_and_then_everything(canvas: CanvasDriver, view: CanvasView) -> None:
    canvas.click("web01")
    canvas.keys(Key.Key_A, held=CTRL)
    assert {"web01", "api01", "app01", "nat0", "corp", "Ethernet"} <= canvas.selected()
    assert "Client" not in canvas.selected()
    canvas.keys(Key.Key_A, held=CTRL)
    assert {"web01", "Client", "HOST01"} <= canvas.selected()


def test_ctrl_space_collects_and_l_follows_links(canvas: CanvasDriver, view: CanvasView) -> None:
    canvas.click("web01")
    canvas.keys("l")
    assert canvas.selected() == {"web01 – nat0"}
    canvas.keys(Key.Key_Return)
    assert canvas.selected() == {"nat0"}
    canvas.keys(Key.Key_Space, held=CTRL)
    assert canvas.selected() == set()


def test_zoom_keys(canvas: CanvasDriver, view: CanvasView) -> None:
    canvas.keys(Key.Key_Equal, held=CTRL)
    assert view.stage.camera.scale == pytest.approx(1.2)
    canvas.keys(Key.Key_Minus, held=CTRL)
    canvas.keys(Key.Key_Minus, held=CTRL)
    assert view.stage.camera.scale == pytest.approx(1 / 1.2)
    canvas.keys(Key.Key_0, held=CTRL)
    assert view.stage.camera.scale == pytest.approx(1.0)
    canvas.click("Client")
    canvas.keys(Key.Key_2, held=CTRL)
    box = view.local_rect(canvas.key("Client"))
    assert abs(box.center().x() - view.width() / 2) < 3
    canvas.keys(Key.Key_1, held=CTRL)
    assert view.rect().contains(view.local_rect(canvas.key("HOST01")))


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_menu_key_opens_the_menu_at_the_focused_thing(canvas: CanvasDriver, view: CanvasView) -> None:
    view.resize(700, 500)
    view.fit_all()
    canvas.click("web01")
    canvas.keys(Key.Key_F10, held=SHIFT)
    menu = next(menu for menu in view.findChildren(QMenu) if menu.isVisible())
    at = view.mapFromGlobal(menu.pos())
    assert view.local_rect(canvas.key("web01")).adjusted(-8, -8, 8, 8).contains(at)
    menu.close()


def test_keys_belong_to_the_name_while_it_is_typed(canvas: CanvasDriver, view: CanvasView) -> None:
    topology = view.controller.topology
    canvas.click("web01")
    canvas.keys(Key.Key_F2)
    editor = view.findChild(QLineEdit, "nameEditor")
    assert QApplication.focusWidget() is editor
    canvas.keys("chvlu", Key.Key_Delete, Key.Key_Left, Key.Key_Backspace)
    canvas.keys(Key.Key_Z, held=CTRL)
    assert view.controller.topology == topology
    assert view.interaction.state is State.IDLE
    canvas.keys(Key.Key_Escape)
    assert view.controller.topology == topology
    assert canvas.selected() == {"web01"}


def test_tab_goes_on_to_the_next_widget(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    controller = DocumentController(window)
    view, after = CanvasView(controller, LIGHT), QPushButton("after")
    layout = QHBoxLayout(window)
    layout.addWidget(view)
    layout.addWidget(after)
    window.resize(600, 400)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    driver = CanvasDriver(view)
    view.start_placing("client")
    driver.click(QPoint(100, 100))
    driver.keys(Key.Key_Escape)
    view.setFocus()
    driver.keys(Key.Key_Tab)
    assert window.focusWidget() is after
    controller.close()


def test_undo_shows_and_says_what_it_touched(canvas: CanvasDriver, view: CanvasView) -> None:
    said: list[str] = []
    view.announced.connect(lambda text, _urgent: said.append(text))
    canvas.click("Client")
    canvas.keys(Key.Key_Left)
    camera = view.stage.camera
    canvas.keys(Key.Key_Z, held=CTRL)
    assert view.stage.camera == camera, "what is in view is not scrolled"
    assert "Undo Move Client" in said
    view.stage.set_camera(Camera(1.0, 5000.0, 5000.0))
    canvas.keys(Key.Key_Y, held=CTRL)
    assert view.rect().contains(view.local_rect(canvas.key("Client")))
    assert canvas.selected() == {"Client"}
    assert "Redo Move Client" in said
