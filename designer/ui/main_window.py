"""The main window: puts header, panels, canvas and status line together; no logic.

It is painted before the model is imported; the workspace, which needs the model, comes after.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from designer.ui.header import Header
from designer.ui.naming import named
from designer.ui.panels import Panels
from designer.ui.settings import Settings, ThemeChoice
from designer.ui.status_area import StatusArea
from designer.ui.style import apply_theme, theme_for
from designer.ui.symbols import sheet_images

if TYPE_CHECKING:
    from collections.abc import Callable

    from designer.drawing.theme import Theme

PRODUCT = "Container Network Designer"
FIRST_SIZE = (1440, 900)
SMALLEST_SIZE = (960, 600)


class MainWindow(QMainWindow):
    """The window.

    Attributes:
        settings: what the person chose before.
        theme: the colours of now.
        may_close: asked before the window closes; false keeps it open.
    """

    themed = Signal(object)
    """The window has the colours of another theme."""
    file_dropped = Signal(object)
    """Path of a design file that was dropped on the window."""
    closing = Signal()
    """The window closes for good."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self._pictures = TemporaryDirectory(prefix="designer-")
        self.theme = self._chosen_theme()
        self._dress()
        self.may_close: Callable[[], bool] = lambda: True
        self.header = Header(self.theme)
        self.status = StatusArea()
        self.setWindowTitle(f"Untitled[*] – {PRODUCT}")
        self.resize(*FIRST_SIZE)
        self.setMinimumSize(*SMALLEST_SIZE)
        self.setAcceptDrops(True)
        self.setMenuWidget(self.header)
        self._centre = named(QWidget(), "Drawing")
        self._centre_layout = QVBoxLayout(self._centre)
        self._centre_layout.setContentsMargins(0, 0, 0, 0)
        self.setCentralWidget(self._centre)
        self.panels = Panels(self)
        self.setStatusBar(self.status)
        self._restore()
        QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _: self._follow_settings())

    def set_centre(self, widget: QWidget) -> None:
        """Put the canvas into the middle."""
        self._centre_layout.addWidget(widget)
        widget.show()
        self._centre_layout.activate()

    def choose_theme(self, choice: ThemeChoice) -> None:
        """Take another theme and remember it."""
        self.settings.theme = choice
        self._follow_settings()

    def toggle_panel_titles(self) -> None:
        """Show or hide the title bars of the panels and remember it."""
        self.settings.panel_titles = not self.settings.panel_titles
        self.panels.show_titles(self.settings.panel_titles)

    def toggle_full_screen(self) -> None:
        """Fill the screen, or be a window again."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def reset_panels(self) -> None:
        """Put every panel where it stood at first."""
        self.panels.put_back()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved changes; keep size and panels."""
        if not self.may_close():
            event.ignore()
            return
        self.settings.geometry = self.saveGeometry()
        self.settings.panels = self.panels.save()
        self.closing.emit()
        self._pictures.cleanup()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a design file that is dragged onto the window."""
        if _design_file(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a design file that was dropped on the window."""
        path = _design_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.file_dropped.emit(path)

    def _chosen_theme(self) -> Theme:
        hints = QGuiApplication.styleHints()
        return theme_for(self.settings.theme, hints.colorScheme() is Qt.ColorScheme.Dark, _wants_contrast())

    def _follow_settings(self) -> None:
        theme = self._chosen_theme()
        if theme is self.theme:
            return
        self.theme = theme
        self._dress()
        self.header.set_theme(theme)
        self.themed.emit(theme)

    def _dress(self) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        apply_theme(
            application, self.theme, sheet_images(self.theme, Path(self._pictures.name), self.devicePixelRatioF())
        )

    def _restore(self) -> None:
        if not self.settings.geometry.isEmpty():
            self.restoreGeometry(self.settings.geometry)
        if not self.panels.restore(self.settings.panels):
            self.panels.resize_to_default()
        self.panels.show_titles(self.settings.panel_titles)


def _wants_contrast() -> bool:
    """Whether the system asks for high contrast; Qt tells from 6.10 on."""
    accessibility = getattr(QGuiApplication.styleHints(), "accessibility", None)
    return accessibility is not None and accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast


def _design_file(event: QDropEvent) -> Path | None:
    """Return the one design file that a drag carries."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 and paths[0].suffix == ".cnd" else None
