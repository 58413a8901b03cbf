"""The line at the bottom: what is selected, what can be done, zoom, release, saved."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QProgressBar, QPushButton, QStatusBar, QWidget

from designer.ui.naming import named

HEIGHT = 24
MESSAGE_MS = 6_000
ZOOM_STEPS = ("25 %", "50 %", "75 %", "100 %", "150 %", "200 %", "400 %", "Fit all")


class StatusArea(QStatusBar):
    """Status bar of the window."""

    zoom_chosen = Signal(float)
    """A factor that was typed or chosen; 0 to fit everything."""
    problems_wanted = Signal()
    """The counts were clicked."""
    cancelled = Signal()
    """What is being done is not wanted any more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setFixedHeight(HEIGHT + 1)
        self._area = QWidget(self)
        self._area.setObjectName("statusArea")
        self._area.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._selection = named(QLabel(), "Selection")
        self._hint = named(QLabel(alignment=Qt.AlignmentFlag.AlignCenter), "Hint")
        self._facts = named(QLabel(), "State of the design")
        self._counts = named(QPushButton(), "Counts of problems", "Show the problems (Ctrl+Shift+M)")
        self._counts.setProperty("link", True)
        self._counts.clicked.connect(self.problems_wanted)
        self.zoom = named(QComboBox(editable=True), "Zoom", "Zoom: choose, or type a percentage")
        self.zoom.addItems(ZOOM_STEPS)
        self.zoom.setProperty("flat", True)
        self.zoom.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.zoom.setFixedWidth(72)
        self._busy = _Busy(self._area)
        self._busy.cancel.clicked.connect(self.cancelled)
        layout = QHBoxLayout(self._area)
        layout.setContentsMargins(16, 0, 12, 0)
        layout.setSpacing(6)
        layout.addWidget(self._selection, 2)
        layout.addWidget(self._hint, 3)
        layout.addWidget(self._busy)
        right = QHBoxLayout()
        right.addStretch(1)
        right.addWidget(self._counts)
        right.addWidget(self.zoom)
        right.addWidget(self._facts)
        layout.addLayout(right, 2)
        self._usual_hint = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._end_message)
        self.zoom.activated.connect(lambda row: self._choose_zoom(self.zoom.itemText(row)))
        line = self.zoom.lineEdit()
        if line is not None:
            named(line, "Zoom").returnPressed.connect(lambda: self._choose_zoom(self.zoom.currentText()))
        self.show_zoom(1.0)

    def show_selection(self, text: str) -> None:
        """Say what is selected."""
        self._selection.setText(text)

    def show_hint(self, text: str) -> None:
        """Say what can be done now."""
        self._usual_hint = text
        if not self._timer.isActive():
            self._hint.setText(text)

    def show_message(self, text: str) -> None:
        """Say something for a few seconds in the place of the hint."""
        self._hint.setText(text)
        self._hint.setToolTip(text)
        self._timer.start(MESSAGE_MS)

    def show_busy(self, text: str) -> None:
        """Say what takes a while, with a way to leave it; empty when it is over."""
        self._busy.label.setText(text)
        self._busy.setVisible(bool(text))

    def show_facts(self, text: str) -> None:
        """Show the release and when the design was saved."""
        self._facts.setText(text)

    def show_counts(self, text: str) -> None:
        """Show how many problems there are, and how many are left out."""
        self._counts.setText(text)

    def show_zoom(self, factor: float) -> None:
        """Show the zoom of the canvas."""
        self.zoom.setEditText(f"{factor * 100:.0f} %")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the whole line, without the gaps of Qt's own items."""
        super().resizeEvent(event)
        self._area.setGeometry(self.rect())

    def _end_message(self) -> None:
        self._hint.setText(self._usual_hint)
        self._hint.setToolTip("")

    def _choose_zoom(self, text: str) -> None:
        number = text.strip().removesuffix("%").strip()
        if number.isdecimal() and int(number):
            self.zoom_chosen.emit(int(number) / 100)
        elif text == ZOOM_STEPS[-1]:
            self.zoom_chosen.emit(0.0)


class _Busy(QWidget):
    """What takes a while: words, a bar that moves, and a way out."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.label = named(QLabel(), "What takes a while")
        self._bar = named(QProgressBar(textVisible=False), "Progress")
        self._bar.setRange(0, 0)
        self._bar.setFixedWidth(96)
        self.cancel = named(QPushButton("Cancel"), "Cancel", "Leave everything as it is")
        self.cancel.setProperty("link", True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 12, 0)
        layout.setSpacing(8)
        for widget in (self.label, self._bar, self.cancel):
            layout.addWidget(widget)
        self.hide()
