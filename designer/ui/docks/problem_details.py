"""The pane beside the list of problems: the page of what is chosen, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTextBrowser, QToolButton, QVBoxLayout, QWidget

from designer.ui.naming import named
from designer.ui.rule_page import WHY
from designer.ui.symbols import line_icon

if TYPE_CHECKING:
    from designer.drawing.theme import Theme

SMALLEST_WIDTH = 240
SHORTEST_BUTTON = 60


class Choice(NamedTuple):
    """A button below the page."""

    text: str
    run: Callable[[], object]
    tip: str = ""


class ShortButton(QPushButton):
    """A button that shortens its words to the room that it has; its name keeps them all."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._full = text
        self._wish = super().sizeHint().width()

    def minimumSizeHint(self) -> QSize:
        """Return the room for a few letters."""
        return QSize(SHORTEST_BUTTON, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """Return the room for all words."""
        return QSize(self._wish, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the words."""
        super().resizeEvent(event)
        room = self.width() - 30
        self.setText(self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, room))

    def changeEvent(self, event: QEvent) -> None:
        """Measure the words again in the font of the theme."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._wish = self.fontMetrics().horizontalAdvance(self._full) + 32
            self.updateGeometry()


class ProblemDetails(QWidget):
    """Page and buttons."""

    closed = Signal()
    followed = Signal()
    """The link to what the problem is about was followed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._html = ""
        self.page = named(QTextBrowser(), "Explanation")
        self.page.setOpenLinks(False)
        self.page.anchorClicked.connect(self._follow)
        self.page.setProperty("plain", True)
        self.setMinimumWidth(SMALLEST_WIDTH)
        self._close = named(QToolButton(), "Close the explanation", "Close the explanation; F1 opens it again")
        self._close.clicked.connect(self.closed)
        self._buttons = QHBoxLayout()
        self._buttons.setContentsMargins(12, 2, 8, 8)
        self._buttons.setSpacing(6)
        top = QHBoxLayout()
        top.setContentsMargins(4, 0, 4, 0)
        top.setSpacing(0)
        top.addWidget(self.page, 1)
        top.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top, 1)
        layout.addLayout(self._buttons)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme; the page is shown again by whoever filled it."""
        self._close.setIcon(line_icon("close", theme))

    def show_page(self, html: str, choices: Iterable[Choice]) -> None:
        """Show another page, from its top."""
        if html != self._html:
            self._html = html
            self.page.setHtml(html)
        while self._buttons.count():
            item = self._buttons.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for choice in choices:
            button = named(ShortButton(choice.text), choice.text, choice.tip or choice.text)
            button.clicked.connect(choice.run)
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)

    def show_why(self) -> None:
        """Scroll to the explanation of the rule."""
        self.page.scrollToAnchor(WHY)

    def _follow(self, link: QUrl) -> None:
        """Go to what the problem is about, or open a source where the system shows pages."""
        if link.scheme() == "https":
            QDesktopServices.openUrl(link)
        else:
            self.followed.emit()
