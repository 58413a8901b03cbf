"""Context menus: the same words as the menu bar, the most used first, at most twelve entries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from designer.model.flows import Flow
from designer.model.realisation import PartKey
from designer.ui.canvas.quick_add import NO_TRAFFIC
from designer.ui.canvas.targets import sends, takes_links

if TYPE_CHECKING:
    from designer.ui.canvas.surface import Surface


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a menu.

    Attributes:
        keys: the keys that do the same, shown beside it.
        reason: why it cannot be chosen now; empty when it can.
    """

    text: str
    run: Callable[[], object]
    keys: str = ""
    reason: str = ""
    starts_group: bool = False


def build(entries: Sequence[Entry], parent: QWidget) -> QMenu:
    """Return a menu of entries; those that cannot be chosen stay, with the reason as their tip."""
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    for entry in entries:
        if entry.starts_group:
            menu.addSeparator()
        action = menu.addAction(f"{entry.text}\t{entry.keys}" if entry.keys else entry.text)
        action.triggered.connect(lambda _checked=False, run=entry.run: run())
        action.setEnabled(not entry.reason)
        action.setToolTip(entry.reason or entry.text)
        action.setStatusTip(entry.reason)
    return menu


class CanvasMenus:
    """Makes the menus of one view."""

    def __init__(self, view: Surface) -> None:
        self._view = view

    def for_focus(self) -> list[Entry]:
        """Return the entries for what is selected, else those of the empty canvas."""
        stage = self._view.stage
        keys = stage.selection
        if not keys:
            return self.for_canvas()
        first = stage.focus if stage.focus in keys else next(iter(keys))
        assert first is not None, "the selection is not empty"
        if stage.link(first) is not None:
            return self.for_link(first)
        return self.for_node(first)

    def for_canvas(self, at: tuple[float, float] | None = None) -> list[Entry]:
        """Return the entries for empty canvas; ``at`` is the scene point that was clicked."""
        view = self._view
        add = view.quick_add if at is None else lambda: view.quick_add_at(at)
        empty = "" if view.stage.scene.keys else "The design is empty."
        nothing = "" if view.commands.can_paste() else "The clipboard holds nothing that can be pasted here."
        return [
            Entry("Quick add…", add, "Ins"),
            Entry("Paste", view.paste, "Ctrl+V", nothing),
            Entry("Paste in place", view.paste_in_place, "Ctrl+Shift+V", nothing),
            Entry("Select all", view.select_all, "Ctrl+A", empty, starts_group=True),
            Entry("Select an area", view.select_area, "", empty),
            Entry("Fit everything", view.fit_all, "Ctrl+1", empty, starts_group=True),
            Entry("100 %", lambda: view.zoom_to(1.0), "Ctrl+0"),
        ]

    def for_node(self, key: PartKey) -> list[Entry]:
        """Return the entries for an element, or for a part that follows from one."""
        view, stage = self._view, self._view.stage
        element = stage.element(key)
        derived = "" if element is not None else "This follows from the drawing; it has no settings of its own here."
        linkable = "" if takes_links(element) else derived or "What a WinNAT translates follows from its prefix."
        talking = "" if sends(element) else derived or NO_TRAFFIC
        findings = "" if view.findings_of(key) else "There are no findings here."
        return [
            Entry("Connect to…", view.connect_focused, "C", linkable),
            Entry("Declare traffic to…", view.commands.declare_traffic, "D", talking),
            Entry("Rename", view.rename, "F2", derived),
            Entry("Move", view.pick_up, ""),
            Entry("Show in inspector", lambda: view.inspect_requested.emit(key, ""), "Enter"),
            Entry("Findings and fixes…", lambda: view.show_findings(key), "Ctrl+.", findings),
            Entry("Cut", view.cut, "Ctrl+X", derived, starts_group=True),
            Entry("Copy", view.copy, "Ctrl+C", derived),
            Entry("Paste", view.paste, "Ctrl+V", "" if view.commands.can_paste() else "The clipboard is empty."),
            Entry("Duplicate", view.duplicate, "Ctrl+D", derived),
            Entry("Delete", view.delete_selection, "Del", derived),
            Entry("Select what is connected", view.commands.select_connected, "", linkable, starts_group=True),
        ]

    def for_link(self, key: PartKey) -> list[Entry]:
        """Return the entries for a link."""
        view = self._view
        findings = "" if view.findings_of(key) else "There are no findings here."
        is_flow = isinstance(view.stage.link(key), Flow)
        first, second = ("the sender", "the receiver") if is_flow else ("the upper end", "the lower end")
        return [
            Entry(f"Reconnect {first}…", lambda: view.commands.reconnect(key, "source")),
            Entry(f"Reconnect {second}…", lambda: view.commands.reconnect(key, "target")),
            Entry("Rename", view.rename, "F2"),
            Entry("Show in inspector", lambda: view.inspect_requested.emit(key, ""), "Enter"),
            Entry("Findings and fixes…", lambda: view.show_findings(key), "Ctrl+.", findings),
            Entry("Delete", view.delete_selection, "Del", starts_group=True),
        ]

    def open(self, entries: Sequence[Entry], at: QPoint) -> QMenu:
        """Show a menu at a point of the view."""
        menu = build(entries, self._view)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._view.mapToGlobal(at))
        return menu
