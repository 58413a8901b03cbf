from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDockWidget,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from designer.resources import example_folder
from designer.ui.main_window import MainWindow
from designer.ui.panels import Panel
from designer.ui.settings import Settings, ThemeChoice
from tests.ui.drivers import WindowDriver

pytestmark = pytest.mark.qt

BEFORE_FIRST_PAINT = """
import sys
from designer.ui.app import application
from designer.ui.main_window import MainWindow
from designer.ui.settings import Settings
from PySide6.QtCore import QSettings
program = application()
window = MainWindow(Settings(QSettings(sys.argv[1], QSettings.Format.IniFormat)))
window.show()
program.processEvents()
print(sorted({name.partition(".")[0] for name in sys.modules} & {"numpy", "pydantic", "networkx", "pygments"}))
print(sorted(name for name in sys.modules if name.startswith(("designer.rules", "designer.export", "designer.model"))))
"""


def test_the_first_paint_needs_neither_model_nor_numpy(tmp_path: Path) -> None:
    ran = subprocess.run(  # our own interpreter
        [sys.executable, "-c", BEFORE_FIRST_PAINT, str(tmp_path / "s.ini")], capture_output=True, text=True, check=True
    )
    assert ran.stdout.split("\n")[:2] == ["[]", "[]"]


def test_the_title_names_the_file_and_marks_changes(seed: WindowDriver) -> None:
    assert seed.window.windowTitle() == "seed[*] – Container Network Designer"
    assert not seed.window.isWindowModified()
    seed.click_row("Outline" if _reveal(seed, Panel.OUTLINE) else "", "web01")
    seed.enter("Name", "shop01")
    assert seed.window.isWindowModified()
    seed.pick("Edit", "Undo")
    assert not seed.window.isWindowModified()


def test_panels_hide_and_come_back_where_they_were(seed: WindowDriver, settings: Settings) -> None:
    seed.pick("View", "Panels", "Inspector")
    assert not seed.window.panels.docks[Panel.INSPECTOR].isVisible()
    seed.window.close()
    again = MainWindow(settings)
    again.show()
    assert not again.panels.docks[Panel.INSPECTOR].isVisible()
    again.reset_panels()
    assert again.panels.docks[Panel.INSPECTOR].isVisible()
    again.close()


def test_panels_can_be_dragged_when_they_have_titles(seed: WindowDriver) -> None:
    dock = seed.window.panels.docks[Panel.SCRIPT]
    assert dock.titleBarWidget() is not None
    seed.pick("View", "Panels", "Title bars to drag panels by")
    assert dock.titleBarWidget() is None
    dock.setFloating(True)
    assert dock.isFloating()


def test_the_theme_changes_everywhere_at_once(seed: WindowDriver, settings: Settings) -> None:
    seed.pick("View", "Theme", "Dark")
    assert settings.theme is ThemeChoice.DARK
    dark = seed.window.grab().toImage().pixelColor(seed.window.width() - 10, seed.window.height() // 2)
    seed.pick("View", "Theme", "Light")
    light = seed.window.grab().toImage().pixelColor(seed.window.width() - 10, seed.window.height() // 2)
    assert dark.lightness() < 60
    assert light.lightness() > 200


def test_f6_goes_through_all_panes_and_back(seed: WindowDriver) -> None:
    seed.workspace.focus_canvas()
    visited = []
    for _ in range(5):
        seed.press("F6")
        visited.append(_pane(seed))
    assert visited == ["Inspector", "Problems", "Script", "Elements", "Drawing"]
    seed.press("Shift+F6")
    assert _pane(seed) == "Elements"


def test_f6_goes_through_an_empty_design_too(app: WindowDriver) -> None:
    app.wait_until(lambda: app.workspace.controller.is_judged)
    app.wait_until(lambda: not app.workspace.script.text.isVisible())
    app.workspace.focus_canvas()
    visited = []
    for _ in range(5):
        app.press("F6")
        visited.append(_pane(app))
    assert visited == ["Inspector", "Problems", "Script", "Elements", "Drawing"]


def test_a_design_dropped_on_the_window_is_opened(app: WindowDriver) -> None:
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(example_folder() / "nat.cnd"))])
    entering = QDragEnterEvent(
        QPoint(300, 10), Qt.DropAction.CopyAction, carried, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(app.window, entering)
    dropping = QDropEvent(
        QPointF(300, 10), Qt.DropAction.CopyAction, carried, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(app.window, dropping)
    assert entering.isAccepted()
    assert app.workspace.controller.name == "nat"


def test_every_widget_that_takes_the_keyboard_has_a_name(seed: WindowDriver) -> None:
    seed.workspace.controller.select([])
    kinds = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView, QPlainTextEdit, QDockWidget)
    nameless = [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in seed.window.findChildren(QWidget)
        if isinstance(widget, kinds)
        and widget.isVisible()
        and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
        and not (widget.accessibleName() or getattr(widget, "text", str)())
        and not _is_part_of_a_combo(widget)
    ]
    assert nameless == []


def test_only_one_button_is_filled(seed: WindowDriver) -> None:
    filled = [button for button in seed.window.findChildren(QAbstractButton) if button.property("filled")]
    assert [button.text() for button in filled if button.isVisible()] == ["Export scripts…"]


def test_the_status_line_says_what_is_selected_and_where_it_runs(seed: WindowDriver) -> None:
    _reveal(seed, Panel.OUTLINE)
    seed.click_row("Outline", "web01")
    assert seed.shows("web01 selected · 1 of")
    assert seed.shows("Windows Server 2016")


def _reveal(driver: WindowDriver, panel: Panel) -> bool:
    driver.window.panels.reveal(panel)
    return True


def _pane(driver: WindowDriver) -> str:
    focused = QApplication.focusWidget()
    panes = {panel.value: dock for panel, dock in driver.window.panels.docks.items()}
    for name, dock in panes.items():
        if focused is not None and dock.isAncestorOf(focused):
            return name
    return "Drawing"


def _is_part_of_a_combo(widget: QWidget) -> bool:
    return isinstance(widget.parent(), QComboBox)


def test_a_zoom_can_be_typed_and_chosen(seed: WindowDriver) -> None:
    seed.enter("Zoom", "130 %")
    assert seed.workspace.canvas.stage.camera.scale == pytest.approx(1.3)
    seed.choose("Zoom", "50 %")
    assert seed.workspace.canvas.stage.camera.scale == pytest.approx(0.5)
    seed.enter("Zoom", "much")
    assert seed.workspace.canvas.stage.camera.scale == pytest.approx(0.5)


def test_the_menus_open_by_their_letters(seed: WindowDriver) -> None:
    QTest.keyClick(seed.window, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    assert "&Open…" in [action.text() for action in menu.actions()]
    menu.close()
