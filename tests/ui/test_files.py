from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel

from designer.model.hosts import Host
from designer.resources import example_folder
from designer.storage.document import Document
from designer.storage.files import load, save
from designer.ui.files import CANCEL, DO_NOT_SAVE, SAVE
from designer.ui.settings import RECENT_LIMIT, Settings
from tests.ui.canvas_driver import CanvasDriver
from tests.ui.drivers import WindowDriver

pytestmark = pytest.mark.qt


def words(text: str) -> str:
    return text.replace("&", "")


def add_host(app: WindowDriver) -> None:
    app.workspace.canvas.place_from_palette("host")
    assert app.workspace.controller.is_dirty


def texts(dialog: QDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def test_a_new_design_is_saved_under_a_name_and_opened_again(app: WindowDriver, tmp_path: Path) -> None:
    add_host(app)
    with app.answering(app.give_file(tmp_path / "first")):
        app.pick("File", "Save")
    assert app.window.windowTitle().startswith("first[*]")
    assert not app.workspace.controller.is_dirty
    assert [host.name for host in load(tmp_path / "first.cnd").topology.of(Host)] == ["HOST01"]
    app.pick("File", "New")
    assert len(app.workspace.controller.topology) == 0
    with app.answering(app.give_file(tmp_path / "first.cnd")):
        app.pick("File", "Open…")
    assert [host.name for host in app.workspace.controller.topology.of(Host)] == ["HOST01"]


@pytest.mark.parametrize(
    ("answer", "closed", "saved"), [(SAVE, True, True), (DO_NOT_SAVE, True, False), (CANCEL, False, False)]
)
def test_closing_a_changed_design_asks(
    app: WindowDriver, tmp_path: Path, answer: str, closed: bool, saved: bool
) -> None:
    path = tmp_path / "design.cnd"
    add_host(app)
    app.workspace.controller.save(path)
    app.workspace.canvas.place_from_palette("segment")
    before = path.read_bytes()
    with app.answering(app.press_button(words(answer))):
        app.window.close()
    assert app.window.isVisible() is not closed
    assert (path.read_bytes() != before) is saved


def test_cancelling_save_as_keeps_the_window_and_the_changes(app: WindowDriver) -> None:
    add_host(app)
    with app.answering(app.press_button("Save"), lambda dialog: dialog.reject()):
        app.window.close()
    assert app.window.isVisible()
    assert app.workspace.controller.is_dirty
    assert app.workspace.controller.topology.of(Host)


def test_a_broken_file_is_a_calm_dialog_and_changes_nothing(seed: WindowDriver, tmp_path: Path) -> None:
    broken = tmp_path / "broken.cnd"
    broken.write_text('{"product": 3', encoding="utf-8")
    seen: list[str] = []

    def answer(dialog: QDialog) -> None:
        seen.append(texts(dialog))
        seed.press_button("Close")(dialog)

    before = seed.workspace.controller.topology
    with seed.answering(answer):
        seed.workspace.files.open(broken)
    assert "broken.cnd cannot be opened" in seen[0]
    assert "stays as it is" in seen[0]
    assert "Traceback" not in seen[0]
    assert seed.workspace.controller.topology is before
    assert seed.workspace.controller.name == "seed"


def test_a_folder_that_cannot_be_written_offers_another_place(app: WindowDriver, tmp_path: Path) -> None:
    add_host(app)
    seen: list[str] = []

    def answer(dialog: QDialog) -> None:
        seen.append(texts(dialog))
        app.press_button("Save elsewhere…")(dialog)

    app.workspace.controller.path = tmp_path / "missing" / "design.cnd"
    with app.answering(answer, app.give_file(tmp_path / "elsewhere.cnd")):
        app.pick("File", "Save")
    assert "still open" in seen[0]
    assert (tmp_path / "elsewhere.cnd").exists()
    assert not app.workspace.controller.is_dirty


def test_recent_files_are_listed_newest_first_and_at_most_fifteen(settings: Settings, tmp_path: Path) -> None:
    for number in range(RECENT_LIMIT + 3):
        settings.remember_file(tmp_path / f"{number}.cnd")
    settings.remember_file(tmp_path / "10.cnd")
    assert len(settings.recent) == RECENT_LIMIT
    assert settings.recent[0] == tmp_path / "10.cnd"
    assert len(set(settings.recent)) == RECENT_LIMIT


def test_the_menu_marks_recent_files_that_are_gone(app: WindowDriver, settings: Settings, tmp_path: Path) -> None:
    settings.remember_file(tmp_path / "gone.cnd")
    settings.remember_file(example_folder() / "nat.cnd")
    menu = app.menu("File", "Open recent")
    app.wait_until(lambda: "gone.cnd – not found" in [action.text() for action in menu.actions()])
    assert "nat.cnd" in [action.text() for action in menu.actions()]


def test_a_vanished_recent_file_can_be_taken_off_the_list(
    app: WindowDriver, settings: Settings, tmp_path: Path
) -> None:
    gone = tmp_path / "gone.cnd"
    settings.remember_file(gone)
    with app.answering(app.press_button("Take it off the list")):
        app.pick("File", "Open recent", "gone.cnd")
    assert gone not in settings.recent


def test_the_start_page_begins_with_a_template(app: WindowDriver) -> None:
    app.pick("File", "Close")
    assert app.shows("Draw a Windows container network")
    app.click_row("Start with", "Overlay network")
    assert not app.shows("Draw a Windows container network")
    assert app.workspace.controller.topology.of(Host)
    assert app.workspace.controller.path is None


def test_the_start_page_opens_recent_designs(app: WindowDriver, settings: Settings) -> None:
    settings.remember_file(example_folder() / "seed.cnd")
    app.pick("File", "Close")
    app.click_row("Recent designs", "seed.cnd")
    assert app.workspace.controller.name == "seed"


def test_escape_leaves_the_start_page_for_the_empty_canvas(app: WindowDriver) -> None:
    app.pick("File", "Close")
    app.press("Esc")
    assert app.workspace.canvas.isVisible()


def test_viewing_selecting_and_exporting_do_not_make_a_design_dirty(seed: WindowDriver) -> None:
    seed.pick("Edit", "Select all")
    seed.pick("View", "Fit everything")
    seed.pick("View", "Theme", "Dark")
    assert not seed.workspace.controller.is_dirty
    assert not [button for button in seed.window.findChildren(QAbstractButton) if button.text() == "edited"]


def test_a_long_name_leaves_room_for_the_menus(app: WindowDriver, tmp_path: Path) -> None:
    path = tmp_path / f"{'network of the whole company ' * 4}.cnd"
    save(load(example_folder() / "seed.cnd"), path)
    width = app.window.minimumSizeHint().width()
    app.workspace.files.open(path)
    assert app.shows("network of the…")
    assert app.window.minimumSizeHint().width() <= width + 120
    assert str(path) in app.find("Name of the design", QLabel).toolTip()


def test_a_design_of_a_newer_version_can_only_be_looked_at(app: WindowDriver) -> None:
    newer = Document(load(example_folder() / "seed.cnd").topology, format=(99, 0), read_only=True)
    app.workspace.controller.adopt(newer)
    before = app.workspace.controller.topology
    app.workspace.canvas.place_from_palette("client")
    assert app.shows("written by a newer version")
    assert app.shows("read-only")
    CanvasDriver(app.workspace.canvas).click("web01")
    app.workspace.focus_canvas()
    app.press("F2")
    assert not app.workspace.canvas.furniture.editor.isVisible()
    assert app.workspace.controller.topology is before
    assert not app.action("File", "Save as…").isEnabled()
    assert not app.action("Edit", "Paste").isEnabled()
