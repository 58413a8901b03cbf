"""The menus of the problems panel: of what is chosen, and of the list as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from designer.rules.registry import RULES
from designer.ui.docks.problem_rows import SortBy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtWidgets import QWidget

    from designer.ui.docks.problem_actions import ProblemActions
    from designer.ui.docks.problem_details import Choice
    from designer.ui.docks.problem_rows import Problem
    from designer.ui.document_controller import DocumentController
    from designer.ui.settings import Settings


def menu_of_chosen(
    parent: QWidget,
    acting: ProblemActions,
    chosen: Sequence[Problem],
    choices: Iterable[Choice],
    go: Callable[[], object],
    explain: Callable[[], object],
) -> QMenu:
    """Return what can be done about what is chosen."""
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    for choice in choices:
        action = menu.addAction(choice.text.replace("&", "&&"), choice.run)
        action.setToolTip(choice.tip or choice.text)
    if len(chosen) == 1:
        menu.addAction("&Go to", go)
        menu.addAction("&Explain", explain)
    rules = {found.rule for found in chosen}
    same = [found for found in acting.safe_fixes() if found.rule.id in rules]
    if len(rules) == 1 and len(same) > 1:
        rule = same[0].rule.id
        menu.addAction(f"Fix all {len(same)} of {rule}…", lambda: acting.fix_rule(rule))
    menu.addSeparator()
    menu.addAction("&Copy", lambda: acting.copy(chosen))
    return menu


def menu_of_list(
    parent: QWidget,
    acting: ProblemActions,
    controller: DocumentController,
    settings: Settings,
    sort: SortBy,
    choose_sort: Callable[[SortBy], object],
    copy_all: Callable[[], object],
) -> QMenu:
    """Return what concerns the list as a whole."""
    menu = QMenu(parent)
    order = menu.addMenu("&Order")
    for each in SortBy:
        action = order.addAction(each.value)
        action.triggered.connect(lambda _=False, each=each: choose_sort(each))
        action.setCheckable(True)
        action.setChecked(each is sort)
    menu.addAction("&Copy all", copy_all)
    menu.addSeparator()
    stale = len(controller.sifted.stale)
    remove = menu.addAction(f"Remove {stale or 'all'} stale &suppressions", acting.remove_stale)
    remove.setEnabled(bool(stale))
    ignored = menu.addMenu("&Hidden on this computer")
    ignored.setEnabled(bool(settings.ignored_rules))
    for rule in sorted(settings.ignored_rules):
        title = f" {RULES[rule].title}" if rule in RULES else ""
        again = ignored.addAction(f"Show {rule}{title} again".replace("&", "&&"))
        again.triggered.connect(lambda _=False, rule=rule: acting.show_rule_again(rule))
    ignored.addSeparator()
    ignored.addAction("Show &all again", acting.show_all_again)
    return menu
