"""Which key does what while the canvas has the focus."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from designer.ui.canvas.interaction import Tool
from designer.ui.canvas.snapping import GRID

if TYPE_CHECKING:
    from designer.ui.canvas.surface import Surface

Key = Qt.Key
Chord = tuple[bool, bool, bool, int]
"""Ctrl, Shift, Alt, key."""

_ARROWS: dict[int, tuple[int, int]] = {
    Key.Key_Left: (-1, 0),
    Key.Key_Right: (1, 0),
    Key.Key_Up: (0, -1),
    Key.Key_Down: (0, 1),
}
FAR = 10
"""Grid steps of a nudge with Shift."""


class Keyboard:
    """Runs the command that a key stands for."""

    def __init__(self, view: Surface) -> None:
        self._view = view
        self._table = self._commands()

    def press(self, event: QKeyEvent) -> bool:
        """Run what a key stands for; say whether it stands for anything."""
        modifiers = event.modifiers()
        ctrl = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        alt = bool(modifiers & Qt.KeyboardModifier.AltModifier)
        key = event.key()
        if key == Key.Key_Space and not (ctrl or event.isAutoRepeat()):
            self._view.hold_space(held=True)
            return True
        if key in _ARROWS:
            return self._arrow(_ARROWS[key], ctrl=ctrl, shift=shift, alt=alt)
        command = self._table.get((ctrl, shift, alt, key))
        if command is None:
            return self._standard(event)
        return command() is not False

    def _arrow(self, way: tuple[int, int], *, ctrl: bool, shift: bool, alt: bool) -> bool:
        commands, stage = self._view.commands, self._view.stage
        if ctrl and shift:
            return commands.focus_towards(*way)
        if ctrl:
            return False
        if not stage.selection:
            self._view.zoom.scroll(way[0] * 6 * GRID, way[1] * 6 * GRID)
            return True
        step = 1.0 if alt else FAR * GRID if shift else GRID
        commands.nudge(way[0] * step, way[1] * step)
        return True

    def _standard(self, event: QKeyEvent) -> bool:
        commands, controller = self._view.commands, self._view.controller
        standard: tuple[tuple[QKeySequence.StandardKey, Callable[[], object]], ...] = (
            (QKeySequence.StandardKey.Undo, controller.undo),
            (QKeySequence.StandardKey.Redo, controller.redo),
            (QKeySequence.StandardKey.Copy, commands.copy),
            (QKeySequence.StandardKey.Cut, commands.cut),
            (QKeySequence.StandardKey.Paste, commands.paste),
            (QKeySequence.StandardKey.SelectAll, commands.select_all),
            (QKeySequence.StandardKey.Delete, self._view.delete_selection),
            (QKeySequence.StandardKey.ZoomIn, self._view.zoom_in),
            (QKeySequence.StandardKey.ZoomOut, self._view.zoom_out),
        )
        for sequence, command in standard:
            if event.matches(sequence):
                command()
                return True
        return False

    def _commands(self) -> dict[Chord, Callable[[], object]]:
        view, commands = self._view, self._view.commands
        plain, ctrl, shift = (False, False, False), (True, False, False), (False, True, False)
        ctrl_shift = (True, True, False)
        return {
            (*plain, Key.Key_Escape): view.escape,
            (*plain, Key.Key_Delete): view.delete_selection,
            (*plain, Key.Key_Backspace): view.delete_selection,
            (*plain, Key.Key_Insert): commands.quick_add,
            (*plain, Key.Key_F2): commands.rename,
            (*plain, Key.Key_Return): view.enter,
            (*plain, Key.Key_Enter): view.enter,
            (*plain, Key.Key_U): commands.focus_out,
            (*plain, Key.Key_L): lambda: commands.follow_link(1),
            (*shift, Key.Key_L): lambda: commands.follow_link(-1),
            (*plain, Key.Key_C): view.start_connecting,
            (*plain, Key.Key_D): view.start_declaring,
            (*plain, Key.Key_V): lambda: view.set_tool(Tool.SELECT),
            (*plain, Key.Key_H): lambda: view.set_tool(Tool.HAND),
            (*plain, Key.Key_N): lambda: view.start_placing("note"),
            (*plain, Key.Key_Menu): view.open_menu_at_focus,
            (*shift, Key.Key_F10): view.open_menu_at_focus,
            (*ctrl, Key.Key_Space): commands.toggle_focused,
            (*ctrl, Key.Key_D): commands.duplicate,
            (*ctrl, Key.Key_I): commands.invert_selection,
            (*ctrl_shift, Key.Key_A): commands.select_none,
            (*ctrl_shift, Key.Key_V): view.paste_in_place,
            (*ctrl_shift, Key.Key_Z): view.controller.redo,
            (*ctrl, Key.Key_Equal): view.zoom_in,
            (*ctrl, Key.Key_0): lambda: view.zoom_to(1.0),
            (*ctrl, Key.Key_1): view.fit_all,
            (*ctrl, Key.Key_2): view.fit_selection,
            (*ctrl, Key.Key_Period): view.open_findings_at_focus,
        }
