from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QTreeView,
    QWidget,
)

from designer import api
from designer.model.base import Element
from designer.model.networks import ContainerNetwork
from designer.model.realisation import PartKey
from designer.resources import example_folder
from designer.ui.docks.script_text import ScriptText, coloured
from designer.ui.panels import Panel
from tests.ui.drivers import WindowDriver

pytestmark = pytest.mark.qt


def script(driver: WindowDriver) -> ScriptText:
    driver.wait_until(driver.workspace.script.text.isVisible)
    text = driver.find("Script", ScriptText)
    driver.wait_until(lambda: "Requires" in text.toPlainText())
    return text


def element(driver: WindowDriver, name: str) -> Element:
    return next(found for found in driver.workspace.controller.topology.elements() if found.name == name)


def outline(driver: WindowDriver) -> QTreeView:
    driver.window.panels.reveal(Panel.OUTLINE)
    return driver.find("Outline", QTreeView)


# ---- script


def test_the_preview_is_the_script_that_is_exported(seed: WindowDriver) -> None:
    exported = api.export(seed.workspace.controller.topology)[0].script.text
    assert script(seed).toPlainText() == exported.removesuffix("\n")


def test_a_design_that_has_just_come_is_not_told_to_add_a_host(seed: WindowDriver) -> None:
    seed.workspace.files.new()
    assert seed.shows("The script that sets up a host is shown here, line by line. Add a host first.")
    seed.workspace.files.open(example_folder() / "nat.cnd")
    assert seed.shows("The script is being made.")
    script(seed)
    assert not seed.shows("The script is being made.")


def test_the_teardown_can_be_seen_too(seed: WindowDriver) -> None:
    shown = script(seed)
    seed.choose("Kind of script", "Teardown")
    exported = api.export(seed.workspace.controller.topology, teardown=True)[0].script.text
    seed.wait_until(lambda: shown.toPlainText() == exported.removesuffix("\n"))


def test_a_click_on_a_line_selects_its_element(seed: WindowDriver) -> None:
    shown = script(seed)
    lines = api.export(seed.workspace.controller.topology)[0].script.lines
    corp = element(seed, "corp").id
    number = lines.index(corp)
    block = shown.document().findBlockByNumber(number)
    cursor = shown.textCursor()
    cursor.setPosition(block.position())
    shown.setTextCursor(cursor)
    shown.centerCursor()
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=shown.cursorRect().center() + QPoint(4, 0))
    assert seed.workspace.controller.selection == {PartKey(corp)}


def test_selecting_an_element_marks_its_lines(seed: WindowDriver) -> None:
    shown = script(seed)
    seed.workspace.controller.select([PartKey(element(seed, "corp").id)])
    lines = api.export(seed.workspace.controller.topology)[0].script.lines
    wanted = [number for number, found in enumerate(lines) if found == element(seed, "corp").id]
    assert [mark.cursor.blockNumber() for mark in shown.extraSelections()] == wanted


def test_errors_are_listed_in_the_place_of_a_script(app: WindowDriver) -> None:
    app.workspace.files.open(example_folder() / "broken.cnd")
    app.wait_until(lambda: app.workspace.controller.is_judged)
    app.wait_until(lambda: app.shows("in the way of a script that works"))
    assert app.rows("What is in the way")
    app.click("Show the script anyway")
    assert "Requires" in script(app).toPlainText()


def test_without_a_host_the_panel_offers_the_first_step(app: WindowDriver) -> None:
    app.wait_until(lambda: app.shows("Add a host first."))


def test_colours_follow_the_grammar() -> None:
    lines = coloured("# note\n$a = 'b'\nif ($a) { }\n", "powershell")
    assert lines[0] == [(0, 6, "comment")]
    assert (0, 2, "variable") in lines[1]
    assert (5, 3, "string") in lines[1] or any(kind == "string" for _, _, kind in lines[1])
    assert (0, 2, "keyword") in lines[2]


# ---- export


def test_scripts_are_written_to_a_folder(seed: WindowDriver, tmp_path: Path) -> None:
    def answer(dialog: QDialog) -> None:
        seed.find("Folder", QLineEdit, dialog).setText(str(tmp_path))
        seed.press_button("Export")(dialog)

    with seed.answering(answer):
        seed.click("Export scripts")
    assert {path.name for path in tmp_path.iterdir() if path.suffix == ".ps1"} == {"HOST01.ps1", "HOST01.teardown.ps1"}
    assert (tmp_path / "HOST01.ps1").read_bytes() == api.export(seed.workspace.controller.topology)[0].script.encoded()


def test_a_compose_file_has_no_teardown(seed: WindowDriver, tmp_path: Path) -> None:
    def answer(dialog: QDialog) -> None:
        seed.find("Folder", QLineEdit, dialog).setText(str(tmp_path))
        formats = seed.find("Format", QComboBox, dialog)
        formats.setCurrentIndex(formats.findText("Compose file"))
        assert not seed.find("Teardown", QCheckBox, dialog).isEnabled()
        seed.press_button("Export")(dialog)

    with seed.answering(answer):
        seed.click("Export scripts")
    assert [path.name for path in tmp_path.iterdir() if "HOST01" in path.name] == ["HOST01.compose.yaml"]


def test_the_panel_shows_other_formats_in_their_colours(seed: WindowDriver) -> None:
    shown = script(seed)
    seed.choose("Format of the script", "Compose file")
    seed.wait_until(lambda: "services:" in shown.toPlainText())
    kinds = {name for line in coloured(shown.toPlainText(), "yaml") for _, _, name in line}
    assert {"comment", "string", "keyword"} <= kinds


def test_a_design_with_errors_is_refused_until_it_is_forced(app: WindowDriver, tmp_path: Path) -> None:
    app.workspace.files.open(example_folder() / "broken.cnd")
    app.wait_until(lambda: app.workspace.controller.is_judged)

    def answer(dialog: QDialog) -> None:
        app.find("Folder", QLineEdit, dialog).setText(str(tmp_path))
        assert not app.find("Export", QAbstractButton, dialog).isEnabled()
        app.find("Export although it has errors", QAbstractButton, dialog).setChecked(True)
        app.press_button("Export")(dialog)

    with app.answering(answer):
        app.click("Export scripts")
    assert list(tmp_path.glob("*.ps1"))


def test_a_folder_that_is_missing_is_said_and_nothing_is_written(seed: WindowDriver, tmp_path: Path) -> None:
    seen: list[bool] = []

    def answer(dialog: QDialog) -> None:
        seed.find("Folder", QLineEdit, dialog).setText(str(tmp_path / "missing"))
        seed.press_button("Export")(dialog)
        seen.append(dialog.isVisible())
        dialog.reject()

    with seed.answering(answer):
        seed.click("Export scripts")
    assert seen == [True]
    assert not (tmp_path / "missing").exists()


@pytest.mark.parametrize(
    ("kind", "begins"), [("SVG – vector", b"<"), ("PNG – pixels", b"\x89PNG"), ("PDF – one page", b"%PDF")]
)
def test_an_image_is_written(seed: WindowDriver, tmp_path: Path, kind: str, begins: bytes) -> None:
    def answer(dialog: QDialog) -> None:
        box = seed.find("Kind of image", QComboBox, dialog)
        box.setCurrentText(kind)
        field = seed.find("File", QLineEdit, dialog)
        field.setText(str(tmp_path / f"picture{Path(field.text()).suffix}"))
        seed.press_button("Export")(dialog)

    with seed.answering(answer):
        seed.pick("File", "Export image…")
    written = list(tmp_path.glob("picture.*"))
    assert len(written) == 1
    assert written[0].read_bytes().startswith(begins)
    assert not seed.workspace.controller.is_dirty


# ---- outline


def test_the_outline_holds_every_element_and_link(seed: WindowDriver) -> None:
    tree = outline(seed)
    tree.expandAll()
    shown = _all_rows(tree)
    topology = seed.workspace.controller.topology
    assert {found.name for found in topology.elements()} <= set(shown)
    assert len(shown) == sum(1 for _ in topology.elements()) + sum(1 for _ in topology.links())


def test_selection_is_shared_both_ways(seed: WindowDriver) -> None:
    outline(seed)
    seed.click_row("Outline", "api01")
    assert seed.workspace.controller.selection == {PartKey(element(seed, "api01").id)}
    seed.workspace.controller.select([PartKey(element(seed, "web01").id)])
    assert outline(seed).currentIndex().data() == "web01"


def test_f2_renames_in_the_outline(seed: WindowDriver) -> None:
    tree = outline(seed)
    seed.click_row("Outline", "web01")
    tree.setFocus()
    seed.press("F2")
    editor = tree.findChild(QLineEdit)
    assert editor is not None
    QTest.keySequence(editor, QKeySequence(QKeySequence.StandardKey.SelectAll))
    QTest.keyClicks(editor, "shop01")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert element(seed, "shop01").name == "shop01"
    assert seed.workspace.controller.undo_stack.count() == 1


def test_delete_removes_and_undo_brings_back_with_links(seed: WindowDriver) -> None:
    tree = outline(seed)
    before = seed.workspace.controller.topology
    seed.click_row("Outline", "web01")
    tree.setFocus()
    seed.press("Del")
    assert "web01" not in _all_rows(tree)
    seed.pick("Edit", "Undo")
    assert seed.workspace.controller.topology == before
    tree.expandAll()
    assert "web01" in _all_rows(tree)


def test_the_menu_connects_and_moves(seed: WindowDriver) -> None:
    outline(seed)
    seed.workspace.canvas.place_from_palette("host")
    api01 = element(seed, "api01")
    seed.workspace.controller.select([PartKey(api01.id)])
    menu = seed.workspace.outline.menu_for(PartKey(api01.id))
    names = {action.text().replace("&", ""): action for action in menu.actions()}
    moves = names["Move to"].menu()
    assert isinstance(moves, QWidget)
    next(action for action in moves.actions() if action.text() == "HOST02").trigger()
    moved = seed.workspace.controller.topology.find(api01.id, Element)
    assert moved is not None
    assert moved.parent == element(seed, "HOST02").id


def test_changes_elsewhere_arrive_in_the_outline_without_losing_the_place(seed: WindowDriver) -> None:
    tree = outline(seed)
    tree.expandAll()
    seed.click_row("Outline", "api01")
    nat = seed.workspace.controller.topology.of(ContainerNetwork)[0]
    seed.workspace.canvas.place_from_palette("client")
    assert "api01" in _all_rows(tree)
    assert nat.name in _all_rows(tree)
    assert tree.isExpanded(tree.model().index(0, 0))


def _all_rows(tree: QTreeView) -> list[str]:
    model = tree.model()
    found: list[str] = []

    def walk(parent: object) -> None:
        for row in range(model.rowCount(parent)):  # type: ignore[arg-type]  # an index
            index = model.index(row, 0, parent)  # type: ignore[arg-type]  # an index
            found.append(str(index.data()))
            walk(index)

    walk(tree.rootIndex())
    return found


def test_an_export_that_cannot_be_written_says_why_and_keeps_the_dialog_whole(app: WindowDriver) -> None:
    app.workspace.files.open(example_folder() / "broken.cnd")
    app.wait_until(lambda: app.workspace.controller.is_judged)

    said: list[str] = []
    grown: list[int] = []

    def try_nowhere(dialog: QDialog) -> None:
        before = dialog.height()
        app.find("Export although it has errors", QAbstractButton, dialog).click()
        app.find("Folder", QLineEdit, dialog).setText("/no/such/folder")
        app.find("Export", QAbstractButton, dialog).click()
        said.append(app.find("What went wrong", QLabel, dialog).text())
        grown.append(dialog.height() - before)
        dialog.reject()

    with app.answering(try_nowhere):
        app.pick("File", "Export scripts…")
    assert said[0].endswith("Nothing was written.")
    assert grown[0] > 0


def test_the_outline_declares_traffic_and_shows_it_below_its_sender(app: WindowDriver) -> None:
    app.workspace.files.open(example_folder() / "swarm.cnd")
    tree = outline(app)
    key = PartKey(element(app, "orders").id)
    app.workspace.controller.select([key])
    names = {action.text().replace("&", ""): action for action in app.workspace.outline.menu_for(key).actions()}
    links, flows = names["Connect to"].menu(), names["Declare traffic to"].menu()
    assert isinstance(links, QWidget)
    assert isinstance(flows, QWidget)
    assert [action.text() for action in links.actions()] == []
    assert {action.text() for action in flows.actions()} == {"shop", "Client", "NODE01", "NODE02"}
    next(action for action in flows.actions() if action.text() == "Client").trigger()
    QApplication.processEvents()
    tree.expandAll()
    assert {"→ shop (TCP 8080 · published)", "→ Client (TCP 80)"} <= set(_all_rows(tree))
