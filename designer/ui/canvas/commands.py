"""What menus and keys do on the canvas, without a pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from designer.drawing.layout import arrange
from designer.editing.clipboard import MIME_TYPE as FRAGMENT_TYPE
from designer.editing.clipboard import copy, paste
from designer.editing.commands import LinkEnd, delete, move, rename
from designer.errors import DesignerError
from designer.model.base import Element
from designer.model.changes import ChangeSet
from designer.model.identity import EntityId
from designer.model.realisation import PartKey
from designer.model.topology import Topology
from designer.ui.canvas import navigation
from designer.ui.canvas.bulk import offer_common_targets
from designer.ui.canvas.quick_add import add_at_focus, offer_at_focus, offer_reconnect, offer_targets
from designer.ui.canvas.stage import element_ids, sorted_keys
from designer.ui.canvas.targets import takes_links
from designer.ui.canvas.tools.move import added_keys, movers
from designer.ui.document_controller import AMEND

if TYPE_CHECKING:
    from designer.ui.canvas.catalogue import Placeable
    from designer.ui.canvas.stage import Stage


CASCADE = 16.0
"""Scene units that a paste is beside what was copied."""


class Commands:
    """Acts on the selection and the focus of a stage."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._origin: EntityId | None = None
        self._cut = b""
        stage.scene_changed.connect(self._forget_cut)

    # ---- changing

    def delete_selection(self) -> None:
        """Remove what is selected, with its contents and links."""
        ids = element_ids(self._stage.selection)
        if not ids:
            self._explain_derived("removed")
            return
        neighbour = self._neighbour()
        change = self._stage.attempt(lambda: delete(self._stage.topology, ids))
        if change is not None:
            self._stage.set_focus(neighbour if neighbour in self._stage.scene.row_of else None)
            self._stage.say(change.label)

    def duplicate(self) -> None:
        """Copy what is selected beside itself."""
        ids = self._copied_ids()
        if ids:
            self._paste(copy(self._arranged(), ids), self._parent_of(ids), CASCADE, CASCADE, "Duplicate")

    def copy(self) -> bool:
        """Put what is selected on the clipboard; say whether there was anything."""
        ids = self._copied_ids()
        if not ids:
            return False
        data = QMimeData()
        data.setData(FRAGMENT_TYPE, copy(self._arranged(), ids))
        self._origin = self._parent_of(ids)
        data.setText("\n".join(self._as_text(ids)))
        QGuiApplication.clipboard().setMimeData(data)
        self._stage.say(f"Copied {len(ids)}")
        return True

    def cut(self) -> None:
        """Put what is selected on the clipboard and remove it."""
        if self.copy():
            self._cut = self._clipboard()
            self.delete_selection()

    def can_paste(self) -> bool:
        """Whether the clipboard holds a part of a design."""
        return self._clipboard() != b""

    def paste(self, *, in_place: bool = False) -> None:
        """Add what is on the clipboard: in the focused zone if it is legal there, beside the original otherwise."""
        if not self.can_paste():
            self._stage.refuse("The clipboard holds nothing that can be pasted here.")
            return
        fragment = self._clipboard()
        step = 0.0 if in_place else CASCADE
        focused = self._stage.element(self._stage.focus)
        origin = self._stage.topology.find(self._origin, Element)
        target = focused or origin
        self._paste(fragment, target.id if target is not None else None, step, step, "")

    def nudge(self, dx: float, dy: float) -> None:
        """Move what is selected by scene units; nudges that follow each other are one step."""
        keys = movers(self._stage, self._stage.selection)
        if keys:
            positions = {key: self._stage.scene.local_position(key) for key in keys}
            offsets = dict.fromkeys(keys, (dx, dy))
            self._stage.attempt(lambda: move(self._stage.topology, offsets, positions), gesture="nudge")

    def rename(self) -> None:
        """Let the name of the focused thing be typed."""
        key = self._stage.focus
        if key is None or (self._stage.element(key) is None and self._stage.link(key) is None):
            self._explain_derived("renamed")
            return
        self._stage.rename_wanted.emit(key, False)

    def set_name(self, key: PartKey, name: str, *, fresh: bool) -> None:
        """Give a thing the name that was typed; right after creating it this belongs to the same step."""
        self._stage.attempt(lambda: rename(self._stage.topology, key.element, name), gesture=AMEND if fresh else "")

    def place(self, entry: Placeable) -> PartKey | None:
        """Add a thing where the keyboard is."""
        return add_at_focus(self._stage, entry)

    def quick_add(self) -> None:
        """List what can be added where the keyboard is."""
        offer_at_focus(self._stage)

    def connect(self) -> bool:
        """List what the focused thing, or all selected ones, can be connected to; say whether there is one."""
        selected = [key for key in sorted_keys(self._stage.selection) if takes_links(self._stage.element(key))]
        if len(selected) > 1:
            offer_common_targets(self._stage, selected)
            return True
        if self._stage.focus is None or self._stage.element(self._stage.focus) is None:
            return False
        offer_targets(self._stage, self._stage.focus)
        return True

    def declare_traffic(self) -> bool:
        """List what the focused thing can send to; say whether there is one."""
        if self._stage.focus is None or self._stage.element(self._stage.focus) is None:
            return False
        offer_targets(self._stage, self._stage.focus, flow=True)
        return True

    def reconnect(self, key: PartKey, end: LinkEnd) -> None:
        """List what an end of a link can be moved to."""
        offer_reconnect(self._stage, key, end)

    # ---- selecting

    def select_all(self) -> None:
        """Select the siblings of the focused thing; everything when they are selected already."""
        scene = self._stage.scene
        nearby = frozenset(scene.mover(key) for key in navigation.siblings(scene, self._stage.focus))
        everything = frozenset(scene.mover(key) for key in scene.keys)
        self._stage.select(everything if nearby <= self._stage.selection else nearby, focus=self._stage.focus)

    def select_none(self) -> None:
        """Select nothing."""
        self._stage.select(())

    def invert_selection(self) -> None:
        """Select the other siblings."""
        scene = self._stage.scene
        nearby = frozenset(scene.mover(key) for key in navigation.siblings(scene, self._stage.focus))
        self._stage.select(nearby - self._stage.selection)

    def select_connected(self) -> None:
        """Add what is linked to the selection."""
        found = set(self._stage.selection)
        for key in self._stage.selection:
            for link in self._stage.topology.links_of(key.element):
                found |= {PartKey(link.source), PartKey(link.target)}
        self._stage.select(found)

    def toggle_focused(self) -> None:
        """Add the focused thing to the selection, or take it out."""
        if self._stage.focus is not None:
            self._stage.select(self._stage.selection ^ {self._stage.focus}, focus=self._stage.focus)

    # ---- moving the focus

    def focus_next(self, step: int) -> bool:
        """Go to the next or previous thing in reading order; say whether there is one."""
        return self._go(navigation.next_in_order(self._stage.scene, self._stage.focus, step))

    def focus_towards(self, dx: int, dy: int) -> bool:
        """Go to the nearest thing in a direction."""
        focus = self._stage.focus
        return self._go(navigation.in_direction(self._stage.scene, focus, dx, dy) if focus is not None else None)

    def focus_in(self) -> bool:
        """Go into the focused zone, or along the focused link to its other end."""
        focus = self._stage.focus
        link = self._stage.link(focus)
        if link is not None:
            return self._go(PartKey(link.target))
        inside = navigation.contents(self._stage.scene, focus) if focus is not None else []
        return self._go(inside[0] if inside else None)

    def focus_out(self) -> bool:
        """Go to the zone around the focused thing."""
        focus = self._stage.focus
        return self._go(navigation.container(self._stage.scene, focus) if focus is not None else None)

    def follow_link(self, step: int) -> bool:
        """Go through the links of the focused thing."""
        focus = self._stage.focus
        if focus is None:
            return False
        current = self._stage.link(focus)
        anchor = current.source if current is not None else focus.element
        links = [PartKey(link.id) for link in self._stage.topology.links_of(anchor)]
        if not links:
            return False
        place = links.index(focus) + step if focus in links else (0 if step > 0 else -1)
        return self._go(links[place % len(links)])

    def _go(self, key: PartKey | None) -> bool:
        if key is None:
            return False
        self._stage.by_keyboard = True
        self._stage.overlay.hover = None
        self._stage.select([key], focus=key)
        self._stage.reveal_wanted.emit((key,))
        self._stage.touch()
        return True

    # ---- helpers of the above

    def _clipboard(self) -> bytes:
        """Return the part of a design on the clipboard; nothing when it holds anything else, or there is none."""
        data: QMimeData | None = QGuiApplication.clipboard().mimeData()
        return bytes(data.data(FRAGMENT_TYPE).data()) if data is not None else b""

    def _forget_cut(self, change: object) -> None:
        """What was cut from another design gets fresh ids."""
        if change is None:
            self._cut = b""

    def _neighbour(self) -> PartKey | None:
        scene, focus = self._stage.scene, self._stage.focus
        if focus is None:
            return None
        return navigation.next_in_order(scene, focus, -1) or navigation.container(scene, focus)

    def _copied_ids(self) -> list[EntityId]:
        topology = self._stage.topology
        return [key for key in element_ids(self._stage.selection) if topology.find(key, Element) is not None]

    def _arranged(self) -> Topology:
        """Return the design with a position for everything, so that copies stand where the originals are shown."""
        return self._stage.topology.apply(arrange(self._stage.topology))

    def _parent_of(self, ids: list[EntityId]) -> EntityId | None:
        first = self._stage.topology.find(ids[0], Element)
        return first.parent if first is not None else None

    def _paste(self, fragment: bytes, parent: EntityId | None, dx: float, dy: float, verb: str) -> None:
        try:
            change = paste(self._stage.topology, fragment, parent, dx, dy, keep_ids=fragment == self._cut)
        except DesignerError as error:
            self._stage.refuse(str(error))
            return
        label = change.label.replace("Paste", verb, 1) if verb else change.label
        self._finish_paste(ChangeSet(label, change.edits))

    def _finish_paste(self, change: ChangeSet) -> None:
        if self._stage.execute(change):
            self._stage.select(added_keys(change))
            self._stage.say(change.label)

    def _as_text(self, ids: list[EntityId]) -> list[str]:
        elements = [self._stage.topology.find(entity_id, Element) for entity_id in ids]
        return [f"{element.name}\t{element.title}" for element in elements if element is not None]

    def _explain_derived(self, what: str) -> None:
        if self._stage.selection:
            self._stage.refuse(f"This follows from the drawing and cannot be {what} by itself.")
