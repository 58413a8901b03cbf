"""Problems that somebody lives with, in the window: suppressed with a reason, counted, brought back, stale, hidden."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QRadioButton,
    QTextBrowser,
)

from designer import api
from designer.model.annotations import Suppression
from designer.model.hosts import Host
from designer.model.realisation import PartKey
from designer.resources import example_folder
from designer.rules.registry import Judged, Severity
from designer.rules.suppressing import suppress
from designer.ui.docks.problem_list import ROW
from designer.ui.panels import Panel
from tests.ui.drivers import WindowDriver
from tests.unit.rules.designs import design

pytestmark = pytest.mark.qt

REASON = "The printer has this address until March."


@pytest.fixture
def broken(app: WindowDriver) -> WindowDriver:
    app.workspace.files.open(example_folder() / "broken.cnd")
    app.wait_until(lambda: app.workspace.controller.is_judged)
    return app


def judged(driver: WindowDriver, rule: str) -> Judged:
    return next(found for found in driver.workspace.controller.judgement if found.rule.id == rule)


def suppressions(driver: WindowDriver) -> tuple[Suppression, ...]:
    return driver.workspace.controller.topology.of(Suppression)


def reasoned(
    driver: WindowDriver, reason: str = REASON, choice: str = "", author: str = ""
) -> Callable[[QDialog], None]:
    """Return an answer to the dialog: keys alone, as a person without a mouse gives it."""

    def act(dialog: QDialog) -> None:
        field = driver.find("Reason", QLineEdit, dialog)
        assert field.hasFocus()
        QTest.keyClicks(field, reason)
        if author:
            QTest.keyClick(field, Qt.Key.Key_Tab)
            QTest.keyClicks(driver.find("Decided by", QLineEdit, dialog), author)
        if choice:
            button = next(found for found in dialog.findChildren(QRadioButton) if choice in found.text())
            QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=button.rect().center().transposed())
            button.click()
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    return act


def suppress_row(driver: WindowDriver, rule: str, **given: str) -> None:
    driver.click_row("Problems", judged(driver, rule).finding.message)
    with driver.answering(reasoned(driver, **given)):
        driver.press("Del")


def entry(menu: QMenu, words: str) -> QAction:
    return next(found for found in menu.actions() if words in found.text().replace("&", ""))


def test_a_suppressed_finding_leaves_list_badge_and_script_and_is_counted(broken: WindowDriver) -> None:
    found = judged(broken, "IPA004")
    suppress_row(broken, "IPA004", author="Ada")
    (kept,) = suppressions(broken)
    assert (kept.rule, kept.reason, kept.author) == ("IPA004", REASON, "Ada")
    assert set(kept.elements) == set(found.finding.elements)
    assert found.finding.message not in broken.rows("Problems")
    assert broken.find("Counts of problems", QPushButton).text() == "3 errors, 1 hint, 1 suppressed"
    assert broken.find("Show suppressed", QAbstractButton).text() == "1 suppressed"
    assert broken.window.panels.docks[Panel.PROBLEMS].windowTitle() == "Problems 4"
    badges = broken.workspace.canvas.stage.scene.badges
    assert found not in badges.judged
    assert len(badges.judged) == 4
    broken.pick("Edit", "Undo")
    broken.wait_until(lambda: found.finding.message in broken.rows("Problems"))
    assert broken.workspace.controller.undo_stack.count() == 1


def test_an_empty_reason_is_refused_and_nothing_is_remembered(broken: WindowDriver) -> None:
    broken.click_row("Problems", judged(broken, "IPA004").finding.message)

    def empty(dialog: QDialog) -> None:
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        assert dialog.isVisible()
        assert [label for label in dialog.findChildren(QLabel) if label.isVisible() and "needed" in label.text()]
        QTest.keyClicks(broken.find("Reason", QLineEdit, dialog), "   ")
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        assert dialog.isVisible()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    with broken.answering(empty):
        broken.press("Del")
    assert not suppressions(broken)
    suppress_row(broken, "IPA004")
    told: list[str] = []

    def look(dialog: QDialog) -> None:
        told.extend(field.text() for field in dialog.findChildren(QLineEdit))
        dialog.reject()

    broken.click_row("Problems", judged(broken, "IPA002").finding.message)
    with broken.answering(look):
        broken.press("Del")
    assert told == ["", ""]


def test_what_is_suppressed_is_shown_struck_through_with_its_reason_and_comes_back(broken: WindowDriver) -> None:
    message = judged(broken, "IPA004").finding.message
    suppress_row(broken, "IPA004")
    broken.click("Show suppressed")
    assert broken.rows("Problems")[-1] == message
    view = broken.find("Problems", QListView)
    spoken = view.model().index(view.model().rowCount() - 1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Suppressed error: ")
    broken.click_row("Problems", message)
    assert REASON in broken.find("Explanation", QTextBrowser).toPlainText()
    broken.click("Show again")
    assert not suppressions(broken)
    assert message in broken.rows("Problems")
    assert not [
        button
        for button in broken.window.findChildren(QAbstractButton)
        if button.isVisible() and "suppressed" in button.text()
    ]


def test_a_rule_is_suppressed_in_the_whole_design(broken: WindowDriver) -> None:
    suppress_row(broken, "PRT005", choice="Everything of rule PRT005")
    (kept,) = suppressions(broken)
    assert (kept.rule, kept.elements) == ("PRT005", ())


def test_several_are_suppressed_in_one_step(broken: WindowDriver) -> None:
    broken.click_row("Problems", judged(broken, "IPA002").finding.message)
    broken.press("Ctrl+A")
    assert len(broken.workspace.problems.list.chosen()) == 5
    with broken.answering(reasoned(broken)):
        broken.press("Del")
    assert len(suppressions(broken)) == 5
    assert broken.workspace.controller.undo_stack.count() == 1
    assert broken.shows("No problems but what is left out: 5 suppressed.")
    filter_field = broken.find("Filter problems", QLineEdit)
    broken.wait_until(filter_field.hasFocus)


def test_a_stale_suppression_is_reported_and_removed_alone_and_with_all(broken: WindowDriver) -> None:
    controller = broken.workspace.controller
    gone = [judged(broken, rule) for rule in ("IPA002", "IPA004")]
    for found in gone:
        controller.fix(found)
        controller.execute(suppress(controller.topology, found, "It is a lesson."))
    controller.judge_now()
    assert broken.find("Show suppressed", QAbstractButton).text() == "2 stale"
    assert "2 stale suppressions" in broken.find("Counts of problems", QPushButton).text()
    broken.click("Show suppressed")
    assert broken.rows("Problems")[-2:] == ["No longer found: nat0", "No longer found: app01 – corp, corp"]
    broken.click_row("Problems", "No longer found: nat0")
    broken.click("Remove")
    assert [found.rule for found in suppressions(broken)] == ["IPA004"]
    controller.undo()
    controller.judge_now()
    broken.click("More about the list")
    menu = broken.popup()
    entry(menu, "Remove 2 stale suppressions").trigger()
    menu.close()
    assert not suppressions(broken)


def test_a_rule_is_hidden_on_this_computer_and_shown_again(broken: WindowDriver) -> None:
    hint = next(found for found in broken.workspace.controller.judged if found.severity is Severity.INFO)
    suppress_row(broken, hint.rule.id, reason="", choice="on this computer")
    assert broken.workspace.settings.ignored_rules == {hint.rule.id}
    assert not suppressions(broken)
    assert not broken.workspace.controller.is_dirty
    assert hint.finding.message not in broken.rows("Problems")
    assert broken.find("Counts of problems", QPushButton).text() == "4 errors, 1 hidden"
    broken.click("More about the list")
    menu = broken.popup()
    hidden = entry(menu, "Hidden on this computer").menu()
    assert isinstance(hidden, QMenu)
    entry(hidden, f"Show {hint.rule.id}").trigger()
    menu.close()
    assert broken.workspace.settings.ignored_rules == frozenset()
    assert hint.finding.message in broken.rows("Problems")


def test_an_error_cannot_be_hidden_on_one_computer(broken: WindowDriver) -> None:
    told: list[bool] = []

    def look(dialog: QDialog) -> None:
        choice = next(found for found in dialog.findChildren(QRadioButton) if "computer" in found.text())
        told.append(choice.isEnabled())
        assert "An error stays an error" in choice.toolTip()
        dialog.reject()

    broken.click_row("Problems", judged(broken, "IPA002").finding.message)
    with broken.answering(look):
        broken.press("Del")
    assert told == [False]
    broken.workspace.settings.ignored_rules = frozenset({"IPA002"})
    broken.workspace.problems.acting.apply_settings()
    assert judged(broken, "IPA002").finding.message in broken.rows("Problems")


def test_the_badge_offers_to_suppress_and_to_explain(broken: WindowDriver) -> None:
    corp = judged(broken, "IPA004").finding.elements[0]
    broken.workspace.controller.select([PartKey(corp)])
    broken.workspace.focus_canvas()
    broken.press("Ctrl+.")
    with broken.answering(reasoned(broken)):
        broken.click("Suppress… IPA004")
    assert [found.rule for found in suppressions(broken)] == ["IPA004"]
    broken.wait_until(broken.workspace.canvas.hasFocus)
    broken.workspace.canvas.show_findings(PartKey(judged(broken, "PRT001").finding.elements[0]))
    broken.click("Explain PRT001")
    rule = judged(broken, "PRT001").rule
    assert rule.why[:40].casefold() in broken.find("Explanation", QTextBrowser).toPlainText().casefold()
    view = broken.find("Problems", QListView)
    assert view.currentIndex().data(ROW).rule == "PRT001"


def test_the_inspector_offers_to_suppress_and_then_has_a_quiet_line(broken: WindowDriver) -> None:
    found = judged(broken, "IPA004")
    broken.workspace.controller.select([PartKey(found.finding.elements[0])])
    with broken.answering(reasoned(broken)):
        broken.click("Suppress IPA004")
    assert broken.shows(f"IPA004 suppressed: {REASON}")
    errors = [label for label in broken.workspace.inspector.findChildren(QLabel) if label.property("role") == "error"]
    assert not [label for label in errors if label.isVisible() and label.text()]
    assert broken.find("IP address", QLineEdit).accessibleDescription() == ""
    broken.click("Show IPA004 again")
    assert not suppressions(broken)


def test_a_suppression_survives_saving(broken: WindowDriver, tmp_path: Path) -> None:
    suppress_row(broken, "IPA004")
    path = tmp_path / "kept.cnd"
    broken.workspace.controller.save(path)
    broken.workspace.files.open(path)
    broken.wait_until(lambda: broken.workspace.controller.is_judged)
    assert [found.reason for found in suppressions(broken)] == [REASON]
    assert "1 suppressed" in broken.find("Counts of problems", QPushButton).text()


@pytest.fixture
def bare(app: WindowDriver) -> WindowDriver:
    """Return a design whose host lacks the feature that its network needs."""
    app.workspace.controller.adopt(design().host(containers_feature=False).network().topology)
    app.wait_until(lambda: app.workspace.controller.is_judged)
    return app


def test_a_step_is_put_into_the_script_only_after_consent_and_taken_out_again(bare: WindowDriver) -> None:
    controller = bare.workspace.controller
    found = judged(bare, "HST002")
    assert found in controller.judged
    bare.click_row("Problems", found.finding.message)
    assert found.finding.script_step in bare.find("Explanation", QTextBrowser).toPlainText()
    told: list[str] = []

    def refuse(dialog: QDialog) -> None:
        told.append(bare.find("Message", QLabel, dialog).text())
        dialog.reject()

    with bare.answering(refuse):
        bare.click("Add step to the script…")
    assert found.finding.script_step in told[0]
    assert controller.undo_stack.count() == 0
    with bare.answering(bare.press_button("Add the step")):
        bare.click("Add step to the script…")
    assert [host.script_steps for host in controller.topology.of(Host)] == [("HST002",)]
    (hint,) = [shown for shown in controller.judged if shown.rule.id == "HST002"]
    assert hint.severity is Severity.INFO
    assert hint.finding.message.endswith("The exported script takes care of this.")
    assert api.export(controller.topology), "what the script mends does not stand in its way"
    bare.click("Take the step out of the script")
    assert found in controller.judged
    assert [host.script_steps for host in controller.topology.of(Host)] == [()]


def test_the_badge_offers_the_step_of_the_script(bare: WindowDriver) -> None:
    bare.workspace.canvas.show_findings(PartKey(judged(bare, "HST002").finding.elements[0]))
    with bare.answering(bare.press_button("Add the step")):
        bare.click("Add step to the script…")
    assert [host.script_steps for host in bare.workspace.controller.topology.of(Host)] == [("HST002",)]


def test_a_finding_of_a_newer_design_cannot_be_suppressed(broken: WindowDriver) -> None:
    controller = broken.workspace.controller
    newer = replace(controller.document, topology=controller.topology, read_only=True)
    controller.adopt(newer)
    controller.judge_now()
    broken.click_row("Problems", judged(broken, "IPA002").finding.message)
    broken.press("Del")
    assert broken.shows("can only be looked at here")
    assert not suppressions(broken)


def test_the_list_and_the_command_line_say_the_same_in_the_same_order(broken: WindowDriver) -> None:
    suppress_row(broken, "IPA004")
    broken.click("Show suppressed")
    sifted = api.sifted(broken.workspace.controller.topology)
    told = [*sifted.active, *(found for found, _ in sifted.suppressed)]
    assert broken.rows("Problems") == [found.finding.message for found in told]
