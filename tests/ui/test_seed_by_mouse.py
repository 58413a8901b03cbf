"""The seed scenario drawn in an empty window with the mouse; the keyboard only types names and addresses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView

from tests.ui import seed_scenario as scenario
from tests.ui.canvas_driver import CanvasDriver
from tests.ui.drivers import WindowDriver

pytestmark = pytest.mark.qt

At = Callable[[float, float], QPoint]


class Mouse:
    """Places by clicking an entry of the palette and then the canvas."""

    def __init__(self, app: WindowDriver) -> None:
        self.app = app
        self.canvas = CanvasDriver(app.workspace.canvas)

    def place(self, title: str, where: QPoint, name: str) -> None:
        """Click an entry, click the canvas, type the name."""
        rows = self.app.find("Elements", QAbstractItemView)
        row = self.app.rows("Elements").index(title)
        index = rows.model().index(row, 0)
        rows.scrollTo(index)
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(index).center())
        self.canvas.move(where)
        self.canvas.click(where)
        self.canvas.type_name(name)
        self.app.wait_until(lambda: name in self.canvas.names())


def test_the_seed_scenario_is_drawn_with_the_mouse(app: WindowDriver) -> None:
    mouse, shots = Mouse(app), scenario.Camera(app, "mouse")
    shots.shoot("empty")
    app.pick("View", "Zoom out")
    app.pick("View", "Zoom out")
    left, top, _, _ = app.workspace.canvas.stage.visible_box()

    def at(x: float, y: float) -> QPoint:
        """Return the pixel of a point, by its distance from where the host's corner is to be."""
        return mouse.canvas.scene_point(left + 208 + x, top + 40 + y)

    _draw_host_and_networks(mouse, shots, at)
    _draw_containers(mouse, shots, at)
    _draw_outside(mouse, at)
    app.pick("View", "Fit everything")
    mouse.canvas.click(QPoint(5, app.workspace.canvas.height() - 5))
    app.wait_until(lambda: app.workspace.controller.is_judged)
    shots.shoot("done")
    assert scenario.differences(app.workspace.controller.topology, scenario.example()) == []
    assert not [found for found in app.workspace.controller.judged if found.severity.value != "info"]


def _draw_host_and_networks(mouse: Mouse, shots: scenario.Camera, at: At) -> None:
    mouse.place("Host", at(280, 80), "HOST01")
    scenario.fill_in_host(mouse.app)
    mouse.canvas.click("HOST01")
    mouse.canvas.drag(mouse.canvas.corner("HOST01"), at(960, 440))
    shots.shoot("host")
    mouse.place("Network adapter", at(840, 380), "Ethernet")
    scenario.fill_in_adapter(mouse.app)
    shots.shoot("adapter")
    mouse.place("Transparent network", at(700, 270), "corp")
    scenario.fill_in_transparent(mouse.app)
    mouse.canvas.connect("corp", "Ethernet")
    shots.shoot("transparent")
    mouse.place("NAT network", at(360, 270), "nat")
    scenario.fill_in_nat(mouse.app)
    shots.shoot("nat")


def _draw_containers(mouse: Mouse, shots: scenario.Camera, at: At) -> None:
    canvas, app = mouse.canvas, mouse.app
    for title, name, network, x in (
        ("Windows container", "web01", "nat", 360),
        ("Hyper-V container", "api01", "corp", 600),
        ("Windows container", "app01", "corp", 830),
    ):
        mouse.place(title, at(x, 110), name)
        canvas.connect(name, network)
        shots.shoot(name)
    for name, address in (("app01", "10.0.0.20"), ("api01", "10.0.0.21")):
        canvas.click(canvas.on_link(name, "corp"))
        app.enter("IP address", address)
    canvas.click(canvas.on_link("web01", "nat"))
    app.enter("IP address", "")
    scenario.publish_port(app)
    shots.shoot("addresses")


def _draw_outside(mouse: Mouse, at: At) -> None:
    mouse.place("Physical network", at(-82, 540), "Corporate LAN")
    scenario.fill_in_segment(mouse.app)
    mouse.place("Client", at(-110, 420), "Client")
    scenario.fill_in_client(mouse.app)
    mouse.canvas.connect("Ethernet", "Corporate LAN")
    mouse.canvas.connect("Client", "Corporate LAN")
