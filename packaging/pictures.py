"""Make the pictures of README.md anew: the seed design as the product draws it, and the window with it.

Run by ``python packaging/dev.py pictures``; needs no display.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "packaging" / "readme"
SEED = ROOT / "examples" / "seed.cnd"
WIDTH, HEIGHT = 1440, 900
SETTLED_MS = 1500
"""After so long the findings are judged, the script is shown and nothing moves any more."""
COLOURS = 256
"""As many as one byte tells apart; with them the file is a third of its size."""


def main() -> int:
    """Write both pictures and return an exit code; the window starts with the settings of a new user."""
    FOLDER.mkdir(exist_ok=True)
    drawing = [sys.executable, "-m", "designer", "render", str(SEED), "-o", str(FOLDER / "seed.png")]
    if failure := subprocess.run(drawing, cwd=ROOT, check=False).returncode:
        return failure
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"QT_QPA_PLATFORM": "offscreen", "HOME": home, "XDG_CONFIG_HOME": home, "XDG_STATE_HOME": home}
        return photograph(FOLDER / "window.png")


def photograph(path: Path) -> int:
    """Save a picture of the window on the seed design."""
    from PySide6.QtCore import QTimer  # noqa: PLC0415 - Qt, after its platform is chosen

    from designer.ui.app import application, begin  # noqa: PLC0415 - as above
    from designer.ui.main_window import MainWindow  # noqa: PLC0415 - as above
    from designer.ui.settings import Settings  # noqa: PLC0415 - as above

    program = application()
    window = MainWindow(Settings())
    window.resize(WIDTH, HEIGHT)
    window.show()
    workspace = begin(window, SEED)
    QTimer.singleShot(SETTLED_MS, program.quit)
    program.exec()
    picture = window.grab().toImage()
    saved = with_few_colours(picture).save(str(path))
    workspace.controller.close()
    return int(not saved)


def with_few_colours(picture: QImage) -> QImage:
    """Return the picture in its most frequent colours, the strong ones first; other pixels take the nearest of them."""
    from PySide6.QtCore import Qt  # noqa: PLC0415 - as in photograph
    from PySide6.QtGui import QImage  # noqa: PLC0415 - as above

    opaque = picture.convertToFormat(QImage.Format.Format_RGB32)
    colours, counts = np.unique(np.frombuffer(opaque.constBits(), np.uint32), return_counts=True)
    channels = colours[:, np.newaxis] >> np.array([0, 8, 16], np.uint32) & 0xFF
    strength = channels.max(axis=1) - channels.min(axis=1) + 1
    table = [int(colour) for colour in colours[np.argsort(counts * strength)[-COLOURS:]]]
    return opaque.convertToFormat(QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.ThresholdDither)


if __name__ == "__main__":
    sys.exit(main())
