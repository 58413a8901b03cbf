"""Asks why it is right to live with problems, and for which of them; nothing is remembered for the next time."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from designer.rules.registry import Severity
from designer.rules.suppressing import LONGEST_REASON
from designer.ui.naming import named

if TYPE_CHECKING:
    from designer.rules.registry import Judged

SMALLEST_WIDTH = 480
LONGEST_NAMES = 60
"""Characters of the names of elements that a choice shows; the message above names what matters."""


class Where(Enum):
    """How far a suppression reaches."""

    FINDING = "finding"
    RULE = "rule"
    COMPUTER = "computer"


class SuppressDialog(QDialog):
    """Reason and reach.

    Attributes:
        where: how far it reaches.
        reason: what was typed.
        author: who decided it, if they say so.
    """

    def __init__(self, parent: QWidget, judged: Sequence[Judged], names: str) -> None:
        super().__init__(parent)
        self._judged = judged
        self._rules = sorted({found.rule.id for found in judged})
        title = f"Suppress {self._rules[0]}" if len(self._rules) == 1 else f"Suppress {len(judged)} problems"
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setMinimumWidth(SMALLEST_WIDTH)
        self._reason = named(QLineEdit(maxLength=LONGEST_REASON), "Reason")
        self._reason.setPlaceholderText("Why it is right to live with it")
        self._author = named(QLineEdit(maxLength=200, placeholderText="may stay empty"), "Decided by")
        self._problem = named(
            QLabel("A reason is needed: whoever opens the design next wants to know.", wordWrap=True), ""
        )
        self._problem.setProperty("role", "error")
        self._problem.hide()
        self._choices = QButtonGroup(self)
        self._build(names)
        self._reason.textChanged.connect(lambda _: self._problem.hide())
        self._choices.idToggled.connect(lambda *_: self._follow_reach())

    @property
    def where(self) -> Where:
        """How far it reaches."""
        return list(Where)[self._choices.checkedId()]

    @property
    def reason(self) -> str:
        """Why it is right to live with it."""
        return self._reason.text().strip()

    @property
    def author(self) -> str:
        """Who decided it."""
        return self._author.text().strip()

    def accept(self) -> None:
        """Close only with a reason."""
        if not self.reason and self.where is not Where.COMPUTER:
            self._problem.show()
            self._reason.setFocus()
            self.adjustSize()
            return
        super().accept()

    def _build(self, names: str) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 20, 22, 18)
        layout.setSpacing(8)
        one = len(self._judged) == 1
        text = self._judged[0].finding.message if one else f"{len(self._judged)} problems: {', '.join(self._rules)}"
        message = QLabel(text, wordWrap=True)
        message.setProperty("role", "strong")
        layout.addWidget(message)
        layout.addSpacing(4)
        for label_text, field in (("&Reason", self._reason), ("&Decided by", self._author)):
            label = QLabel(label_text)
            label.setProperty("role", "label")
            label.setBuddy(field)
            layout.addWidget(label)
            layout.addWidget(field)
            if field is self._reason:
                layout.addWidget(self._problem)
        layout.addSpacing(4)
        for number, (words, why_not) in enumerate(self._reaches(names)):
            choice = named(QRadioButton(words), words.replace("&", ""), why_not)
            choice.setEnabled(not why_not)
            choice.setChecked(number == 0)
            self._choices.addButton(choice, number)
            layout.addWidget(choice)
        layout.addSpacing(8)
        layout.addLayout(self._buttons())
        self._reason.setFocus()

    def _reaches(self, names: str) -> list[tuple[str, str]]:
        rules = f"rule {self._rules[0]}" if len(self._rules) == 1 else f"these {len(self._rules)} rules"
        place = (names if len(names) <= LONGEST_NAMES else f"{names[: LONGEST_NAMES - 1].rstrip()}…").replace("&", "&&")
        first = f"&Only here: {place}" if len(self._judged) == 1 else f"&Only these {len(self._judged)} problems"
        errors = any(found.severity is Severity.ERROR for found in self._judged)
        refused = "An error stays an error on every computer; it can be suppressed in the design." if errors else ""
        return [
            (first, ""),
            (f"&Everything of {rules} in this design", ""),
            (f"&Never show {rules} on this computer; the design stays as it is", refused),
        ]

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        suppress = named(QPushButton("Suppress"), "Suppress")
        suppress.setProperty("filled", True)
        suppress.setDefault(True)
        suppress.clicked.connect(self.accept)
        cancel = named(QPushButton("Cancel"), "Cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        row.addWidget(suppress)
        row.addWidget(cancel)
        return row

    def _follow_reach(self) -> None:
        """A reason is kept in the design alone."""
        in_design = self.where is not Where.COMPUTER
        self._reason.setEnabled(in_design)
        self._author.setEnabled(in_design)
        self._problem.hide()
