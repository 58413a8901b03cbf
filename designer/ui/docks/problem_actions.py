"""What can be done about problems, wherever they are shown: fix, suppress, bring back, agree to a step, copy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from designer import api
from designer.errors import DesignerError
from designer.model.annotations import Suppression
from designer.model.changes import ChangeSet
from designer.rules.consenting import consent, host_of_finding
from designer.rules.design import label
from designer.rules.suppressing import Scope, about, suppress_all, unsuppress_all
from designer.ui.dialogs.fix_preview import FixPreview
from designer.ui.dialogs.message import ask
from designer.ui.dialogs.suppress import SuppressDialog, Where
from designer.ui.docks.problem_page import as_text
from designer.ui.settings import CheckMode

if TYPE_CHECKING:
    from designer.drawing.theme import Theme
    from designer.rules.registry import Judged
    from designer.ui.docks.problem_rows import Problem
    from designer.ui.document_controller import DocumentController
    from designer.ui.settings import Settings

ADD_STEP, CANCEL = "Add the step", "Cancel"
READ_ONLY = "This design was written by a newer version and can only be looked at here."


class ProblemActions(QObject):
    """Does to problems what people choose; dialogs stand over the widget that is given."""

    def __init__(self, controller: DocumentController, settings: Settings, theme: Theme, over: QWidget) -> None:
        super().__init__(over)
        self._controller, self._settings, self._over = controller, settings, over
        self.theme = theme
        self.apply_settings()

    # ---- fixes

    def safe_fixes(self) -> list[Judged]:
        """Return the findings with a fix that needs no decision; hints are advice and are left alone."""
        return [found for found in self._controller.judged if api.is_safe(found)]

    def fix(self, judged: Judged) -> None:
        """Apply the fix of one finding."""
        self._controller.fix(judged)

    def fix_all_safe(self) -> None:
        """Apply all safe fixes as one step, and those that become possible by them, after a look at them."""
        self._execute(api.fix(self._controller.topology).fixed)

    def fix_rule(self, rule: str) -> None:
        """Apply the safe fixes of one rule as one step, after a look at them."""
        self._execute(api.fix(self._controller.topology, [rule]).fixed)

    def fix_chosen(self, judged: Sequence[Judged]) -> None:
        """Apply the fixes of some findings as one step, after a look at them."""
        if len(judged) == 1:
            self.fix(judged[0])
            return
        self._execute(api.fix(self._controller.topology, chosen=[about(found) for found in judged]).fixed)

    def _execute(self, fixed: Sequence[Judged]) -> None:
        """Make one step of fixes that were tried one after the other, if that is what people want."""
        fixes = [found.finding.fix for found in fixed if found.finding.fix is not None]
        if not fixes:
            self._controller.refused.emit("There is nothing that can be fixed safely; nothing was changed.")
            return
        dialog = FixPreview(self._over.window(), self._controller.topology, fixed, self.theme)
        wanted = bool(dialog.exec())
        dialog.deleteLater()
        if not wanted:
            return
        text = fixes[0].label if len(fixes) == 1 else f"Fix {len(fixes)} problems"
        if self._controller.execute(ChangeSet(text, reduce(ChangeSet.then, fixes).edits)):
            self._controller.judge_now()

    # ---- suppressing

    def suppress(self, judged: Sequence[Judged]) -> None:
        """Ask why and how far, and take findings out of the list."""
        if not judged:
            return
        if self._controller.is_read_only:
            self._controller.refused.emit(READ_ONLY)
            return
        topology = self._controller.topology
        elements = dict.fromkeys(element for found in judged for element in found.finding.elements)
        names = ", ".join(label(topology, element) for element in elements)
        dialog = SuppressDialog(self._over.window(), judged, names)
        wanted = bool(dialog.exec())
        dialog.deleteLater()
        if not wanted:
            return
        if dialog.where is Where.COMPUTER:
            self._ignore(self._settings.ignored_rules | {found.rule.id for found in judged})
            return
        scope: Scope = "rule" if dialog.where is Where.RULE else "finding"
        try:
            change = suppress_all(topology, judged, dialog.reason, scope, dialog.author)
        except DesignerError as error:
            self._controller.refused.emit(str(error))
            return
        self._change(change)

    def bring_back(self, suppressions: Iterable[Suppression]) -> None:
        """Remove suppressions, whether their findings are still there or not."""
        found = list(dict.fromkeys(suppressions))
        if found:
            self._change(unsuppress_all(self._controller.topology, found))

    def remove_stale(self) -> None:
        """Remove all suppressions whose finding is gone."""
        self.bring_back(self._controller.sifted.stale)

    def show_rule_again(self, rule: str) -> None:
        """Show what a rule finds on this computer again."""
        self._ignore(self._settings.ignored_rules - {rule})

    def show_all_again(self) -> None:
        """Show on this computer what all rules find."""
        self._ignore(frozenset())

    def _ignore(self, rules: frozenset[str]) -> None:
        self._settings.ignored_rules = rules
        self.apply_settings()

    def apply_settings(self) -> None:
        """Check and show as the settings say."""
        mode = self._settings.check_mode
        self._controller.hide(self._settings.ignored_rules, only_errors=mode is CheckMode.ERRORS)
        self._controller.judge_by_itself(is_live=mode is not CheckMode.ON_DEMAND)

    # ---- steps of the script

    def agree(self, judged: Judged) -> None:
        """Ask whether the script of the host may run the step that mends a finding."""
        host = host_of_finding(self._controller.topology, judged.finding.elements)
        name = host.name if host is not None else "the host"
        step = judged.finding.script_step
        text = (
            f"{judged.finding.message}\n\nThe script that is exported for {name} will do this when it runs"
            f"{f':{chr(10)}{chr(10)}{step}' if step else '.'}\n\n"
            "The design keeps that you agreed, and you can take the step out again."
        )
        if ask(self._over.window(), f"Let the script of {name} do this?", text, (ADD_STEP, CANCEL)) == ADD_STEP:
            self._change(consent(self._controller.topology, judged))

    def take_step_out(self, judged: Judged) -> None:
        """Take the step that mends a finding out of the script of the host."""
        self._change(consent(self._controller.topology, judged, given=False))

    # ---- copying

    @staticmethod
    def copy(problems: Iterable[Problem]) -> None:
        """Put problems on the clipboard as text."""
        QGuiApplication.clipboard().setText(as_text(problems))

    def _change(self, change: ChangeSet) -> None:
        if self._controller.execute(change):
            self._controller.judge_now()
