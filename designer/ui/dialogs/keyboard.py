"""Help > Keyboard: every action and its keys, made from the table of actions."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from designer.ui.naming import named

SIZE = (560, 600)

CANVAS_KEYS: tuple[tuple[str, str], ...] = (
    ("Next or previous element", "Tab, Shift+Tab"),
    ("To the element in a direction", "Ctrl+Shift+arrows"),
    ("Move by the grid, by one unit, by ten grids", "Arrows, Alt+arrows, Shift+arrows"),
    ("Into a zone, along a link, or to the inspector", "Enter"),
    ("Out of a zone, or leave what is running", "Esc, U"),
    ("Follow the links of an element", "L, Shift+L"),
    ("Add to or take out of the selection", "Ctrl+Space"),
    ("Select with the pointer, move the view, place a note", "V, H, N"),
    ("Menu of the element", "Menu key, Shift+F10"),
)
"""What the canvas does with keys that are no actions of the menus."""


class KeyboardHelp(QDialog):
    """A list that can be searched.

    Args:
        rows: menu, words and keys of each action.
    """

    def __init__(self, parent: QWidget, rows: list[tuple[str, str, str]]) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard")
        self.setAccessibleName("Keyboard")
        self.resize(*SIZE)
        self._filter = named(QLineEdit(placeholderText="Find an action or a key"), "Find an action or a key")
        self.tree = named(QTreeWidget(), "Actions and their keys")
        self.tree.setColumnCount(2)
        self.tree.setHeaderLabels(["Action", "Keys"])
        self.tree.setRootIsDecorated(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(10)
        layout.addWidget(self._filter)
        layout.addWidget(self.tree)
        self._fill(rows)
        self._filter.textChanged.connect(self._narrow)

    def _fill(self, rows: list[tuple[str, str, str]]) -> None:
        groups: dict[str, QTreeWidgetItem] = {}
        for menu, words, keys in rows:
            QTreeWidgetItem(self._group(groups, menu), [words, keys])
        for text, keys in CANVAS_KEYS:
            QTreeWidgetItem(self._group(groups, "On the canvas"), [text, keys])
        self.tree.expandAll()

    def _group(self, groups: dict[str, QTreeWidgetItem], title: str) -> QTreeWidgetItem:
        if title not in groups:
            groups[title] = QTreeWidgetItem(self.tree, [title])
            groups[title].setFirstColumnSpanned(True)
        return groups[title]

    def _narrow(self, text: str) -> None:
        words = text.casefold().split()
        for number in range(self.tree.topLevelItemCount()):
            group = self.tree.topLevelItem(number)
            if group is None:
                continue
            fitting = 0
            for row in range(group.childCount()):
                item = group.child(row)
                if item is None:
                    continue
                fits = all(word in f"{item.text(0)} {item.text(1)}".casefold() for word in words)
                item.setHidden(not fits)
                fitting += fits
            group.setHidden(not fitting)
