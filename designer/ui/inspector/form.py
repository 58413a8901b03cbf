"""The editors of a selection: built for its kinds, refilled at each change so that the keyboard stays where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from designer.ui.inspector.editors import ChoiceEditor, FlagEditor, ProseEditor, TextEditor, ValueEditor
from designer.ui.inspector.fields import FieldSpec, common_fields
from designer.ui.inspector.legality import candidates, why_not
from designer.ui.inspector.remarks import Remarks
from designer.ui.inspector.row_shapes import blank_row
from designer.ui.inspector.rows import RowsEditor
from designer.ui.inspector.section import SPACING, Section
from designer.ui.inspector.values import Editor, annotation_of, choices, editor_of, field_update, get_value, row_type
from designer.ui.naming import named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from designer.drawing.theme import Theme
    from designer.model.base import EntityBase
    from designer.model.topology import Topology
    from designer.rules.registry import Judged
    from designer.ui.document_controller import DocumentController
    from designer.ui.settings import Settings


class FieldRow(QWidget):
    """Label, editor and what the rules say about one field.

    Attributes:
        editor: edits the value.
        remarks: findings and complaints.
    """

    def __init__(self, spec: FieldSpec, editor: ValueEditor, theme: Theme) -> None:
        super().__init__()
        self.spec, self.editor, self.remarks = spec, editor, Remarks(theme)
        if not editor.inner().accessibleName():
            named(editor.inner(), spec.label)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        if not isinstance(editor, FlagEditor):
            label = QLabel(spec.label)
            label.setProperty("role", "label")
            label.setBuddy(editor.inner())
            layout.addWidget(label)
        layout.addWidget(editor)
        layout.addWidget(self.remarks)
        editor.rejected.connect(self._complain)

    def show_findings(self, topology: Topology, judged: Sequence[Judged]) -> None:
        """Show the findings of this field in a design, and tell them to people who hear the window."""
        self.remarks.show_findings(topology, judged)
        self.editor.inner().setAccessibleDescription(self.remarks.text())

    def _complain(self, text: str) -> None:
        self.remarks.show_complaint(text)
        self.editor.inner().setAccessibleDescription(self.remarks.text())


class Form(QWidget):
    """All fields that a selection has in common."""

    committed = Signal(object, object)
    """FieldSpec and its new value."""

    def __init__(
        self,
        controller: DocumentController,
        entities: Sequence[EntityBase],
        settings: Settings,
        theme: Theme,
    ) -> None:
        super().__init__()
        self._controller, self._settings, self._theme = controller, settings, theme
        self.kinds = frozenset(type(entity) for entity in entities)
        self._entities = list(entities)
        self.rows: dict[str, FieldRow] = {}
        self._sections: dict[str, Section] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACING)
        kind = next(iter(self.kinds))
        for spec in common_fields(self.kinds):
            self._add(kind, spec)
        self.refill(entities)
        self._fold()

    def refill(self, entities: Sequence[EntityBase]) -> None:
        """Show the values that the entities have now."""
        self._entities = list(entities)
        for path, row in self.rows.items():
            values = [get_value(entity, path) for entity in entities]
            mixed = any(value != values[0] for value in values[1:])
            row.editor.show_value(values[0], mixed=mixed)

    def show_findings(self, judged: Sequence[Judged]) -> list[Judged]:
        """Show the findings at their fields and return those that belong to none."""
        left = list(judged)
        done: set[str] = set()
        for row in self.rows.values():
            name = row.spec.name
            mine = [found for found in left if self._is_at(found, name)] if name not in done else []
            done.add(name)
            row.show_findings(self._controller.topology, mine)
            left = [found for found in left if found not in mine]
            if mine and row.spec.section:
                self._sections[row.spec.section].open(is_open=True)
        return left

    def begin(self, field: str = "", scroll: QScrollArea | None = None) -> bool:
        """Put the keyboard into a field, or into the first one; false when there is no such field."""
        name = field.partition(".")[0]
        row = next((row for row in self.rows.values() if not name or row.spec.name == name), None)
        if row is None:
            return False
        if row.spec.section:
            self._sections[row.spec.section].open(is_open=True)
        row.editor.begin()
        if scroll is not None:
            scroll.ensureWidgetVisible(row)
        return True

    def _is_at(self, found: Judged, name: str) -> bool:
        own = {entity.id for entity in self._entities}
        return found.finding.elements[0] in own and found.finding.field.partition(".")[0].partition("[")[0] == name

    def _add(self, kind: type[EntityBase], spec: FieldSpec) -> None:
        editor = self._editor(kind, spec)
        row = FieldRow(spec, editor, self._theme)
        editor.committed.connect(lambda value: self.committed.emit(spec, value))
        self.rows[spec.path] = row
        if not spec.section:
            self._layout.addWidget(row)
            return
        if spec.section not in self._sections:
            section = Section(spec.section, self._theme)
            section.toggled.connect(lambda is_open: self._settings.fold(self._key(spec.section), not is_open))
            self._sections[spec.section] = section
            self._layout.addWidget(section)
        self._sections[spec.section].content.addWidget(row)

    def _editor(self, kind: type[EntityBase], spec: FieldSpec) -> ValueEditor:
        annotation = annotation_of(kind, spec.path)
        match editor_of(kind, spec.path):
            case Editor.FLAG:
                return FlagEditor(spec.label)
            case Editor.CHOICE:
                values = choices(annotation)
                if None in spec.words and None not in values:
                    values = (None, *values)
                options = [(value, spec.words.get(value, _plain(value))) for value in values]
                return ChoiceEditor(lambda: options, lambda value: self._why_not(spec, value))
            case Editor.ELEMENT:
                return ChoiceEditor(lambda: self._candidates(spec), lambda value: self._why_not(spec, value))
            case Editor.ROWS:
                rows = row_type(annotation)
                assert rows is not None, "the kind of the editor says that there are rows"
                new_row = lambda: blank_row(rows, self._controller.topology, self._entities[0].id)  # noqa: E731  # short
                return RowsEditor(rows, spec.label, new_row, self._theme)
            case Editor.LONG_TEXT:
                return ProseEditor(annotation, spec.hint)
            case Editor.TEXT:
                return TextEditor(annotation, spec.hint, is_text=spec.is_text, is_command=spec.path == "command")

    def _candidates(self, spec: FieldSpec) -> list[tuple[Any, str]]:
        nothing: list[tuple[Any, str]] = [(None, spec.words.get(None, "None"))]
        return nothing + list(candidates(self._controller.topology, self._entities[0], spec.path))

    def _why_not(self, spec: FieldSpec, value: Any) -> str:
        ids = [entity.id for entity in self._entities]
        name, top = field_update(self._entities[0], spec.path, value)
        return why_not(self._controller.topology, self._controller.judgement, ids, name, top)

    def _fold(self) -> None:
        """Open the sections that were left open, and those in which something was set."""
        for title, section in self._sections.items():
            folded = self._settings.is_folded(self._key(title))
            section.open(is_open=self._is_used(title) if folded is None else not folded)

    def _is_used(self, title: str) -> bool:
        for row in self.rows.values():
            if row.spec.section == title:
                default = _default(type(self._entities[0]), row.spec.path)
                if any(get_value(entity, row.spec.path) != default for entity in self._entities):
                    return True
        return False

    def _key(self, section: str) -> str:
        return f"{'+'.join(sorted(kind.__name__ for kind in self.kinds))}/{section}"


def _default(kind: type[EntityBase], path: str) -> Any:
    name, _, rest = path.partition(".")
    default = kind.model_fields[name].get_default(call_default_factory=False)
    return get_value(default, rest) if rest and default is not None else default


def _plain(value: object) -> str:
    return str(value) if value is not None else "–"
