from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication, QImage

from designer.drawing.scene import Scene
from designer.drawing.theme import DARK
from designer.model.topology import Topology
from designer.painting.image import ensure_application, frame, render_image, render_pdf, render_png
from tests.unit.sample import sample


@pytest.mark.parametrize("scale", [0.2, 1.0, 1.5])
def test_a_png_is_as_large_as_asked(qapp: QGuiApplication, scale: float) -> None:
    scene = Scene.build(sample())
    image = QImage.fromData(render_png(scene, scale=scale))
    _, _, width, height = frame(scene)

    assert abs(image.width() - width * scale) <= 1
    assert abs(image.height() - height * scale) <= 1


def test_the_same_scene_gives_the_same_bytes(qapp: QGuiApplication) -> None:
    assert render_png(Scene.build(sample())) == render_png(Scene.build(sample()))


def test_very_large_pictures_are_made_smaller(qapp: QGuiApplication) -> None:
    assert max(render_image(Scene.build(sample()), scale=1000).width(), 0) <= 16_385


def test_a_picture_can_be_transparent_or_dark(qapp: QGuiApplication) -> None:
    scene = Scene.build(sample())

    assert render_image(scene, transparent=True).pixelColor(1, 1).alpha() == 0
    assert render_image(scene, DARK).pixelColor(1, 1).name().upper() == DARK.canvas


def test_a_pdf_has_one_page(qapp: QGuiApplication) -> None:
    pdf = render_pdf(Scene.build(sample()), title="Sample")

    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Type /Page\n") == 1


def test_an_empty_design_gives_an_empty_picture(qapp: QGuiApplication) -> None:
    assert render_png(Scene.build(Topology())).startswith(b"\x89PNG")


def test_the_running_application_is_used(qapp: QGuiApplication) -> None:
    assert ensure_application() is qapp
