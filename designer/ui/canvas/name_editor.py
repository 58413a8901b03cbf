"""Typing a name on the canvas, where the name stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from designer.model.realisation import PartKey

if TYPE_CHECKING:
    from designer.drawing.theme import Theme

HEIGHT = 28
LEAST_WIDTH = 120
MOST_CHARACTERS = 64
_KEEPING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class NameEditor(QLineEdit):
    """A line over the title of a thing; Enter and leaving it keep the name, Esc does not.

    Args:
        accept: takes the key, the name, and whether the thing was just created.
    """

    def __init__(self, theme: Theme, accept: Callable[[PartKey, str, bool], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._canvas = parent
        self.setObjectName("nameEditor")
        self.setAccessibleName("Name")
        self.setMaxLength(MOST_CHARACTERS)
        self._accept = accept
        self._key: PartKey | None = None
        self._fresh = False
        self.installEventFilter(self)
        self.set_theme(theme)
        self.hide()

    @property
    def key(self) -> PartKey | None:
        """What is being renamed."""
        return self._key

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self.setStyleSheet(
            f"#nameEditor {{ background: {theme.panel}; color: {theme.text}; border: 2px solid {theme.accent};"
            " border-radius: 5px; padding: 0 5px; font-weight: 600; }"
        )

    def edit(self, key: PartKey, name: str, box: QRect, *, fresh: bool) -> None:
        """Open for a thing, over a rectangle of the view."""
        self._key, self._fresh = key, fresh
        self.setText(name)
        self.setGeometry(box)
        self.show()
        self.raise_()
        self.selectAll()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self, *, keep: bool) -> None:
        """Close, with or without the name that was typed."""
        key, self._key = self._key, None
        if key is None:
            return
        name = self.text().strip()
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)  # before hiding: Qt would choose the next one
        self.hide()
        if keep and name:
            self._accept(key, name, self._fresh)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Enter, Tab and Esc; the line itself takes what edits text."""
        if isinstance(event, QKeyEvent) and event.key() in (*_KEEPING, Qt.Key.Key_Escape):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.finish(keep=event.key() in _KEEPING)
                return True
        if event.type() == QEvent.Type.FocusOut and self._key is not None:
            self.finish(keep=True)
        return super().eventFilter(watched, event)
