"""Starts the window: fonts, theme, what happens when something unexpected does, and the first design."""

from __future__ import annotations

import sys
import traceback
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from designer.collector import collector_paused
from designer.painting.fonts import load_fonts
from designer.ui.main_window import PRODUCT, MainWindow
from designer.ui.panels import Panel
from designer.ui.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from designer.ui.docks.palette import Palette
    from designer.ui.workspace import Workspace


def application() -> QApplication:
    """Return the running application, or a new one with the product's name, style and fonts."""
    running = QApplication.instance()
    if not isinstance(running, QApplication):
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
        running = QApplication(["designer"])
    running.setApplicationDisplayName(PRODUCT)
    running.setStyle("fusion")
    load_fonts()
    return running


def run(path: Path | None = None) -> int:
    """Open the window on a design, or on the start page, and return the exit code when it is closed."""
    program = application()
    window = MainWindow(Settings())
    catcher = UnexpectedErrors(window)
    sys.excepthook = catcher.take
    window.show()
    QTimer.singleShot(0, lambda: begin(window, path))
    return program.exec()


def begin(window: MainWindow, path: Path | None = None) -> Workspace:
    """Finish the window after its first paint, then open a design or the start page."""
    palette = add_palette(window)
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    with collector_paused(staying=True):
        from designer.ui.action_bar import ActionBar  # noqa: PLC0415  # these import the model
        from designer.ui.recent_menu import RecentMenu  # noqa: PLC0415  # as above
        from designer.ui.workspace import Workspace  # noqa: PLC0415  # as above

    workspace = Workspace(window, palette, window.settings, window.theme)
    bar = ActionBar(window.header.menus, workspace)
    RecentMenu(bar.menus["File"], bar.actions["save"], window.settings, workspace.files)
    window.panels.add_to(bar.menus["View/Panels"])
    if path is not None:
        workspace.files.open(path)
    else:
        workspace.files.new()
        workspace.show_start()
    return workspace


def add_palette(window: MainWindow) -> Palette:
    """Show the palette: it needs no model, so that it is there while the model is imported."""
    from designer.ui.docks.palette import Palette  # noqa: PLC0415  # the first paint does not wait for it

    palette = Palette(window.theme)
    window.panels.set_content(Panel.ELEMENTS, palette)
    return palette


class UnexpectedErrors(QObject):
    """Shows an error that nobody expected, and lets the window go on."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._showing = False

    def take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Take the place of sys.excepthook."""
        details = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(details)
        if issubclass(kind, KeyboardInterrupt):
            QApplication.exit(1)
            return
        if self._showing:
            return
        self._showing = True
        QTimer.singleShot(0, self, lambda: self._show(details))

    def _show(self, details: str) -> None:
        from designer.ui.dialogs.message import tell  # noqa: PLC0415  # hardly ever needed

        tell(
            self._window,
            "Something went wrong in the program",
            "The last step may not have been done. The design and its file are unharmed; save under another name if "
            "you are in doubt, and go on. The details help to mend it.",
            details,
        )
        self._showing = False
