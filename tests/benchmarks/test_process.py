"""What only a process of its own shows: start-up and memory."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from designer.storage.codec import encode
from designer.storage.document import Document
from tests.benchmarks import raw, raw_canvas
from tests.benchmarks.designs import design
from tests.benchmarks.harness import Row, Stopwatch

ROOT = Path(__file__).parents[2]

PRODUCT_WINDOW = """
from designer.collector import collector_paused
with collector_paused(staying=True):
    from designer.ui.app import application
from designer.ui.main_window import MainWindow
from designer.ui.settings import Settings
app = application()
window = MainWindow(Settings())
window.show()
app.processEvents()
"""
"""What the entry point of the window does, up to the first paint."""

_OPEN = """
import gc, pathlib, sys
from designer.ui.app import application, begin
from designer.ui.main_window import MainWindow
from designer.ui.settings import Settings
app = application()
window = MainWindow(Settings())
window.show()
workspace = begin(window, pathlib.Path(sys.argv[1]))
while workspace.files.opening.is_running or not workspace.controller.is_judged:
    app.processEvents()
window.repaint()
gc.collect()
print(int(open("/proc/self/statm").read().split()[1]) * 4096)
"""

_OPEN_RAW = """
import pathlib, sys
from PySide6.QtWidgets import QApplication
from tests.benchmarks.raw import open_file
from tests.benchmarks.raw_canvas import Canvas
app = QApplication([])
canvas = Canvas(open_file(pathlib.Path(sys.argv[1]).read_bytes()))
canvas.show()
canvas.repaint()
print(int(open("/proc/self/statm").read().split()[1]) * 4096)
"""


def run(program: str, *arguments: str) -> str:
    """Run a program of its own and return what it prints; it ends without tidying up."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    ending = "\nimport os, sys\nsys.stdout.flush()\nos._exit(0)"
    command = [sys.executable, "-c", program + ending, *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def processor_seconds(program: str) -> float:
    """Return what a program costs."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run(program)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_start_up(compare: Stopwatch) -> None:
    times = [(processor_seconds(PRODUCT_WINDOW), processor_seconds(raw_canvas.WINDOW)) for _ in range(6)][1:]
    product, reference = (1000 * statistics.median(column) for column in zip(*times, strict=True))
    compare.benchmark.pedantic(lambda: None)  # type: ignore[no-untyped-call]
    compare.keep(Row("start-up to the first window painted", 0, "median", product, reference, 1.6))


@pytest.mark.parametrize("size", [1_000, 10_000])
def test_memory(compare: Stopwatch, size: int, tmp_path: Path) -> None:
    path = tmp_path / "design.cnd"
    path.write_bytes(encode(Document(design(size))))
    records = tmp_path / "records.json"
    records.write_bytes(orjson.dumps({"elements": raw.records(design(size))}))
    product = int(run(_OPEN, str(path))) / 1e6
    reference = int(run(_OPEN_RAW, str(records))) / 1e6
    compare.benchmark.pedantic(lambda: None)  # type: ignore[no-untyped-call]
    limit = reference + 50 + 0.005 * size
    compare.keep(Row("memory with the file open", size, "median", product, None, round(limit), "MB"))
