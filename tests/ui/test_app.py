from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPainterPath
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QPlainTextEdit

from designer.resources import example_folder
from designer.ui.app import UnexpectedErrors
from tests.ui.drivers import WindowDriver

pytestmark = pytest.mark.qt

OPEN_AND_QUIT = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QSettings, QTimer
QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, sys.argv[2])
from designer.ui import app
begin = app.begin
def begin_and_quit(window, path):
    workspace = begin(window, path)
    print(window.windowTitle(), len(workspace.controller.topology) > 0)
    QTimer.singleShot(50, QCoreApplication.quit)
    return workspace
app.begin = begin_and_quit
sys.exit(app.run(Path(sys.argv[1])))
"""


def test_the_program_opens_a_file_and_ends_with_zero(tmp_path: Path) -> None:
    seed = str(example_folder() / "seed.cnd")
    ran = subprocess.run(  # our own interpreter
        [sys.executable, "-c", OPEN_AND_QUIT, seed, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("seed[*] – Container Network Designer True")


def test_an_unexpected_error_is_a_calm_dialog_with_folded_details(
    seed: WindowDriver, capsys: pytest.CaptureFixture[str]
) -> None:
    catcher = UnexpectedErrors(seed.window)
    before = seed.workspace.controller.topology
    seen: list[str] = []

    def answer(dialog: QDialog) -> None:
        seen.extend(label.text() for label in dialog.findChildren(QLabel))
        assert not [box for box in dialog.findChildren(QPlainTextEdit) if box.isVisible()]
        seed.press_button("Show details")(dialog)
        assert "ZeroDivisionError" in seed.find("Details", QPlainTextEdit, dialog).toPlainText()
        seed.press_button("Close")(dialog)

    with seed.answering(answer):
        try:
            _ = 1 / 0
        except ZeroDivisionError as error:
            catcher.take(type(error), error, error.__traceback__)
        QTest.qWait(200)
    assert any("unharmed" in text for text in seen)
    assert not any("Traceback" in text for text in seen)
    assert "ZeroDivisionError" in capsys.readouterr().err
    assert seed.workspace.controller.topology is before
    assert seed.window.isVisible()


def test_a_second_error_does_not_pile_up_dialogs(seed: WindowDriver, capsys: pytest.CaptureFixture[str]) -> None:
    catcher = UnexpectedErrors(seed.window)
    with seed.answering(seed.press_button("Close")):
        for _ in range(2):
            catcher.take(ValueError, ValueError("x"), None)
        QTest.qWait(200)
    assert capsys.readouterr().err.count("ValueError") == 2


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_the_binding_keeps_its_references_to_none() -> None:
    path = QPainterPath()
    before = sys.getrefcount(None)
    for _ in range(200):
        path.lineTo(1.0, 1.0)
    assert abs(sys.getrefcount(None) - before) < 100


def test_a_dialog_closed_by_escape_means_its_last_choice(seed: WindowDriver) -> None:
    seed.workspace.canvas.place_from_palette("client")
    QTimer.singleShot(0, lambda: None)
    with seed.answering(lambda dialog: dialog.reject()):
        seed.window.close()
    assert seed.window.isVisible()
    assert not [button for button in seed.window.findChildren(QAbstractButton) if button.text() == "Don't save"]
