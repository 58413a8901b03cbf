"""What a screen reader finds on the canvas: every thing as a child of the zone that it stands in, and the links."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleInterface,
    QColor,
    QWindow,
)
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from designer.model.realisation import PartKey
from designer.ui.canvas import lookup, navigation, spoken
from designer.ui.canvas.surface import Surface

_PRESS, _MENU = "Press", "ShowMenu"


class CanvasInterface(QAccessibleWidget):
    """The canvas: its children are what stands on it, then the links."""

    def __init__(self, view: Surface) -> None:
        super().__init__(view, QAccessible.Role.Grouping, "Canvas")
        self._view = view
        self._things: dict[PartKey, ThingInterface] = {}

    def childCount(self) -> int:
        """Return how many things stand on the canvas, with the links."""
        return len(self._keys())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]  # no child is an answer
        """Return one of them."""
        keys = self._keys()
        return self.of(keys[index]) if 0 <= index < len(keys) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return which one a child is; -1 for none."""
        keys = self._keys()
        return keys.index(child.key) if isinstance(child, ThingInterface) and child.key in keys else -1

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]  # no child is an answer
        """Return the focused thing."""
        return self.of(self._view.stage.focus) if self._view.stage.focus is not None else None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # no child is an answer
        """Return the thing at a point of the screen."""
        at = self._view.mapFromGlobal(QRect(x, y, 1, 1).topLeft())
        hit = self._view.stage.hit(*self._view.stage.camera.to_scene(at.x(), at.y()))
        key = lookup.subject(hit)
        return self.of(key) if key is not None else None

    def of(self, key: PartKey) -> ThingInterface:
        """Return the interface of a thing; the same one each time."""
        found = self._things.get(key)
        if found is None:
            found = self._things[key] = ThingInterface(self._view, self, key)
        return found

    def _keys(self) -> list[PartKey]:
        stage = self._view.stage
        return navigation.siblings(stage.scene, None) + [PartKey(link.id) for link in stage.topology.links()]


class ThingInterface(QAccessibleInterface, QAccessibleActionInterface):
    """One element, one part that follows from an element, or one link."""

    def __init__(self, view: Surface, canvas: CanvasInterface, key: PartKey) -> None:
        QAccessibleInterface.__init__(self)
        QAccessibleActionInterface.__init__(self)
        self._view, self._canvas, self.key = view, canvas, key

    def isValid(self) -> bool:
        """Whether the thing is still in the design."""
        stage = self._view.stage
        return self.key in stage.scene.row_of or (not self.key.is_derived and stage.link(self.key) is not None)

    def window(self) -> QWindow:
        """Return the window that the canvas is in."""
        return self._canvas.window()

    def text(self, which: QAccessible.Text) -> str:
        """Return what is read: name, kind, networks, addresses, findings."""
        if not self.isValid():
            return ""
        if which is QAccessible.Text.Name:
            return spoken.thing(self._view.stage, self.key)
        return ""

    def setText(self, which: QAccessible.Text, text: str) -> None:
        """Change nothing: names are typed in the name editor."""

    def role(self) -> QAccessible.Role:
        """Return a group for zones and a list item for all else."""
        zone = lookup.is_zone(self._view.stage.scene, self.key)
        return QAccessible.Role.Grouping if zone else QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        """Return whether it is focused, selected or gone."""
        state = QAccessible.State()
        stage = self._view.stage
        state.focusable = state.selectable = True
        state.focused = stage.focus == self.key and self._view.hasFocus()
        state.selected = self.key in stage.selection
        state.invalid = not self.isValid()
        return state

    def rect(self) -> QRect:
        """Return where it is on the screen."""
        inner = self._view.local_rect(self.key)
        return QRect(self._view.mapToGlobal(inner.topLeft()), inner.size())

    def parent(self) -> QAccessibleInterface:
        """Return the zone that it stands in, else the canvas."""
        outer = navigation.container(self._view.stage.scene, self.key)
        return self._canvas.of(outer) if outer is not None else self._canvas

    def childCount(self) -> int:
        """Return how many things stand in it."""
        return len(self._contents())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]  # no child is an answer
        """Return one of them."""
        inside = self._contents()
        return self._canvas.of(inside[index]) if 0 <= index < len(inside) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return which one a child is; -1 for none."""
        inside = self._contents()
        return inside.index(child.key) if isinstance(child, ThingInterface) and child.key in inside else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # no child is an answer
        """Return the thing in it at a point of the screen."""
        for index in range(self.childCount()):
            child = self.child(index)
            if child is not None and child.rect().contains(x, y):
                return child
        return None

    def backgroundColor(self) -> QColor:
        """Return the colour behind it."""
        return QColor(self._view.stage.theme.canvas)

    def foregroundColor(self) -> QColor:
        """Return the colour of its text."""
        return QColor(self._view.stage.theme.text)

    def interface_cast(self, kind: QAccessible.InterfaceType) -> object:  # type: ignore[override]  # the stub says int
        """Offer the actions."""
        return self if kind is QAccessible.InterfaceType.ActionInterface else None

    def actionNames(self) -> list[str]:
        """Return what can be done with it."""
        return [_PRESS, _MENU]

    def doAction(self, name: str) -> None:
        """Select it, or open its menu."""
        if not self.isValid():
            return
        self._view.stage.select([self.key], focus=self.key)
        if name == _MENU:
            self._view.open_menu_at_focus()

    def keyBindingsForAction(self, name: str) -> list[str]:
        """Return the keys that do the same."""
        return ["Shift+F10"] if name == _MENU else []

    def _contents(self) -> list[PartKey]:
        return navigation.contents(self._view.stage.scene, self.key)

    def object(self) -> QObject | None:  # type: ignore[override]  # things are no objects of Qt
        """Return nothing: things are painted, not widgets."""
        return None


def _factory(name: str, subject: QObject | None) -> QAccessibleInterface | None:
    return CanvasInterface(subject) if isinstance(subject, Surface) else None


@cache
def install() -> Callable[[str, QObject | None], QAccessibleInterface | None]:
    """Let Qt ask here for the interface of a canvas; done once in the life of the program."""
    QAccessible.installFactory(_factory)
    return _factory


def announce(view: QWidget, text: str, *, urgent: bool) -> None:
    """Have a screen reader say something; urgent things interrupt."""
    event = QAccessibleAnnouncementEvent(view, text)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)


def focus_moved(view: Surface, key: PartKey | None) -> None:
    """Tell a screen reader that another thing has the keyboard."""
    if key is None or not QAccessible.isActive():
        return
    canvas = QAccessible.queryAccessibleInterface(view)
    if isinstance(canvas, CanvasInterface):
        event = QAccessibleEvent(canvas.of(key), QAccessible.Event.Focus)
        QAccessible.updateAccessibility(event)
