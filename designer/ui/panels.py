"""The panels around the canvas: where they stand at first, how they move, hide and come back."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtWidgets import QDockWidget, QTabWidget, QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import QByteArray
    from PySide6.QtWidgets import QMainWindow, QMenu

LAYOUT_VERSION = 1
"""Raised when panels come or go, so that a layout kept by an older version is not restored."""


class Panel(StrEnum):
    """A panel, by the title of its tab."""

    ELEMENTS = "Elements"
    OUTLINE = "Outline"
    INSPECTOR = "Inspector"
    PROBLEMS = "Problems"
    HISTORY = "History"
    SCRIPT = "Script"


_AREAS = {
    Panel.ELEMENTS: Qt.DockWidgetArea.LeftDockWidgetArea,
    Panel.INSPECTOR: Qt.DockWidgetArea.RightDockWidgetArea,
    Panel.PROBLEMS: Qt.DockWidgetArea.BottomDockWidgetArea,
    Panel.SCRIPT: Qt.DockWidgetArea.BottomDockWidgetArea,
}
_SMALLEST = {
    Panel.ELEMENTS: QSize(208, 120),
    Panel.OUTLINE: QSize(208, 120),
    Panel.INSPECTOR: QSize(304, 120),
    Panel.PROBLEMS: QSize(440, 150),
    Panel.HISTORY: QSize(200, 120),
    Panel.SCRIPT: QSize(310, 150),
}
_TABBED = {Panel.OUTLINE: Panel.ELEMENTS, Panel.HISTORY: Panel.PROBLEMS}
"""Panels that are tabs behind another one."""

WIDTHS = {Panel.ELEMENTS: 208, Panel.INSPECTOR: 304}
BOTTOM_HEIGHT = 204
SCRIPT_SHARE = 0.42
"""Part of the bottom that the script has at first."""


class Panels(QObject):
    """The dock widgets of a window, by panel."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._titles_shown = False
        self.docks: dict[Panel, QDockWidget] = {panel: self._dock(panel) for panel in Panel}
        window.setDockNestingEnabled(True)
        window.setDocumentMode(True)
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        window.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        window.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.BottomDockWidgetArea)
        self.put_back()

    def set_content(self, panel: Panel, content: QWidget) -> None:
        """Fill a panel."""
        content.setMinimumSize(_SMALLEST[panel])
        self.docks[panel].setWidget(content)

    def set_title(self, panel: Panel, title: str) -> None:
        """Change what the tab of a panel says: “Problems 2”."""
        self.docks[panel].setWindowTitle(title)

    def reveal(self, panel: Panel) -> None:
        """Show a panel and bring its tab to the front."""
        self.docks[panel].show()
        self.docks[panel].raise_()

    def put_back(self) -> None:
        """Put every panel where it stands at first."""
        for dock in self.docks.values():
            dock.setFloating(False)
            self._window.removeDockWidget(dock)
        for panel, dock in self.docks.items():
            if panel in _TABBED:
                self._window.tabifyDockWidget(self.docks[_TABBED[panel]], dock)
            else:
                self._window.addDockWidget(_AREAS[panel], dock, Qt.Orientation.Horizontal)
            dock.show()
        for panel in _TABBED.values():
            self.docks[panel].raise_()
        self.resize_to_default()

    def resize_to_default(self) -> None:
        """Give the panels the widths and heights that they have at first."""
        docks = [self.docks[panel] for panel in WIDTHS]
        self._window.resizeDocks(docks, list(WIDTHS.values()), Qt.Orientation.Horizontal)
        bottom = [self.docks[Panel.PROBLEMS], self.docks[Panel.SCRIPT]]
        room = self._window.width() - WIDTHS[Panel.ELEMENTS]
        script = round(room * SCRIPT_SHARE)
        self._window.resizeDocks(bottom, [room - script, script], Qt.Orientation.Horizontal)
        self._window.resizeDocks(bottom, [BOTTOM_HEIGHT] * 2, Qt.Orientation.Vertical)

    def save(self) -> QByteArray:
        """Return where the panels stand now."""
        return self._window.saveState(LAYOUT_VERSION)

    def restore(self, state: QByteArray) -> bool:
        """Put the panels where they stood; false when the state is empty or of another version."""
        return not state.isEmpty() and self._window.restoreState(state, LAYOUT_VERSION)

    def show_titles(self, shown: bool) -> None:
        """Show or hide the title bars that panels are dragged by; floating panels always have theirs."""
        self._titles_shown = shown
        for dock in self.docks.values():
            self._set_title_bar(dock)

    def add_to(self, menu: QMenu) -> None:
        """Add one entry for each panel that shows and hides it."""
        for panel, dock in self.docks.items():
            action = dock.toggleViewAction()
            action.setText(panel.value)
            menu.addAction(action)

    def _dock(self, panel: Panel) -> QDockWidget:
        dock = QDockWidget(panel.value, self._window)
        dock.setObjectName(panel.name)
        dock.setAccessibleName(panel.value)
        dock.topLevelChanged.connect(lambda _: self._set_title_bar(dock))
        self._set_title_bar(dock)
        return dock

    def _set_title_bar(self, dock: QDockWidget) -> None:
        bare = not self._titles_shown and not dock.isFloating()
        if bare != (dock.titleBarWidget() is not None):
            dock.setTitleBarWidget(QWidget() if bare else None)  # type: ignore[arg-type]  # Qt takes none for its own
