from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from designer.resources import example_folder
from designer.ui import opening
from designer.ui.files import DO_NOT_SAVE
from tests.ui.drivers import WindowDriver

pytestmark = pytest.mark.qt

NAT = example_folder() / "nat.cnd"


@pytest.fixture(autouse=True)
def _all_files_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "LARGE_FILE", 1)


def wait(app: WindowDriver) -> None:
    end = time.monotonic() + 30
    while app.workspace.files.opening.is_running and time.monotonic() < end:
        QApplication.processEvents()
    assert not app.workspace.files.opening.is_running


def test_a_large_file_is_read_and_drawn_beside_the_window(app: WindowDriver) -> None:
    controller = app.workspace.controller
    before = controller.topology
    app.workspace.files.open(NAT)
    assert app.workspace.files.opening.is_running
    assert controller.topology is before

    wait(app)

    assert controller.path == NAT
    assert {host.name for host in controller.topology.elements()} >= {"NATHOST01"}
    assert {key.element for key in app.workspace.canvas.stage.scene.keys} >= {
        element.id for element in controller.topology.elements()
    }
    assert NAT in app.workspace.settings.recent


def test_what_is_not_wanted_any_more_is_not_opened(app: WindowDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    before = app.workspace.controller.topology
    app.workspace.files.open(NAT)
    app.workspace.files.opening.busy.emit("Opening nat.cnd…")
    cancel = next(found for found in app.window.status.findChildren(QPushButton) if found.text() == "Cancel")
    assert cancel.isVisibleTo(app.window.status)

    cancel.click()

    assert not app.workspace.files.opening.is_running
    assert not cancel.isVisibleTo(app.window.status)
    assert app.workspace.controller.topology is before


def test_the_last_of_two_files_is_opened(app: WindowDriver) -> None:
    app.workspace.files.open(example_folder() / "seed.cnd")
    app.workspace.files.open(NAT)
    wait(app)
    assert app.workspace.controller.path == NAT


def test_a_new_design_is_not_replaced_by_a_file_that_was_on_its_way(app: WindowDriver) -> None:
    app.workspace.files.open(NAT)
    app.workspace.files.new()
    wait(app)
    assert app.workspace.controller.path is None


def test_a_large_file_that_is_broken_says_why(app: WindowDriver, tmp_path: Path) -> None:
    path = tmp_path / "broken.cnd"
    path.write_text("{")
    before = app.workspace.controller.topology
    app.workspace.files.open(path)
    with app.answering(app.press_button("Close")):
        wait(app)
    assert app.workspace.controller.topology is before


def test_what_was_drawn_meanwhile_is_not_lost_without_a_question(app: WindowDriver) -> None:
    app.workspace.files.open(NAT)
    app.workspace.canvas.place_from_palette("host")
    with app.answering(app.press_button("Cancel")):
        wait(app)
    assert app.workspace.controller.is_dirty
    app.workspace.files.opening.start(NAT, flows=True)
    with app.answering(app.press_button(DO_NOT_SAVE.replace("&", ""))):
        wait(app)
    assert app.workspace.controller.path == NAT
