from __future__ import annotations

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QLineEdit, QListView, QMenu, QTextBrowser

from designer.resources import example_folder
from designer.rules.registry import Severity
from designer.ui.docks.problem_painter import headline
from designer.ui.header import summary
from designer.ui.panels import Panel
from tests.ui.drivers import WindowDriver

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
