"""Icons for widgets: severity marks, lines for buttons, and the few that style sheets take from files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPixmap

from designer.painting.icons import colours, icon, pixmap

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


def picture(name: str, theme: Theme, colour: str, size: int, density: float) -> QPixmap:
    """Return an icon for one density of the screen; quicker than an icon for all of them.

    Args:
        name: the file in ``resources/icons`` without its suffix.
        theme: where the colours come from.
        colour: a token of the theme.
        size: in logical pixels.
        density: device pixels in a logical one.
    """
    found = QPixmap(pixmap(name, *colours(theme, colour), round(size * density)))
    found.setDevicePixelRatio(density)
    return found


def sheet_images(theme: Theme, folder: Path, density: float) -> dict[str, str]:
    """Write the pictures that style sheets can only take from files, and return their paths."""
    strokes = {"chevron": theme.muted, "chevron_right": theme.muted, "tick": theme.on_accent}
    scale, suffix = (1, "") if density <= 1 else (2, "@2x")
    found: dict[str, str] = {}
    for name, stroke in strokes.items():
        image = pixmap(name.replace("_", "-"), stroke, "none", 16 * scale)
        image.save(str(folder / f"{theme.name}-{name}{suffix}.png"))
        found[name] = (folder / f"{theme.name}-{name}.png").as_posix()
    return found
