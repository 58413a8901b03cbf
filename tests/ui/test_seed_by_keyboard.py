"""The seed scenario made in an empty window without touching a mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QWidget

from designer.ui.canvas import navigation
from tests.ui import seed_scenario as scenario
from tests.ui.canvas_driver import CanvasDriver
from tests.ui.drivers import WindowDriver

pytestmark = pytest.mark.qt

MOST_TABS = 80


class Keyboard:
    """Does everything with keys, in whatever has the keyboard."""

    def __init__(self, app: WindowDriver) -> None:
        self.app = app
        self.canvas = CanvasDriver(app.workspace.canvas)

    def place(self, title: str, name: str) -> None:
        """Find an entry of the palette, press Enter, type the name."""
        self.go_to_canvas()
        self.app.press("/")
        self.canvas.keys(title, Qt.Key.Key_Return)
        rows = self.app.rows("Elements")
        for _ in range(rows.index(title) - self.app.find("Elements", QAbstractItemView).currentIndex().row()):
            self.canvas.keys(Qt.Key.Key_Down)
        self.canvas.keys(Qt.Key.Key_Return)
        self.canvas.type_name(name)
        assert name in self.canvas.names()

    def go_to_canvas(self) -> None:
        """Go on to the canvas, pane by pane."""
        view = self.app.workspace.canvas
        for _ in range(8):
            if view.hasFocus():
                break
            self.app.press("Shift+F6")
        assert view.hasFocus()

    def go_to(self, name: str) -> None:
        """Go to a thing on the canvas: into its zones with Enter, through their contents with Tab."""
        self.go_to_canvas()
        view = self.app.workspace.canvas
        way = [self.canvas.key(name)]
        while (outer := navigation.container(view.stage.scene, way[0])) is not None:
            way.insert(0, outer)
        while view.stage.focus is not None and navigation.container(view.stage.scene, view.stage.focus) is not None:
            self.canvas.keys("u")
        for depth, key in enumerate(way):
            if depth:
                self.canvas.keys(Qt.Key.Key_Return)
            order = navigation.siblings(view.stage.scene, key)
            here = order.index(view.stage.focus) if view.stage.focus in order else -1
            step = Qt.Key.Key_Tab if order.index(key) > here else Qt.Key.Key_Backtab
            for _ in range(abs(order.index(key) - here)):
                self.canvas.keys(step)
            assert view.stage.focus == key

    def connect(self, first: str, second: str) -> None:
        """Choose from the list of targets."""
        self.go_to(first)
        self.canvas.keys("c")
        self.canvas.pick(second)

    def follow_link(self) -> None:
        """Go from the focused thing to its link."""
        self.canvas.keys("l")

    # ---- the same words as the driver of the window, without its mouse

    def field(self, label: str) -> QWidget:
        """Go through the inspector with Tab to the editor with that label."""
        self.app.press("F4")
        visited = []
        for _ in range(MOST_TABS):
            QApplication.processEvents()
            focused = QApplication.focusWidget()
            assert focused is not None
            if focused.accessibleName() == label:
                return focused
            visited.append(focused.accessibleName() or type(focused).__name__)
            QTest.keyClick(focused, Qt.Key.Key_Tab)
        message = f"Tab never comes to {label!r}, only to {visited}"
        raise AssertionError(message)

    def enter(self, label: str, text: str) -> None:
        """Type into a field and press Enter."""
        field = self.field(label)
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(field, Qt.Key.Key_Delete)
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)

    def choose(self, label: str, text: str) -> None:
        """Go up and down in a drop-down list."""
        field = self.field(label)
        assert isinstance(field, QComboBox)
        way = field.findText(text) - field.currentIndex()
        for _ in range(abs(way)):
            QTest.keyClick(field, Qt.Key.Key_Down if way > 0 else Qt.Key.Key_Up)
            QApplication.processEvents()
        assert field.currentText() == text

    def click(self, label: str) -> None:
        """Go to a button and press it."""
        QTest.keyClick(self.field(label), Qt.Key.Key_Space)

    @property
    def window(self) -> QWidget:
        """Return the window."""
        return self.app.window


def test_the_seed_scenario_is_made_with_the_keyboard(app: WindowDriver) -> None:
    keyboard, shots = Keyboard(app), scenario.Camera(app, "keyboard")
    keyboard.place("Host", "HOST01")
    scenario.fill_in_host(keyboard)
    keyboard.place("Network adapter", "Ethernet")
    scenario.fill_in_adapter(keyboard)
    shots.shoot("adapter")
    keyboard.go_to("HOST01")
    keyboard.place("NAT network", "nat")
    scenario.fill_in_nat(keyboard)
    shots.shoot("nat")
    keyboard.go_to("HOST01")
    keyboard.place("Transparent network", "corp")
    scenario.fill_in_transparent(keyboard)
    keyboard.connect("corp", "Ethernet")
    for title, name, network, address in (
        ("Windows container", "web01", "nat", ""),
        ("Hyper-V container", "api01", "corp", "10.0.0.21"),
        ("Windows container", "app01", "corp", "10.0.0.20"),
    ):
        keyboard.go_to("HOST01")
        keyboard.place(title, name)
        keyboard.connect(name, network)
        keyboard.go_to(name)
        keyboard.follow_link()
        keyboard.enter("IP address", address)
        if name == "web01":
            scenario.publish_port(keyboard)
        shots.shoot(name)
    keyboard.go_to("HOST01")
    keyboard.place("Physical network", "Corporate LAN")
    scenario.fill_in_segment(keyboard)
    keyboard.place("Client", "Client")
    scenario.fill_in_client(keyboard)
    keyboard.connect("Ethernet", "Corporate LAN")
    keyboard.connect("Client", "Corporate LAN")
    keyboard.canvas.keys(Qt.Key.Key_Escape, Qt.Key.Key_Escape)
    app.press("Ctrl+1")
    shots.shoot("done")

    assert scenario.differences(app.workspace.controller.topology, scenario.example()) == []
