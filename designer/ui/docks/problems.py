"""The problems panel: what is wrong, where, why, and a way out of it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from designer import api
from designer.model.realisation import PartKey
from designer.rules.consenting import can_consent, is_consented
from designer.rules.registry import Severity
from designer.ui.docks.problem_actions import ProblemActions
from designer.ui.docks.problem_details import Choice, ProblemDetails
from designer.ui.docks.problem_list import ROW, ProblemModel
from designer.ui.docks.problem_menus import menu_of_chosen, menu_of_list
from designer.ui.docks.problem_page import page
from designer.ui.docks.problem_rows import GroupBy, Heading, Problem, SortBy
from designer.ui.docks.problem_view import ProblemView
from designer.ui.inspector.change_preview import preview_text
from designer.ui.naming import named
from designer.ui.rule_page import rule_page
from designer.ui.symbols import line_icon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from designer.drawing.theme import Theme
    from designer.rules.registry import Judged
    from designer.ui.document_controller import DocumentController
    from designer.ui.settings import Settings

BESIDE_FROM = 560
"""From this width in pixels on, the explanation stands beside the list, and all that narrows it in one line."""
LOW = 320
"""Below this height the explanation stands beside the list too: below it neither would have room."""
PRESSED_MS = 40
"""How often it is looked whether rows may move again."""
FIX_ALL_TIP = "Apply every quick fix that needs no decision, as one step that can be undone"
ASK = "Choose a problem to see why it is one, and what its fix changes."

_FILTERS: dict[str, frozenset[Severity]] = {
    "All problems": frozenset(Severity),
    "Errors": frozenset({Severity.ERROR}),
    "Errors and warnings": frozenset({Severity.ERROR, Severity.WARNING}),
    "Warnings": frozenset({Severity.WARNING}),
    "Hints": frozenset({Severity.INFO}),
}


class Problems(QWidget):
    """Findings with filter, groups, order, fixes and explanations.

    Attributes:
        acting: does to problems what people choose.
    """

    jump_wanted = Signal(object, str)
    """PartKey and field that a finding is about."""
    announced = Signal(str)
    """What a screen reader says."""

    def __init__(self, controller: DocumentController, settings: Settings, theme: Theme) -> None:
        super().__init__()
        self._controller, self._settings, self._theme = controller, settings, theme
        self.acting = ProblemActions(controller, settings, theme, self)
        self._model = ProblemModel(self)
        self.list = named(ProblemView(self._model, theme), "Problems")
        self._details = ProblemDetails(theme)
        self._filter = named(QLineEdit(placeholderText="Filter", clearButtonEnabled=True), "Filter problems")
        self._severity = named(QComboBox(), "Which problems are shown")
        self._severity.addItems(list(_FILTERS))
        self._group = named(QComboBox(), "Groups of problems")
        self._group.addItems([group.value for group in GroupBy])
        self._counts = named(QToolButton(), "Show suppressed")
        self._counts.setCheckable(True)
        self._counts.setProperty("framed", True)
        self._more = named(QToolButton(), "More about the list", "Order, copy, what is suppressed or hidden")
        self._fix_all = named(QPushButton("Fix all safe"), "Fix all that is safe", FIX_ALL_TIP)
        self._empty = named(QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter), "State", role="muted")
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._bar, self._second_bar = QHBoxLayout(), QHBoxLayout()
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(PRESSED_MS)
        self._late.timeout.connect(self._show)
        self._build()
        self._recall()
        self._connect()
        self._show()

    # ---- what actions ask and do

    def begin(self) -> None:
        """Put the keyboard into the list, or into the filter while the list is empty."""
        (self._filter if self.list.isHidden() else self.list).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def safe_fixes(self) -> list[Judged]:
        """Return the findings that “Fix all safe” would begin with."""
        return self.acting.safe_fixes()

    def has_safe_fix(self) -> bool:
        """Whether “Fix all safe” has something to do."""
        return any(api.is_safe(found) for found in self._controller.judged)

    def fix_all(self) -> None:
        """Apply all safe fixes as one step."""
        self.acting.fix_all_safe()

    def fix_at_hand(self) -> Judged | None:
        """Return the finding that “Quick fix” would mend: the current row, else one of the selection."""
        return self._at_hand(lambda found: found.finding.fix is not None)

    def finding_at_hand(self) -> Judged | None:
        """Return the finding that “Explain” would explain: the current row, else the first of the selection."""
        return self._at_hand(lambda _: True)

    def fix_here(self) -> None:
        """Apply the quick fix at hand; of several chosen rows all of them."""
        chosen = [found.judged for found in self.list.chosen() if found.is_active and found.judged is not None]
        if self.list.hasFocus() and len(chosen) > 1:
            self.acting.fix_chosen(chosen)
            return
        found = self.fix_at_hand()
        if found is not None:
            self.acting.fix(found)

    def suppress_here(self) -> None:
        """Suppress what is chosen; bring back what is suppressed and remove what is stale."""
        chosen = self.list.chosen() if self.list.hasFocus() else []
        if chosen and not any(found.is_active for found in chosen):
            self.acting.bring_back(found.suppression for found in chosen if found.suppression is not None)
            return
        judged = [found.judged for found in chosen if found.is_active and found.judged is not None]
        at_hand = self.finding_at_hand()
        self.acting.suppress(judged or ([at_hand] if at_hand is not None else []))

    def copy_all(self) -> None:
        """Put all problems that fit the filter on the clipboard as text."""
        self.acting.copy(self._model.problems())

    def walk(self, step: int) -> None:
        """Go to the next or previous problem, around the end, and to what it is about."""
        problems = [found for found in self._model.problems() if found.is_active]
        if not problems:
            return
        current = self.list.current()
        here = problems.index(current) if isinstance(current, Problem) and current in problems else None
        start = -1 if step > 0 else len(problems)
        number = ((here if here is not None else start) + step) % len(problems)
        self._go_to(problems[number])
        self._jump_to(problems[number])
        self.announced.emit(f"Problem {number + 1} of {len(problems)}: {problems[number].message}")

    def explain(self, judged: Judged) -> None:
        """Show why a finding is one, beside the list."""
        self._settings.choose("details", "")
        found = next((row for row in self._model.problems() if row.judged is judged), None)
        if found is not None and self.list.current() is not found:
            self._go_to(found)
        self._follow_choice()
        if found is None:
            self._details.show_page(rule_page(judged.rule, self._theme), ())
        self._details.setVisible(True)
        self._details.show_why()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._theme = self.acting.theme = theme
        self.list.set_theme(theme)
        self._details.set_theme(theme)
        self._more.setIcon(line_icon("more", theme))
        self._follow_choice()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the explanation where there is room for it."""
        super().resizeEvent(event)
        wide = self.width() >= BESIDE_FROM
        beside = wide or self.height() < LOW
        self._split.setOrientation(Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical)
        if wide != self._is_wide:
            self._place(wide=wide)

    # ---- building

    def _build(self) -> None:
        for box in (self._severity, self._group):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(6)
        self._fix_all.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._filter.setMinimumWidth(60)
        self._more.setIcon(line_icon("more", self._theme))
        column = QWidget()
        rows = QVBoxLayout(column)
        rows.setContentsMargins(0, 0, 0, 0)
        self._empty.setContentsMargins(24, 0, 24, 0)
        rows.addWidget(self._empty, 1)
        rows.addWidget(self.list, 1)
        self._split.addWidget(column)
        self._split.addWidget(self._details)
        self._split.setSizes([580, 420])
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        bars = QVBoxLayout()
        bars.setContentsMargins(12, 8, 12, 4)
        bars.setSpacing(6)
        for bar in (self._bar, self._second_bar):
            bar.setSpacing(8)
            bars.addLayout(bar)
        layout.addLayout(bars)
        layout.addWidget(self._split, 1)
        self._place(wide=True)

    def _place(self, *, wide: bool) -> None:
        """Put what narrows the list where there is room for it."""
        self._is_wide = wide
        narrowing = ((self._severity, 1), (self._group, 1), (self._counts, 0))
        ends: tuple[tuple[QWidget, int], ...] = ((self._fix_all, 0), (self._more, 0))
        first = ((self._filter, 2), *narrowing, *ends) if wide else ((self._filter, 1), *ends)
        for bar, widgets in ((self._bar, first), (self._second_bar, () if wide else narrowing)):
            for widget, share in widgets:
                bar.addWidget(widget, share)

    def _recall(self) -> None:
        """Show the list as it was arranged last."""
        group, sort = self._settings.choice("group"), self._settings.choice("sort")
        if group in {found.value for found in GroupBy}:
            self._group.setCurrentText(group)
            self._model.want(group=GroupBy(group))
        if sort in {found.value for found in SortBy}:
            self._model.want(sort=SortBy(sort))
        self._model.want(suppressed=self._settings.choice("suppressed") == "shown")
        self._counts.setChecked(self._model.wanted.suppressed)

    def _connect(self) -> None:
        self._controller.judged_changed.connect(lambda _: self._show())
        self._controller.document_opened.connect(self._forget)
        self._filter.textChanged.connect(lambda text: self._arrange(text=text))
        self._severity.currentTextChanged.connect(lambda text: self._arrange(severities=_FILTERS[text]))
        self._group.currentTextChanged.connect(self._choose_group)
        self._counts.toggled.connect(self._show_suppressed)
        self._more.clicked.connect(self._open_more)
        self._fix_all.clicked.connect(self.fix_all)
        self._details.closed.connect(self._close_details)
        self._details.followed.connect(lambda: self._activate(self.list.currentIndex()))
        self.list.activated.connect(self._activate)
        self.list.clicked.connect(lambda _: self._select())
        self.list.customContextMenuRequested.connect(self._open_menu)
        self.list.chosen_changed.connect(self._follow_choice)
        self.list.copy_wanted.connect(lambda: self.acting.copy(self.list.chosen()))
        self.list.suppress_wanted.connect(self.suppress_here)

    # ---- showing

    def _forget(self) -> None:
        self._model.want(folded=frozenset())
        self._show()

    def _show(self) -> None:
        if self.list.is_pressed:
            self._late.start()
            return
        controller = self._controller
        with self._place_kept():
            self._model.show_findings(controller.topology, controller.judged, controller.sifted)
        self._fix_all.setEnabled(self.has_safe_fix())
        self._show_counts()

    def _arrange(self, **changes: object) -> None:
        with self._place_kept():
            self._model.want(**changes)

    @contextmanager
    def _place_kept(self) -> Iterator[None]:
        """Keep what is chosen, and the keyboard, while rows come and go."""
        chosen, current = self.list.chosen(), self.list.current()
        had_focus = self.window().focusWidget() is self.list
        yield
        self.list.keep_place(chosen if isinstance(current, Problem) else (), current, had_focus=had_focus)
        is_empty = self._model.rowCount() == 0
        if is_empty and had_focus:
            self._filter.setFocus()
        self.list.setHidden(is_empty)
        self._empty.setVisible(is_empty)
        self._empty.setText(self._nothing())
        self._follow_choice()

    def _nothing(self) -> str:
        if self._controller.judged:
            return "Nothing fits the filter."
        left = self._left_out()
        if left:
            return f"No problems but what is left out: {left}."
        return "No problems. What cannot work in this design is listed here, with the reason and a way out."

    def _left_out(self) -> str:
        sifted, hidden = self._controller.sifted, len(self._controller.hidden)
        counts = ((len(sifted.suppressed), "suppressed"), (len(sifted.stale), "stale"), (hidden, "hidden"))
        return ", ".join(f"{number} {word}" for number, word in counts if number)

    def _show_counts(self) -> None:
        left = self._left_out()
        self._counts.setText(left)
        self._counts.setToolTip(
            "Show what is suppressed, and suppressions whose finding is gone"
            + ("; the menu beside shows again what is hidden on this computer" if self._controller.hidden else "")
        )
        self._counts.setVisible(bool(left))

    def _follow_choice(self) -> None:
        """Show the page of what is chosen, with its buttons."""
        current, chosen = self.list.current(), self.list.chosen()
        html = page(self._controller.topology, current, chosen, self._theme)
        self._details.show_page(html or f"<p style='color:{self._theme.muted}'>{ASK}</p>", self._choices(chosen))
        closed = self._settings.choice("details") == "closed"
        self._details.setVisible(not closed and self._model.rowCount() > 0)

    def _choices(self, chosen: list[Problem]) -> Iterator[Choice]:
        active = [found.judged for found in chosen if found.is_active and found.judged is not None]
        kept = [found.suppression for found in chosen if found.suppression is not None]
        fixable = [found for found in active if api.has_quick_fix(found)]
        if len(active) == len(chosen) == 1:
            yield from self._choices_for(active[0])
        elif fixable:
            yield Choice(f"Fix {len(fixable)}…", lambda: self.acting.fix_chosen(fixable))
        if active:
            text = "Suppress…" if len(active) == 1 else f"Suppress {len(active)}…"
            yield Choice(text, lambda: self.acting.suppress(active), "Live with it, and say why (Del)")
        if kept:
            gone = all(found.judged is None for found in chosen if found.suppression is not None)
            yield Choice("Remove" if gone else "Show again", lambda: self.acting.bring_back(kept))

    def _choices_for(self, judged: Judged) -> Iterator[Choice]:
        topology, fix = self._controller.topology, judged.finding.fix
        if fix is not None:
            tip = f"{fix.label}\n{preview_text(topology, fix)}"
            yield Choice(fix.label, lambda: self.acting.fix(judged), tip)
        if can_consent(topology, judged):
            yield Choice("Add step to the script…", lambda: self.acting.agree(judged))
        elif is_consented(topology, judged):
            yield Choice("Take the step out of the script", lambda: self.acting.take_step_out(judged))

    # ---- doing

    def _at_hand(self, fits: Callable[[Judged], bool]) -> Judged | None:
        row = self.list.current()
        current = row.judged if isinstance(row, Problem) and row.is_active else None
        current = current if current is not None and fits(current) else None
        if self.list.hasFocus() and row is not None:
            return current
        chosen = {key.element for key in self._controller.selection}
        if not chosen:
            return current
        judged = self._controller.judged
        about = (found for found in judged if not chosen.isdisjoint(found.finding.elements) and fits(found))
        return next(about, current)

    def _go_to(self, problem: Problem) -> None:
        """Make a problem the current row, in an open group."""
        if self._model.row_of(problem) < 0:
            for row in self._model.rows():
                if isinstance(row, Heading) and problem in row.members:
                    self._model.fold(row.key, folded=False)
                    break
        self.list.go_to(self._model.row_of(problem))

    def _key_of(self, problem: Problem) -> PartKey | None:
        found = problem.elements[:1]
        return PartKey(found[0]) if found and found[0] in self._controller.topology else None

    def _select(self) -> None:
        keys = [self._key_of(found) for found in self.list.chosen() if isinstance(self.list.current(), Problem)]
        if any(keys):
            self._controller.select(key for key in keys if key is not None)

    def _activate(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if isinstance(row, Problem):
            self._jump_to(row)

    def _jump_to(self, problem: Problem) -> None:
        key = self._key_of(problem)
        if key is not None:
            self.jump_wanted.emit(key, problem.judged.finding.field if problem.judged is not None else "")

    def _choose_group(self, text: str) -> None:
        self._settings.choose("group", text)
        self._arrange(group=GroupBy(text))

    def _choose_sort(self, sort: SortBy) -> None:
        self._settings.choose("sort", sort.value)
        self._arrange(sort=sort)

    def _show_suppressed(self, shown: bool) -> None:  # a slot
        self._settings.choose("suppressed", "shown" if shown else "")
        self._arrange(suppressed=shown)

    def _close_details(self) -> None:
        self._settings.choose("details", "closed")
        self._details.hide()

    def _open_menu(self, at: QPoint) -> None:
        chosen = self.list.chosen()
        judged = chosen[0].judged if chosen else None
        explain = lambda: self.explain(judged) if judged is not None else None  # noqa: E731 - short
        if chosen:
            go = lambda: self._jump_to(chosen[0])  # noqa: E731 - short
            menu = menu_of_chosen(self, self.acting, chosen, self._choices(chosen), go, explain)
            self._pop_up(menu, self.list.viewport().mapToGlobal(at))

    def _open_more(self) -> None:
        menu = menu_of_list(
            self,
            self.acting,
            self._controller,
            self._settings,
            self._model.wanted.sort,
            self._choose_sort,
            self.copy_all,
        )
        self._pop_up(menu, self._more.mapToGlobal(QPoint(0, self._more.height())))

    @staticmethod
    def _pop_up(menu: QMenu, at: QPoint) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)
