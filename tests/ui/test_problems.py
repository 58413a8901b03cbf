from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QListView, QMenu, QPushButton, QTextBrowser

from designer.resources import example_folder
from designer.rules.registry import Severity
from designer.ui.docks.problem_list import ROW
from designer.ui.docks.problem_painter import headline
from designer.ui.header import summary
from designer.ui.judging import DELAY_MS
from designer.ui.panels import Panel
from designer.ui.settings import CheckMode
from tests.ui.drivers import WindowDriver
from tests.unit.rules.designs import design

pytestmark = pytest.mark.qt


@pytest.fixture
def broken(app: WindowDriver) -> WindowDriver:
    app.workspace.files.open(example_folder() / "broken.cnd")
    app.wait_until(lambda: app.workspace.controller.is_judged)
    return app


def test_the_list_the_tab_and_the_pill_count_the_same(broken: WindowDriver) -> None:
    judged = broken.workspace.controller.judged
    errors = sum(found.severity is Severity.ERROR for found in judged)
    assert broken.rows("Problems") == [found.finding.message for found in judged]
    assert broken.shows(f"{errors} errors")
    assert broken.window.panels.docks[Panel.PROBLEMS].windowTitle() == f"Problems {len(judged)}"


def test_the_worst_come_first_and_other_orders_can_be_chosen(broken: WindowDriver) -> None:
    judged = broken.workspace.controller.judged
    ranks = [found.severity.rank for found in judged]
    assert ranks == sorted(ranks)
    choose_order(broken, "By element")
    by_name = [
        found.finding.message for found in sorted(judged, key=lambda found: ", ".join(found.order[2]).casefold())
    ]
    assert broken.rows("Problems") == by_name
    assert broken.workspace.settings.choice("sort") == "By element"


def choose_order(driver: WindowDriver, order: str) -> None:
    driver.click("More about the list")
    menu = driver.popup()
    within(menu, "Order", order).trigger()
    menu.close()


def within(menu: QMenu, *words: str) -> QAction:
    """Return an entry of a menu, or of a menu in it."""
    action = next(found for found in menu.actions() if found.text().replace("&", "").startswith(words[0]))
    if len(words) == 1:
        return action
    inner = action.menu()
    assert isinstance(inner, QMenu)
    return within(inner, *words[1:])


def test_the_filter_narrows_by_words_and_severity(broken: WindowDriver) -> None:
    first = broken.workspace.controller.judged[0]
    broken.enter("Filter problems", first.rule.id, finish=False)
    assert set(broken.rows("Problems")) == {
        found.finding.message for found in broken.workspace.controller.judged if found.rule.id == first.rule.id
    }
    broken.enter("Filter problems", "no such words", finish=False)
    assert broken.shows("Nothing fits the filter.")


def test_f8_walks_in_order_around_and_goes_to_the_field(broken: WindowDriver) -> None:
    judged = broken.workspace.controller.judged
    broken.workspace.focus_canvas()
    seen = []
    for _ in range(len(judged) + 1):
        broken.press("F8")
        seen.append(next(iter(broken.workspace.controller.selection)).element)
    assert seen == [found.finding.elements[0] for found in (*judged, judged[0])]


def test_a_double_click_opens_the_inspector_at_the_field(broken: WindowDriver) -> None:
    found = next(found for found in broken.workspace.controller.judged if found.finding.field == "ip")
    broken.click_row("Problems", found.finding.message, twice=True)
    assert broken.find("IP address", QLineEdit).hasFocus()


def test_a_fix_is_shown_before_it_is_made_and_removes_the_finding_in_one_step(broken: WindowDriver) -> None:
    found = broken.workspace.controller.judged[0]
    assert found.finding.fix is not None
    broken.click_row("Problems", found.finding.message)
    page = broken.find("Explanation", QTextBrowser).toPlainText()
    assert "Fix: nat0 · Subnets, gateway: 172.17.0.1 → 172.16.0.1" in page
    broken.click(found.finding.fix.label)
    broken.wait_until(lambda: broken.workspace.controller.is_judged)
    assert found.finding.message not in broken.rows("Problems")
    assert broken.workspace.controller.undo_stack.count() == 1


def test_all_safe_fixes_are_one_step(broken: WindowDriver) -> None:
    before = broken.workspace.controller.topology
    before_findings = broken.workspace.problems.safe_fixes()
    safe = len(before_findings)
    assert safe
    with broken.answering(lambda dialog: dialog.reject()):
        broken.click("Fix all that is safe")
    assert broken.workspace.controller.undo_stack.count() == 0
    told: list[str] = []

    def look(dialog: QDialog) -> None:
        told.append(broken.find("What changes", QTextBrowser, dialog).toPlainText())
        broken.press_button("Apply")(dialog)

    with broken.answering(look):
        broken.click("Fix all that is safe")
    assert all(found.finding.message in told[0] for found in before_findings)
    assert "app01 – corp · IP address: 10.0.5.20 → 10.0.0.2" in told[0]
    assert broken.workspace.controller.undo_stack.count() == 1
    assert len(broken.workspace.problems.safe_fixes()) < safe
    broken.pick("Edit", "Undo")
    assert broken.workspace.controller.topology == before


def test_the_page_of_a_rule_says_why_and_names_its_sources(broken: WindowDriver) -> None:
    found = broken.workspace.controller.judged[0]
    broken.click_row("Problems", found.finding.message)
    page = broken.find("Explanation", QTextBrowser).toPlainText()
    for part in (found.rule.title, found.rule.why, found.rule.bad, found.rule.good, *found.rule.sources):
        assert part.casefold() in page.casefold()
    broken.click("Close the explanation")
    assert not [page for page in broken.window.findChildren(QTextBrowser) if page.isVisible()]
    broken.press("F1")
    assert broken.find("Explanation", QTextBrowser).toPlainText()


def test_new_findings_do_not_take_the_keyboard_or_the_current_row(broken: WindowDriver) -> None:
    second = broken.workspace.controller.judged[1]
    broken.click_row("Problems", second.finding.message)
    broken.workspace.focus_canvas()
    broken.workspace.canvas.place_from_palette("host")
    broken.wait_until(lambda: broken.workspace.controller.is_judged)
    view = broken.find("Problems", QListView)
    assert view.currentIndex().data() == second.finding.message
    assert not view.hasFocus()


def test_quick_fix_on_the_canvas_opens_the_findings_and_enter_makes_the_fix(broken: WindowDriver) -> None:
    found = next(found for found in broken.workspace.controller.judged if found.finding.fix is not None)
    broken.click_row("Problems", found.finding.message)
    broken.workspace.focus_canvas()
    broken.press("Ctrl+.")
    assert broken.workspace.controller.undo_stack.count() == 0
    assert broken.workspace.canvas.furniture.popover.isVisible()
    broken.press("Return")
    assert broken.workspace.canvas.hasFocus()
    broken.wait_until(lambda: broken.workspace.controller.is_judged)
    assert broken.workspace.controller.undo_stack.count() == 1
    assert found.finding.message not in broken.rows("Problems")


def test_quick_fix_in_the_list_mends_the_current_row(broken: WindowDriver) -> None:
    found = broken.workspace.controller.judged[1]
    broken.click_row("Problems", found.finding.message)
    broken.press("Ctrl+.")
    assert found.finding.message not in broken.rows("Problems")
    assert broken.workspace.controller.undo_stack.count() == 1


def test_quick_fix_in_the_inspector_mends_the_field_that_has_the_keyboard(broken: WindowDriver) -> None:
    found = next(found for found in broken.workspace.controller.judged if found.finding.field == "ip")
    broken.click_row("Problems", found.finding.message, twice=True)
    broken.press("Ctrl+.")
    broken.wait_until(lambda: broken.workspace.controller.is_judged)
    assert broken.workspace.controller.undo_stack.count() == 1


def test_a_clean_design_says_what_would_be_here(app: WindowDriver) -> None:
    app.wait_until(lambda: app.workspace.controller.is_judged)
    assert app.shows("No problems. What cannot work in this design is listed here")


def test_the_headline_is_the_first_sentence() -> None:
    assert headline("One thing. Another thing.") == ("One thing", "Another thing.")
    assert headline("10.0.0.1 is taken") == ("10.0.0.1 is taken", "")


def test_a_hint_is_no_problem_and_is_named(seed: WindowDriver) -> None:
    assert [found.severity for found in seed.workspace.controller.judged] == [Severity.INFO]
    assert seed.shows("No problems · 1 hint")
    assert summary(0, 0, 0) == "No problems"
    assert summary(0, 1, 3) == "1 warning, no errors"
    assert summary(2, 1, 3) == "2 errors, 1 warning"


def test_a_fix_is_asked_for_again_before_it_is_applied(app: WindowDriver) -> None:
    app.workspace.files.open(example_folder() / "broken.cnd")
    app.wait_until(lambda: app.workspace.controller.is_judged)
    found = app.workspace.controller.judged[0]
    assert found.finding.fix is not None
    assert app.workspace.controller.fix(found)
    assert not app.workspace.controller.fix(found)
    assert app.shows("There is nothing to fix any more")
    assert app.workspace.controller.undo_stack.count() == 1


def test_fixing_all_leaves_hints_alone_and_no_error_that_has_a_safe_fix(broken: WindowDriver) -> None:
    hints = [found for found in broken.workspace.controller.judged if found.severity is Severity.INFO]
    assert hints
    with broken.answering(broken.press_button("Apply")):
        broken.click("Fix all that is safe")
    assert not broken.workspace.problems.safe_fixes()
    assert [found.rule.id for found in broken.workspace.controller.judged if found.severity is Severity.INFO]


def test_groups_are_remembered_and_folded_by_mouse_and_keys(broken: WindowDriver) -> None:
    broken.choose("Groups of problems", "By severity")
    assert broken.rows("Problems")[0] == "Errors"
    assert broken.workspace.settings.choice("group") == "By severity"
    count = len(broken.rows("Problems"))
    broken.click_row("Problems", "Errors")
    assert len(broken.rows("Problems")) == count - 4
    broken.press("Right")
    assert len(broken.rows("Problems")) == count
    broken.press("Down")
    broken.press("Left")
    view = broken.find("Problems", QListView)
    assert view.currentIndex().data() == "Errors", "Left goes from a row to its heading"
    broken.press("Left")
    assert len(broken.rows("Problems")) == count - 4
    broken.press("Space")
    assert len(broken.rows("Problems")) == count


def test_f8_opens_the_group_that_it_goes_into(broken: WindowDriver) -> None:
    broken.choose("Groups of problems", "By rule")
    heading = broken.rows("Problems")[0]
    broken.click_row("Problems", heading)
    broken.workspace.focus_canvas()
    broken.press("F8")
    view = broken.find("Problems", QListView)
    found = view.currentIndex().data(ROW)
    assert found.judged in broken.workspace.controller.judged
    assert found.message in broken.rows("Problems")


def test_a_heading_stands_for_its_whole_group(broken: WindowDriver) -> None:
    broken.choose("Groups of problems", "By severity")
    broken.click_row("Problems", "Errors")
    told: list[str] = []

    def look(dialog: QDialog) -> None:
        told.append(dialog.windowTitle())
        broken.press_button("Apply")(dialog)

    with broken.answering(look):
        broken.click("Fix 4…")
    assert told == ["Fix 4 problems"]
    assert not broken.workspace.problems.safe_fixes()
    assert broken.workspace.controller.undo_stack.count() == 1


def test_several_rows_are_chosen_fixed_and_copied(broken: WindowDriver) -> None:
    first, second = broken.workspace.controller.judged[:2]
    broken.click_row("Problems", first.finding.message)
    broken.press("Shift+Down")
    broken.press("Ctrl+C")
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines == [
        f"error {found.rule.id}: {found.finding.message} ({', '.join(found.order[2])})" for found in (first, second)
    ]
    with broken.answering(broken.press_button("Apply")):
        broken.press("Ctrl+.")
    assert first.finding.message not in broken.rows("Problems")
    assert second.finding.message not in broken.rows("Problems")
    assert len(broken.workspace.problems.safe_fixes()) == 2, "the others are as they were"
    broken.pick("Check", "Copy all problems")
    assert len(QGuiApplication.clipboard().text().splitlines()) == len(broken.workspace.controller.judged)


def test_all_of_one_rule_are_fixed_from_the_menu(app: WindowDriver) -> None:
    drawn = (
        design().host().network("nat0", "172.16.0.0/24", "172.17.0.1").network("nat1", "172.18.0.0/24", "172.19.0.1")
    )
    app.workspace.controller.adopt(drawn.topology)
    app.wait_until(lambda: app.workspace.controller.is_judged)
    same = [found for found in app.workspace.controller.judged if found.rule.id == "IPA002"]
    assert len(same) == 2
    app.click_row("Problems", same[0].finding.message)
    view = app.find("Problems", QListView)
    view.customContextMenuRequested.emit(view.visualRect(view.currentIndex()).center())
    menu = app.popup()
    with app.answering(app.press_button("Apply")):
        within(menu, "Fix all 2 of IPA002").trigger()
    assert not [found for found in app.workspace.controller.judged if found.rule.id == "IPA002"]
    assert app.workspace.controller.undo_stack.count() == 1


def test_the_link_in_the_explanation_goes_to_the_element(broken: WindowDriver) -> None:
    found = broken.workspace.controller.judged[0]
    broken.click_row("Problems", found.finding.message)
    broken.workspace.controller.select(())
    broken.find("Explanation", QTextBrowser).anchorClicked.emit(QUrl("go"))
    assert {key.element for key in broken.workspace.controller.selection} == {found.finding.elements[0]}


def test_a_design_is_checked_when_it_is_asked_for_or_only_for_errors(broken: WindowDriver) -> None:
    broken.pick("Check", "When to check", "When you ask for it")
    broken.workspace.canvas.place_from_palette("host")
    QTest.qWait(2 * DELAY_MS)
    assert broken.shows("Not checked yet")
    broken.press("F7")
    assert broken.shows("4 errors")
    broken.pick("Check", "When to check", "While you draw, only errors")
    assert {found.severity for found in broken.workspace.controller.judged} == {Severity.ERROR}
    assert "hidden" in broken.find("Counts of problems", QPushButton).text()
    assert broken.workspace.settings.check_mode is CheckMode.ERRORS
    broken.pick("Check", "When to check", "While you draw")
    assert broken.workspace.controller.hidden == ()


def test_nothing_moves_in_the_list_while_something_is_dragged(broken: WindowDriver) -> None:
    canvas, controller = broken.workspace.canvas, broken.workspace.controller
    rows = broken.rows("Problems")
    key = next(key for key in canvas.stage.scene.keys if key.element == "api01")
    at = canvas.local_rect(key).center()
    fix = controller.judged[0].finding.fix
    assert fix is not None
    controller.execute(fix)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    QTest.qWait(2 * DELAY_MS)
    assert broken.rows("Problems") == rows
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    broken.wait_until(lambda: broken.rows("Problems") == rows[1:])


def test_a_row_does_not_move_away_under_a_pressed_button(broken: WindowDriver) -> None:
    view = broken.find("Problems", QListView)
    rows, controller = broken.rows("Problems"), broken.workspace.controller
    at = view.visualRect(view.model().index(1, 0)).center()
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    controller.fix(controller.judged[0])
    assert broken.rows("Problems") == rows
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    broken.wait_until(lambda: broken.rows("Problems") == rows[1:])
    assert view.currentIndex().data() == rows[1]


def test_what_f8_goes_to_is_said_with_its_place_in_the_list(broken: WindowDriver) -> None:
    said: list[str] = []
    broken.workspace.canvas.announced.connect(lambda text, _: said.append(text))
    broken.workspace.focus_canvas()
    broken.press("F8")
    broken.press("Shift+F8")
    first, last = broken.workspace.controller.judged[0], broken.workspace.controller.judged[-1]
    assert f"Problem 1 of 5: {first.finding.message}" in said
    assert f"Problem 5 of 5: {last.finding.message}" in said


def test_in_a_low_panel_the_explanation_stands_beside_the_list_however_narrow(broken: WindowDriver) -> None:
    problems = broken.workspace.problems
    page, rows = broken.find("Explanation", QTextBrowser), broken.find("Problems", QListView)
    for width, height, is_beside in ((480, 200, True), (480, 600, False), (900, 600, True)):
        problems.setParent(None)
        problems.resize(width, height)
        problems.show()
        QApplication.processEvents()
        left = rows.mapTo(problems, rows.rect().topRight()).x()
        assert (page.mapTo(problems, page.rect().topLeft()).x() >= left) is is_beside
    broken.window.panels.set_content(Panel.PROBLEMS, problems)


def test_the_preview_of_fixes_is_as_tall_as_they_are(broken: WindowDriver) -> None:
    heights: list[int] = []

    def look(dialog: QDialog) -> None:
        page = broken.find("What changes", QTextBrowser, dialog)
        assert not page.verticalScrollBar().isVisible()
        heights.append(dialog.height())
        dialog.reject()

    with broken.answering(look):
        broken.click("Fix all that is safe")
    found = broken.workspace.controller.judged
    broken.workspace.controller.fix(found[0])
    broken.workspace.controller.judge_now()
    with broken.answering(look):
        broken.click("Fix all that is safe")
    assert heights[1] < heights[0] < 400
