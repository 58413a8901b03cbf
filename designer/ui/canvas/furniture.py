"""The widgets that stand on the canvas: overview map, lists, name editor, findings, hints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF

from designer.drawing import measures
from designer.model.realisation import PartKey
from designer.ui.canvas import lookup, spoken
from designer.ui.canvas.chooser import Chooser
from designer.ui.canvas.hints import EmptyHints
from designer.ui.canvas.name_editor import HEIGHT as EDITOR_HEIGHT
from designer.ui.canvas.name_editor import LEAST_WIDTH, NameEditor
from designer.ui.canvas.overview_map import MARGIN, OverviewMap
from designer.ui.canvas.popover import FindingsPopover

if TYPE_CHECKING:
    from collections.abc import Collection

    from designer.drawing.theme import Theme
    from designer.rules.registry import Judged
    from designer.ui.canvas.surface import Surface

LEAST_VIEW_FOR_MAP = 480
BADGE = 24


class Furniture:
    """Makes the widgets of one view and keeps them in place.

    Attributes:
        map_wanted: whether the overview map is shown when there is something to show.
    """

    def __init__(self, view: Surface) -> None:
        stage = view.stage
        self._view, self._stage = view, stage
        self.map_wanted = True
        self._bounds = stage.scene.bounds()
        self.hints = EmptyHints(stage.theme, view)
        self.map = OverviewMap(stage, view)
        self.chooser = Chooser(stage.theme, view)
        self.editor = NameEditor(stage.theme, self._keep_name, view)
        self.popover = FindingsPopover(stage.theme, view)
        stage.choice_wanted.connect(self.chooser.ask)
        stage.rename_wanted.connect(self.edit_name)
        stage.findings_wanted.connect(self.show_findings)
        stage.scene_changed.connect(lambda _change: self.arrange())
        view.controller.judged_changed.connect(self._close_outdated)
        self.popover.fix_wanted.connect(view.controller.fix)
        self.popover.suppress_wanted.connect(view.suppress_wanted)
        self.popover.agree_wanted.connect(view.agree_wanted)
        self.popover.page_wanted.connect(view.page_wanted)
        self.hints.add_wanted.connect(view.quick_add)
        self.hints.sample_wanted.connect(view.sample_requested)
        self.arrange()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        for widget in (self.hints, self.map, self.chooser, self.editor, self.popover):
            widget.set_theme(theme)

    def arrange(self) -> None:
        """Put everything in its place; the hints are there as long as the canvas is empty."""
        empty = not self._stage.scene.keys
        if not empty and self.hints.isAncestorOf(self._view.window().focusWidget()):
            self._view.setFocus()
        self.hints.setVisible(empty)
        self.hints.centre()
        self.map.move(MARGIN, MARGIN)
        self.popover.stay_in_view()
        self._bounds = self._stage.scene.bounds()
        self._show_map()

    def close_popups(self) -> None:
        """Close what a press elsewhere closes."""
        self.chooser.close_without()
        self.popover.close_quietly()

    def follow_camera(self) -> None:
        """Keep the name editor on its thing; lists and findings belong to where they were opened."""
        self._show_map()
        if self.editor.key is not None:
            self.editor.setGeometry(self._title_box(self.editor.key))

    def edit_name(self, key: PartKey, fresh: bool) -> None:  # a slot
        """Open the name editor on a thing."""
        entity = self._stage.element(key) or self._stage.link(key)
        if self._view.controller.is_read_only:
            self._stage.refuse("This design was written by a newer version and can only be looked at here.")
        elif entity is not None:
            self._view.zoom.reveal((key,))
            self.editor.edit(key, entity.name, self._title_box(key), fresh=fresh)

    def show_findings(self, key: PartKey) -> None:
        """Open the findings of a thing beside it."""
        judged = self._view.findings_of(key)
        if judged:
            box = self._view.local_rect(key) if self._stage.box(key) is not None else self._middle(key)
            suppressed = sum(
                key.element in found.finding.elements for found, _ in self._view.controller.sifted.suppressed
            )
            self.popover.open_for(spoken.title(self._stage, key), self._stage.topology, judged, box, suppressed)

    def _close_outdated(self, judged: Collection[Judged]) -> None:  # a slot
        """Close findings of which one is gone, whatever mended it."""
        if self.popover.isVisible() and any(found not in judged for found in self.popover.judged):
            self.popover.close_quietly()

    def _show_map(self) -> None:
        """Show the map where there is room; with everything in view it does not cover any of it."""
        wanted = self.map_wanted and bool(self._stage.scene.keys) and self._view.width() >= LEAST_VIEW_FOR_MAP
        self.map.setVisible(wanted and (self.map.hasFocus() or not self._is_map_in_the_way()))

    def _is_map_in_the_way(self) -> bool:
        left, top, right, bottom = self._stage.camera.box_to_view(self._bounds)
        drawing = QRectF(left, top, right - left, bottom - top)
        return QRectF(self._view.rect()).contains(drawing) and drawing.intersects(QRectF(self.map.geometry()))

    def _keep_name(self, key: PartKey, name: str, fresh: bool) -> None:  # a callback
        self._view.commands.set_name(key, name, fresh=fresh)

    def _middle(self, key: PartKey) -> QRect:
        """Return the middle of a line, as wide as a badge."""
        line = lookup.line_of(self._stage.scene, key) or [(0.0, 0.0)]
        left, top = self._stage.camera.to_view(*line[len(line) // 2])
        return QRect(round(left) - BADGE // 2, round(top) - BADGE // 2, BADGE, BADGE)

    def _title_box(self, key: PartKey) -> QRect:
        box = self._stage.box(key)
        scale = self._stage.camera.scale
        if box is None:
            middle = self._middle(key).center()
            return QRect(middle.x() - LEAST_WIDTH // 2, middle.y() - EDITOR_HEIGHT // 2, LEAST_WIDTH, EDITOR_HEIGHT)
        left, top, right, bottom = self._stage.camera.box_to_view(box)
        inset = measures.CARD_TEXT_INSET * scale - 6
        height = min(bottom - top, measures.CARD_HEIGHT * scale)
        y = round(top + max((height - EDITOR_HEIGHT) / 2, 0) - (8 * scale if bottom - top > 40 * scale else 0))
        width = max(round(min(right - left - inset - 6, 240)), LEAST_WIDTH)
        return QRect(round(left + inset), max(y, 0), width, EDITOR_HEIGHT)
