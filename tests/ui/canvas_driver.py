"""Works the canvas as a person does: finds things by the name that is seen, sends real mouse and key events."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from designer.drawing.looks import Shape
from designer.model.base import Element
from designer.model.realisation import PartKey
from designer.ui.canvas import lookup
from designer.ui.canvas.catalogue import CATALOGUE, MIME_TYPE, Placeable
from designer.ui.canvas.chooser import Chooser
from designer.ui.canvas.handles import corners, link_ends, ports, selection_box

if TYPE_CHECKING:
    from designer.ui.canvas.view import CanvasView

LEFT, MIDDLE, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton
NONE = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
Where = str | QPoint


class CanvasDriver:
    """Drives one canvas."""

    def __init__(self, view: CanvasView) -> None:
        self.view = view
        self._modifiers = NONE
        self._button: Qt.MouseButton | None = None

    # ---- finding

    def key(self, name: str) -> PartKey:
        """Return the thing with that visible title: stored elements first."""
        scene = self.view.stage.scene
        found = [key for row, key in enumerate(scene.keys) if scene.look(row).title == name]
        assert found, f"nothing on the canvas is called {name!r}; there are {self.titles()}"
        return min(found, key=lambda key: key.is_derived)

    def link(self, first: str, second: str) -> PartKey:
        """Return the stored link between two things."""
        ends = {self.key(first).element, self.key(second).element}
        for link in self.view.controller.topology.links():
            if {link.source, link.target} == ends:
                return PartKey(link.id)
        message = f"{first} and {second} are not linked"
        raise AssertionError(message)

    def titles(self) -> list[str]:
        """Return what is drawn, by title."""
        scene = self.view.stage.scene
        return sorted(scene.look(row).title for row in range(len(scene.keys)))

    def names(self) -> set[str]:
        """Return the names of the elements of the design."""
        return {element.name for element in self.view.controller.topology.elements()}

    def selected(self) -> set[str]:
        """Return the titles of what is selected; a link as “a – b”."""
        topology, scene = self.view.controller.topology, self.view.stage.scene
        found = set()
        for key in self.view.controller.selection:
            if key in scene.row_of:
                found.add(scene.look(scene.row_of[key]).title)
                continue
            link = self.view.stage.link(key)
            assert link is not None
            ends = [topology.find(end, Element) for end in (link.source, link.target)]
            found.add(" – ".join(end.name for end in ends if end is not None))
        return found

    def at(self, where: Where) -> QPoint:
        """Return a point of the view at which a thing can be grabbed: the body of a card, the title of a zone."""
        if isinstance(where, QPoint):
            return where
        key = self.key(where)
        box = self.view.stage.box(key)
        assert box is not None
        scene = self.view.stage.scene
        left, top, right, bottom = self.view.stage.camera.box_to_view(box)
        if scene.shapes[scene.row_of[key]] == Shape.ZONE:
            return QPoint(round(left + 60), round(top + 12 * self.view.stage.camera.scale))
        return QPoint(round(left + min((right - left) / 3, 60)), round((top + bottom) / 2))

    def inside(self, name: str, dx: float, dy: float) -> QPoint:
        """Return a point of the view by its distance from a thing's corner, in scene units."""
        box = self.view.stage.box(self.key(name))
        assert box is not None
        return self.scene_point(box[0] + dx, box[1] + dy)

    def scene_point(self, x: float, y: float) -> QPoint:
        """Return the pixel that shows a scene point."""
        view_x, view_y = self.view.stage.camera.to_view(x, y)
        return QPoint(round(view_x), round(view_y))

    def on_link(self, first: str, second: str) -> QPoint:
        """Return a point on a link, away from its ends and from what lies over it."""
        line = lookup.line_of(self.view.stage.scene, self.link(first, second))
        (x0, y0), (x1, y1) = max(
            pairwise(line), key=lambda pair: abs(pair[0][0] - pair[1][0]) + abs(pair[0][1] - pair[1][1])
        )
        return self.scene_point(x0 + (x1 - x0) * 0.4, y0 + (y1 - y0) * 0.4)

    def port(self, name: str, side: str = "bottom") -> QPoint:
        """Return the dot of a thing that a link is dragged from."""
        place = {"bottom": 0, "top": 1, "left": 2, "right": 3}[side]
        x, y = ports(self.view.stage, self.key(name))[place]
        return QPoint(round(x), round(y))

    def corner(self, name: str, side: tuple[int, int] = (1, 1)) -> QPoint:
        """Return a corner handle of a selected thing."""
        outline = selection_box(self.view.stage, self.key(name))
        assert outline is not None
        x, y = corners(outline)[side]
        return QPoint(round(x), round(y))

    def link_end(self, first: str, second: str, end: str) -> QPoint:
        """Return the handle at one end of a selected link: ``source`` or ``target``."""
        link = self.view.stage.link(self.link(first, second))
        assert link is not None
        x, y = link_ends(self.view.stage, link)[end]  # type: ignore[index]  # tests name the end in words
        return QPoint(round(x), round(y))

    # ---- mouse

    def press(self, where: Where, *, button: Qt.MouseButton = LEFT, keys: Qt.KeyboardModifier = NONE) -> None:
        """Press a button and hold it."""
        at = self.at(where)
        self.move(at, keys=keys)
        self._button, self._modifiers = button, keys
        QTest.mousePress(self.view, button, keys, at)

    def move(self, where: Where, *, keys: Qt.KeyboardModifier | None = None) -> None:
        """Move the pointer, with whatever is held down."""
        at = QPointF(self.at(where))
        keys = self._modifiers if keys is None else keys
        held = self._button if self._button is not None else Qt.MouseButton.NoButton
        event = QMouseEvent(
            QEvent.Type.MouseMove, at, QPointF(self.view.mapToGlobal(at)), Qt.MouseButton.NoButton, held, keys
        )
        QApplication.sendEvent(self.view, event)

    def release(self, where: Where, *, keys: Qt.KeyboardModifier | None = None) -> None:
        """Let the button go."""
        at = self.at(where)
        button = self._button or LEFT
        keys = self._modifiers if keys is None else keys
        self._button, self._modifiers = None, NONE
        QTest.mouseRelease(self.view, button, keys, at)

    def click(self, where: Where, *, button: Qt.MouseButton = LEFT, keys: Qt.KeyboardModifier = NONE) -> None:
        """Press and release without moving."""
        at = self.at(where)
        self.press(at, button=button, keys=keys)
        self.release(at)

    def double_click(self, where: Where) -> None:
        """Click twice."""
        at = self.at(where)
        self.click(at)
        QTest.mouseDClick(self.view, LEFT, NONE, at)

    def drag(
        self,
        start: Where,
        end: Where,
        *,
        keys: Qt.KeyboardModifier = NONE,
        button: Qt.MouseButton = LEFT,
        steps: int = 6,
    ) -> None:
        """Press, move in steps, release."""
        first, last = self.at(start), self.at(end)
        self.press(first, keys=keys, button=button)
        for step in range(1, steps + 1):
            self.move(first + (last - first) * step / steps)
        self.release(last)

    def drag_by(self, start: Where, dx: int, dy: int, *, keys: Qt.KeyboardModifier = NONE) -> None:
        """Drag by pixels."""
        first = self.at(start)
        self.drag(first, first + QPoint(dx, dy), keys=keys)

    def hover(self, where: Where) -> None:
        """Move the pointer there without a button."""
        self.move(where)

    def wheel(self, where: Where, turned: int, *, keys: Qt.KeyboardModifier = NONE) -> None:
        """Turn the wheel; 120 is one notch."""
        at = QPointF(self.at(where))
        event = QWheelEvent(
            at,
            QPointF(self.view.mapToGlobal(at)),
            QPoint(),
            QPoint(0, turned),
            Qt.MouseButton.NoButton,
            keys,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self.view, event)

    def drop_from_palette(self, title: str, where: Where, *, over: Iterable[Where] = ()) -> None:
        """Drag an entry of the palette onto the canvas and drop it."""
        target = self.at(where)
        for place in (*over, target):
            self.drag_over(title, place)
        data = self._payload(title)
        QApplication.sendEvent(self.view, QDropEvent(QPointF(target), Qt.DropAction.CopyAction, data, LEFT, NONE))

    def drag_over(self, title: str, where: Where) -> None:
        """Carry an entry of the palette over the canvas."""
        data, action, at = self._payload(title), Qt.DropAction.CopyAction, self.at(where)
        QApplication.sendEvent(self.view, QDragEnterEvent(at, action, data, LEFT, NONE))
        QApplication.sendEvent(self.view, QDragMoveEvent(at, action, data, LEFT, NONE))

    def connect(self, first: str, second: Where, *, side: str = "bottom") -> None:
        """Drag a link from the port of a thing to another thing."""
        self.hover(first)
        self.drag(self.port(first, side), second)

    # ---- keys

    def keys(self, *pressed: Qt.Key | str, held: Qt.KeyboardModifier = NONE) -> None:
        """Press keys one after another in whatever has the keyboard."""
        for key in pressed:
            target = self._focused()
            if isinstance(key, str):
                QTest.keyClicks(target, key)
            else:
                QTest.keyClick(target, key, held)

    def _focused(self) -> QWidget:
        """Return what has the keyboard, also when no window system makes the window active."""
        for focused in (QApplication.focusWidget(), self.view.window().focusWidget()):
            if isinstance(focused, QWidget):
                return focused
        return self.view

    def type_name(self, name: str) -> None:
        """Type a name into the open editor and press Enter."""
        editor = self.view.findChild(QLineEdit, "nameEditor")
        assert editor is not None
        assert editor.isVisible(), "no name is being typed"
        editor.selectAll()
        QTest.keyClicks(editor, name)
        QTest.keyClick(editor, Qt.Key.Key_Return)

    def pick(self, text: str) -> None:
        """Type into the open list and take its first row."""
        chooser = self.chooser()
        assert chooser.isVisible(), "no list is open"
        self.keys(text)
        assert chooser.titles(), f"nothing in the list matches {text!r}"
        self.keys(Qt.Key.Key_Return)

    def chooser(self) -> Chooser:
        """Return the searchable list."""
        found = self.view.findChild(Chooser)
        assert isinstance(found, Chooser)
        return found

    @staticmethod
    def entry(title: str) -> Placeable:
        """Return an entry of the palette by its title."""
        return next(entry for entry in CATALOGUE if entry.title == title)

    def _payload(self, title: str) -> QMimeData:
        data = QMimeData()
        data.setData(MIME_TYPE, self.entry(title).words.payload())
        return data
