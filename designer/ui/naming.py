"""Names of widgets for people who hear the window instead of seeing it."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QWidget

W = TypeVar("W", bound=QWidget)


def named(widget: W, name: str, tip: str = "", role: str = "") -> W:
    """Give a widget its accessible name, a tool tip and its role in the style sheet, and return it."""
    widget.setAccessibleName(name)
    if tip:
        widget.setToolTip(tip)
    if role:
        widget.setProperty("role", role)
    return widget
