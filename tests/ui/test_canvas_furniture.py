"""What stands on the canvas besides the drawing: findings, the overview map, lists; and how little is painted."""

from __future__ import annotations

import gc

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

import designer.rules  # noqa: F401  # registers the rules
from designer.drawing.hits import badge_centre
from designer.drawing.theme import DARK
from designer.model.networks import ContainerNetwork
from designer.ui.canvas.camera import Camera
from designer.ui.canvas.camera_control import CameraControl
from designer.ui.canvas.catalogue import CATALOGUE, entry_of, placeable, placeable_of
from designer.ui.canvas.hints import EmptyHints
from designer.ui.canvas.layer import StaticLayer
from designer.ui.canvas.view import CanvasView
from tests.ui.canvas_driver import CanvasDriver


def check(view: CanvasView) -> None:
    view.controller.judge_now()


def test_a_badge_tells_its_findings_and_its_fix_mends(canvas: CanvasDriver, view: CanvasView) -> None:
    canvas.click(canvas.on_link("corp", "Ethernet"))
    canvas.keys(Qt.Key.Key_Delete)
    check(view)
    row = view.stage.scene.row_of[canvas.key("corp")]
    assert row in view.stage.scene.badges.rows
    canvas.click(canvas.scene_point(*badge_centre(view.stage.scene, row)))
    popover = view.furniture.popover
    assert popover.isVisible()
    words = {label.text() for label in popover.findChildren(QLabel)}
    findings = view.findings_of(canvas.key("corp"))
    assert {found.finding.message for found in findings} <= words
    fixes = {found.finding.fix.label for found in findings if found.finding.fix is not None}
    buttons = [button for button in popover.findChildren(QPushButton) if not button.property("link")]
    assert {button.text() for button in buttons} == fixes
    assert "corp" in {label.text() for label in popover.findChildren(QLabel)}
    assert not popover.geometry().intersects(view.local_rect(canvas.key("corp")))
    before = view.controller.undo_stack.count()
    QTest.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    assert not popover.isVisible()
    assert view.controller.undo_stack.count() == before + 1
    assert view.hasFocus()


def test_the_overview_map_moves_the_view(canvas: CanvasDriver, view: CanvasView) -> None:
    view.zoom_to(2.0)
    overview = view.furniture.map
    assert overview.isVisible()
    overview.grab()
    for at in (QPoint(20, 60), QPoint(90, 40)):
        QTest.mousePress(overview, Qt.MouseButton.LeftButton, pos=at)
        box = view.stage.visible_box()
        middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        QTest.mouseRelease(overview, Qt.MouseButton.LeftButton, pos=at)
        QTest.mouseMove(overview, at)
        bounds = view.stage.scene.bounds()
        assert bounds[0] - 200 <= middle[0] <= bounds[2] + 200
    right = view.stage.camera.left
    overview.setFocus()
    QTest.keyClick(overview, Qt.Key.Key_Left)
    assert view.stage.camera.left == pytest.approx(right - 48)
    view.overview_visible = False
    assert not overview.isVisible()


def test_another_theme_repaints_everything(canvas: CanvasDriver, view: CanvasView) -> None:
    light = view.grab().toImage().pixelColor(3, 880)
    view.set_theme(DARK)
    dark = view.grab().toImage().pixelColor(3, 880)
    assert light == QColor("#F7F8FA") or light.lightness() > 200
    assert dark.lightness() < 60


def test_a_pan_paints_only_the_strips_that_appear() -> None:
    painted: list[QRectF] = []

    def paint(painter: QPainter, box: QRectF) -> None:
        painted.append(QRectF(box))

    layer = StaticLayer(paint)
    layer.resize(QSize(400, 300), 1.5)
    target = _canvas(600, 450)
    painter = QPainter(target)
    layer.show(painter, QRectF(0, 0, 400, 300))
    assert sum(box.width() * box.height() for box in painted) == pytest.approx(400 * 300)
    painted.clear()
    layer.scroll(-20, 10)
    layer.show(painter, QRectF(0, 0, 400, 300))
    painter.end()
    assert sum(box.width() * box.height() for box in painted) == pytest.approx(20 * 300 + 10 * 400, rel=0.1)


def test_dragging_repairs_the_still_picture_once(canvas: CanvasDriver, view: CanvasView) -> None:
    view.grab()
    canvas.press("Client")
    canvas.move(canvas.at("Client") + QPoint(20, 0))
    view.grab()
    layer = view._layer
    before = layer.repairs
    for step in range(10):
        canvas.move(QPoint(100 + 5 * step, 600 - step))
        view.grab()
    assert layer.repairs == before
    canvas.keys(Qt.Key.Key_Escape)
    canvas.release(QPoint(4, 4))


def test_the_picture_after_a_gesture_is_that_of_a_fresh_canvas(canvas: CanvasDriver, view: CanvasView) -> None:
    canvas.drag_by("Client", 24, -200)
    canvas.drag_by("web01", 0, 16)
    canvas.click(QPoint(4, 890))
    view.furniture.map.hide()
    patched = view.grab().toImage()
    view._layer.invalidate()
    assert view.grab().toImage() == patched


@pytest.mark.parametrize("scale", [0.5, 1.0, 1.7])
def test_the_picture_after_panning_is_that_of_a_fresh_canvas(
    canvas: CanvasDriver, view: CanvasView, scale: float
) -> None:
    view.furniture.map.hide()
    view.zoom_to(scale)
    for dx, dy in ((37, -21), (-160, 90), (13, 200), (400, -300), (-9, -9)):
        view.grab()
        view.zoom.scroll(dx, dy)
    scrolled = view.grab().toImage()
    view._layer.invalidate()
    fresh = view.grab().toImage()
    assert _share_of_other_pixels(scrolled, fresh) < 0.001, "icons may lie a fraction of a pixel elsewhere, no more"


def test_garbage_waits_for_the_end_of_a_gesture(canvas: CanvasDriver, view: CanvasView) -> None:
    assert gc.isenabled()
    canvas.press("Client")
    canvas.move(canvas.at("Client") + QPoint(20, 20))
    assert not gc.isenabled()
    canvas.keys(Qt.Key.Key_Escape)
    assert gc.isenabled()
    canvas.release(QPoint(4, 4))


def test_every_entry_of_the_palette_stands_for_a_kind() -> None:
    for entry in CATALOGUE:
        assert placeable(entry.key) is entry
        assert placeable_of(entry.words.payload()) is entry
    assert placeable_of(b"nonsense") is None
    assert placeable_of(b'{"key": "teapot"}') is None
    assert placeable("teapot") is None


def test_an_element_finds_its_entry(view: CanvasView) -> None:
    titles = {network.name: entry_of(network).title for network in view.controller.topology.of(ContainerNetwork)}
    assert titles == {"nat0": "NAT network", "corp": "Transparent network"}


def test_a_thing_in_view_is_not_scrolled_and_one_outside_is(canvas: CanvasDriver, view: CanvasView) -> None:
    control = CameraControl(view.stage)
    before = view.stage.camera
    control.reveal([canvas.key("Client")])
    assert view.stage.camera == before
    view.stage.set_camera(Camera(1.0, 3000.0, 3000.0))
    control.reveal([canvas.key("Client")])
    assert view.rect().contains(view.local_rect(canvas.key("Client")))


def _canvas(width: int, height: int) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(1.5)
    return image


def _share_of_other_pixels(first: QImage, second: QImage) -> float:
    assert first.size() == second.size()
    left, right = (
        np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), image.width(), 4)
        for image in (first, second)
    )
    return float((left[:, :, :3] != right[:, :, :3]).any(axis=2).mean())


def test_the_hints_are_whole(empty: CanvasDriver) -> None:
    for width in (1400, 560):
        empty.view.resize(width, 700)
        QApplication.processEvents()
        hints = empty.view.findChild(EmptyHints)
        assert isinstance(hints, EmptyHints)
        for label in hints.findChildren(QLabel):
            assert label.height() >= label.heightForWidth(label.width()), label.text()


def test_the_overview_map_does_not_cover_a_drawing_that_is_all_in_view(view: CanvasView) -> None:
    view.resize(620, 420)
    view.fit_all()
    assert not view.furniture.map.isVisible()
    view.zoom_to(1.0)
    assert view.furniture.map.isVisible()
    view.fit_all()
    assert not view.furniture.map.isVisible()
    view.resize(1400, 1400)
    view.fit_all()
    assert view.furniture.map.isVisible()


@pytest.mark.parametrize("scale", [0.4, 0.7, 1.0, 2.0])
def test_a_badge_is_clicked_before_the_ports_and_handles_around_it(
    canvas: CanvasDriver, view: CanvasView, scale: float
) -> None:
    canvas.click(canvas.on_link("corp", "Ethernet"))
    canvas.keys(Qt.Key.Key_Delete)
    check(view)
    view.zoom_to(scale)
    view.center_on(canvas.key("corp"))
    canvas.click("corp")
    canvas.hover("corp")
    row = view.stage.scene.row_of[canvas.key("corp")]
    centre = canvas.scene_point(*badge_centre(view.stage.scene, row))
    canvas.move(centre)
    canvas.click(centre + QPoint(0, 5))
    assert view.furniture.popover.isVisible()
    assert view.interaction.gesture is None


def test_open_findings_stay_within_a_canvas_that_gets_smaller(canvas: CanvasDriver, view: CanvasView) -> None:
    canvas.click(canvas.on_link("corp", "Ethernet"))
    canvas.keys(Qt.Key.Key_Delete)
    check(view)
    row = view.stage.scene.row_of[canvas.key("corp")]
    canvas.click(canvas.scene_point(*badge_centre(view.stage.scene, row)))
    popover = view.furniture.popover
    view.resize(popover.x() + 60, popover.y() + 60)
    assert popover.isVisible()
    assert view.rect().contains(popover.geometry())


def test_findings_that_are_mended_elsewhere_do_not_stay_open(canvas: CanvasDriver, view: CanvasView) -> None:
    canvas.click(canvas.on_link("corp", "Ethernet"))
    canvas.keys(Qt.Key.Key_Delete)
    check(view)
    row = view.stage.scene.row_of[canvas.key("corp")]
    canvas.click(canvas.scene_point(*badge_centre(view.stage.scene, row)))
    check(view)
    assert view.furniture.popover.isVisible(), "nothing has changed"
    view.controller.undo()
    check(view)
    assert not view.furniture.popover.isVisible()
    assert view.hasFocus()
