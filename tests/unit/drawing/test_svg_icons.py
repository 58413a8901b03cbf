from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from designer.drawing.svg_icons import IconSheet
from designer.drawing.theme import DARK, LIGHT, Layer, Mark
from designer.resources import resource

ICONS = sorted(resource("icons").glob("*.svg"))


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_every_icon_is_a_drawing_of_ours_on_the_grid(path: Path) -> None:
    root = ElementTree.fromstring(path.read_text("utf-8"))

    assert root.get("viewBox") == "0 0 24 24"
    assert root.find("{http://www.w3.org/2000/svg}title") is not None
    assert not root.findall(".//{http://www.w3.org/2000/svg}text")


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_every_icon_takes_the_colours_of_the_theme(path: Path) -> None:
    sheet = IconSheet(DARK)
    tone = DARK.mark(Mark(path.stem)) if path.stem in set(Mark) else DARK.layer(Layer.WINDOWS)

    use = sheet.use(path.stem, tone.text, tone.tint, 1, 2, 26)

    assert 'href="#i0"' in use
    assert tone.text in sheet.symbols()
    assert LIGHT.layer(Layer.HARDWARE).text not in sheet.symbols()
    ElementTree.fromstring(f"<svg>{sheet.symbols()}</svg>")


def test_an_icon_is_defined_once_for_each_colour() -> None:
    sheet = IconSheet(LIGHT)
    for stroke in ("#111111", "#222222", "#111111"):
        sheet.use("host", stroke, "none", 0, 0, 20)

    assert sheet.symbols().count("<symbol") == 2
