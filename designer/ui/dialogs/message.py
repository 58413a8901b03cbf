"""One calm dialog: what happened, what is unharmed, what to do; details fold out and can be copied."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from designer.ui.naming import named

WIDTH = 460


class Message(QDialog):
    """A sentence with choices; the last one is what Esc means.

    Attributes:
        chosen: the choice that ended the dialog.
    """

    def __init__(
        self, parent: QWidget | None, title: str, text: str, choices: tuple[str, ...], details: str = ""
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setMinimumWidth(WIDTH)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.chosen = choices[-1]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 20, 22, 18)
        layout.setSpacing(10)
        heading = QLabel(title, wordWrap=True)
        heading.setProperty("role", "name")
        heading.setTextFormat(Qt.TextFormat.PlainText)
        body = named(QLabel(text, wordWrap=True), "Message")
        body.setTextFormat(Qt.TextFormat.PlainText)
        body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        body.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(heading)
        layout.addWidget(body, 1)
        if details:
            self._add_details(layout, details)
        layout.addSpacing(6)
        layout.addLayout(self._buttons(choices))

    def _buttons(self, choices: tuple[str, ...]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        for number, choice in enumerate(choices):
            button = named(QPushButton(choice), choice.replace("&", ""))
            button.setProperty("filled", number == 0)
            button.setDefault(number == 0)
            if number == 0:
                button.setFocus()
            button.clicked.connect(lambda _=False, choice=choice: self._choose(choice))
            row.addWidget(button)
        return row

    def _add_details(self, layout: QVBoxLayout, details: str) -> None:
        unfold = named(QPushButton("Show details"), "Show details")
        copy = named(QPushButton("Copy"), "Copy details")
        for button in (unfold, copy):
            button.setProperty("link", True)
            button.setAutoDefault(False)
        box = named(QPlainTextEdit(details, readOnly=True), "Details")
        box.setProperty("mono", True)
        box.setMinimumHeight(150)
        box.hide()
        row = QHBoxLayout()
        row.addWidget(unfold)
        row.addWidget(copy)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addWidget(box)

        def fold() -> None:
            box.setVisible(not box.isVisible())
            unfold.setText("Hide details" if box.isVisible() else "Show details")
            self.adjustSize()

        unfold.clicked.connect(fold)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))

    def _choose(self, choice: str) -> None:
        self.chosen = choice
        self.accept()


def ask(parent: QWidget | None, title: str, text: str, choices: tuple[str, ...], details: str = "") -> str:
    """Ask and return the choice; Esc and closing the dialog mean the last one."""
    dialog = Message(parent, title, text, choices, details)
    dialog.exec()
    chosen = dialog.chosen
    dialog.deleteLater()
    return chosen


def tell(parent: QWidget | None, title: str, text: str, details: str = "") -> None:
    """Say something that needs an answer of “Close” only."""
    ask(parent, title, text, ("Close",), details)
