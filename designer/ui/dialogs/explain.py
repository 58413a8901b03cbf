"""Help > Explain an error message: paste it, read what it comes from, go there, mend it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QIcon, QKeyEvent, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from designer.drawing.theme import Mark
from designer.errors import DesignerError
from designer.explaining.explain import Explanation, explain, what_next
from designer.explaining.reading import decoded
from designer.model.base import Element
from designer.model.identity import EntityId
from designer.model.realisation import PartKey
from designer.model.topology import Topology
from designer.rules.design import label
from designer.storage.files import read
from designer.ui.naming import named
from designer.ui.rule_page import rule_page
from designer.ui.symbols import mark_icon

if TYPE_CHECKING:
    from designer.drawing.theme import Theme
    from designer.ui.document_controller import DocumentController

SIZE = (860, 620)
WAIT_MS = 250
"""So long nobody types before the text is looked at."""

MOST_ROWS = 30
MOST_BYTES = 4_000_000
_ELEMENT = "element"
_LIKELY, _POSSIBLE = 0.8, 0.5


class MessageField(QPlainTextEdit):
    """Takes the text of an error; a dropped file is read, Tab leaves, Ctrl+Enter goes to what was found."""

    left = Signal()
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("Paste what docker or Windows said, or a log with it; a file can be dropped here.")
        self.setTabChangesFocus(True)
        self.setProperty("mono", True)
        named(self, "Error message")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to what was found with Ctrl+Enter."""
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if ctrl and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Insert text, or what a file holds."""
        files = [url.toLocalFile() for url in source.urls() if url.isLocalFile()]
        if not files:
            super().insertFromMimeData(source)
            return
        try:
            self.insertPlainText("\n".join(decoded(read(file, MOST_BYTES)) for file in files))
        except DesignerError as error:
            self.refused.emit(str(error))


class ExplainError(QDialog):
    """The message above; below it the ranked rules and, beside them, the one that is chosen."""

    jump_wanted = Signal(object)

    def __init__(self, parent: QWidget, controller: DocumentController, theme: Theme) -> None:
        super().__init__(parent)
        self.setWindowTitle("Explain an error message")
        self.setAccessibleName("Explain an error message")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*SIZE)
        self._controller, self._theme = controller, theme
        self._found: tuple[Explanation, ...] = ()
        self.message = MessageField()
        self._verdict = named(QLabel(wordWrap=True), "Result")
        self._list = named(QListWidget(), "Explanations")
        self._page = named(QTextBrowser(), "Explanation")
        self._fix = named(QPushButton("&Fix"), "Fix")
        self._copy = named(QPushButton("&Copy"), "Copy the explanation")
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._build()
        self._connect()
        self._show()

    def take_clipboard(self) -> None:
        """Begin with the text of the clipboard, if it is an error that is known."""
        text = QGuiApplication.clipboard().text()
        if text.strip() and explain(text[:MOST_BYTES]):
            self.message.setPlainText(text)
            self.message.selectAll()
            self._look()

    def _build(self) -> None:
        title = QLabel("Error &message")
        title.setProperty("role", "label")
        title.setBuddy(self.message)
        self.message.setFixedHeight(96)
        self._list.setWordWrap(True)
        self._list.setIconSize(QSize(16, 16))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFixedWidth(310)
        self._page.setOpenLinks(False)
        self._page.setProperty("plain", True)
        self._fix.setProperty("filled", True)
        close = named(QPushButton("Close"), "Close")
        for button in (self._fix, self._copy, close):
            button.setAutoDefault(False)
        close.clicked.connect(self.close)
        found, buttons, layout = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        found.setSpacing(12)
        found.addWidget(self._list)
        found.addWidget(self._page, 1)
        buttons.addWidget(self._fix)
        buttons.addWidget(self._copy)
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout.setContentsMargins(22, 18, 22, 18)
        layout.setSpacing(8)
        for widget in (title, self.message, self._verdict):
            layout.addWidget(widget)
        layout.addLayout(found, 1)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.message.textChanged.connect(self._timer.start)
        self.message.left.connect(self._go_to_list)
        self.message.refused.connect(self._say)
        self._timer.timeout.connect(self._look)
        self._controller.judged_changed.connect(self._look_soon)
        self._list.currentRowChanged.connect(lambda _: self._show_page())
        self._list.itemActivated.connect(lambda _: self._jump())
        self._page.anchorClicked.connect(self._follow)
        self._fix.clicked.connect(self._apply)
        self._copy.clicked.connect(self._copy_chosen)
        QShortcut(QKeySequence("Ctrl+."), self).activated.connect(self._apply)

    # ---- what the text says

    def _look_soon(self) -> None:
        """Explain the text again when nothing has changed for a moment; no more once the dialog is gone."""
        self._timer.start()

    def _look(self) -> None:
        """Explain the text again; the choice stays where it was if the same rule is still there."""
        self._timer.stop()
        chosen = self._chosen()
        topology = self._topology()
        findings = self._controller.judged if topology is not None else None
        self._found = explain(self.message.toPlainText(), topology, findings)[:MOST_ROWS]
        self._show()
        same = (row for row, each in enumerate(self._found) if chosen is not None and each.rule is chosen.rule)
        self._list.setCurrentRow(next(same, 0 if self._found else -1))
        self._show_page()

    def _topology(self) -> Topology | None:
        topology = self._controller.topology
        return topology if any(isinstance(each, Element) for each in topology.entities.values()) else None

    def _show(self) -> None:
        self._list.blockSignals(True)
        self._list.clear()
        for each in self._found:
            item = QListWidgetItem(f"{each.rule.id}  {each.rule.title}\n{_certainty(each)}", self._list)
            broken = each.judged
            item.setIcon(_blank() if broken is None else _plain(mark_icon(Mark(broken.severity.value), self._theme)))
        self._list.blockSignals(False)
        self._list.setEnabled(bool(self._found))
        self._say(self._in_words())
        self._show_page()

    def _say(self, text: str) -> None:
        self._verdict.setText(text)
        self._verdict.setVisible(bool(text))

    def _in_words(self) -> str:
        text = self.message.toPlainText()
        if not text.strip():
            return ""
        if not self._found:
            return f"Nothing is known about this text. {what_next(text)}"
        rules = {each.rule.id for each in self._found}
        broken = {each.rule.id for each in self._found if each.judged is not None}
        many = "1 rule explains this" if len(rules) == 1 else f"{len(rules)} rules may explain this"
        if self._topology() is None:
            return f"{many}. Open the design that it came from to see what in it is meant."
        return f"{many}; the design breaks {len(broken) or 'none'} of them."

    def _chosen(self) -> Explanation | None:
        row = self._list.currentRow()
        return self._found[row] if 0 <= row < len(self._found) else None

    def _show_page(self) -> None:
        found = self._chosen()
        self._page.setHtml(self._page_of(found) if found is not None else "")
        fix = found.fix if found is not None else None
        can_fix = fix is not None and not self._controller.is_read_only
        self._fix.setEnabled(can_fix)
        self._fix.setVisible(fix is not None)
        self._fix.setText(f"&Fix: {fix.label.replace('&', '&&')}" if fix is not None else "&Fix")
        self._copy.setEnabled(found is not None)

    def _page_of(self, found: Explanation) -> str:
        parts = [f"<p>{escape(found.seen)}</p>"]
        if found.judged is not None:
            parts.append(f"<p style='font-weight:600'>{escape(found.tells)}</p>")
        elif found.unlike:
            parts.append(f"<p>{escape(found.unlike)}</p>")
        if found.elements:
            links = ", ".join(self._link(place, element) for place, element in enumerate(found.elements))
            word = "Concerns" if found.judged is not None else "The text names"
            parts.append(f"<p>{word}: {links}</p>")
        return f"{''.join(parts)}<p></p>{rule_page(found.rule, self._theme)}"

    def _link(self, place: int, element: EntityId) -> str:
        name = escape(label(self._controller.topology, element))
        if element not in self._controller.topology:
            return name
        return f"<a href='{_ELEMENT}:{place}' style='color:{self._theme.accent}'>{name}</a>"

    # ---- what can be done

    def _go_to_list(self) -> None:
        if self._timer.isActive():
            self._look()
        if self._found:
            self._list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _follow(self, link: QUrl) -> None:
        found = self._chosen()
        if link.scheme() != _ELEMENT:
            QDesktopServices.openUrl(link)
        elif found is not None:
            self._jump_to(found.elements[int(link.path())])

    def _jump(self) -> None:
        found = self._chosen()
        if found is not None and found.elements:
            self._jump_to(found.elements[0])

    def _jump_to(self, element: EntityId) -> None:
        if element in self._controller.topology:
            self.jump_wanted.emit(PartKey(element))

    def _apply(self) -> None:
        found = self._chosen()
        if found is not None and found.judged is not None and self._fix.isEnabled():
            self._controller.fix(found.judged)
            self._look()

    def _copy_chosen(self) -> None:
        found = self._chosen()
        if found is not None:
            fix = f"\nFix: {found.fix.label}" if found.fix is not None else ""
            QGuiApplication.clipboard().setText(f"{found.rule.id}: {found.rule.title}\n{found.why}{fix}")


def _blank() -> QIcon:
    """Return an icon of nothing, so that all rows begin at one line."""
    nothing = QPixmap(16, 16)
    nothing.fill(Qt.GlobalColor.transparent)
    return QIcon(nothing)


def _plain(icon: QIcon) -> QIcon:
    """Return an icon that keeps its colour when its row is chosen."""
    icon.addPixmap(icon.pixmap(16, 16), QIcon.Mode.Selected)
    return icon


def _certainty(found: Explanation) -> str:
    """Return how sure an explanation is, in words and as a number."""
    percent = f"{round(100 * found.score)} %"
    if found.judged is not None:
        return f"in this design · {percent}"
    if found.score >= _LIKELY:
        return f"likely · {percent}"
    return f"possible · {percent}" if found.score >= _POSSIBLE else f"less likely · {percent}"
