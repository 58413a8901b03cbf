"""Help > Explain an error message."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton, QTextBrowser
from shiboken6 import isValid

from designer.model.realisation import PartKey
from designer.resources import example_folder
from designer.ui.dialogs.explain import ExplainError
from tests.ui.drivers import WindowDriver

pytestmark = pytest.mark.qt

RESERVED = "failed to create endpoint x: hnsCall failed in Win32: (0x803b002f)"


@pytest.fixture
def broken(app: WindowDriver) -> WindowDriver:
    QGuiApplication.clipboard().clear()
    app.workspace.files.open(example_folder() / "broken.cnd")
    app.wait_until(lambda: app.workspace.controller.is_judged)
    return app


def opened(app: WindowDriver) -> ExplainError:
    app.press("Ctrl+Shift+F1")
    return app.find("Explain an error message", ExplainError)


def rows(dialog: ExplainError) -> list[str]:
    found = dialog.findChild(QListWidget)
    assert found is not None
    return [found.item(row).text()[:6] for row in range(found.count())]


def explained(app: WindowDriver, text: str) -> ExplainError:
    dialog = opened(app)
    QTest.keyClicks(dialog.message, text)
    QTest.keyClick(dialog.message, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    return dialog


def page(app: WindowDriver, dialog: ExplainError) -> str:
    return app.find("Explanation", QTextBrowser, dialog).toPlainText()


def test_without_a_design_the_rules_are_ranked_and_explained(app: WindowDriver) -> None:
    dialog = explained(app, "An adapter was not found. (0x803b0006)")

    assert rows(dialog) == ["SWI007", "OVL006", "SWI012"]
    assert "HNS found no adapter" in page(app, dialog)
    assert "docker/for-win#1960" in page(app, dialog)
    assert any("Open the design that it came from" in text for text in _labels(dialog))


def test_by_keyboard_to_the_element_that_is_meant_and_its_fix(broken: WindowDriver) -> None:
    controller = broken.workspace.controller
    dialog = explained(broken, RESERVED)
    found = broken.find("Explanations", QListWidget, dialog)
    assert rows(dialog)[0] == "IPA002"
    assert found.hasFocus()

    QTest.keyClick(found, Qt.Key.Key_Return)
    (key,) = controller.selection
    assert isinstance(key, PartKey)
    assert key.element == "nat0"

    QTest.keyClick(found, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    assert controller.undo_stack.undoText() == "Use gateway 172.16.0.1"
    assert rows(dialog)[0] != "IPA002"
    assert not [judged for judged in controller.judged if judged.rule.id == "IPA002"]

    QTest.keyClick(found, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_link_leads_to_the_element(broken: WindowDriver) -> None:
    dialog = explained(broken, RESERVED)
    browser = broken.find("Explanation", QTextBrowser, dialog)
    assert "Concerns: nat0" in browser.toPlainText()

    browser.anchorClicked.emit(QUrl("element:0"))

    assert {key.element for key in broken.workspace.controller.selection} == {"nat0"}


def test_it_follows_the_design_while_it_is_open(broken: WindowDriver) -> None:
    dialog = explained(broken, RESERVED)
    controller = broken.workspace.controller
    for judged in controller.judged:
        assert judged.rule.id not in {"IPA002", "IPA004"} or controller.fix(judged)

    broken.wait_until(lambda: rows(dialog)[:1] == ["IPA001"])
    assert any("the design breaks none of them" in text for text in _labels(dialog))


def test_about_an_unknown_text_it_says_what_to_do(broken: WindowDriver) -> None:
    dialog = explained(broken, "all is well")

    assert rows(dialog) == []
    assert any("Nothing is known about this text." in text for text in _labels(dialog))
    assert not broken.find("Copy the explanation", QPushButton, dialog).isEnabled()


def _labels(dialog: ExplainError) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]


def test_an_explanation_is_copied_as_text(broken: WindowDriver) -> None:
    dialog = explained(broken, RESERVED)

    QTest.mouseClick(broken.find("Copy the explanation", QPushButton, dialog), Qt.MouseButton.LeftButton)

    text = QGuiApplication.clipboard().text()
    assert text.startswith("IPA002: The gateway is outside its subnet\n")
    assert text.endswith("\nFix: Use gateway 172.16.0.1")


def test_a_known_error_on_the_clipboard_is_there_at_once_and_other_text_is_not(broken: WindowDriver) -> None:
    QGuiApplication.clipboard().setText("my shopping list")
    first = opened(broken)
    assert first.message.toPlainText() == ""
    first.close()
    broken.window.activateWindow()

    QGuiApplication.clipboard().setText(RESERVED)
    second = opened(broken)
    assert second.message.toPlainText() == RESERVED
    assert rows(second)[0] == "IPA002"


def test_a_dropped_file_is_read(broken: WindowDriver, tmp_path: Path) -> None:
    log = tmp_path / "log.txt"
    log.write_bytes(RESERVED.encode("utf-16"))
    dialog = opened(broken)
    for path, wanted in ((log, RESERVED), (tmp_path / "gone.txt", RESERVED)):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        dialog.message.insertFromMimeData(data)
        assert dialog.message.toPlainText() == wanted

    assert any("gone.txt" in text for text in _labels(dialog))


def test_it_is_in_the_menu(app: WindowDriver) -> None:
    assert app.action("Help", "Explain an error message…").isEnabled()


def test_once_closed_it_does_not_follow_the_design_any_more(broken: WindowDriver) -> None:
    dialog = explained(broken, RESERVED)
    dialog.close()
    broken.wait_until(lambda: not isValid(dialog))

    controller = broken.workspace.controller
    controller.fix(controller.judged[0])
    controller.judge_now()

    assert not broken.window.findChildren(ExplainError)
