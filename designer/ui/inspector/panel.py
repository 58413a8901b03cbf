"""The inspector: what is selected, its fields, what the rules say about it, and what follows from the drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from designer.editing.commands import rename, set_fields
from designer.editing.labels import subject
from designer.errors import DesignerError
from designer.model.annotations import DESIGN_ID, DesignInfo
from designer.model.base import Element, EntityBase, Link
from designer.model.changes import ChangeSet, Edit
from designer.painting.icons import icon
from designer.ui.inspector.derived import facts_of
from designer.ui.inspector.facts import FactList
from designer.ui.inspector.form import Form
from designer.ui.inspector.remarks import Remarks
from designer.ui.inspector.values import field_update
from designer.ui.naming import named
from designer.ui.part_words import Words, words_of

if TYPE_CHECKING:
    from designer.drawing.theme import Theme
    from designer.ui.document_controller import DocumentController
    from designer.ui.inspector.fields import FieldSpec
    from designer.ui.settings import Settings

ICON_PX = 26
NARROWEST = 200
"""The content gives way down to this width, in logical pixels, before it is cut off."""
DERIVED_DELAY_MS = 120
"""What follows from the drawing is worked out again when typing has rested for this long."""


class Inspector(QWidget):
    """The one place for properties; never modal."""

    page_wanted = Signal(object)
    """Judged whose rule is to be explained."""
    suppress_wanted = Signal(object)
    """Judged that somebody wants to live with."""
    back_wanted = Signal(object)
    """Suppression that is to be taken back."""
    left = Signal()
    """Esc was pressed with nothing to restore: back to the canvas."""

    def __init__(self, controller: DocumentController, settings: Settings, theme: Theme) -> None:
        super().__init__()
        self._controller, self._settings, self._theme = controller, settings, theme
        self._form: Form | None = None
        self._icon = QLabel()
        self._name = named(QLabel(wordWrap=True), "Selected", role="name")
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._subtitle = named(QLabel(wordWrap=True), "What it is", role="muted")
        self._subtitle.setTextFormat(Qt.TextFormat.PlainText)
        self._remarks = Remarks(theme)
        self._facts = FactList(theme)
        self._body = QVBoxLayout()
        self._scroll = self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DERIVED_DELAY_MS)
        self._timer.timeout.connect(self._show_facts)
        self._facts.wanted.connect(lambda key: controller.select([key]))
        controller.selection_changed.connect(lambda _: self._rebuild())
        controller.document_opened.connect(self._rebuild)
        controller.changed.connect(self._refill)
        controller.judged_changed.connect(lambda _: self._show_findings())
        self._connect_remarks(self._remarks)
        self._rebuild()

    def begin(self, field: str = "") -> None:
        """Put the keyboard into a field, or into the first one."""
        if self._form is None or not self._form.begin(field, self._scroll):
            self._scroll.setFocus()

    def fix_here(self) -> bool:
        """Apply the fix of the first finding at the field that has the keyboard; return whether there is one."""
        rows = self._form.rows.values() if self._form is not None else ()
        here = next((row for row in rows if row.isAncestorOf(self.focusWidget())), None)
        found = here.remarks.fix_at_hand() if here is not None else None
        if found is not None:
            self._controller.fix(found)
        return found is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the canvas at Esc when there was nothing to restore."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._theme = theme
        self._form = None
        self._rebuild()

    def _build(self) -> QScrollArea:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 14, 16, 12)
        row.setSpacing(12)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addWidget(self._subtitle)
        row.addLayout(words, 1)
        line = QFrame()
        line.setProperty("rule", True)
        content = QWidget()
        content.setMinimumWidth(NARROWEST)
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 14, 16, 18)
        column.setSpacing(14)
        column.addWidget(self._remarks)
        column.addLayout(self._body)
        column.addWidget(self._facts)
        column.addStretch(1)
        scroll = named(QScrollArea(), "Properties")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(line)
        layout.addWidget(scroll, 1)
        return scroll

    def _selected(self) -> list[EntityBase]:
        """Return the stored entities that the fields edit: the selection, or the design itself."""
        topology = self._controller.topology
        if not self._controller.selection:
            return [topology.find(DESIGN_ID, DesignInfo) or DesignInfo(id=DESIGN_ID)]
        keys = sorted(self._controller.selection, key=lambda key: (key.element, key.part))
        found = [topology.get(key.element) for key in keys if not key.is_derived]
        return [entity for entity in found if isinstance(entity, Element | Link)]

    def _rebuild(self) -> None:
        entities = self._selected()
        kinds = frozenset(type(entity) for entity in entities)
        if self._form is None or self._form.kinds != kinds:
            self._replace_form(entities)
        elif entities:
            self._form.refill(entities)
        self._show_head()
        self._show_findings()
        self._show_facts()
        self._scroll.verticalScrollBar().setValue(0)

    def _replace_form(self, entities: list[EntityBase]) -> None:
        while self._body.count():
            item = self._body.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._form = None
        if entities:
            self._form = Form(self._controller, entities, self._settings, self._theme)
            self._form.committed.connect(self._commit)
            for row in self._form.rows.values():
                self._connect_remarks(row.remarks)
            self._form.setEnabled(not self._controller.is_read_only)
            self._body.addWidget(self._form)

    def _refill(self) -> None:
        entities = self._selected()
        if self._form is not None and entities and frozenset(type(entity) for entity in entities) == self._form.kinds:
            self._form.refill(entities)
        self._show_head()
        self._timer.start()

    def _show_head(self) -> None:
        words = self._head_words()
        picture = icon(words.icon, self._theme, words.layer, ICON_PX)
        self._icon.setPixmap(picture.pixmap(QSize(ICON_PX, ICON_PX), self.devicePixelRatioF()))
        self._name.setText(words.title)
        self._subtitle.setText(words.subtitle)

    def _head_words(self) -> Words:
        topology, selection = self._controller.topology, self._controller.selection
        if not selection:
            return Words(
                self._controller.name,
                "The design as a whole. Select an element to see its properties.",
                "note",
                "neutral",
            )
        if len(selection) == 1:
            return words_of(topology, next(iter(selection)))
        kinds = {words_of(topology, key).subtitle.partition(" on ")[0] for key in selection}
        what = next(iter(kinds)) if len(kinds) == 1 else "What they have in common can be changed for all at once."
        return Words(f"{len(selection)} selected", what, "compartment", "neutral")

    def _show_findings(self) -> None:
        chosen = {key.element for key in self._controller.selection}
        judged = [found for found in self._controller.judged if chosen & set(found.finding.elements)]
        if self._form is not None and len(chosen) == 1:
            judged = self._form.show_findings(judged)
        suppressed = [pair for pair in self._controller.sifted.suppressed if chosen & set(pair[0].finding.elements)]
        self._remarks.show_findings(self._controller.topology, judged[:MOST_REMARKS], suppressed[:MOST_REMARKS])

    def _show_facts(self) -> None:
        self._timer.stop()
        selection = self._controller.selection
        key = next(iter(selection)) if len(selection) == 1 else None
        self._facts.show_facts(facts_of(self._controller.topology, key) if key is not None else ())

    def _connect_remarks(self, remarks: Remarks) -> None:
        remarks.page_wanted.connect(self.page_wanted)
        remarks.suppress_wanted.connect(self.suppress_wanted)
        remarks.back_wanted.connect(self.back_wanted)
        remarks.fix_wanted.connect(self._controller.fix)

    def _commit(self, spec: FieldSpec, value: Any) -> None:
        try:
            change = self._change(spec, value)
        except (DesignerError, ValueError) as error:
            if self._form is not None:
                self._form.rows[spec.path].remarks.show_complaint(str(error))
            return
        if self._controller.execute(change, gesture=f"edit {spec.path}") or self._form is None:
            return
        self._form.refill(self._selected())

    def _change(self, spec: FieldSpec, value: Any) -> ChangeSet:
        topology, entities = self._controller.topology, self._selected()
        if isinstance(entities[0], DesignInfo):
            before = topology.find(DESIGN_ID, DesignInfo)
            after = (before or entities[0]).evolve(**{spec.path: value})
            return ChangeSet(f"Set {spec.label.lower()} of the design", (Edit(before, after),))
        if spec.path == "name" and len(entities) == 1:
            return rename(topology, entities[0].id, value)
        changes = []
        for entity in entities:
            name, top = field_update(entity, spec.path, value)
            changes.append(set_fields(topology, [entity.id], **{name: top}))
        edits = tuple(edit for change in changes for edit in change.edits)
        label = f"Set {spec.label} of {subject(topology, [entity.id for entity in entities])}"
        return ChangeSet(label, edits)


MOST_REMARKS = 6
"""More findings that belong to no field are left to the problems panel."""
