"""A part of a form that folds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from designer.ui.naming import named
from designer.ui.symbols import line_icon

if TYPE_CHECKING:
    from designer.drawing.theme import Theme

SPACING = 12


class Section(QWidget):
    """A heading that opens and closes what is below it."""

    toggled = Signal(bool)
    """The person opened (true) or closed it."""

    def __init__(self, title: str, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._heading = named(QToolButton(), title)
        self._heading.setText(title)
        self._heading.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._heading.setProperty("heading", True)
        self._heading.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._heading.clicked.connect(self._toggle)
        self._body = QWidget()
        self.content = QVBoxLayout(self._body)
        self.content.setContentsMargins(0, 6, 0, 4)
        self.content.setSpacing(SPACING)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._heading)
        layout.addWidget(self._body)
        self.open(is_open=False)

    @property
    def is_open(self) -> bool:
        """Whether its content is shown."""
        return not self._body.isHidden()

    def open(self, *, is_open: bool) -> None:
        """Show or hide the content."""
        self._body.setVisible(is_open)
        self._heading.setIcon(line_icon("chevron" if is_open else "chevron-right", self._theme))
        self._heading.setAccessibleDescription("open" if is_open else "folded")

    def _toggle(self) -> None:
        self.open(is_open=not self.is_open)
        self.toggled.emit(self.is_open)
