"""Find on canvas: a small bar over its upper right corner; the hits are selected one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton

from designer.editing.search import SearchIndex
from designer.model.realisation import PartKey
from designer.ui.canvas import lookup
from designer.ui.naming import named
from designer.ui.symbols import line_icon

if TYPE_CHECKING:
    from designer.drawing.theme import Theme
    from designer.ui.canvas.camera import Camera
    from designer.ui.canvas.view import CanvasView

MARGIN, WIDTH, HEIGHT = 14, 380, 44
LEGIBLE = 0.5
"""Below this magnification a hit is shown at 100 %."""

BUTTONS = {
    "chevron-up": ("Previous hit", "Previous hit (Shift+Enter)", -1),
    "chevron": ("Next hit", "Next hit (Enter)", 1),
}


class FindBar(QFrame):
    """Words, how many things they fit, and a way through them; Esc goes back to where one was."""

    counted = Signal(str)
    """“2 of 5”, for the status line and for people who hear the window."""

    def __init__(self, canvas: CanvasView, theme: Theme) -> None:
        super().__init__(canvas)
        self.setObjectName("findBar")
        named(self, "Find on canvas")
        self._canvas = canvas
        self._index: SearchIndex | None = None
        self._hits: tuple[PartKey, ...] = ()
        self._current = -1
        self._camera: Camera | None = None
        self.words = _Words(placeholderText="Name, address, MAC, kind or port")
        named(self.words, "Find on canvas")
        self._count = named(QLabel(), "Hits", role="muted")
        self._buttons = {name: named(QToolButton(), title, tip) for name, (title, tip, _) in BUTTONS.items()}
        self._close = named(QToolButton(), "Close find", "Close and go back (Esc)")
        self._build()
        self.set_theme(theme)
        canvas.installEventFilter(self)
        self.hide()

    def begin(self) -> None:
        """Open the bar, or select the words that are in it already."""
        if not self.isVisible():
            self._camera = self._canvas.stage.camera
        self.move(max(MARGIN, self._canvas.width() - self.width() - MARGIN), MARGIN)
        self.show()
        self.raise_()
        self.words.selectAll()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._look(self.words.text())

    def step(self, step: int) -> None:
        """Go to the next or previous hit, around the end."""
        if not self.isVisible():
            self.begin()
            return
        current = self._hits[self._current] if self._hits and self._current >= 0 else None
        self._search(self.words.text())
        if not self._hits:
            return
        here = self._hits.index(current) if current in self._hits else -1
        self._show((here + step) % len(self._hits) if here >= 0 else 0)

    def leave(self, *, go_back: bool) -> None:
        """Close the bar; go back to the part of the drawing where the search began, or stay at the hit."""
        self.hide()
        if go_back and self._camera is not None:
            self._canvas.stage.set_camera(self._camera)
        self._canvas.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        for name, button in self._buttons.items():
            button.setIcon(line_icon(name, theme))
        self._close.setIcon(line_icon("close", theme))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the corner when the canvas changes its size."""
        if event.type() is QEvent.Type.Resize:
            self.move(max(MARGIN, self._canvas.width() - self.width() - MARGIN), MARGIN)
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        self.setFixedSize(WIDTH, HEIGHT)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 6, 6, 6)
        layout.setSpacing(2)
        layout.addWidget(self.words, 1)
        layout.addSpacing(6)
        layout.addWidget(self._count)
        layout.addSpacing(4)
        for name, (_, _, step) in BUTTONS.items():
            layout.addWidget(self._buttons[name])
            self._buttons[name].clicked.connect(lambda _=False, step=step: self.step(step))
        layout.addWidget(self._close)
        self._close.clicked.connect(lambda: self.leave(go_back=True))
        self.words.textEdited.connect(self._look)
        self.words.stepped.connect(self.step)
        self.words.left.connect(lambda: self.leave(go_back=True))

    def _look(self, words: str) -> None:
        self._search(words)
        if self._hits:
            self._show(0)
        else:
            self._current = -1
            self._tell("" if not words.strip() else "nothing")

    def _search(self, words: str) -> None:
        topology = self._canvas.controller.topology
        if self._index is None or self._index.topology is not topology:
            self._index = SearchIndex(topology)
        keys = [PartKey(entity) for entity in self._index.find(words)]
        self._hits = tuple(sorted(keys, key=lambda key: (*self._place(key), key)))

    def _place(self, key: PartKey) -> tuple[float, float]:
        """Return where a thing stands, in reading order."""
        box = self._canvas.stage.box(key)
        if box is not None:
            return box[1], box[0]
        line = lookup.line_of(self._canvas.stage.scene, key)
        return (line[0][1], line[0][0]) if line else (0.0, 0.0)

    def _show(self, number: int) -> None:
        self._current = number
        key = self._hits[number]
        self._canvas.controller.select([key])
        if self._canvas.stage.camera.scale < LEGIBLE:
            self._canvas.zoom_to(1.0)
            self._canvas.center_on(key)
        self._canvas.reveal(key)
        self._tell(f"{number + 1} of {len(self._hits)}")

    def _tell(self, text: str) -> None:
        self._count.setText(text)
        if text:
            self.counted.emit(f"Found: {text}")


class _Words(QLineEdit):
    """The line for the words: Enter goes on, Shift+Enter goes back, Esc leaves."""

    stepped = Signal(int)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.stepped.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
