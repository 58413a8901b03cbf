"""The problems panel: what is wrong, where, why, and a way out of it."""

from __future__ import annotations

from functools import reduce
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from designer import api
from designer.model.changes import ChangeSet
from designer.model.realisation import PartKey
from designer.model.releases import RELEASES
from designer.rules.registry import FixClass, Severity
from designer.ui.docks.problem_list import JUDGED, TEXT_LEFT, ProblemModel, ProblemPainter, SortBy
from designer.ui.naming import named
from designer.ui.symbols import line_icon

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from designer.drawing.theme import Theme
    from designer.rules.registry import Judged, Rule
    from designer.ui.document_controller import DocumentController

ROOM_FOR_ALL = 460
"""From this width in pixels on, a row has a button for what a double click does too."""
FIX_ALL_TIP = "Apply every quick fix that needs no decision, as one step that can be undone"

_FILTERS: dict[str, frozenset[Severity]] = {
    "All problems": frozenset(Severity),
    "Errors": frozenset({Severity.ERROR}),
    "Errors and warnings": frozenset({Severity.ERROR, Severity.WARNING}),
}
_FIX_WORDS = {
    FixClass.QUICK: "The quick fix is safe.",
    FixClass.SCRIPT: "A step on the host can mend it, after your consent.",
    FixClass.MANUAL: "You decide how to mend it.",
    FixClass.NONE: "Nothing has to be done.",
}


class Problems(QWidget):
    """Findings with filter, order, fixes and explanations."""

    jump_wanted = Signal(object, str)
    """PartKey and field that a finding is about."""
    counted = Signal(int, int, int)
    """Errors, warnings and remarks."""

    def __init__(self, controller: DocumentController, theme: Theme) -> None:
        super().__init__()
        self._controller, self._theme = controller, theme
        self._model = ProblemModel(self)
        self.list = named(QListView(), "Problems")
        self.list.setModel(self._model)
        self._painter = ProblemPainter(theme, self.list)
        self.list.setItemDelegate(self._painter)
        self.list.setMouseTracking(True)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._filter = named(QLineEdit(placeholderText="Filter"), "Filter problems")
        self._severity = named(QComboBox(), "Which problems are shown")
        self._severity.addItems(list(_FILTERS))
        self._order = named(QComboBox(), "Order of the problems")
        self._order.addItems([order.value for order in SortBy])
        for box in (self._severity, self._order):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(6)
        self._fix_all = named(QPushButton("Fix all safe"), "Fix all that is safe", FIX_ALL_TIP)
        self._empty = named(QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter), "State", role="muted")
        self._page = named(QTextBrowser(), "Explanation")
        self._page.setOpenExternalLinks(False)
        self._page.setMinimumWidth(240)
        self._beside = QWidget()
        self._explained: Rule | None = None
        self._build()
        self._connect()
        self._show(controller.judged)

    def begin(self) -> None:
        """Put the keyboard into the list, or into the filter while the list is empty."""
        (self._filter if self.list.isHidden() else self.list).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def safe_fixes(self) -> list[Judged]:
        """Return the findings with a fix that needs no decision; hints are advice and are left alone."""
        return [found for found in self._controller.judged if api.is_safe(found)]

    def fix_at_hand(self) -> Judged | None:
        """Return the finding that “Quick fix” would mend: the current row, else one of the selection."""
        current = self._current()
        if self.list.hasFocus() and current is not None:
            return current if current.finding.fix is not None else None
        chosen = {key.element for key in self._controller.selection}
        for found in self._controller.judged:
            if found.finding.fix is not None and chosen & set(found.finding.elements):
                return found
        return current if current is not None and current.finding.fix is not None else None

    def finding_at_hand(self) -> Judged | None:
        """Return the finding that “Explain” would explain: the current row, else the first of the selection."""
        current = self._current()
        if self.list.hasFocus() and current is not None:
            return current
        chosen = {key.element for key in self._controller.selection}
        return next((found for found in self._controller.judged if chosen & set(found.finding.elements)), current)

    def fix_here(self) -> None:
        """Apply the quick fix at hand."""
        found = self.fix_at_hand()
        if found is not None:
            self._controller.fix(found)

    def fix_all(self) -> None:
        """Apply all safe fixes as one step, and those that become possible by them."""
        self._execute(api.fix(self._controller.topology).fixed)

    def _execute(self, fixed: Sequence[Judged]) -> None:
        """Make one step of fixes that were tried one after the other."""
        fixes = [found.finding.fix for found in fixed if found.finding.fix is not None]
        if not fixes:
            self._controller.refused.emit("There is nothing left to fix.")
            return
        label = fixes[0].label if len(fixes) == 1 else f"Fix {len(fixes)} problems"
        edits = reduce(ChangeSet.then, fixes).edits
        if self._controller.execute(ChangeSet(label, edits)):
            self._controller.judge_now()

    def walk(self, step: int) -> None:
        """Go to the next or previous finding, around the end, and to what it is about."""
        rows = self._model.rowCount()
        if rows:
            current = self.list.currentIndex()
            row = (current.row() + step) % rows if current.isValid() else (0 if step > 0 else rows - 1)
            self.list.setCurrentIndex(self._model.index(row))
            self._jump(self._model.index(row))

    def explain(self, judged: Judged) -> None:
        """Show the page of a finding's rule beside the list."""
        self._explained = judged.rule
        self._page.setHtml(_page_of(judged.rule, self._theme))
        self._beside.show()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._theme = theme
        self._painter.theme = theme
        if self._explained is not None:
            self._page.setHtml(_page_of(self._explained, theme))
        self.list.viewport().update()

    def _build(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 8, 12, 4)
        bar.setSpacing(8)
        bar.addWidget(self._filter, 2)
        bar.addWidget(self._severity, 1)
        bar.addWidget(self._order, 1)
        bar.addWidget(self._fix_all)
        self._fix_all.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._filter.setMinimumWidth(60)
        split = QSplitter(Qt.Orientation.Horizontal)
        column = QWidget()
        rows = QVBoxLayout(column)
        rows.setContentsMargins(0, 0, 0, 0)
        self._empty.setContentsMargins(24, 0, 24, 0)
        rows.addWidget(self._empty, 1)
        rows.addWidget(self.list, 1)
        split.addWidget(column)
        split.addWidget(self._beside)
        split.setChildrenCollapsible(False)
        self._build_page()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(split, 1)

    def _build_page(self) -> None:
        close = named(QToolButton(), "Close the explanation", "Close the explanation")
        close.setIcon(line_icon("close", self._theme))
        close.clicked.connect(self._beside.hide)
        columns = QHBoxLayout(self._beside)
        columns.setContentsMargins(0, 0, 4, 4)
        columns.setSpacing(0)
        columns.addWidget(self._page, 1)
        columns.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._page.setProperty("plain", True)
        self._beside.hide()

    def _connect(self) -> None:
        self._controller.judged_changed.connect(self._show)
        self._controller.document_opened.connect(self._forget)
        self._filter.textChanged.connect(lambda _: self._narrow())
        self._severity.currentTextChanged.connect(lambda _: self._narrow())
        self._order.currentTextChanged.connect(lambda text: self._rearrange(SortBy(text)))
        self._fix_all.clicked.connect(self.fix_all)
        self.list.activated.connect(self._jump)
        self.list.clicked.connect(self._select)
        self.list.customContextMenuRequested.connect(self._open_menu)
        self.list.selectionModel().currentChanged.connect(lambda index, _: self._open_row(index))

    def _forget(self) -> None:
        self._beside.hide()
        self._explained = None
        self._show(())

    def _show(self, judged: tuple[Judged, ...]) -> None:
        current, had_focus = self._current(), self.list.hasFocus()
        self._model.show_findings(judged, self._controller.topology)
        self._restore(current, had_focus=had_focus)
        numbers = [sum(found.severity is severity for found in judged) for severity in Severity]
        self.counted.emit(*numbers)
        self._fix_all.setEnabled(bool(self.safe_fixes()))

    def _narrow(self) -> None:
        current = self._current()
        self._model.filter(self._filter.text(), _FILTERS[self._severity.currentText()])
        self._restore(current, had_focus=False)

    def _rearrange(self, order: SortBy) -> None:
        current = self._current()
        self._model.sort_by(order)
        self._restore(current, had_focus=False)

    def _restore(self, current: Judged | None, *, had_focus: bool) -> None:
        row = self._model.row_of(current)
        if row < 0 and had_focus and self._model.rowCount():
            row = 0
        self.list.setCurrentIndex(self._model.index(row) if row >= 0 else QModelIndex())
        self._open_row(self.list.currentIndex())
        empty = self._model.rowCount() == 0
        self.list.setHidden(empty)
        self._empty.setVisible(empty)
        filtered = bool(self._controller.judged)
        self._empty.setText(
            "Nothing fits the filter."
            if filtered
            else "No problems. What cannot work in this design is listed here, with the reason and a way out."
        )

    def _current(self) -> Judged | None:
        index = self.list.currentIndex()
        found: Judged | None = index.data(JUDGED) if index.isValid() else None
        return found

    def _open_row(self, index: QModelIndex) -> None:
        """Give the current row its buttons."""
        previous = self._painter.open_row
        self._painter.open_row = index.row() if index.isValid() else -1
        for row in {previous, self._painter.open_row} - {-1}:
            place = self._model.index(row)
            if place.isValid():
                self.list.setIndexWidget(place, None)  # type: ignore[arg-type]  # Qt takes none to remove a widget
                self._painter.sizeHintChanged.emit(place)
        if index.isValid():
            self.list.setIndexWidget(index, self._buttons(index.data(JUDGED)))
            self.list.scrollTo(index)

    def _buttons(self, judged: Judged) -> QWidget:
        row = QWidget()
        row.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, on=False)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(8 + TEXT_LEFT, 46, 16, 8)
        layout.setSpacing(8)
        choices: list[tuple[str, Callable[[], object]]] = [("Explain", lambda: self.explain(judged))]
        if judged.finding.fix is not None:
            choices.insert(0, (judged.finding.fix.label, lambda: self._controller.fix(judged)))
        if self.list.viewport().width() >= ROOM_FOR_ALL:
            choices.append(("Go to", lambda: self._jump_to(judged)))
        for text, run in choices:
            button = named(QPushButton(text), text)
            button.clicked.connect(run)
            layout.addWidget(button)
        layout.addStretch(1)
        return row

    def _open_menu(self, at: QPoint) -> None:
        index = self.list.indexAt(at)
        if not index.isValid():
            return
        judged: Judged = index.data(JUDGED)
        menu = QMenu(self)
        menu.addAction("&Go to", lambda: self._jump_to(judged))
        menu.addAction("&Explain", lambda: self.explain(judged))
        if judged.finding.fix is not None:
            menu.addAction(judged.finding.fix.label, lambda: self._controller.fix(judged))
        same = [found for found in self.safe_fixes() if found.rule is judged.rule]
        if len(same) > 1:
            menu.addAction(f"Fix all {len(same)} of {judged.rule.id}", lambda: self._fix_rule(judged.rule))
        menu.addAction("&Copy", lambda: self._copy(judged))
        menu.popup(self.list.viewport().mapToGlobal(at))

    def _select(self, index: QModelIndex) -> None:
        judged: Judged = index.data(JUDGED)
        self._controller.select(
            PartKey(element) for element in judged.finding.elements[:1] if element in self._controller.topology
        )

    def _jump(self, index: QModelIndex) -> None:
        self._jump_to(index.data(JUDGED))

    def _jump_to(self, judged: Judged) -> None:
        if judged.finding.elements and judged.finding.elements[0] in self._controller.topology:
            self.jump_wanted.emit(PartKey(judged.finding.elements[0]), judged.finding.field)

    def _fix_rule(self, rule: Rule) -> None:
        self._execute(api.fix(self._controller.topology, [rule.id]).fixed)

    def _copy(self, judged: Judged) -> None:
        names = self._model.elements(judged)
        text = f"{judged.severity.value} {judged.rule.id}: {judged.finding.message} ({names})"
        QGuiApplication.clipboard().setText(text)


def _page_of(rule: Rule, theme: Theme) -> str:
    muted = f"color:{theme.muted}"
    releases = ", ".join(RELEASES[release].title for release in rule.os) or "all releases"
    sources = "".join(f"<li>{escape(source)}</li>" for source in rule.sources)
    return (
        f"<p><span style='font-size:13px; font-weight:600'>{escape(rule.title)}</span><br>"
        f"<span style='{muted}'>{rule.id} · {rule.severity.value} · {escape(releases)}</span></p>"
        f"<p>{escape(_capital(rule.why))}</p>"
        f"<p><span style='{muted}'>Cannot work</span><br>{escape(_capital(rule.bad))}</p>"
        f"<p><span style='{muted}'>Works</span><br>{escape(_capital(rule.good))}</p>"
        f"<p style='{muted}'>{_FIX_WORDS[rule.fix_class]}</p>"
        f"<p style='{muted}'>Sources</p><ul style='{muted}'>{sources}</ul>"
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
