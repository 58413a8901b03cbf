from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QImage

from designer.drawing.theme import DARK, LIGHT, Layer, Mark
from designer.painting import icons
from designer.resources import resource

NAMES = sorted(path.stem for path in resource("icons").glob("*.svg"))
ELEMENTS = [
    *("windows-container", "hyperv-container", "compartment", "switch-external", "switch-internal", "switch-private"),
    *("host-vnic", "winnat", "host", "nic", "set-team", "segment", "router", "client", "internet", "load-balancer"),
    *("note", "network-overlay", "acl", "qos", "service", "flow"),
]


def grey(name: str, size: int) -> list[int]:
    tone = LIGHT.layer(Layer.HARDWARE)
    image = icons.pixmap(name, tone.text, tone.tint, size).toImage().convertToFormat(QImage.Format.Format_ARGB32)
    return [
        255 - (255 - QColor(image.pixelColor(x, y)).lightness()) * image.pixelColor(x, y).alpha() // 255
        for y in range(size)
        for x in range(size)
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_can_be_drawn(qapp: QGuiApplication, name: str) -> None:
    assert icons.renderer(name, "#000000", "#FFFFFF").isValid()
    assert min(grey(name, 16)) < 160


def test_the_icons_of_elements_differ_at_16_pixels_without_colour(qapp: QGuiApplication) -> None:
    drawn = {name: grey(name, 16) for name in ELEMENTS}

    for first in ELEMENTS:
        for second in ELEMENTS:
            if first < second:
                apart = sum(abs(a - b) for a, b in zip(drawn[first], drawn[second], strict=True))
                assert apart > 1500, (first, second)


def test_icons_take_the_colours_of_the_theme(qapp: QGuiApplication) -> None:
    assert icons.colours(DARK, "windows") == (DARK.layer(Layer.WINDOWS).text, DARK.layer(Layer.WINDOWS).tint)
    assert icons.colours(DARK, "error") == (DARK.mark(Mark.ERROR).text, DARK.on_accent)
    assert icons.colours(LIGHT, "muted") == (LIGHT.muted, "none")
    assert icons.colours(LIGHT, "#123456") == ("#123456", "none")


def test_an_icon_is_sharp_on_dense_screens(qapp: QGuiApplication) -> None:
    icon = icons.icon("host", LIGHT, "hardware", 20)

    assert {size.width() for size in icon.availableSizes()} == {20, 30, 40, 60}
    assert icon.availableSizes(QIcon.Mode.Disabled)
