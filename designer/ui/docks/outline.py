"""The outline: the design as a tree, a full twin of the canvas for the keyboard and for screen readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTreeView, QVBoxLayout, QWidget

from designer.editing.commands import connect, declare_flow, delete, reparent
from designer.errors import DesignerError
from designer.model.base import Element
from designer.model.flows import Flow
from designer.model.realisation import PartKey
from designer.rules.connect import can_connect, can_contain, can_flow
from designer.ui.docks.outline_model import OutlineModel
from designer.ui.naming import named

if TYPE_CHECKING:
    from collections.abc import Callable

    from designer.drawing.theme import Theme
    from designer.model.changes import ChangeSet
    from designer.model.identity import EntityId
    from designer.ui.document_controller import DocumentController

MOST_EXPANDED = 1_500
"""Entities of the largest design whose hosts are shown with what is in them from the beginning."""

MOST_TARGETS = 40
"""More targets than this make a menu that nobody can read; the canvas offers all of them."""


class _Tree(QTreeView):
    """A tree whose Enter opens the inspector and whose menu key opens the menu at the row."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.state() != self.State.EditingState:
            self.entered.emit()
            return
        super().keyPressEvent(event)


class Outline(QWidget):
    """Tree of everything that is stored in the design."""

    inspect_wanted = Signal()
    """Enter was pressed: put the keyboard into the inspector."""

    def __init__(self, controller: DocumentController, theme: Theme) -> None:
        super().__init__()
        self._controller = controller
        self._model = OutlineModel(controller, theme, self)
        self.tree = named(_Tree(), "Outline")
        self.tree.setModel(self._model)
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setIndentation(16)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.tree.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 8, 4, 4)
        layout.addWidget(self.tree)
        self._following = False
        self.tree.selectionModel().selectionChanged.connect(lambda _, __: self._tell())
        self.tree.customContextMenuRequested.connect(self._open_menu)
        self.tree.entered.connect(self.inspect_wanted)
        controller.selection_changed.connect(lambda _: self._follow())
        self._model.renewed.connect(self._follow)
        controller.document_opened.connect(self._expand)

    def _expand(self) -> None:
        """Show what is in the hosts; in a large design the tree would lay out all of it after each edit."""
        if len(self._controller.topology) <= MOST_EXPANDED:
            self.tree.expandToDepth(0)

    def rename_current(self) -> None:
        """Let the current name be typed."""
        if self.tree.currentIndex().isValid():
            self.tree.edit(self.tree.currentIndex())

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._model.set_theme(theme)
        self.tree.viewport().update()

    def menu_for(self, key: PartKey) -> QMenu:
        """Return the menu of a row: rename, move, connect, delete; what cannot be says why."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.addAction("&Rename", self.rename_current)
        topology = self._controller.topology
        if topology.find(key.element, Element) is not None:
            self._add_moves(menu.addMenu("&Move to"), key.element)
            self._add_links(menu.addMenu("&Connect to"), key.element)
            self._add_flows(menu.addMenu("Declare &traffic to"), key.element)
        menu.addAction("&Properties", self.inspect_wanted.emit)
        menu.addSeparator()
        menu.addAction("&Delete", lambda: self._run(lambda: delete(topology, self._chosen())))
        return menu

    def _add_moves(self, menu: QMenu, element: EntityId) -> None:
        topology = self._controller.topology
        places: list[tuple[EntityId | None, str]] = [(None, "The canvas")]
        places += [(found.id, found.name) for found in topology.elements() if found.id != element]
        for parent, name in places:
            verdict = can_contain(topology, parent, element)
            if verdict.ok and getattr(topology.get(element), "parent", None) != parent:
                menu.addAction(name, self._mover(element, parent))
        menu.setEnabled(not menu.isEmpty())

    def _mover(self, element: EntityId, parent: EntityId | None) -> Callable[[], None]:
        return lambda: self._run(lambda: reparent(self._controller.topology, element, parent, 24.0, 60.0))

    def _add_links(self, menu: QMenu, element: EntityId) -> None:
        topology = self._controller.topology
        for other in topology.elements():
            verdict = can_connect(topology, element, other.id) if other.id != element else None
            if verdict is None or verdict.link is Flow:
                continue
            if verdict.ok and len(menu.actions()) < MOST_TARGETS:
                action = menu.addAction(other.name, self._connector(element, other.id))
                action.setToolTip(verdict.reason)
        menu.setEnabled(not menu.isEmpty())

    def _add_flows(self, menu: QMenu, element: EntityId) -> None:
        topology = self._controller.topology
        for other in topology.elements():
            if len(menu.actions()) < MOST_TARGETS and can_flow(topology, element, other.id).ok:
                menu.addAction(other.name, self._declarer(element, other.id))
        menu.setEnabled(not menu.isEmpty())

    def _declarer(self, element: EntityId, other: EntityId) -> Callable[[], None]:
        return lambda: self._run(lambda: declare_flow(self._controller.topology, element, other))

    def _connector(self, element: EntityId, other: EntityId) -> Callable[[], None]:
        return lambda: self._run(lambda: connect(self._controller.topology, element, other))

    def _run(self, command: Callable[[], ChangeSet]) -> None:
        try:
            change = command()
        except DesignerError as error:
            self._controller.refused.emit(str(error))
            return
        self._controller.execute(change)

    def _chosen(self) -> list[EntityId]:
        return [key.element for key in self._controller.selection if not key.is_derived]

    def _open_menu(self, at: QPoint) -> None:
        index = self.tree.indexAt(at)
        key = self._model.key_of(index)
        if key is not None:
            if not self.tree.selectionModel().isSelected(index):
                self.tree.setCurrentIndex(index)
            self.menu_for(key).popup(self.tree.viewport().mapToGlobal(at))

    def _tell(self) -> None:
        if self._following:
            return
        keys = [self._model.key_of(index) for index in self.tree.selectionModel().selectedIndexes()]
        self._following = True
        self._controller.select(key for key in keys if key is not None)
        self._following = False

    def _follow(self) -> None:
        """Select the rows of what is selected elsewhere."""
        if self._following:
            return
        self._following = True
        chosen = QItemSelection()
        indexes = [self._model.index_of(key.element) for key in self._controller.selection if not key.is_derived]
        valid = [index for index in indexes if index.isValid()]
        for index in valid:
            chosen.select(index, index)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.tree.selectionModel().select(chosen, flags)
        if valid:
            self.tree.selectionModel().setCurrentIndex(valid[0], QItemSelectionModel.SelectionFlag.NoUpdate)
            self.tree.scrollTo(valid[0])
        self._following = False
