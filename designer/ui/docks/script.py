"""The script of one host as it would be exported now; its lines and the drawing point at each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from designer.drawing.theme import Mark
from designer.errors import DesignerError
from designer.export.consent import Spoken
from designer.formats import FORMATS, ExportOptions, RenderedScript, export_host
from designer.model.base import Link
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.realisation import PartKey
from designer.rules.registry import Severity
from designer.ui.docks.script_text import ScriptText
from designer.ui.naming import named
from designer.ui.symbols import line_icon, mark_icon

if TYPE_CHECKING:
    from designer.drawing.theme import Theme
    from designer.rules.registry import Judged
    from designer.ui.document_controller import DocumentController

DELAY_MS = 250
"""The script is made again when the design has rested for this long and the panel can be seen."""

NO_HOST = "The script that sets up a host is shown here, line by line. Add a host first."
AT_WORK = "The script is being made."
SETUP, TEARDOWN = "Setup", "Teardown"
_ID = Qt.ItemDataRole.UserRole


class ScriptPreview(QWidget):
    """Host, kind of script, and the script; or the errors that are in its way."""

    jump_wanted = Signal(object, str)
    """PartKey and field of an error that is in the way."""

    def __init__(self, controller: DocumentController, theme: Theme) -> None:
        super().__init__()
        self._controller, self._theme = controller, theme
        self._script: RenderedScript | None = None
        self._forced = False
        self._host = named(QComboBox(), "Host of the script", "Which host the script is for")
        self._kind = named(QComboBox(), "Kind of script", "Setup makes what is drawn, teardown removes it")
        self._kind.addItems([SETUP, TEARDOWN])
        self._target = named(QComboBox(), "Format of the script")
        for name, exporter in FORMATS.items():
            self._target.addItem(exporter.title, name)
        for box in (self._host, self._kind, self._target):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(3)
        self._copy = named(QToolButton(), "Copy the script", "Copy the script")
        self._copy.setProperty("framed", True)
        self._copy.setIcon(line_icon("copy", theme))
        self.text = ScriptText(theme)
        self._message = named(QLabel(wordWrap=True), "Why there is no script", role="muted")
        self._blockers = named(QListWidget(), "What is in the way")
        self._message.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._blockers.setWordWrap(True)
        self._blockers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._blockers.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._anyway = named(QPushButton("Show the script anyway"), "Show the script anyway")
        self._stack = QStackedWidget()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._render)
        self._build()
        self._connect()
        self._list_hosts()
        self._show_message(NO_HOST, ())

    def begin(self) -> None:
        """Put the keyboard into the script, or to what stands in its place."""
        panes: tuple[QWidget, ...] = (self.text, self._blockers, self._message)
        next(pane for pane in panes if not pane.isHidden() and pane.isVisibleTo(self)).setFocus(
            Qt.FocusReason.ShortcutFocusReason
        )

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._theme = theme
        self._copy.setIcon(line_icon("copy", theme))
        self.text.set_theme(theme)
        self._render()

    def showEvent(self, event: QShowEvent) -> None:
        """Bring the script up to date when the panel is opened."""
        super().showEvent(event)
        self._timer.start(0)

    def _build(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(6)
        bar.addWidget(self._host, 3)
        bar.addWidget(self._kind, 3)
        bar.addWidget(self._target, 4)
        bar.addWidget(self._copy)
        blocked = QWidget()
        column = QVBoxLayout(blocked)
        column.setContentsMargins(2, 6, 2, 0)
        column.setSpacing(8)
        column.addWidget(self._message, 1)
        column.addWidget(self._blockers, 100)
        column.addWidget(self._anyway, 0, Qt.AlignmentFlag.AlignLeft)
        self._stack.addWidget(self.text)
        self._stack.addWidget(blocked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 12, 10)
        layout.setSpacing(8)
        layout.addLayout(bar)
        layout.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._controller.changed.connect(lambda _: self._later())
        self._controller.document_opened.connect(self._start_over)
        self._controller.judged_changed.connect(lambda _: self._timer.start(0))
        self._controller.selection_changed.connect(self._follow_selection)
        self._host.currentIndexChanged.connect(lambda _: self._timer.start(0))
        self._kind.currentIndexChanged.connect(lambda _: self._timer.start(0))
        self._target.currentIndexChanged.connect(lambda _: self._timer.start(0))
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
        self._anyway.clicked.connect(self._force)
        self.text.line_clicked.connect(self._select_element_of)
        self._blockers.itemActivated.connect(self._jump)
        self._blockers.itemClicked.connect(self._jump)

    def _later(self) -> None:
        self._timer.start(DELAY_MS)

    def _start_over(self) -> None:
        self._forced = False
        self._list_hosts()
        self._show_message(AT_WORK if self._host.count() else NO_HOST, ())
        self._later()

    def _force(self) -> None:
        self._forced = True
        self._render()

    def _list_hosts(self) -> None:
        hosts = sorted(self._controller.topology.of(Host), key=lambda host: (host.name, host.id))
        wanted = [(host.id, host.name) for host in hosts]
        shown = [(self._host.itemData(row), self._host.itemText(row)) for row in range(self._host.count())]
        if wanted == shown:
            return
        current = self._host.currentData()
        self._host.blockSignals(True)
        self._host.clear()
        for host_id, name in wanted:
            self._host.addItem(name, host_id)
        self._host.setCurrentIndex(max(0, self._host.findData(current)))
        self._host.blockSignals(False)

    def _render(self) -> None:
        self._timer.stop()
        if not self.isVisible() or self._controller.is_being_judged:  # the findings bring it up to date
            return
        self._list_hosts()
        host_id = self._host.currentData()
        for box in (self._host, self._kind, self._target):
            box.setEnabled(host_id is not None)
        self._copy.setEnabled(False)
        if host_id is None:
            self._show_message(NO_HOST, ())
            return
        errors = [found for found in self._controller.judged if found.severity is Severity.ERROR]
        if errors and not self._forced:
            self._show_errors(errors)
            return
        known = self._controller.judgement if self._controller.is_judged else None
        spoken = Spoken.of(self._controller.topology, known)
        told = self._controller.sifted if known is not None else None
        options = ExportOptions(teardown=self._kind.currentText() == TEARDOWN, spoken=spoken, sifted=told)
        target = self._target.currentData()
        try:
            self._script = export_host(self._controller.topology, host_id, target, options)
        except DesignerError as error:
            self._show_message(str(error), ())
            return
        self.text.show_script(self._script.text, FORMATS[target].language)
        self._stack.setCurrentIndex(0)
        self._copy.setEnabled(True)
        self._mark(scroll=False)

    def _show_errors(self, errors: list[Judged]) -> None:
        count = "1 error is" if len(errors) == 1 else f"{len(errors)} errors are"
        self._show_message(f"{count} in the way of a script that works:", errors)

    def _show_message(self, text: str, blockers: list[Judged] | tuple[()]) -> None:
        self._script = None
        self._message.setText(text)
        middle = Qt.AlignmentFlag.AlignLeft if blockers else Qt.AlignmentFlag.AlignCenter
        self._message.setAlignment(middle | Qt.AlignmentFlag.AlignVCenter)
        self._blockers.clear()
        for judged in blockers:
            icon = mark_icon(Mark(judged.severity.value), self._theme)
            item = QListWidgetItem(icon, f"{judged.rule.id}  {judged.finding.message}", self._blockers)
            item.setData(_ID, judged)
            item.setToolTip(judged.finding.message)
        self._blockers.setVisible(bool(blockers))
        self._anyway.setVisible(bool(blockers))
        self._stack.setCurrentIndex(1)

    def _jump(self, item: QListWidgetItem) -> None:
        judged: Judged = item.data(_ID)
        self.jump_wanted.emit(PartKey(judged.finding.elements[0]), judged.finding.field)

    def _select_element_of(self, line: int) -> None:
        element = self._script.lines[line] if self._script is not None and line < len(self._script.lines) else None
        if element is not None and element in self._controller.topology:
            self._controller.select([PartKey(element)])

    def _follow_selection(self) -> None:
        self._mark(scroll=not self.text.hasFocus())

    def _mark(self, *, scroll: bool) -> None:
        if self._script is None:
            return
        chosen = {key.element for key in self._controller.selection}
        lines = self._lines_of(chosen)
        if not lines:
            links = (self._controller.topology.find(element, Link) for element in chosen)
            lines = self._lines_of({link.source for link in links if link is not None})
        self.text.mark(lines, scroll=scroll)

    def _lines_of(self, elements: set[EntityId]) -> list[int]:
        script = self._script
        return [number for number, element in enumerate(script.lines) if element in elements] if script else []
