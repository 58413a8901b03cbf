"""What a change would do to a design, in words: names of things, fields, values before and after."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from designer.model.annotations import Placement, Suppression
from designer.model.base import Element, EntityBase, Link, Value
from designer.model.changes import ChangeSet, Edit
from designer.model.topology import Topology
from designer.rules.design import label
from designer.ui.inspector.fields import FORMS
from designer.ui.inspector.row_shapes import SHAPES
from designer.ui.inspector.values import get_value, to_text

if TYPE_CHECKING:
    from designer.drawing.theme import Theme

NOTHING = "nothing"


class Step(NamedTuple):
    """One line of a preview.

    Attributes:
        name: what the changed thing is called.
        field: which field changes; what happens to the whole thing when it comes or goes.
        before: the value now; empty when the thing comes or goes.
        after: the value afterwards.
    """

    name: str
    field: str
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        """Return the line as plain text."""
        if not self.before and not self.after:
            return f"{self.name}: {self.field}"
        return f"{self.name}: {self.field}: {self.before} → {self.after}"


def preview(topology: Topology, change: ChangeSet) -> tuple[Step, ...]:
    """Return what a change does to the elements and links of a design; where things stand is left out."""
    after = [edit.after for edit in change.edits if edit.after is not None]
    names = {entity.id: entity.name for entity in after if isinstance(entity, Element)}
    return tuple(step for edit in change.edits for step in _steps(topology, edit, names))


def preview_html(topology: Topology, change: ChangeSet, theme: Theme) -> str:
    """Return the preview of a change as lines of HTML."""
    return "<br>".join(_step_html(step, theme) for step in preview(topology, change))


def _step_html(step: Step, theme: Theme) -> str:
    name = f"<span style='font-weight:600'>{escape(step.name)}</span>"
    if not step.before and not step.after:
        return f"{name} · {escape(step.field)}"
    return (
        f"{name} · {escape(step.field)}: <span style='color:{theme.muted}'>{escape(step.before)}</span>"
        f" → {escape(step.after)}"
    )


def preview_text(topology: Topology, change: ChangeSet) -> str:
    """Return the preview of a change as plain lines."""
    return "\n".join(str(step) for step in preview(topology, change))


def _steps(topology: Topology, edit: Edit, names: dict[Any, str]) -> Iterator[Step]:
    entity = edit.after if edit.before is None else edit.before
    if entity is None or isinstance(entity, Placement | Suppression):
        return
    kind = entity.title if isinstance(entity, Element | Link) else ""
    if edit.before is None:
        yield Step(_new_name(topology, entity, names), f"new, {kind}")
    elif edit.after is None:
        yield Step(label(topology, entity.id), f"removed, {kind}")
    else:
        for field, before, after in _differences(topology, edit.before, edit.after):
            yield Step(label(topology, entity.id), field, before, after)


def _new_name(topology: Topology, entity: EntityBase, names: dict[Any, str]) -> str:
    if isinstance(entity, Link) and not entity.name:
        return " – ".join(names.get(end) or label(topology, end) for end in (entity.source, entity.target))
    return getattr(entity, "name", entity.id)


def _differences(topology: Topology, before: EntityBase, after: EntityBase) -> Iterator[tuple[str, str, str]]:
    specs = FORMS.get(type(before), ())
    shown = {spec.name: spec for spec in specs}
    for name in type(before).model_fields:
        old, new = getattr(before, name), getattr(after, name, None)
        if old == new:
            continue
        spec = shown.get(name)
        title = spec.label if spec is not None and spec.path == name else _plain(name)
        words = spec.words if spec is not None else {}
        if name in {"parent", "source", "target", "switch", "shares_network_of"}:
            yield title, _element(topology, old) or NOTHING, _element(topology, new) or NOTHING
        elif _is_rows(old) or _is_rows(new):
            yield from _row_differences(title, old or (), new or ())
        elif isinstance(old, Value) and isinstance(new, Value):
            yield from ((f"{title}, {inner}", one, other) for inner, one, other in _parts(old, new))
        else:
            yield title, words.get(old) or _text(old) or NOTHING, words.get(new) or _text(new) or NOTHING


def _element(topology: Topology, found: Any) -> str:
    return label(topology, found) if found is not None else ""


def _is_rows(found: object) -> bool:
    return isinstance(found, tuple) and any(isinstance(member, Value) for member in found)


def _row_differences(title: str, old: tuple[Value, ...], new: tuple[Value, ...]) -> Iterator[tuple[str, str, str]]:
    if len(old) == len(new):
        for number, (one, other) in enumerate(zip(old, new, strict=True), 1):
            place = f"{title} {number}" if len(old) > 1 else title
            yield from ((f"{place}, {inner}", before, after) for inner, before, after in _parts(one, other))
        return
    yield from ((f"{title}, removed: {_text(row)}", "", "") for row in old if row not in new)
    yield from ((f"{title}, added: {_text(row)}", "", "") for row in new if row not in old)


def _parts(old: Value, new: Value) -> Iterator[tuple[str, str, str]]:
    for name in type(old).model_fields:
        before, after = getattr(old, name), get_value(new, name) if hasattr(new, name) else None
        if before != after:
            yield _plain(name), _text(before) or NOTHING, _text(after) or NOTHING


def _text(found: Any) -> str:
    """Return a value as one short text; of a row its values that are set."""
    if isinstance(found, bool):
        return "yes" if found else "no"
    if isinstance(found, Value) and type(found).model_fields.keys() != {"first", "last"}:
        return " ".join(_members(found))
    return to_text(found)


def _members(found: Value) -> Iterator[str]:
    """Yield the values of a row that are set, with the signs that stand before them in the inspector."""
    shape = SHAPES.get(type(found))
    signs = {column.path: column.sign for column in shape.columns} if shape is not None else {}
    for name, info in type(found).model_fields.items():
        value = getattr(found, name)
        if value != info.default or signs.get(name):
            yield f"{signs.get(name, '')} {_text(value)}".strip()


def _plain(name: str) -> str:
    return name.replace("_", " ")
