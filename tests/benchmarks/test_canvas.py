"""Opening to a painted canvas, zooming, panning, dragging, undoing; beside the fastest canvas that Qt allows."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from designer.drawing.scene import Scene
from designer.drawing.theme import LIGHT
from designer.editing.commands import move, rename
from designer.model.realisation import PartKey
from designer.rules.runner import judge
from designer.storage.codec import encode
from designer.storage.document import Document
from designer.ui.app import application
from designer.ui.canvas.view import CanvasView
from designer.ui.document_controller import DocumentController
from tests.benchmarks import raw
from tests.benchmarks.designs import container_ids, design
from tests.benchmarks.harness import Stopwatch
from tests.benchmarks.raw_canvas import VIEW, Canvas

SIZES = (1_000, 10_000, 50_000)
sizes = pytest.mark.parametrize("size", SIZES)

JUST_READABLE = 0.36
"""The scale just above the one from which names are painted."""


@pytest.fixture(scope="module")
def app() -> QApplication:
    return application()


class Pair:
    """The product's canvas and the raw one on the same design."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.topology = design(size)
        self.controller = DocumentController()
        self.view = CanvasView(self.controller, LIGHT)
        self.view.resize(VIEW)
        self.view.show()
        self.controller.adopt(self.topology)
        self.raw = Canvas(raw.Drawing.of(raw.records(self.topology)))
        self.raw.show()
        self.box = self.raw.central_box()
        self._settle()
        self._steps = cycle([*[(16, 9)] * 8, *[(-16, -9)] * 8])
        self._zooms = cycle([1.0, 1.02])

    def _settle(self) -> None:
        while not self.controller.is_judged:
            QApplication.processEvents()
        self.view.fit_all()
        self.view.repaint()
        self.raw.repaint()

    def close(self) -> None:
        for widget in (self.view, self.raw):
            widget.close()
            widget.deleteLater()
        self.controller.close()
        self.controller.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def zoom(self, scale: float | None) -> None:
        """Show both at a scale; None for all that there is."""
        if scale is None:
            self.view.fit_all()
        else:
            self.view.zoom_to(scale)
        self.raw.zoom_to(scale if scale is not None else self.raw.fitting)
        self.view.repaint()
        self.raw.repaint()

    def repaint(self) -> None:
        self.view.zoom_to(self.view.stage.camera.scale * (1.001 if next(self._zooms) > 1 else 0.999))
        self.view.repaint()

    def repaint_raw(self) -> None:
        self.raw.invalidate()
        self.raw.repaint()

    def pan(self) -> None:
        self.view.zoom.scroll(*next(self._steps))
        self.view.repaint()

    def pan_raw(self) -> None:
        self.raw.pan(*next(self._steps))
        self.raw.repaint()


@pytest.fixture(scope="module", params=SIZES)
def pair(request: pytest.FixtureRequest, app: QApplication) -> Iterator[Pair]:
    made = Pair(request.param)
    yield made
    made.close()


@sizes
def test_open_to_a_painted_canvas(compare: Stopwatch, size: int, app: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "design.cnd"
    path.write_bytes(encode(Document(design(size))))
    controller = DocumentController()
    view = CanvasView(controller, LIGHT)
    view.resize(VIEW)
    view.show()

    def open_file() -> None:
        controller.open(path)
        view.repaint()

    def open_raw() -> None:
        canvas = Canvas(raw.open_file(path.read_bytes()))
        canvas.show()
        canvas.repaint()
        canvas.deleteLater()

    compare("open file to painted canvas", size, open_file, open_raw, 8, rounds=4 if size <= 10_000 else 2)
    view.close()
    controller.close()


@sizes
def test_build_the_scene(compare: Stopwatch, size: int) -> None:
    topology, records = design(size), raw.records(design(size))
    judged = judge(topology)
    compare(
        "build the scene",
        size,
        lambda: Scene.build(topology, judged),
        lambda: raw.Drawing.of(records),
        math.inf,
        rounds=3,
    )


@pytest.mark.parametrize(("name", "scale"), [("zoomed out", None), ("names just readable", JUST_READABLE)])
def test_full_repaint(compare: Stopwatch, pair: Pair, name: str, scale: float | None) -> None:
    pair.zoom(scale)
    task = f"full repaint (zoom step), {name}"
    compare(task, pair.size, pair.repaint, pair.repaint_raw, 2.5, figure="p95", rounds=20)


@pytest.mark.parametrize(("name", "scale"), [("zoomed out", None), ("at 100 %", 1.0)])
def test_pan(compare: Stopwatch, pair: Pair, name: str, scale: float | None) -> None:
    pair.zoom(scale)
    compare(f"pan frame, {name}", pair.size, pair.pan, pair.pan_raw, 3, figure="p95", rounds=40)


class Drag:
    """A container card under the pointer, moved by real events."""

    def __init__(self, pair: Pair) -> None:
        self._pair = pair
        self._view = pair.view
        self.key = PartKey(container_ids(pair.topology)[3])
        pair.zoom(1.0)
        self._view.center_on(self.key)
        self._view.repaint()
        box = self._view.stage.box(self.key)
        assert box is not None
        self._at = QPointF(*self._view.stage.camera.to_view((box[0] + box[2]) / 2, (box[1] + box[3]) / 2))
        self._send(QEvent.Type.MouseButtonPress)
        self._steps = cycle([*[(3, 2)] * 8, *[(-3, -2)] * 8])
        for _ in range(8):
            self.step()

    def _send(self, kind: QEvent.Type) -> None:
        buttons = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
        button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
        there = self._view.mapToGlobal(self._at)
        event = QMouseEvent(kind, self._at, there, button, buttons, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self._view, event)

    def step(self) -> None:
        self._at += QPointF(*next(self._steps))
        self._send(QEvent.Type.MouseMove)
        QApplication.processEvents()

    def release(self) -> None:
        self._send(QEvent.Type.MouseButtonRelease)

    def step_raw(self) -> None:
        self._pair.raw.drag(self._pair.box, 3.0, 2.0)
        QApplication.processEvents()


def test_drag(compare: Stopwatch, pair: Pair) -> None:
    drag = Drag(pair)
    assert pair.view.stage.preview is not None
    compare("drag frame", pair.size, drag.step, drag.step_raw, 5, figure="p95", rounds=40)
    drag.release()


def test_undo(compare: Stopwatch, pair: Pair) -> None:
    ids = container_ids(pair.topology)
    pair.zoom(1.0)
    pair.view.center_on(PartKey(ids[3]))
    controller = pair.controller
    controller.execute(move(controller.topology, {PartKey(ids[3]): (24.0, 16.0)}))
    pair.view.repaint()
    states = cycle([controller.undo, controller.redo])

    def step() -> None:
        next(states)()
        QApplication.processEvents()

    def step_raw() -> None:
        pair.raw.drag(pair.box, 3.0, 2.0)
        QApplication.processEvents()

    compare("undo / redo a move, to repaint", pair.size, step, step_raw, 10, figure="p95", rounds=40)


def test_rename_to_repaint(compare: Stopwatch, pair: Pair) -> None:
    ids = cycle(container_ids(pair.topology))
    numbers = iter(range(10_000))
    pair.zoom(1.0)
    pair.view.center_on(PartKey(container_ids(pair.topology)[3]))

    def step() -> None:
        controller = pair.controller
        controller.execute(rename(controller.topology, next(ids), f"other{next(numbers)}"))
        QApplication.processEvents()

    compare("rename, to repaint", pair.size, step, None, 16, figure="p95", rounds=20 if pair.size == 1_000 else 4)
