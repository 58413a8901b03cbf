"""What an empty canvas says: three ways to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from designer.drawing.theme import Theme

WIDTH = 430


class EmptyHints(QFrame):
    """Stands in the middle of an empty canvas and goes with the first element; is never exported."""

    add_wanted = Signal()
    sample_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._canvas = parent
        self.setObjectName("hints")
        self.setAccessibleName("How to begin")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(10)
        heading = QLabel("Draw a container host and its networks", self)
        heading.setObjectName("hintsTitle")
        drag = QLabel("Drag an element from the palette, or click it and then click here.", self)
        add = QPushButton("Add an element…  (double-click or Insert)", self)
        sample = QPushButton("Open the sample design", self)
        add.clicked.connect(self.add_wanted)
        sample.clicked.connect(self.sample_wanted)
        for widget in (heading, add, sample):
            layout.addWidget(widget, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.insertWidget(1, drag)
        drag.setWordWrap(True)
        drag.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setFixedWidth(WIDTH)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self.setStyleSheet(
            f"#hints {{ background: {theme.panel}; border: 1px dashed {theme.card_line}; border-radius: 14px; }}"
            f"#hints QLabel {{ color: {theme.muted}; background: transparent; }}"
            f"#hints #hintsTitle {{ color: {theme.text}; font-weight: 600; font-size: 15px; }}"
        )

    def centre(self) -> None:
        """Stand in the middle of the canvas."""
        self.adjustSize()
        outer = self._canvas.rect()
        self.move((outer.width() - self.width()) // 2, (outer.height() - self.height()) // 2)
