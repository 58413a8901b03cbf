"""Icons inside an SVG document: each drawn once, used everywhere."""

from __future__ import annotations

import re
from functools import lru_cache

from designer.drawing.theme import LIGHT, Layer, Mark, Theme
from designer.resources import resource

_WRAPPER = re.compile(r"<svg[^>]*?(stroke-width=\"[\d.]+\")[^>]*>(?:<title>.*?</title>)?(.*)</svg>", re.DOTALL)
_STROKE = LIGHT.layer(Layer.HARDWARE).text
_TINT = LIGHT.layer(Layer.HARDWARE).tint


@lru_cache(maxsize=128)
def _drawing(name: str) -> tuple[str, str]:
    """Return the stroke width attribute and the shapes of an icon."""
    found = _WRAPPER.search(resource("icons", f"{name}.svg").read_text("utf-8"))
    assert found is not None, f"{name}.svg is not one of our icons"
    return found.group(1), found.group(2).strip()


class IconSheet:
    """The icons that a document uses, as symbols."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._names: dict[tuple[str, str, str], str] = {}

    def use(self, name: str, stroke: str, tint: str, x: float, y: float, size: float) -> str:
        """Return the element that shows an icon at a place."""
        symbol = self._names.setdefault((name, stroke, tint), f"i{len(self._names)}")
        return f'<use href="#{symbol}" x="{x:g}" y="{y:g}" width="{size:g}" height="{size:g}"/>'

    def symbols(self) -> str:
        """Return the definitions of all icons in use."""
        return "".join(self._symbol(*key, symbol) for key, symbol in self._names.items())

    def _symbol(self, name: str, stroke: str, tint: str, symbol: str) -> str:
        width, shapes = _drawing(name)
        if name in set(Mark):
            shapes = shapes.replace(LIGHT.mark(Mark(name)).text, stroke)
            stroke = tint
        else:
            shapes = shapes.replace(_STROKE, stroke).replace(_TINT, tint)
        style = f'fill="none" stroke="{stroke}" {width} stroke-linecap="round" stroke-linejoin="round"'
        return f'<symbol id="{symbol}" viewBox="0 0 24 24"><g {style}>{shapes}</g></symbol>'
