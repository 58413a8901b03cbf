"""Putting new things on the canvas: dragged from the palette, clicked, from lists, from the keyboard."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from designer.model.fabric import Client
from designer.model.hosts import Host, PhysicalNic
from designer.model.networks import ContainerNetwork
from designer.model.workloads import HyperVContainer, WindowsContainer
from designer.ui.canvas.gesture import State
from designer.ui.canvas.view import CanvasView
from tests.ui.canvas_driver import SHIFT, CanvasDriver


def test_a_dragged_entry_lands_where_its_ghost_was(empty: CanvasDriver, empty_view: CanvasView) -> None:
    empty.drag_over("Host", QPoint(700, 400))
    ghost = empty_view.stage.overlay.ghost
    assert ghost is not None
    empty.drop_from_palette("Host", QPoint(700, 400))
    (host,) = empty_view.controller.topology.of(Host)
    box = empty_view.stage.box(empty.key(host.name))
    assert box is not None
    assert box == pytest.approx(ghost.box, abs=1)
    assert box[0] % 8 == box[1] % 8 == 0


def test_the_ghost_has_the_size_of_the_thing_at_every_zoom(empty: CanvasDriver, empty_view: CanvasView) -> None:
    for title, kind in (("Client", Client), ("Host", Host)):
        for scale in (0.5, 1.0, 2.0):
            empty_view.zoom_to(scale)
            empty.drag_over(title, QPoint(700, 300))
            ghost = empty_view.stage.overlay.ghost
            assert ghost is not None
            empty.drop_from_palette(title, QPoint(700, 300))
            (made,) = empty_view.controller.topology.of(kind)
            box = empty_view.stage.box(empty.key(made.name))
            assert box is not None
            assert (ghost.box[2] - ghost.box[0], ghost.box[3] - ghost.box[1]) == pytest.approx(
                (box[2] - box[0], box[3] - box[1]), abs=1
            )
            empty.keys(Qt.Key.Key_Escape)
            empty_view.controller.undo()


def test_a_drop_into_a_host_makes_it_the_container_and_names_can_be_typed(
    empty: CanvasDriver, empty_view: CanvasView
) -> None:
    empty.drop_from_palette("Host", QPoint(700, 400))
    empty.type_name("NODE")
    empty.drop_from_palette("Windows container", empty.inside("NODE", 300, 100))
    empty.type_name("web")
    (host,) = empty_view.controller.topology.of(Host)
    (container,) = empty_view.controller.topology.of(WindowsContainer)
    assert (host.name, container.name, container.parent) == ("NODE", "web", host.id)
    assert empty_view.controller.undo_stack.count() == 2, "a name belongs to the step that made the thing"
    empty_view.controller.undo()
    assert not empty_view.controller.topology.of(WindowsContainer)


def test_esc_keeps_the_default_name(empty: CanvasDriver, empty_view: CanvasView) -> None:
    empty.drop_from_palette("Client", QPoint(500, 300))
    empty.keys("other", Qt.Key.Key_Escape)
    (client,) = empty_view.controller.topology.of(Client)
    assert client.name == "client01"
    assert empty_view.hasFocus()


def test_an_illegal_drop_says_why_and_leaves_nothing(canvas: CanvasDriver, view: CanvasView, qtbot: QtBot) -> None:
    topology = view.controller.topology
    canvas.drag_over("Windows container", QPoint(40, 300))
    note, ghost = view.stage.overlay.note, view.stage.overlay.ghost
    assert note is not None
    assert note.tone == "error"
    assert ghost is not None
    assert not ghost.legal
    with qtbot.waitSignal(view.controller.refused):
        canvas.drop_from_palette("Windows container", QPoint(40, 300))
    assert view.controller.topology == topology
    assert view.interaction.state is State.IDLE
    canvas.drop_from_palette("Host", "web01")
    assert view.controller.topology == topology


def test_the_innermost_legal_zone_is_shown_while_dragging(canvas: CanvasDriver, view: CanvasView) -> None:
    canvas.drag_over("Network adapter", canvas.at("web01"))
    assert view.stage.overlay.zone == (canvas.key("HOST01"), True)
    canvas.drag_over("Router", canvas.at("web01"))
    assert view.stage.overlay.zone == (canvas.key("HOST01"), False)
    canvas.keys(Qt.Key.Key_Escape)


def test_one_click_places_one_and_shift_places_more(empty: CanvasDriver, empty_view: CanvasView) -> None:
    empty_view.start_placing("client")
    empty.move(QPoint(300, 300))
    empty.click(QPoint(300, 300), keys=SHIFT)
    empty.click(QPoint(600, 300), keys=SHIFT)
    assert len(empty_view.controller.topology.of(Client)) == 2
    assert empty_view.interaction.state.value == "placing"
    empty.keys(Qt.Key.Key_Escape)
    assert empty_view.interaction.state.value == "idle"
    assert empty_view.stage.overlay.ghost is None
    empty_view.start_placing(Client)
    empty.click(QPoint(300, 600))
    assert empty_view.interaction.state is State.IDLE
    assert len(empty_view.controller.topology.of(Client)) == 3


def test_the_keyboard_places_without_overlap_in_the_focused_zone(empty: CanvasDriver, empty_view: CanvasView) -> None:
    empty_view.place_from_palette("host")
    empty.keys(Qt.Key.Key_Escape)
    made = [empty_view.place_from_palette(key) for key in ("windows_container",) * 3 + ("network:nat", "nic")]
    (host,) = empty_view.controller.topology.of(Host)
    boxes = []
    for key in made:
        assert key is not None
        element = empty_view.stage.element(key)
        assert element is not None
        assert element.parent == host.id
        boxes.append(empty_view.stage.box(key))
    for first, second in combinations(boxes, 2):
        assert first is not None
        assert second is not None
        apart = first[2] <= second[0] or second[2] <= first[0] or first[3] <= second[1] or second[3] <= first[1]
        assert apart, (first, second)


def test_insert_lists_what_is_legal_here_first(canvas: CanvasDriver, view: CanvasView) -> None:
    canvas.click("HOST01")
    canvas.keys(Qt.Key.Key_Insert)
    canvas.pick("hyper-v")
    canvas.type_name("batch01")
    found = [container for container in view.controller.topology.of(HyperVContainer) if container.name == "batch01"]
    assert len(found) == 1
    assert found[0].parent == canvas.key("HOST01").element


def test_a_double_click_on_empty_canvas_adds_there(empty: CanvasDriver, empty_view: CanvasView) -> None:
    empty.double_click(QPoint(640, 420))
    assert "Client" in empty.chooser().titles()
    empty.pick("router")
    empty.type_name("edge")
    box = empty_view.stage.box(empty.key("edge"))
    assert box is not None
    x, y = empty_view.stage.camera.to_scene(640, 420)
    assert box[0] <= x <= box[2]
    assert box[1] <= y <= box[3]


def test_a_double_click_on_a_thing_renames_it(canvas: CanvasDriver, view: CanvasView) -> None:
    canvas.double_click("web01")
    canvas.type_name("shop")
    assert "shop" in canvas.names()
    assert view.controller.undo_stack.count() == 1
    canvas.keys(Qt.Key.Key_F2)
    canvas.type_name("shop")
    assert view.controller.undo_stack.count() == 1, "the same name is no change"


def test_fifty_new_things_have_names_of_their_own(canvas: CanvasDriver, view: CanvasView) -> None:
    canvas.click("HOST01")
    for _ in range(50):
        assert view.place_from_palette("windows_container") is not None
        canvas.keys(Qt.Key.Key_Escape)
        view.stage.select([canvas.key("HOST01")])
    names = [element.name for element in view.controller.topology.elements()]
    assert len(names) == len(set(names))


def test_dropping_into_another_host_says_what_goes(empty: CanvasDriver, empty_view: CanvasView) -> None:
    for place, name in ((QPoint(350, 400), "A"), (QPoint(1000, 400), "B")):
        empty.drop_from_palette("Host", place)
        empty.type_name(name)
    empty_view.fit_all()
    empty.drop_from_palette("Windows container", empty.inside("A", 220, 80))
    empty.type_name("web")
    empty.drop_from_palette("NAT network", empty.inside("A", 380, 140))
    empty.type_name("inner")
    empty.connect("web", "inner")
    empty.click("web")
    empty.press("web")
    empty.move(empty.at("web") + QPoint(30, 0))
    empty.move(empty.inside("B", 240, 90))
    note = empty_view.stage.overlay.note
    assert note is not None
    assert "1 connection" in note.text
    empty.release(empty.inside("B", 240, 90))
    (web,) = empty_view.controller.topology.of(WindowsContainer)
    assert web.parent == empty.key("B").element
    empty_view.controller.undo()
    assert len(list(empty_view.controller.topology.links())) == 1


def test_ctrl_keeps_it_in_its_zone(canvas: CanvasDriver, view: CanvasView) -> None:
    from tests.ui.canvas_driver import CTRL

    nic = canvas.key("Ethernet").element
    before = view.controller.topology.find(nic, PhysicalNic)
    canvas.press("Ethernet")
    canvas.move(canvas.at("Ethernet") + QPoint(0, 20))
    canvas.move(QPoint(120, 880), keys=CTRL)
    canvas.release(QPoint(120, 880), keys=CTRL)
    after = view.controller.topology.find(nic, PhysicalNic)
    assert before is not None
    assert after is not None
    assert after.parent == before.parent
    assert view.controller.undo_stack.count() == 1


def test_leaving_a_zone_takes_sixteen_units(canvas: CanvasDriver, view: CanvasView) -> None:
    box = view.local_rect(canvas.key("HOST01"))
    canvas.press("Ethernet")
    canvas.move(canvas.at("Ethernet") + QPoint(0, 10))
    canvas.move(QPoint(box.right() + 8, box.bottom() - 100))
    assert view.stage.overlay.note is None
    canvas.move(QPoint(box.right() + 30, box.bottom() - 100))
    assert view.stage.overlay.note is not None
    canvas.keys(Qt.Key.Key_Escape)
    canvas.release(QPoint(4, 4))
    assert view.controller.undo_stack.count() == 0


def test_an_empty_canvas_offers_a_beginning(empty: CanvasDriver, empty_view: CanvasView) -> None:
    assert empty_view.furniture.hints.isVisible()
    empty.drop_from_palette("Client", QPoint(300, 200))
    assert not empty_view.furniture.hints.isVisible()
    empty.keys(Qt.Key.Key_Escape)
    empty_view.controller.undo()
    assert empty_view.furniture.hints.isVisible()
    assert not empty_view.controller.topology.of(ContainerNetwork)


def test_only_an_overlay_network_stands_on_the_canvas(canvas: CanvasDriver, view: CanvasView) -> None:
    topology = view.controller.topology
    canvas.drag_over("NAT network", QPoint(60, 200))
    note = view.stage.overlay.note
    assert note is not None
    assert note.text == "A NAT network stands in a host."
    canvas.drop_from_palette("NAT network", QPoint(60, 200))
    assert view.controller.topology == topology
    canvas.drop_from_palette("Overlay network", canvas.inside("HOST01", 400, 380))
    canvas.type_name("span")
    (network,) = [found for found in view.controller.topology.of(ContainerNetwork) if found.name == "span"]
    assert network.parent is None


def test_the_list_says_where_each_thing_would_go(canvas: CanvasDriver, view: CanvasView) -> None:
    canvas.click("Client")
    view.quick_add()
    where = {option.text: option.detail for option in canvas.chooser().options()}
    assert where["NAT network"] == "in HOST01"
    assert where["Overlay network"] == "on the canvas"
    assert where["Router"] == "on the canvas"
