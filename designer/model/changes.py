"""The only way to change a design: edits with a before and an after."""

from __future__ import annotations

from dataclasses import dataclass

from designer.model.entities import Entity
from designer.model.identity import EntityId


@dataclass(frozen=True, slots=True)
class Edit:
    """One entity before and after; None before adds it, None after removes it."""

    before: Entity | None
    after: Entity | None

    @property
    def id(self) -> EntityId:
        """The id of the entity that is edited."""
        subject = self.before if self.before is not None else self.after
        assert subject is not None, "an edit has a before or an after"
        return subject.id


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What one intent of the user changes.

    Attributes:
        label: what Edit > Undo shows: “Delete nat0”.
        edits: applied in order; the structure is checked when all are done.
    """

    label: str
    edits: tuple[Edit, ...]

    def inverse(self) -> ChangeSet:
        """Return the change that undoes this one exactly."""
        return ChangeSet(self.label, tuple(Edit(edit.after, edit.before) for edit in reversed(self.edits)))

    def then(self, later: ChangeSet) -> ChangeSet:
        """Return one change that does both, under this one's label; what cancels out is gone."""
        first: dict[EntityId, Entity | None] = {}
        last: dict[EntityId, Entity | None] = {}
        for edit in self.edits + later.edits:
            first.setdefault(edit.id, edit.before)
            last[edit.id] = edit.after
        return ChangeSet(self.label, tuple(Edit(first[key], last[key]) for key in first if first[key] != last[key]))

    def __bool__(self) -> bool:
        """Whether anything changes."""
        return any(edit.before != edit.after for edit in self.edits)
