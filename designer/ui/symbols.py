"""Icons for widgets: severity marks, lines for buttons, and the few that style sheets take from files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from designer.painting.icons import icon, pixmap

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QIcon

    from designer.drawing.theme import Mark, Theme


def mark_icon(mark: Mark, theme: Theme, size: int = 16) -> QIcon:
    """Return a severity: octagon, triangle, square or disc, so that the colour is never alone."""
    return icon(mark.value, theme, mark.value, size)


def line_icon(name: str, theme: Theme, size: int = 16) -> QIcon:
    """Return a plain symbol for a button, in the colour of secondary text."""
    return icon(name, theme, "muted", size)


def sheet_images(theme: Theme, folder: Path) -> dict[str, str]:
    """Write the pictures that style sheets can only take from files, and return their paths."""
    colours = {"chevron": theme.muted, "chevron_right": theme.muted, "tick": theme.on_accent}
    found: dict[str, str] = {}
    for name, colour in colours.items():
        for scale, suffix in ((1, ""), (2, "@2x")):
            image = pixmap(name.replace("_", "-"), colour, "none", 16 * scale)
            image.save(str(folder / f"{theme.name}-{name}{suffix}.png"))
        found[name] = (folder / f"{theme.name}-{name}.png").as_posix()
    return found
