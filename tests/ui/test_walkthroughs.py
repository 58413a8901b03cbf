"""Whole pieces of work on the canvas, from an empty design to a finished one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from designer.formats import export_host
from designer.model.annotations import Placement, placement_id
from designer.model.fabric import Client
from designer.model.hosts import Host, VSwitch
from designer.model.identity import EntityId
from designer.model.networks import ContainerNetwork
from designer.model.topology import Topology
from designer.ui.canvas.gesture import State
from designer.ui.canvas.view import CanvasView
from tests.ui.canvas_driver import CTRL, CanvasDriver
from tests.ui.seed_scenario import differences

Place = Callable[[str, QPoint, str], None]
Connect = Callable[[str, str], None]

THINGS = (
    ("Host", "", "HOST01"),
    ("Host", "", "HOST02"),
    ("Network adapter", "HOST01", "Ethernet"),
    ("NAT network", "HOST01", "inner"),
    ("Transparent network", "HOST01", "outer"),
    ("Windows container", "HOST01", "web01"),
    ("Hyper-V container", "HOST01", "web02"),
    ("Windows container", "HOST02", "app01"),
    ("Hyper-V container", "HOST02", "app02"),
)
LINKS = (("web01", "inner"), ("web02", "outer"), ("outer", "Ethernet"))


def test_mouse_keyboard_and_clicks_alone_make_the_same_design(empty: CanvasDriver, empty_view: CanvasView) -> None:
    made = []
    for work in (_with_drags, _with_clicks_alone, _with_keys):
        empty_view.controller.adopt(Topology())
        empty_view.zoom_to(0.6)
        work(empty)
        assert empty_view.interaction.state is State.IDLE
        made.append(empty_view.controller.topology)
    assert differences(made[1], made[0]) == []
    assert differences(made[2], made[0]) == []


def test_an_illegal_link_says_why_and_what_was_meant_can_be_had(
    canvas: CanvasDriver, view: CanvasView, qtbot: QtBot
) -> None:
    canvas.drop_from_palette("External switch", canvas.inside("HOST01", 500, 400))
    canvas.type_name("SW1")
    before = view.controller.undo_stack.count()
    canvas.hover("web01")
    canvas.press(canvas.port("web01"))
    canvas.move(canvas.at("SW1") + QPoint(0, 3))
    canvas.move("SW1")
    note = view.stage.overlay.note
    assert note is not None
    assert note.tone == "error"
    with qtbot.waitSignal(view.announced):
        canvas.release("SW1")
    canvas.keys(Qt.Key.Key_Escape)
    assert view.controller.undo_stack.count() == before
    canvas.click(canvas.on_link("corp", "Ethernet"))
    canvas.keys(Qt.Key.Key_Delete)
    canvas.connect("SW1", "Ethernet")
    before = view.controller.undo_stack.count()
    canvas.connect("corp", "SW1")
    topology = view.controller.topology
    (switch,) = topology.of(VSwitch)
    assert [network.name for network in topology.of(ContainerNetwork) if network.switch == switch.id] == ["corp"]
    assert view.controller.undo_stack.count() == before + 1
    assert "SW1" in export_host(topology, canvas.key("HOST01").element).text


def test_two_hundred_things_move_and_come_back(empty: CanvasDriver, empty_view: CanvasView) -> None:
    empty_view.controller.adopt(_clients(200))
    empty_view.fit_all()
    start = empty_view.controller.topology
    empty.keys(Qt.Key.Key_A, held=CTRL)
    assert len(empty_view.controller.selection) == 200
    empty.drag_by("client000", 64, 40)
    moved = empty_view.controller.topology
    assert moved != start
    assert empty_view.controller.undo_stack.count() == 1
    assert empty_view.controller.undo_stack.undoText() == "Move 200 items"
    empty_view.controller.undo()
    assert empty_view.controller.topology == start
    empty_view.controller.redo()
    assert empty_view.controller.topology == moved


def test_a_thousand_things_open_pan_and_drag(empty: CanvasDriver, empty_view: CanvasView) -> None:
    empty_view.controller.adopt(_clients(1000))
    empty_view.fit_all()
    empty_view.grab()
    for _ in range(4):
        empty.wheel(QPoint(600, 400), 120, keys=CTRL)
    empty_view.center_on(empty.key("client500"))
    empty.drag(empty.scene_point(18 * 176 - 13, 10 * 80 - 13), empty.scene_point(22 * 176 - 13, 14 * 80 - 13))
    chosen = len(empty_view.controller.selection)
    assert chosen == 16
    first = min(empty.selected())
    before = empty_view.stage.box(empty.key("client999"))
    empty.drag_by(first, 48, 48)
    assert empty_view.controller.undo_stack.count() == 1
    assert empty_view.stage.box(empty.key("client999")) == before or "client999" in empty.selected()


@pytest.mark.parametrize("scale", [0.5, 1.0, 2.0])
def test_a_design_drawn_at_any_magnification_is_the_same(
    empty: CanvasDriver, empty_view: CanvasView, scale: float
) -> None:
    empty_view.zoom_to(scale)
    empty.drop_from_palette("Client", QPoint(300, 300))
    empty.type_name("pc")
    empty.drop_from_palette("Physical network", QPoint(300, 700))
    empty.type_name("lan")
    empty.connect("pc", "lan")
    topology = empty_view.controller.topology
    assert [type(link).__name__ for link in topology.links()] == ["Cable"]
    assert not topology.of(Host)


def _with_drags(canvas: CanvasDriver) -> None:
    def place(title: str, where: QPoint, name: str) -> None:
        canvas.drop_from_palette(title, where)
        canvas.type_name(name)

    _draw(canvas, place, canvas.connect)


def _with_clicks_alone(canvas: CanvasDriver) -> None:
    """Place and connect without ever moving while a button is down."""

    def place(title: str, where: QPoint, name: str) -> None:
        canvas.view.start_placing(canvas.entry(title).key)
        canvas.move(where)
        canvas.click(where)
        canvas.type_name(name)

    def connect(first: str, second: str) -> None:
        canvas.hover(first)
        canvas.click(canvas.port(first))
        canvas.move(second)
        canvas.click(second)

    _draw(canvas, place, connect)


def _with_keys(canvas: CanvasDriver) -> None:
    view = canvas.view
    for title, host, name in THINGS:
        view.stage.select([canvas.key(host)] if host else [])
        if not host:
            view.stage.set_focus(None)
        view.setFocus()
        view.place_from_palette(canvas.entry(title).key)
        canvas.type_name(name)
    for first, second in LINKS:
        view.stage.select([canvas.key(first)])
        view.stage.by_keyboard = True
        canvas.keys("c")
        canvas.pick(second)


def _draw(canvas: CanvasDriver, place: Place, connect: Connect) -> None:
    places = iter(((200, 100), (900, 100)))
    inside = {"HOST01": iter(range(8)), "HOST02": iter(range(8))}
    for title, host, name in THINGS:
        if not host:
            place(title, QPoint(*next(places)), name)
        else:
            number = next(inside[host])
            place(title, canvas.inside(host, 130 + 300 * (number % 2), 80 + 75 * (number // 2)), name)
    for first, second in LINKS:
        connect(first, second)


def _clients(count: int) -> Topology:
    entities: list[Client | Placement] = []
    for number in range(count):
        key = EntityId(f"client-{number}")
        entities.append(Client(id=key, name=f"client{number:03}"))
        x, y = (number % 40) * 176.0, (number // 40) * 80.0
        entities.append(Placement(id=placement_id(key), element=key, x=x, y=y))
    return Topology.of_entities(entities)
