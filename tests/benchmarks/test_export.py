"""Scripts, SVG, PNG and PDF of whole designs."""

from __future__ import annotations

import pytest

from designer.drawing.scene import Scene
from designer.drawing.svg import render
from designer.drawing.theme import LIGHT
from designer.export.consent import Spoken
from designer.formats import ExportOptions, export_host
from designer.model.hosts import Host
from designer.painting.image import frame, render_pdf, render_png
from designer.ui.app import application
from tests.benchmarks import raw, raw_canvas
from tests.benchmarks.designs import design
from tests.benchmarks.harness import Stopwatch

sizes = pytest.mark.parametrize("size", [1_000, 10_000])


def rounds(size: int) -> int:
    return 3 if size > 1_000 else 5


@sizes
def test_scripts(compare: Stopwatch, size: int) -> None:
    topology = design(size)
    records = raw.records(topology)

    def scripts() -> list[str]:
        options = ExportOptions(spoken=Spoken.of(topology))
        return [export_host(topology, host.id, options=options).text for host in topology.of(Host)]

    compare(
        "export scripts of all hosts",
        size,
        scripts,
        lambda: raw.script(records),
        5,
        rounds=rounds(size),
    )


@sizes
def test_svg(compare: Stopwatch, size: int) -> None:
    scene = Scene.build(design(size))
    drawing = raw.Drawing.of(raw.records(design(size)))
    compare("export SVG", size, lambda: render(scene, LIGHT), lambda: raw.svg(drawing), 3, rounds=rounds(size))


@sizes
def test_png(compare: Stopwatch, size: int) -> None:
    application()
    scene = Scene.build(design(size))
    drawing = raw.Drawing.of(raw.records(design(size)))
    _, _, width, height = frame(scene)
    scale = min(3840 / width, 2160 / height)
    compare(
        "export PNG 4K",
        size,
        lambda: render_png(scene, LIGHT, scale),
        lambda: raw_canvas.png_4k(drawing),
        1.5,
        rounds=rounds(size),
    )


@sizes
def test_pdf(compare: Stopwatch, size: int) -> None:
    application()
    scene = Scene.build(design(size))
    drawing = raw.Drawing.of(raw.records(design(size)))
    compare(
        "export PDF", size, lambda: render_pdf(scene, LIGHT), lambda: raw_canvas.pdf(drawing), 1.2, rounds=rounds(size)
    )
