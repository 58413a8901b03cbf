"""The design as a tree, read from the topology level by level as it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from designer.drawing.link_looks import flow_text
from designer.editing.commands import rename
from designer.editing.labels import display_name
from designer.errors import DesignerError
from designer.model.base import Element, Link
from designer.model.changes import ChangeSet
from designer.model.entities import ELEMENT_TYPES
from designer.model.flows import Flow
from designer.model.realisation import PartKey
from designer.painting.icons import icon
from designer.ui.part_words import words_of

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

    from designer.drawing.theme import Theme
    from designer.model.identity import EntityId
    from designer.ui.document_controller import DocumentController

Index = QModelIndex | QPersistentModelIndex
ICON_PX = 16
_SHOWN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_EDITABLE = _SHOWN | Qt.ItemFlag.ItemIsEditable
_ORDER: dict[type[Element], int] = {element_type: number for number, element_type in enumerate(ELEMENT_TYPES)}


class Node:
    """One row: an element, or a link below its source."""

    def __init__(self, entity_id: EntityId | None, parent: Node | None) -> None:
        self.entity_id, self.parent = entity_id, parent
        self.children: list[Node] | None = None

    def row(self) -> int:
        """Return the place among its siblings."""
        siblings = self.parent.children if self.parent is not None else None
        return siblings.index(self) if siblings else 0


class OutlineModel(QAbstractItemModel):
    """Elements inside elements, links below their source; changes touch only the levels that they concern."""

    renewed = Signal()
    """Rows have come, gone or moved."""

    def __init__(self, controller: DocumentController, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._controller, self._theme = controller, theme
        self._root = Node(None, None)
        self._nodes: dict[EntityId, Node] = {}
        self._icons: dict[tuple[str, str], QIcon] = {}
        self._stale: set[EntityId | None] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._renew_stale)
        controller.document_opened.connect(self.start_over)
        controller.changed.connect(self._follow)

    def start_over(self) -> None:
        """Read the design from the beginning."""
        self.beginResetModel()
        self._root, self._nodes, self._stale = Node(None, None), {}, set()
        self.endResetModel()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._theme, self._icons = theme, {}

    def key_of(self, index: Index) -> PartKey | None:
        """Return what a row stands for."""
        node = self._node(index)
        return PartKey(node.entity_id) if node.entity_id is not None else None

    def index_of(self, entity_id: EntityId) -> QModelIndex:
        """Return the row of an element or link, opening the levels above it; invalid when it has none."""
        topology = self._controller.topology
        entity = topology.get(entity_id)
        if isinstance(entity, Link):
            above: EntityId | None = entity.source
        elif isinstance(entity, Element):
            above = entity.parent
        else:
            return QModelIndex()
        if above is not None and not self.index_of(above).isValid():
            return QModelIndex()
        self._children(self._nodes[above] if above is not None else self._root)
        node = self._nodes.get(entity_id)
        return self.createIndex(node.row(), 0, node) if node is not None else QModelIndex()

    def index(self, row: int, column: int, parent: Index | None = None) -> QModelIndex:
        """Return the index of a row."""
        children = self._children(self._node(parent))
        return self.createIndex(row, column, children[row]) if 0 <= row < len(children) else QModelIndex()

    def parent(self, index: Index | None = None) -> Any:
        """Return the index of what contains a row."""
        if index is None:
            return super().parent()
        above = self._node(index).parent
        return QModelIndex() if above is None or above is self._root else self.createIndex(above.row(), 0, above)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows a row contains."""
        return len(self._children(self._node(parent)))

    def hasChildren(self, parent: Index | None = None) -> bool:
        """Return whether a row contains others, without reading them."""
        node = self._node(parent)
        if node.children is not None or node.entity_id is None:
            return bool(self._children(node))
        topology, own = self._controller.topology, node.entity_id
        return bool(topology.children(own)) or any(link.source == own for link in topology.links_of(own))

    def columnCount(self, parent: Index | None = None) -> int:
        """Return that there is one column."""
        return 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that elements and links can be selected and renamed."""
        return _SHOWN if self._controller.is_read_only else _EDITABLE

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return name, icon and words of a row."""
        entity = self._controller.topology.get(self._node(index).entity_id)
        if entity is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._title(entity)
            case Qt.ItemDataRole.EditRole:
                return getattr(entity, "name", "")
            case Qt.ItemDataRole.DecorationRole:
                return self._icon(PartKey(entity.id))
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleDescriptionRole:
                return words_of(self._controller.topology, PartKey(entity.id)).subtitle
            case _:
                return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Rename an element or link."""
        node = self._node(index)
        if role != Qt.ItemDataRole.EditRole or node.entity_id is None:
            return False
        try:
            change = rename(self._controller.topology, node.entity_id, str(value))
        except DesignerError as error:
            self._controller.refused.emit(str(error))
            return False
        return self._controller.execute(change)

    def _title(self, entity: object) -> str:
        topology = self._controller.topology
        if isinstance(entity, Link):
            target = topology.get(entity.target)
            name = display_name(topology, target) if target is not None else ""
            facts = flow_text(entity) if isinstance(entity, Flow) else entity.name
            return f"→ {name}{f' ({facts})' if facts else ''}"
        return " ".join(str(getattr(entity, "name", "")).split())

    def _icon(self, key: PartKey) -> QIcon:
        words = words_of(self._controller.topology, key)
        found = self._icons.get((words.icon, words.layer))
        if found is None:
            found = icon(words.icon, self._theme, words.layer, ICON_PX)
            self._icons[words.icon, words.layer] = found
        return found

    def _node(self, index: Index | None) -> Node:
        node = index.internalPointer() if index is not None and index.isValid() else None
        return node if isinstance(node, Node) else self._root

    def _children(self, node: Node) -> list[Node]:
        if node.children is None:
            node.children = [Node(entity_id, node) for entity_id in self._ids_below(node.entity_id)]
            for child in node.children:
                if child.entity_id is not None:
                    self._nodes[child.entity_id] = child
        return node.children

    def _ids_below(self, entity_id: EntityId | None) -> list[EntityId]:
        topology = self._controller.topology
        if entity_id is not None and not isinstance(topology.get(entity_id), Element):
            return []
        children = sorted(
            topology.children(entity_id),
            key=lambda child: (_ORDER[type(child)], child.name.casefold(), child.id),
        )
        links = [link for link in topology.links_of(entity_id) if link.source == entity_id] if entity_id else []
        return [child.id for child in children] + [link.id for link in links]

    def _follow(self, change: ChangeSet) -> None:
        """Remember the levels that a change concerns; they are renewed when the change is through."""
        for edit in change.edits:
            for entity in (edit.before, edit.after):
                if isinstance(entity, Element):
                    self._stale.add(entity.parent)
                elif isinstance(entity, Link):
                    self._stale.add(entity.source)
        if self._stale:
            self._timer.start()

    def _renew_stale(self) -> None:
        levels, self._stale = self._stale, set()
        for level in levels:
            node = self._root if level is None else self._nodes.get(level)
            if node is not None and node.children is not None:
                self._renew(node, node.children)
        self.renewed.emit()

    def _renew(self, node: Node, children: list[Node]) -> None:
        """Take rows out, put rows in and move rows, so that a level is what the design says."""
        place = QModelIndex() if node is self._root else self.createIndex(node.row(), 0, node)
        wanted = self._ids_below(node.entity_id)
        staying = set(wanted)
        for row in reversed(range(len(children))):
            if children[row].entity_id not in staying:
                self._remove(place, children, row)
        for row, entity_id in enumerate(wanted):
            if row >= len(children) or children[row].entity_id != entity_id:
                self._bring(place, node, children, row, entity_id)
        if wanted:
            self.dataChanged.emit(self.index(0, 0, place), self.index(len(wanted) - 1, 0, place))

    def _remove(self, place: QModelIndex, children: list[Node], row: int) -> None:
        self.beginRemoveRows(place, row, row)
        gone = children.pop(row)
        if gone.entity_id is not None and self._nodes.get(gone.entity_id) is gone:
            del self._nodes[gone.entity_id]
        self.endRemoveRows()

    def _bring(self, place: QModelIndex, node: Node, children: list[Node], row: int, entity_id: EntityId) -> None:
        old = next((n for n in range(row + 1, len(children)) if children[n].entity_id == entity_id), None)
        if old is not None:
            self.beginMoveRows(place, old, old, place, row)
            children.insert(row, children.pop(old))
            self.endMoveRows()
            return
        self.beginInsertRows(place, row, row)
        children.insert(row, Node(entity_id, node))
        self._nodes[entity_id] = children[row]
        self.endInsertRows()
