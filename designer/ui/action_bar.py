"""Turns the table of actions into QActions and menus, and keeps them true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAction

from designer.ui.actions import ACTIONS, MENUS, ActionSpec, Where

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

    from designer.ui.workspace import Workspace


class ActionBar(QObject):
    """All actions of a window.

    Attributes:
        actions: by id.
        menus: by path: “File”, “View/Theme”.
    """

    def __init__(self, bar: QMenuBar, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self.actions: dict[str, QAction] = {}
        self.menus: dict[str, QMenu] = {}
        for title in MENUS:
            menu = bar.addMenu(f"&{title}")
            menu.setToolTipsVisible(True)
            menu.aboutToShow.connect(self.refresh)
            self.menus[title] = menu
        for spec in ACTIONS:
            self._add(spec)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.refresh)
        workspace.state_changed.connect(self._timer.start)
        self.refresh()

    def refresh(self) -> None:
        """Enable, tick and name every action as things are now."""
        for spec in ACTIONS:
            action = self.actions[spec.id]
            reason = spec.blocked(self._workspace)
            action.setEnabled(not reason)
            tip = f"{spec.words()}: {reason[0].lower()}{reason[1:]}" if reason else spec.words().rstrip("…")
            action.setToolTip(tip)
            action.setStatusTip(reason)
            if spec.label is not None:
                action.setText(spec.label(self._workspace))
            if spec.state is not None:
                action.setChecked(spec.state(self._workspace))

    def _add(self, spec: ActionSpec) -> None:
        action = QAction(spec.text, self._workspace.window)
        action.setObjectName(spec.id)
        action.setShortcuts(spec.sequences())
        action.setCheckable(spec.state is not None)
        action.triggered.connect(lambda: self._run(spec))
        homes: dict[Where, tuple[QWidget, ...]] = {
            Where.WINDOW: (self._workspace.window,),
            Where.CANVAS: (self._workspace.canvas,),
            Where.DRAWING: (self._workspace.canvas, self._workspace.outline),
        }
        if spec.where is not Where.WINDOW:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        for home in homes[spec.where]:
            home.addAction(action)
        menu = self._menu(spec.menu)
        if spec.starts_group:
            menu.addSeparator()
        menu.addAction(action)
        self.actions[spec.id] = action

    def _menu(self, path: str) -> QMenu:
        if path not in self.menus:
            outer, _, title = path.rpartition("/")
            menu = self._menu(outer).addMenu(title)
            menu.setToolTipsVisible(True)
            self.menus[path] = menu
        return self.menus[path]

    def _run(self, spec: ActionSpec) -> None:
        if not spec.blocked(self._workspace):
            spec.run(self._workspace)
        self.refresh()
