from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QTextBrowser

from designer.resources import example_folder
from tests.ui.canvas_driver import CanvasDriver
from tests.ui.drivers import WindowDriver

pytestmark = pytest.mark.qt


def selected(driver: WindowDriver) -> set[str]:
    return CanvasDriver(driver.workspace.canvas).selected()


def test_typing_selects_the_first_hit_and_enter_goes_on_around(seed: WindowDriver) -> None:
    seed.press("Ctrl+F")
    seed.enter("Find on canvas", "servercore:", finish=False)
    assert seed.shows("1 of 3")
    first = selected(seed)
    seen = [first]
    for _ in range(3):
        seed.press("Return")
        seen.append(selected(seed))
    assert seen[3] == first
    assert set().union(*seen) == {"web01", "app01", "api01"}
    seed.press("Shift+Return")
    assert selected(seed) == seen[2]


def test_an_address_finds_the_endpoint_and_the_networks_around_it(seed: WindowDriver) -> None:
    seed.press("Ctrl+F")
    seed.enter("Find on canvas", "10.0.0.21", finish=False)
    found = [selected(seed)]
    for _ in range(2):
        seed.press("F3")
        found.append(selected(seed))
    assert {name for names in found for name in names} == {"api01 – corp", "corp", "Corporate LAN"}
    seed.press("Shift+F3")
    assert selected(seed) == found[1]


def test_escape_goes_back_to_where_the_search_began(seed: WindowDriver) -> None:
    canvas = seed.workspace.canvas
    canvas.zoom_to(0.3)
    before = canvas.stage.camera
    seed.press("Ctrl+F")
    seed.enter("Find on canvas", "client", finish=False)
    assert canvas.stage.camera.scale == 1.0
    assert selected(seed) == {"Client"}
    seed.press("Esc")
    assert canvas.stage.camera == before
    assert canvas.hasFocus()


def test_what_is_not_there_is_said(seed: WindowDriver) -> None:
    seed.press("Ctrl+F")
    seed.enter("Find on canvas", "no such thing", finish=False)
    assert seed.shows("nothing")
    before = selected(seed)
    seed.press("Return")
    assert selected(seed) == before


def test_letters_typed_into_the_bar_are_no_tools(seed: WindowDriver) -> None:
    before = seed.workspace.controller.topology
    seed.press("Ctrl+F")
    seed.enter("Find on canvas", "corp", finish=False)
    seed.press("Del")
    seed.press("Backspace")
    assert seed.find("Find on canvas", QLineEdit).text() == "cor"
    assert seed.workspace.controller.topology == before


def test_a_changed_design_is_searched_as_it_is_now(seed: WindowDriver) -> None:
    seed.press("Ctrl+F")
    seed.enter("Find on canvas", "web", finish=False)
    assert seed.shows("1 of 1")
    seed.workspace.canvas.duplicate()
    seed.press("F3")
    assert seed.shows("of 2")


def test_f1_explains_what_is_selected(app: WindowDriver) -> None:
    app.workspace.files.open(example_folder() / "broken.cnd")
    app.wait_until(lambda: app.workspace.controller.is_judged)
    app.press("F8")
    app.workspace.focus_canvas()
    app.press("F1")
    found = app.workspace.problems.finding_at_hand()
    assert found is not None
    assert found.rule.title in app.find("Explanation", QTextBrowser).toPlainText()
    assert isinstance(QApplication.focusWidget(), type(app.workspace.canvas))
