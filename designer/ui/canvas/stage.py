"""What gestures work on: the scene, the camera, the selection, the focus, and what is shown on top while they run."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from PySide6.QtCore import QObject, Signal

from designer.drawing.hits import Hit
from designer.drawing.scene import Scene
from designer.drawing.theme import Theme
from designer.errors import DesignerError
from designer.model.base import Element, Link
from designer.model.changes import ChangeSet
from designer.model.identity import EntityId
from designer.model.realisation import PartKey
from designer.model.topology import Topology
from designer.ui.canvas import lookup
from designer.ui.canvas.camera import Box, Camera
from designer.ui.canvas.overlay import Overlay
from designer.ui.document_controller import DocumentController

HIT_TOLERANCE = 4.0
"""Logical pixels around a thin thing that count as on it: links are 8 wide to the pointer at every zoom."""


_NO_PARTS: tuple[lookup.Rows, lookup.Rows] = (np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))


class Stage(QObject):
    """State of one canvas that is not the design.

    Attributes:
        scene: the drawing of the design as it is.
        preview: the drawing as the running gesture would make it; None without one.
        camera: which part is in view.
        overlay: what is shown on top of the drawing.
        focus: what the keyboard acts on.
        by_keyboard: whether the last thing done came from the keyboard; shows the focus ring.
        last_pointer: scene point that the pointer was last at; None when it is not over the canvas.
    """

    overlay_changed = Signal(object)
    """Box in logical pixels, or None for everything."""
    camera_changed = Signal()
    scene_changed = Signal(object)
    """The ChangeSet, or None when everything is new."""
    findings_changed = Signal(object)
    """The scene with the findings as they were."""
    preview_changed = Signal()
    focus_changed = Signal(object)
    hint_changed = Signal(str)
    announced = Signal(str, bool)
    """What a screen reader says, and whether it interrupts."""
    choice_wanted = Signal(object)
    rename_wanted = Signal(object, bool)
    """PartKey, and whether the thing was just created."""
    findings_wanted = Signal(object)
    """PartKey whose badge was clicked."""
    traffic_wanted = Signal()
    """Declared traffic is about to be made and should be seen."""
    reveal_wanted = Signal(object)
    """Keys that should be in view."""

    def __init__(self, controller: DocumentController, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.controller = controller
        self.theme = theme
        self.scene = Scene.build(controller.topology, controller.judged)
        self.preview: Scene | None = None
        self.dragged: tuple[PartKey, ...] = ()
        self.dragged_parts = _NO_PARTS
        self.camera = Camera()
        self.size = (0.0, 0.0)
        self.pixel_ratio = 1.0
        self.overlay = Overlay()
        self.focus: PartKey | None = None
        self.by_keyboard = False
        self.last_pointer: tuple[float, float] | None = None
        controller.changed.connect(self._patch)
        controller.judged_changed.connect(self._judge)
        controller.document_opened.connect(self._rebuild)

    @property
    def topology(self) -> Topology:
        """The design as it is."""
        return self.controller.topology

    @property
    def selection(self) -> frozenset[PartKey]:
        """What is selected, in all views."""
        return self.controller.selection

    @property
    def shown(self) -> Scene:
        """The scene that is on screen: the preview while a gesture runs."""
        return self.preview or self.scene

    # ---- asking

    def hit(self, x: float, y: float) -> Hit | None:
        """Return what is under a scene point; None for empty canvas."""
        return self.scene.hit(x, y, HIT_TOLERANCE / self.camera.scale)

    def hits(self, x: float, y: float) -> list[Hit]:
        """Return everything under a scene point, the uppermost first."""
        return self.scene.hits(x, y, HIT_TOLERANCE / self.camera.scale)

    def box(self, key: PartKey) -> Box | None:
        """Return the scene box of a thing as shown now; None when it is not drawn or is a link."""
        return box_in(self.shown, key)

    def still_box(self, key: PartKey) -> Box | None:
        """Return the scene box of a thing as it is, whatever a gesture shows."""
        return box_in(self.scene, key)

    def element(self, key: PartKey | None) -> Element | None:
        """Return the stored element behind a key; None for derived parts and links."""
        return self.topology.find(key.element, Element) if key is not None and not key.is_derived else None

    def link(self, key: PartKey | None) -> Link | None:
        """Return the link behind a key."""
        return self.topology.find(key.element, Link) if key is not None and not key.is_derived else None

    def visible_box(self) -> Box:
        """Return the scene box in view."""
        return self.camera.box_to_scene((0.0, 0.0, *self.size))

    # ---- doing

    def execute(self, change: ChangeSet, gesture: str = "") -> bool:
        """Make a change; say so when it is refused."""
        return self.controller.execute(change, gesture)

    def attempt(self, make: Callable[[], ChangeSet], gesture: str = "") -> ChangeSet | None:
        """Make the change that a command returns; a command that refuses has its reason shown."""
        try:
            change = make()
        except DesignerError as error:
            self.refuse(str(error))
            return None
        return change if change and self.execute(change, gesture) else None

    def refuse(self, reason: str) -> None:
        """Say why something was not done."""
        self.controller.refused.emit(reason)
        self.announced.emit(reason, True)

    def select(self, keys: Iterable[PartKey], *, focus: PartKey | None = None) -> None:
        """Select things in all views; the keyboard goes on from ``focus``."""
        chosen = frozenset(keys)
        self.set_focus(focus if focus is not None else next(iter(sorted_keys(chosen)), self.focus))
        self.controller.select(chosen)

    def set_focus(self, key: PartKey | None) -> None:
        """Make a thing the one that the keyboard acts on."""
        if key != self.focus:
            self.focus = key
            self.focus_changed.emit(key)
            self.touch()

    def set_camera(self, camera: Camera) -> None:
        """Look at another part of the canvas."""
        aligned = camera.aligned(self.pixel_ratio)
        if aligned != self.camera:
            self.camera = aligned
            self.camera_changed.emit()

    def touch(self, box: Box | None = None) -> None:
        """Have the overlay painted again, in a box of the view or everywhere."""
        self.overlay_changed.emit(box)

    def say(self, text: str, *, urgent: bool = False) -> None:
        """Tell a screen reader something."""
        if text:
            self.announced.emit(text, urgent)

    def hint(self, text: str) -> None:
        """Show what the running gesture offers in the status bar."""
        self.hint_changed.emit(text)

    def show_preview(self, scene: Scene, dragged: Iterable[PartKey]) -> None:
        """Show the drawing as a gesture would make it; only ``dragged`` and its links differ from the scene."""
        first = self.preview is None
        keys = tuple(dragged)
        if keys != self.dragged:
            self.dragged = keys
            self.dragged_parts = lookup.rows_and_links(self.scene, keys)
        self.preview = scene
        if first:
            self.preview_changed.emit()

    def clear_preview(self) -> None:
        """Show the drawing as it is, with nothing on top."""
        had = self.preview is not None
        self.preview, self.dragged, self.dragged_parts = None, (), _NO_PARTS
        self.overlay.clear()
        self.hint("")
        if had:
            self.preview_changed.emit()
        self.touch()

    def show_traffic(self, *, shown: bool) -> None:
        """Draw declared traffic, or leave it out."""
        if shown != self.scene.flows:
            self.clear_preview()
            self.scene = Scene.build(self.topology, self.controller.judged, shown)
            self.scene_changed.emit(None)

    # ---- following the design

    def _patch(self, change: ChangeSet) -> None:
        self.scene = self.scene.patched(self.topology, change)
        self._drop_what_is_gone()
        self.scene_changed.emit(change)

    def _judge(self, judged: object) -> None:
        before, self.scene = self.scene, self.scene.judged(self.controller.judged)
        self.findings_changed.emit(before)

    def _rebuild(self) -> None:
        drawn, flows = self.controller.drawing, self.scene.flows
        fits = drawn is not None and drawn.flows == flows
        self.scene = drawn if drawn and fits else Scene.build(self.topology, self.controller.judged, flows)
        unplaced = lookup.missing_placements(self.scene)
        if unplaced:
            self.controller.commit(unplaced)  # no step: what stands nowhere stays where layout has put it
        self.clear_preview()
        self._drop_what_is_gone()
        self.scene_changed.emit(None)

    def _drop_what_is_gone(self) -> None:
        focus = self.focus
        if focus is not None and focus not in self.scene.row_of and focus.element not in self.topology:
            self.set_focus(None)
        self.overlay.forget_missing(lambda key: key in self.scene.row_of)


def box_in(scene: Scene, key: PartKey) -> Box | None:
    """Return the box of a thing in a scene."""
    row = scene.row_of.get(key)
    if row is None:
        return None
    x, y, width, height = scene.rects[row].tolist()
    return x, y, x + width, y + height


def sorted_keys(keys: Iterable[PartKey]) -> list[PartKey]:
    """Return keys in an order that does not depend on hashing."""
    return sorted(keys, key=lambda key: (key.element, key.part))


def element_ids(keys: Iterable[PartKey]) -> list[EntityId]:
    """Return the ids of the stored things among some keys, in a stable order."""
    return [key.element for key in sorted_keys(keys) if not key.is_derived]
