"""A read-only script with line numbers and colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from designer.drawing.theme import Layer
from designer.ui.naming import named
from designer.ui.style import mono_font

if TYPE_CHECKING:
    from collections.abc import Collection

    from designer.drawing.theme import Theme

SCRIPT_PX = 12
Span = tuple[int, int, str]
"""Start and length in a line, and the class of the token."""


def coloured(text: str, language: str) -> list[list[Span]]:
    """Return the tokens of every line of a text that are not plain; the language is a name that Pygments knows."""
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415  # only when a script is shown
    from pygments.token import Token, is_token_subtype  # noqa: PLC0415  # as above

    classes = (
        (Token.Comment, "comment"),
        (Token.Literal.String, "string"),
        (Token.Name.Variable, "variable"),
        (Token.Keyword, "keyword"),
        (Token.Name.Builtin, "keyword"),
        (Token.Name.Tag, "keyword"),
    )
    lines: list[list[Span]] = [[]]
    column = 0
    known: dict[object, str] = {}
    for token, piece in get_lexer_by_name(language, stripnl=False, ensurenl=False).get_tokens(text):
        found = known.get(token)
        if found is None:
            found = known[token] = next((name for family, name in classes if is_token_subtype(token, family)), "")
        for number, part in enumerate(piece.split("\n")):
            if number:
                lines.append([])
                column = 0
            if found and part:
                lines[-1].append((column, len(part), found))
            column += len(part)
    return lines


class _Colours(QSyntaxHighlighter):
    """Applies the tokens that were found in the whole text."""

    def __init__(self, editor: QPlainTextEdit, theme: Theme) -> None:
        super().__init__(editor.document())
        self.lines: list[list[Span]] = []
        self._formats: dict[str, QTextCharFormat] = {}
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        colours = {
            "comment": theme.muted,
            "string": theme.layer(Layer.SWITCHING).text,
            "variable": theme.layer(Layer.HYPERV).text,
            "keyword": theme.layer(Layer.WINDOWS).text,
        }
        for name, colour in colours.items():
            style = QTextCharFormat()
            style.setForeground(QColor(colour))
            self._formats[name] = style

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        number = self.currentBlock().blockNumber()
        if number < len(self.lines):
            for start, length, name in self.lines[number]:
                self.setFormat(start, length, self._formats[name])


class ScriptText(QPlainTextEdit):
    """The text of a script; a click tells the line."""

    line_clicked = Signal(int)
    """Number of the line from 0."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        named(self, "Script")
        self.setReadOnly(True)
        self.setProperty("mono", True)
        self.setFont(mono_font(SCRIPT_PX))
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._colours = _Colours(self, theme)
        self._numbers = _Numbers(self)
        self._marked: frozenset[int] = frozenset()
        self.blockCountChanged.connect(lambda _: self._make_room())
        self.updateRequest.connect(self._scroll_numbers)
        self._make_room()

    def show_script(self, text: str, language: str) -> None:
        """Show a text, keeping the place when it is nearly the same."""
        if text == self.toPlainText():
            return
        bar = self.verticalScrollBar()
        place = bar.value()
        self._colours.lines = coloured(text, language)
        self.setPlainText(text.removesuffix("\n"))
        bar.setValue(place)

    def mark(self, lines: Collection[int], *, scroll: bool) -> None:
        """Highlight lines; scroll to the first one unless one of them is in view."""
        self._marked = frozenset(lines)
        self._paint_marks()
        if scroll and lines:
            first = self.document().findBlockByNumber(min(lines))
            visible = self.viewport().rect().contains(self.cursorRect(QTextCursor(first)).center())
            if not visible:
                self.setTextCursor(QTextCursor(first))
                self.centerCursor()
        self._numbers.update()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._theme = theme
        self._colours.set_theme(theme)
        self._colours.rehighlight()
        self._paint_marks()
        self._numbers.update()

    def numbers_width(self) -> int:
        """Return how wide the column of line numbers is, in logical pixels."""
        digits = max(3, len(str(self.blockCount())))
        return self.fontMetrics().horizontalAdvance("0" * digits) + 22

    def paint_numbers(self, event: QPaintEvent) -> None:
        """Paint the line numbers that are in view."""
        painter = QPainter(self._numbers)
        painter.setFont(self.font())
        height = self.fontMetrics().height()
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        while block.isValid() and top <= event.rect().bottom():
            marked = block.blockNumber() in self._marked
            painter.setPen(QColor(self._theme.text if marked else self._theme.faint))
            box = QRect(0, round(top), self._numbers.width() - 12, height)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight, str(block.blockNumber() + 1))
            top += self.blockBoundingRect(block).height()
            block = block.next()
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell which line was clicked, unless text was selected."""
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self.line_clicked.emit(self.cursorForPosition(event.position().toPoint()).blockNumber())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the line numbers at the left edge."""
        super().resizeEvent(event)
        box = self.contentsRect()
        self._numbers.setGeometry(box.left(), box.top(), self.numbers_width(), box.height())

    def _make_room(self) -> None:
        self.setViewportMargins(self.numbers_width(), 0, 0, 0)

    def _scroll_numbers(self, area: QRect, rows: int) -> None:
        if rows:
            self._numbers.scroll(0, rows)
        else:
            self._numbers.update(0, area.y(), self._numbers.width(), area.height())

    def _paint_marks(self) -> None:
        marks = []
        for line in sorted(self._marked):
            mark = QTextEdit.ExtraSelection()
            tinted = QTextCharFormat()
            tinted.setBackground(QColor(self._theme.layer(Layer.TRANSLATION).tint))
            tinted.setProperty(QTextFormat.Property.FullWidthSelection, True)
            mark.format = tinted
            mark.cursor = QTextCursor(self.document().findBlockByNumber(line))
            marks.append(mark)
        self.setExtraSelections(marks)


class _Numbers(QWidget):
    """The column of line numbers."""

    def __init__(self, editor: ScriptText) -> None:
        super().__init__(editor)
        self._editor = editor
        self.setFont(QFont(editor.font()))

    def sizeHint(self) -> QSize:
        return QSize(self._editor.numbers_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._editor.paint_numbers(event)
