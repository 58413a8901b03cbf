"""Designs as PNG and PDF files; the window and the command line make the same picture."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSizeF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QImageWriter, QPageLayout, QPageSize, QPainter, QPdfWriter

from designer.drawing import measures as m
from designer.drawing.scene import Scene
from designer.drawing.theme import LIGHT, Theme
from designer.painting.detail import DetailPainter, everything
from designer.painting.overview import OverviewPainter

MARGIN = 24.0
_LARGEST = 16_384
_FAST_ZLIB = 80
_DPI = 96


def frame(scene: Scene) -> tuple[float, float, float, float]:
    """Return left edge, upper edge, width and height of the picture, with its margin."""
    x0, y0, x1, y1 = scene.bounds()
    return x0 - MARGIN, y0 - MARGIN, x1 - x0 + 2 * MARGIN, y1 - y0 + 2 * MARGIN


def paint_scene(painter: QPainter, scene: Scene, theme: Theme, scale: float) -> None:
    """Paint a whole scene, in scene units, with the detail that the scale has room for."""
    rows, links = everything(scene)
    if scale < m.NAMES_FROM_ZOOM:
        OverviewPainter(theme).paint(painter, scene, rows, links, scale)
    else:
        DetailPainter(theme).paint(painter, scene, rows, links, scale)


def render_image(scene: Scene, theme: Theme = LIGHT, scale: float = 1.0, transparent: bool = False) -> QImage:
    """Return the picture of a scene; very large ones are made smaller so that they fit 16384 pixels."""
    left, top, width, height = frame(scene)
    scale = min(scale, _LARGEST / width, _LARGEST / height)
    kind = QImage.Format.Format_ARGB32_Premultiplied if transparent else QImage.Format.Format_RGB32
    image = QImage(ceil(width * scale), ceil(height * scale), kind)
    image.fill(Qt.GlobalColor.transparent if transparent else QColor(theme.canvas))
    painter = QPainter(image)
    painter.scale(scale, scale)
    painter.translate(-left, -top)
    paint_scene(painter, scene, theme, scale)
    painter.end()
    return image


def render_png(scene: Scene, theme: Theme = LIGHT, scale: float = 1.0, transparent: bool = False) -> bytes:
    """Return a PNG file; compressed quickly rather than tightly."""
    ensure_application()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    writer.setQuality(_FAST_ZLIB)
    writer.write(render_image(scene, theme, scale, transparent))
    return bytes(buffer.data().data())


def render_pdf(scene: Scene, theme: Theme = LIGHT, title: str = "") -> bytes:
    """Return a PDF file of one page that is as large as the drawing."""
    ensure_application()
    left, top, width, height = frame(scene)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("Container Network Designer")
    writer.setResolution(_DPI)
    size = QPageSize(
        QSizeF(width * 72 / _DPI, height * 72 / _DPI), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch
    )
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    painter = QPainter(writer)
    painter.translate(-left, -top)
    paint_scene(painter, scene, theme, 1.0)
    painter.end()
    return bytes(buffer.data().data())


def ensure_application() -> QGuiApplication:
    """Return the running application, or start one without a screen."""
    running = QGuiApplication.instance()
    if isinstance(running, QGuiApplication):
        return running
    return QGuiApplication(["designer", "-platform", "offscreen"])
