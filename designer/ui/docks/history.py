"""What was done since the design was opened; a click goes back or forward to that point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QUndoView, QVBoxLayout, QWidget

from designer.drawing.theme import Mark
from designer.ui.naming import named
from designer.ui.symbols import mark_icon

if TYPE_CHECKING:
    from designer.drawing.theme import Theme
    from designer.ui.document_controller import DocumentController


class History(QWidget):
    """The undo stack as a list; a mark stands at what is in the file."""

    def __init__(self, controller: DocumentController, theme: Theme) -> None:
        super().__init__()
        self.list = named(QUndoView(controller.undo_stack), "History")
        self.list.setEmptyLabel("As it was opened")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.addWidget(self.list)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self.list.setCleanIcon(mark_icon(Mark.GOOD, theme))
