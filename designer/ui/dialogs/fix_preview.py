"""Shows what several fixes would change before they are made."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from designer.ui.inspector.change_preview import preview_html
from designer.ui.naming import named

if TYPE_CHECKING:
    from designer.drawing.theme import Theme
    from designer.model.topology import Topology
    from designer.rules.registry import Judged

WIDTH, SHORTEST, TALLEST = 560, 200, 520
MARGINS = (22, 20, 22, 18)
MOST_LISTED = 200


class FixPreview(QDialog):
    """A list of fixes with what each changes; applied together as one step."""

    def __init__(self, parent: QWidget, topology: Topology, fixed: Sequence[Judged], theme: Theme) -> None:
        super().__init__(parent)
        count = "1 problem" if len(fixed) == 1 else f"{len(fixed)} problems"
        self.setWindowTitle(f"Fix {count}")
        self.setAccessibleName(f"Fix {count}")
        self.setMinimumSize(WIDTH, SHORTEST)
        heading = QLabel(f"These changes fix {count}. They are one step that can be undone.", wordWrap=True)
        heading.setProperty("role", "strong")
        page = named(QTextBrowser(), "What changes")
        page.setProperty("plain", True)
        page.setHtml(_page(topology, fixed, theme))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*MARGINS)
        layout.setSpacing(8)
        layout.addWidget(heading)
        layout.addWidget(page, 1)
        layout.addLayout(self._buttons())
        self._fit(page)

    def _fit(self, page: QTextBrowser) -> None:
        """Be as tall as what changes needs, within reason."""
        self.ensurePolished()
        page.document().setTextWidth(WIDTH - MARGINS[0] - MARGINS[2])
        around = self.sizeHint().height() - page.sizeHint().height()
        self.resize(WIDTH, min(TALLEST, around + round(page.document().size().height()) + 24))

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        apply = named(QPushButton("Apply"), "Apply")
        apply.setProperty("filled", True)
        apply.setDefault(True)
        apply.clicked.connect(self.accept)
        cancel = named(QPushButton("Cancel"), "Cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        row.addWidget(apply)
        row.addWidget(cancel)
        apply.setFocus()
        return row


def _page(topology: Topology, fixed: Sequence[Judged], theme: Theme) -> str:
    parts = []
    for found in fixed[:MOST_LISTED]:
        fix = found.finding.fix
        if fix is not None:
            parts.append(
                f"<p>{escape(found.finding.message)} <span style='color:{theme.muted}'>{found.rule.id}</span><br>"
                f"{preview_html(topology, fix, theme)}</p>"
            )
            topology = topology.apply(fix)
    if len(fixed) > MOST_LISTED:
        parts.append(f"<p style='color:{theme.muted}'>and {len(fixed) - MOST_LISTED} more</p>")
    return "".join(parts)
