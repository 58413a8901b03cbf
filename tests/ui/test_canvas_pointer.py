"""Selecting, moving, resizing, panning and marking with the mouse."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from designer.model.realisation import PartKey
from designer.ui.canvas.gesture import State
from designer.ui.canvas.view import CanvasView
from tests.ui.canvas_driver import ALT, CTRL, MIDDLE, RIGHT, SHIFT, CanvasDriver


@pytest.fixture
def placed(view: CanvasView, canvas: CanvasDriver) -> Iterator[CanvasDriver]:
    yield canvas
    assert view.interaction.state is State.IDLE, "a gesture was left running"
    assert view.stage.preview is None


def steps(view: CanvasView) -> int:
    return view.controller.undo_stack.count()


def test_a_click_selects_one_and_replaces(canvas: CanvasDriver) -> None:
    canvas.click("web01")
    assert canvas.selected() == {"web01"}
    canvas.click("nat0")
    assert canvas.selected() == {"nat0"}


def test_a_click_on_empty_canvas_and_esc_clear(canvas: CanvasDriver) -> None:
    canvas.click("web01")
    canvas.click(QPoint(5, 890))
    assert canvas.selected() == set()
    canvas.click("web01")
    canvas.keys(Qt.Key.Key_Escape)
    assert canvas.selected() == set()


def test_ctrl_toggles_and_shift_adds(canvas: CanvasDriver) -> None:
    canvas.click("web01")
    canvas.click("api01", keys=SHIFT)
    assert canvas.selected() == {"web01", "api01"}
    canvas.click("nat0", keys=CTRL)
    assert canvas.selected() == {"web01", "api01", "nat0"}
    canvas.click("web01", keys=CTRL)
    assert canvas.selected() == {"api01", "nat0"}


def test_a_press_on_a_member_keeps_the_group_until_release(canvas: CanvasDriver, view: CanvasView) -> None:
    canvas.click("web01")
    canvas.click("api01", keys=SHIFT)
    canvas.press("web01")
    assert canvas.selected() == {"web01", "api01"}
    canvas.release("web01")
    assert canvas.selected() == {"web01"}


def test_three_pixels_are_no_drag_and_five_are_one(placed: CanvasDriver, view: CanvasView) -> None:
    for distance, state in ((3, State.PRESSING), (5, State.MOVING)):
        start = placed.at("Client")
        placed.press(start)
        placed.move(start + QPoint(0, distance))
        assert view.interaction.state is state
        placed.release(start + QPoint(0, distance))
    assert steps(view) <= 1


def test_a_drag_moves_everything_selected_as_one_step(placed: CanvasDriver, view: CanvasView) -> None:
    before = {name: view.stage.box(placed.key(name)) for name in ("Client", "Corporate LAN")}
    placed.click("Client")
    placed.click("Corporate LAN", keys=SHIFT)
    placed.drag_by("Client", 40, 80)
    assert steps(view) == 1
    for name, box in before.items():
        after = view.stage.box(placed.key(name))
        assert box is not None
        assert after is not None
        assert (after[0] - box[0], after[1] - box[1]) != (0, 0)
    view.controller.undo()
    assert {name: view.stage.box(placed.key(name)) for name in before} == before


def test_a_moved_thing_rests_on_the_grid(placed: CanvasDriver, view: CanvasView) -> None:
    placed.drag_by("Client", 3, 211)
    box = view.stage.box(placed.key("Client"))
    assert box is not None
    assert box[1] % 8 == 0


def test_alt_suspends_the_grid(placed: CanvasDriver, view: CanvasView) -> None:
    before = view.stage.box(placed.key("Client"))
    start = placed.at("Client")
    placed.press(start)
    placed.move(start + QPoint(20, 0))
    placed.move(start + QPoint(33, 21), keys=ALT)
    placed.release(start + QPoint(33, 21), keys=ALT)
    after = view.stage.box(placed.key("Client"))
    assert before is not None
    assert after is not None
    scale = view.stage.camera.scale
    assert after[0] - before[0] == pytest.approx(33 / scale, abs=0.01)
    assert after[1] - before[1] == pytest.approx(21 / scale, abs=0.01)


def test_shift_keeps_to_one_axis(placed: CanvasDriver, view: CanvasView) -> None:
    before = view.stage.box(placed.key("Client"))
    start = placed.at("Client")
    placed.press(start)
    placed.move(start + QPoint(80, 13))
    placed.move(start + QPoint(80, 13), keys=SHIFT)
    placed.release(start + QPoint(80, 13), keys=SHIFT)
    after = view.stage.box(placed.key("Client"))
    assert before is not None
    assert after is not None
    assert after[1] == before[1]
    assert after[0] != before[0]


def test_esc_leaves_a_drag_without_a_trace(placed: CanvasDriver, view: CanvasView) -> None:
    topology = view.controller.topology
    placed.click("nat0")
    placed.press("web01")
    placed.move(placed.at("web01") + QPoint(60, 60))
    assert view.interaction.state is State.MOVING
    assert view.stage.preview is not None
    placed.keys(Qt.Key.Key_Escape)
    assert view.controller.topology == topology
    assert placed.selected() == {"nat0"}
    assert steps(view) == 0
    placed.release("web01")
    assert steps(view) == 0


def test_a_second_button_during_a_drag_means_nothing(placed: CanvasDriver, view: CanvasView) -> None:
    placed.press("Client")
    at = placed.at("Client") + QPoint(0, -40)
    placed.move(at)
    QTest.mousePress(view, RIGHT, Qt.KeyboardModifier.NoModifier, at)
    QTest.mouseRelease(view, RIGHT, Qt.KeyboardModifier.NoModifier, at)
    assert view.interaction.state is State.MOVING
    placed.release(at)
    assert steps(view) == 1


def test_moving_a_host_moves_what_is_in_it(placed: CanvasDriver, view: CanvasView) -> None:
    before = view.stage.box(placed.key("web01"))
    placed.drag_by("HOST01", 48, 64)
    after = view.stage.box(placed.key("web01"))
    assert before is not None
    assert after is not None
    host = view.controller.topology.placement(placed.key("HOST01").element)
    assert host is not None
    assert after[0] - before[0] == pytest.approx(48, abs=8)
    assert steps(view) == 1


def test_left_to_right_takes_what_it_holds_and_right_to_left_what_it_touches(
    placed: CanvasDriver, view: CanvasView
) -> None:
    box = view.local_rect(placed.key("Client"))
    half = box.center()
    corner = box.topLeft() - QPoint(12, 12)
    placed.drag(corner, half)
    assert placed.selected() == set()
    placed.drag(half + QPoint(0, -60), corner + QPoint(2, 30))
    assert placed.selected() == {"Client"}


def test_a_marquee_inside_a_host_takes_its_children_and_not_the_host(placed: CanvasDriver, view: CanvasView) -> None:
    web, api = view.local_rect(placed.key("web01")), view.local_rect(placed.key("api01"))
    start = web.topLeft() - QPoint(20, 45)
    placed.drag(start, api.bottomRight() + QPoint(20, 60))
    assert {"web01", "api01"} <= placed.selected()
    assert "HOST01" not in placed.selected()


def test_esc_restores_the_selection_during_a_marquee(placed: CanvasDriver, view: CanvasView) -> None:
    placed.click("web01")
    placed.press(QPoint(4, 4))
    placed.move(QPoint(1300, 880))
    assert "HOST01" in placed.selected()
    placed.keys(Qt.Key.Key_Escape)
    assert placed.selected() == {"web01"}
    placed.release(QPoint(4, 4))


def test_shift_adds_by_marquee_and_ctrl_toggles(placed: CanvasDriver, view: CanvasView) -> None:
    placed.click("web01")
    box = view.local_rect(placed.key("Client"))
    around = (box.topLeft() - QPoint(12, 12), box.bottomRight() + QPoint(12, 2))
    placed.drag(*around, keys=SHIFT)
    assert placed.selected() == {"web01", "Client"}
    placed.drag(*around, keys=CTRL)
    assert placed.selected() == {"web01"}


def test_a_press_inside_a_zone_marks_an_area_and_its_title_selects(placed: CanvasDriver, view: CanvasView) -> None:
    placed.press(placed.inside("HOST01", 300, 390))
    placed.move(placed.inside("HOST01", 360, 400))
    assert view.interaction.state is State.MARQUEE
    placed.release(placed.inside("HOST01", 360, 400))
    placed.click("HOST01")
    assert placed.selected() == {"HOST01"}


def test_links_are_hit_within_four_pixels_at_every_zoom(placed: CanvasDriver, view: CanvasView) -> None:
    for scale in (0.4, 1.0, 4.0):
        view.zoom_to(scale)
        view.center_on(placed.key("Client"))
        at = placed.on_link("Client", "Corporate LAN")
        for dx in (-3, 3):
            placed.click(at + QPoint(dx, 0))
            assert placed.selected() == {"Client – Corporate LAN"}, f"{scale} {dx}"
        placed.click(at + QPoint(26, 0))
        assert placed.selected() != {"Client – Corporate LAN"}, f"{scale}"


def test_alt_click_goes_down_through_what_lies_at_a_point(canvas: CanvasDriver, view: CanvasView) -> None:
    at = canvas.at("web01")
    seen = []
    for _ in range(4):
        canvas.click(at, keys=ALT)
        seen.append(frozenset(canvas.selected()))
    assert seen[0] == {"web01"}
    assert len(set(seen)) >= 2
    assert frozenset({"HOST01"}) in seen


def test_resizing_keeps_the_contents_and_stops_at_them(placed: CanvasDriver, view: CanvasView) -> None:
    before = view.stage.box(placed.key("web01"))
    host = view.stage.box(placed.key("HOST01"))
    placed.click("HOST01")
    corner = placed.corner("HOST01", (1, 1))
    placed.drag(corner, corner + QPoint(64, 40))
    after = view.stage.box(placed.key("HOST01"))
    assert host is not None
    assert after is not None
    assert after[2] - host[2] == pytest.approx(64 / view.stage.camera.scale, abs=8)
    assert view.stage.box(placed.key("web01")) == before
    assert steps(view) == 1
    corner = placed.corner("HOST01", (1, 1))
    placed.drag(corner, placed.at("HOST01"))
    small = view.stage.box(placed.key("HOST01"))
    app = view.stage.box(placed.key("app01"))
    assert small is not None
    assert app is not None
    assert small[2] >= app[2]


def test_the_middle_button_pans_and_the_point_stays_under_the_pointer(placed: CanvasDriver, view: CanvasView) -> None:
    start = QPoint(700, 400)
    before = view.stage.camera.to_scene(700, 400)
    placed.drag(start, start + QPoint(83, -47), button=MIDDLE)
    after = view.stage.camera.to_scene(783, 353)
    assert after == pytest.approx(before, abs=1e-6)
    assert steps(view) == 0


def test_space_pans_with_the_first_button(placed: CanvasDriver, view: CanvasView) -> None:
    before = view.stage.camera
    QTest.keyPress(view, Qt.Key.Key_Space)
    placed.drag("web01", placed.at("web01") + QPoint(50, 30))
    QTest.keyRelease(view, Qt.Key.Key_Space)
    assert view.stage.camera.left == pytest.approx(before.left - 50)
    assert steps(view) == 0


def test_the_hand_tool_pans_until_the_selection_tool_is_back(placed: CanvasDriver, view: CanvasView) -> None:
    before = view.stage.camera
    placed.keys("h")
    placed.drag("web01", placed.at("web01") + QPoint(50, 30))
    placed.keys("v")
    assert view.stage.camera.left == pytest.approx(before.left - 50)
    placed.click("web01")
    assert placed.selected() == {"web01"}


def test_a_right_drag_on_empty_canvas_pans_without_a_menu(placed: CanvasDriver, view: CanvasView) -> None:
    before = view.stage.camera
    placed.drag(QPoint(20, 860), QPoint(60, 880), button=RIGHT)
    assert view.stage.camera.left == pytest.approx(before.left - 40)
    assert not [menu for menu in view.findChildren(QMenu) if menu.isVisible()]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_still_right_click_opens_a_menu_and_selects_first(placed: CanvasDriver, view: CanvasView) -> None:
    placed.click("nat0")
    placed.click("web01", button=RIGHT)
    assert placed.selected() == {"web01"}
    menu = next(menu for menu in view.findChildren(QMenu) if menu.isVisible())
    words = [action.text().split("\t")[0] for action in menu.actions() if not action.isSeparator()]
    assert words[:3] == ["Connect to…", "Declare traffic to…", "Rename"]
    assert len(words) <= 12
    for action in menu.actions():
        assert action.isSeparator() or action.isEnabled() or action.toolTip()
    menu.close()


def test_the_wheel_scrolls_and_zooms_at_the_pointer(placed: CanvasDriver, view: CanvasView) -> None:
    camera = view.stage.camera
    placed.wheel(QPoint(400, 300), -120)
    assert view.stage.camera.top > camera.top
    assert view.stage.camera.left == camera.left
    placed.wheel(QPoint(400, 300), -120, keys=SHIFT)
    assert view.stage.camera.left > camera.left
    before = view.stage.camera.to_scene(613, 207)
    for notch in (120, 120, -120, 120):
        placed.wheel(QPoint(613, 207), notch, keys=CTRL)
        shown = view.stage.camera.to_view(*before)
        assert shown == pytest.approx((613, 207), abs=1.0)


def test_the_zoom_ends_at_ten_and_four_hundred_percent(placed: CanvasDriver, view: CanvasView) -> None:
    for _ in range(40):
        view.zoom_out()
    assert view.stage.camera.scale == pytest.approx(0.1)
    for _ in range(60):
        view.zoom_in()
    assert view.stage.camera.scale == pytest.approx(4.0)


def test_the_edge_scrolls_while_something_is_dragged_there(
    placed: CanvasDriver, view: CanvasView, qtbot: QtBot
) -> None:
    before = view.stage.camera.left
    placed.press("Client")
    placed.move(placed.at("Client") + QPoint(10, 0))
    placed.move(QPoint(view.width() - 3, 500))
    qtbot.waitUntil(lambda: view.stage.camera.left > before + 30)
    placed.keys(Qt.Key.Key_Escape)
    placed.release(QPoint(view.width() - 3, 500))


def test_losing_the_window_ends_the_gesture(placed: CanvasDriver, view: CanvasView) -> None:
    from PySide6.QtGui import QFocusEvent
    from PySide6.QtWidgets import QApplication

    placed.press("Client")
    placed.move(placed.at("Client") + QPoint(30, 30))
    QApplication.sendEvent(view, QFocusEvent(QFocusEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason))
    assert view.interaction.state is State.IDLE
    assert steps(view) == 0


def test_a_move_and_an_area_need_no_drag(placed: CanvasDriver, view: CanvasView) -> None:
    box = view.stage.box(placed.key("Client"))
    placed.click("Client")
    view.pick_up()
    target = placed.at("Client") + QPoint(0, -104)
    placed.move(target)
    placed.click(target)
    assert steps(view) == 1
    assert view.stage.box(placed.key("Client")) != box
    view.select_area()
    client = view.local_rect(placed.key("Client"))
    placed.click(client.topLeft() - QPoint(9, 9))
    placed.move(client.bottomRight() + QPoint(9, 9))
    placed.click(client.bottomRight() + QPoint(9, 9))
    assert placed.selected() == {"Client"}


def test_dragging_a_compartment_of_a_container_moves_the_container(placed: CanvasDriver, view: CanvasView) -> None:
    web = placed.key("web01")
    zone = PartKey(web.element, "compartment")
    box = view.local_rect(zone)
    placed.drag_by(box.topLeft() + QPoint(40, 9), 0, -16)
    assert view.controller.topology.placement(web.element) is not None
    assert steps(view) == 1
