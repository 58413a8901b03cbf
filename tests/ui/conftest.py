"""What the tests of the window share."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Interface
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from designer.drawing.theme import LIGHT
from designer.editing.commands import set_fields
from designer.model.networks import ContainerNetwork, NetworkMode, Subnet
from designer.painting.fonts import load_fonts
from designer.resources import example_folder
from designer.storage.files import load
from designer.ui.app import application, begin
from designer.ui.canvas.view import CanvasView
from designer.ui.document_controller import DocumentController
from designer.ui.main_window import MainWindow
from designer.ui.settings import Settings
from tests.ui.canvas_driver import CanvasDriver
from tests.ui.drivers import WindowDriver


@pytest.fixture
def empty_view(qtbot: QtBot) -> Iterator[CanvasView]:
    """Return a canvas with nothing on it."""
    load_fonts()
    controller = DocumentController()
    view = CanvasView(controller, LIGHT)
    controller.setParent(view)
    qtbot.addWidget(view)
    view.resize(1400, 900)
    view.show()
    qtbot.waitExposed(view)
    view.activateWindow()
    view.setFocus()
    yield view
    controller.close()


@pytest.fixture
def view(empty_view: CanvasView) -> CanvasView:
    """Return a canvas with the seed scenario at 100 %; its nat network is one of its own, nat0."""
    topology = load(example_folder() / "seed.cnd").topology
    (nat,) = [network for network in topology.of(ContainerNetwork) if network.mode is NetworkMode.NAT]
    subnet = Subnet(prefix=IPv4Interface("172.16.0.0/20"), gateway=IPv4Address("172.16.0.1"))
    topology = topology.apply(set_fields(topology, [nat.id], name="nat0", predefined=False, subnets=(subnet,)))
    empty_view.controller.adopt(topology)
    empty_view.fit_all()
    empty_view.setFocus()
    return empty_view


@pytest.fixture
def canvas(view: CanvasView) -> CanvasDriver:
    """Return a driver of the canvas with the seed scenario."""
    return CanvasDriver(view)


@pytest.fixture
def empty(empty_view: CanvasView) -> CanvasDriver:
    """Return a driver of the empty canvas."""
    return CanvasDriver(empty_view)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return the settings of a person who has just come."""
    return Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def app(qtbot: QtBot, settings: Settings) -> Iterator[WindowDriver]:
    """Return a driver of the window with an empty design."""
    application()
    window = MainWindow(settings)
    window.show()
    qtbot.waitExposed(window)
    workspace = begin(window)
    workspace.show_canvas()
    window.activateWindow()
    yield WindowDriver(window, workspace)
    window.may_close = lambda: True
    window.close()
    window.deleteLater()


@pytest.fixture
def seed(app: WindowDriver) -> WindowDriver:
    """Return a driver of the window with the seed scenario, checked."""
    app.workspace.files.open(example_folder() / "seed.cnd")
    app.wait_until(lambda: app.workspace.controller.is_judged)
    return app
