"""The bar across the top: name of the design, menus, problems at a glance, and the one filled button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenuBar, QPushButton, QSizePolicy, QWidget

from designer.drawing.theme import Mark
from designer.ui.naming import named
from designer.ui.symbols import mark_icon

if TYPE_CHECKING:
    from collections.abc import Mapping

    from designer.drawing.theme import Theme

HEIGHT = 48
LONGEST_NAME = 28
"""Characters of a name that are shown; the whole path is in the tip."""
NOT_CHECKED = "Not checked yet"


class Header(QWidget):
    """Toolbar of the window.

    Attributes:
        menus: the menu bar.
        problems: the pill that counts the findings; clicking it leads to them.
        export: the filled button.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self._theme = theme
        self._name = named(QLabel(), "Name of the design")
        self._name.setTextFormat(Qt.TextFormat.RichText)
        self._name.setMinimumWidth(172)
        self.menus = named(QMenuBar(), "Menus")
        self.menus.setNativeMenuBar(False)
        self.menus.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.problems = named(QPushButton(NOT_CHECKED), "Problems")
        self.problems.setObjectName("problemsPill")
        self.problems.setProperty("mark", "none")
        self.problems.setIconSize(QSize(18, 18))
        self.export = named(QPushButton("Export scripts…"), "Export scripts")
        self.export.setProperty("filled", True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(18, 0, 18, 0)
        layout.setSpacing(8)
        layout.addWidget(self._name)
        layout.addWidget(self.menus, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addStretch(1)
        layout.addWidget(self.problems)
        layout.addWidget(self.export)
        self.show_name("Untitled", dirty=False)

    def show_name(self, name: str, dirty: bool, tip: str = "", read_only: bool = False) -> None:
        """Show the name of the design, its ending in grey, and what there is to know about its file.

        A dot says that the design differs from it, “read-only” that it is of a newer version.
        """
        stem, ending = (name, ".cnd") if tip else (name, "")
        colours = self._theme.tokens()
        notes = ""
        if dirty:
            notes += f" <span style='color:{colours['warning']}'>●</span>"
            notes += f" <span style='color:{colours['muted']}'>edited</span>"
        if read_only:
            notes += f" <span style='color:{colours['muted']}'>· read-only</span>"
        self._name.setText(
            f"<span style='font-size:14px; font-weight:600'>{_escape(_short(stem))}</span>"
            f"<span style='font-size:14px; color:{colours['muted']}'> {ending}</span>{notes}"
        )
        self._name.setToolTip(tip or "This design has no file yet.")

    def show_counts(self, errors: int, warnings: int, infos: int, all_counts: str = "") -> None:
        """Show how many findings there are, in the colour and with the shape of the worst; all counts as the tip."""
        mark = Mark.ERROR if errors else Mark.WARNING if warnings else Mark.GOOD
        self.problems.setText(summary(errors, warnings, infos))
        self.problems.setIcon(mark_icon(mark, self._theme, 18))
        told = all_counts or f"{summary(errors, warnings)}, {_count(infos, 'hint')}"
        self.problems.setToolTip(f"{told}. Show them (Ctrl+Shift+M)")
        self._restyle(mark.value)

    def show_unchecked(self) -> None:
        """Say that the design has changed since it was checked."""
        self.problems.setText(NOT_CHECKED)
        self.problems.setIcon(QIcon())
        self.problems.setToolTip("The design has changed since it was checked. Check it with F7")
        self._restyle("none")

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme; the texts are shown again by whoever set them."""
        self._theme = theme

    def _restyle(self, mark: str) -> None:
        self.problems.setProperty("mark", mark)
        self.problems.style().unpolish(self.problems)
        self.problems.style().polish(self.problems)


def summary(errors: int, warnings: int, infos: int = 0) -> str:
    """Return the counts in words: “1 warning, no errors”; hints only when nothing is wrong."""
    if not errors and not warnings:
        return f"No problems · {_count(infos, 'hint')}" if infos else "No problems"
    if not errors:
        return f"{_count(warnings, 'warning')}, no errors"
    if not warnings:
        return _count(errors, "error")
    return f"{_count(errors, 'error')}, {_count(warnings, 'warning')}"


def all_counts(numbers: Mapping[str, int], suppressed: int, stale: int, hidden: int) -> str:
    """Return what there is and what is left out, in words: “3 errors, 1 suppressed”."""
    words = {"error": "error", "warning": "warning", "info": "hint"}
    found = [_count(number, words[kind]) for kind, number in numbers.items() if number] or ["No problems"]
    found += [f"{suppressed} suppressed"] if suppressed else []
    found += [_count(stale, "stale suppression")] if stale else []
    found += [f"{hidden} hidden"] if hidden else []
    return ", ".join(found)


def _count(number: int, word: str) -> str:
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"


def _short(name: str) -> str:
    """Return a name that leaves room for the menus: its beginning and its end."""
    half = LONGEST_NAME // 2
    return name if len(name) <= LONGEST_NAME else f"{name[:half].rstrip()}…{name[1 - half :].lstrip()}"


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
