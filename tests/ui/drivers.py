"""Works the window as a person does: finds widgets by visible name, sends real mouse and key events."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTreeView,
    QWidget,
)

from designer.ui.main_window import MainWindow
from designer.ui.workspace import Workspace

W = TypeVar("W", bound=QWidget)
LEFT = Qt.MouseButton.LeftButton
PATIENCE_MS, STEP_MS = 5_000, 10


class WindowDriver:
    """Drives one main window."""

    def __init__(self, window: MainWindow, workspace: Workspace) -> None:
        self.window, self.workspace = window, workspace

    # ---- finding

    def find(self, name: str, kind: type[W], root: QWidget | None = None) -> W:
        """Return the visible widget of a kind that is called that."""
        QApplication.processEvents()
        top = root if root is not None else self.window
        found = [widget for widget in top.findChildren(kind) if widget.isVisible() and _name(widget) == name]
        known = sorted({_name(widget) for widget in top.findChildren(kind) if widget.isVisible()})
        assert found, f"no visible {kind.__name__} is called {name!r}; there are {known}"
        return found[0]

    def shows(self, text: str) -> bool:
        """Whether a visible label or button holds a text."""
        labels = [label.text() for label in self.window.findChildren(QLabel) if label.isVisible()]
        buttons = [button.text() for button in self.window.findChildren(QAbstractButton) if button.isVisible()]
        return any(text in shown for shown in labels + buttons)

    def rows(self, view_name: str) -> list[str]:
        """Return the texts of the rows of a list, or of the top level of a tree."""
        view = self.find(view_name, QAbstractItemView)
        model = view.model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    # ---- doing

    def click(self, name: str) -> None:
        """Click a button."""
        button = self.find(name, QAbstractButton)
        assert button.isEnabled(), f"{name!r} is disabled"
        QTest.mouseClick(button, LEFT, Qt.KeyboardModifier.NoModifier, button.rect().center())

    def enter(self, name: str, text: str, *, finish: bool = True) -> None:
        """Type into a field in place of what is there, and press Enter."""
        field = self.find(name, QLineEdit)
        QTest.mouseClick(field, LEFT)
        field.setFocus()
        QTest.keySequence(field, QKeySequence(QKeySequence.StandardKey.SelectAll))
        QTest.keyClick(field, Qt.Key.Key_Delete)
        QTest.keyClicks(field, text)
        if finish:
            QTest.keyClick(field, Qt.Key.Key_Return)

    def write(self, name: str, text: str) -> None:
        """Type several lines and leave the field."""
        field = self.find(name, QPlainTextEdit)
        field.setFocus()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Tab)

    def choose(self, name: str, text: str) -> None:
        """Open a drop-down list and click an entry."""
        box = self.find(name, QComboBox)
        box.showPopup()
        row = box.findText(text)
        assert row >= 0, f"{text!r} is not in {name!r}: {[box.itemText(i) for i in range(box.count())]}"
        view = box.view()
        view.scrollTo(box.model().index(row, 0))
        QTest.mouseClick(view.viewport(), LEFT, pos=view.visualRect(box.model().index(row, 0)).center())
        box.hidePopup()
        self.window.activateWindow()
        QApplication.processEvents()

    def click_row(self, view_name: str, text: str, *, twice: bool = False) -> None:
        """Click the row of a list or tree that begins with a text."""
        view = self.find(view_name, QAbstractItemView)
        index = self._row(view, text)
        view.scrollTo(index)
        at = view.visualRect(index).topLeft() + QPoint(30, 12)
        QTest.mouseClick(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, at)
        if twice:
            QTest.mouseDClick(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, at)

    def press(self, keys: str) -> None:
        """Press keys where the keyboard is."""
        QApplication.processEvents()
        target = QApplication.focusWidget() or self.window
        QTest.keySequence(target, QKeySequence(keys, QKeySequence.SequenceFormat.PortableText))
        QApplication.processEvents()

    def pick(self, *path: str) -> None:
        """Choose from the menu bar: “File”, “Save as…”."""
        menu = self.menu(*path[:-1])
        menu.popup(QPoint(10, 10))
        action = _entry(menu, path[-1])
        assert action.isEnabled(), f"{path} is disabled: {action.toolTip()}"
        QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
        self.window.activateWindow()
        QApplication.processEvents()

    def menu(self, *path: str) -> QMenu:
        """Return a menu by its words; it is told that it opens."""
        actions = self.window.header.menus.actions()
        menu: QMenu | None = None
        for title in path:
            found = next((action for action in actions if _words(action) == title), None)
            assert found is not None, f"no menu {title!r} among {[_words(action) for action in actions]}"
            opened = found.menu()
            assert isinstance(opened, QMenu)
            opened.aboutToShow.emit()
            menu, actions = opened, opened.actions()
        assert menu is not None
        return menu

    def action(self, *path: str) -> QAction:
        """Return an entry of a menu by its words; “Undo” finds “Undo Rename web01” too."""
        return _entry(self.menu(*path[:-1]), path[-1])

    @staticmethod
    def popup() -> QMenu:
        """Return the menu that is open."""
        QApplication.processEvents()
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu), "no menu is open"
        return menu

    @contextmanager
    def answering(self, *answers: Callable[[QDialog], None]) -> Iterator[None]:
        """Answer the dialogs that come up inside the block, one after the other; all of them must come up."""
        waiting = list(answers)
        answered: list[QDialog] = []

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QDialog) and dialog not in answered:
                answered.append(dialog)
                if waiting:
                    waiting.pop(0)(dialog)
                else:
                    dialog.reject()

        timer = QTimer()
        timer.timeout.connect(look)
        timer.start(STEP_MS)
        yield
        timer.stop()
        self.window.activateWindow()
        assert len(answered) == len(answers), f"{len(answered)} dialogs came up instead of {len(answers)}"

    def press_button(self, text: str) -> Callable[[QDialog], None]:
        """Return an answer that clicks a button of the dialog."""
        return lambda dialog: QTest.mouseClick(self.find(text, QAbstractButton, dialog), LEFT)

    def give_file(self, path: object) -> Callable[[QDialog], None]:
        """Return an answer to a file dialog."""

        def act(dialog: QDialog) -> None:
            assert isinstance(dialog, QFileDialog), "not a file dialog"
            field = dialog.findChild(QLineEdit)
            assert field is not None
            field.setText(str(path))
            QTest.keyClick(field, Qt.Key.Key_Return)

        return act

    @staticmethod
    def wait_until(condition: Callable[[], bool]) -> None:
        """Let the program work until something is so."""
        for _ in range(PATIENCE_MS // STEP_MS):
            if condition():
                return
            QTest.qWait(STEP_MS)
        assert condition(), "it did not happen in time"

    def _row(self, view: QAbstractItemView, text: str) -> QModelIndex:
        if isinstance(view, QTreeView):
            view.expandAll()
        found = list(_walk(view.model().index, view.model().rowCount, QModelIndex(), text))
        assert found, f"no row begins with {text!r}"
        return next((index for index in found if index.data() == text), found[0])


def _walk(
    index: Callable[[int, int, QModelIndex], QModelIndex],
    count: Callable[[QModelIndex], int],
    parent: QModelIndex,
    text: str,
) -> Iterator[QModelIndex]:
    for row in range(count(parent)):
        child = index(row, 0, parent)
        if str(child.data()).startswith(text):
            yield child
        yield from _walk(index, count, child, text)


def _entry(menu: QMenu, words: str) -> QAction:
    found = [action for action in menu.actions() if f"{_words(action)} ".startswith(f"{words} ")]
    assert found, f"no {words!r} among {[_words(action) for action in menu.actions()]}"
    return found[0]


def _name(widget: QWidget) -> str:
    if widget.accessibleName():
        return widget.accessibleName()
    return widget.text().replace("&", "") if isinstance(widget, QAbstractButton) else ""


def _words(action: QAction) -> str:
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
