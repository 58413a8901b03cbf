"""What all entities of a design have in common."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from designer.model.identity import EntityId

_UNSPEAKABLE = re.compile("[\0\ud800-\udfff]")


def _representable(text: str) -> str:
    if _UNSPEAKABLE.search(text):
        message = "the text holds a NUL or half of a surrogate pair, which no file and no script can carry"
        raise ValueError(message)
    return text


REPRESENTABLE = AfterValidator(_representable)
"""Refuses text that no file and no script can carry; stands last, so that lengths are checked first."""

Text = Annotated[str, REPRESENTABLE]
"""Any text that a file can carry; what cannot be a name in Docker is a finding, not a refusal."""

Name = Annotated[str, Field(min_length=1, max_length=64), REPRESENTABLE]
LongText = Annotated[str, Field(max_length=20_000), REPRESENTABLE]


class Value(BaseModel):
    """A frozen part of an entity, without an identity of its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def evolve(self, **updates: object) -> Self:
        """Return a validated copy with some fields changed.

        Raises:
            pydantic.ValidationError: a new value is not acceptable.
        """
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_validate(fields | updates)


class EntityBase(Value):
    """Something that a design stores, with an id that is saved, never reused and never shown."""

    id: EntityId

    def references(self) -> tuple[EntityId, ...]:
        """Return the ids that must exist for this entity to exist, besides its parent."""
        return ()


class Element(EntityBase):
    """A thing that a person can drag onto the canvas.

    Attributes:
        name: what the person and the scripts call it; 1 to 64 characters.
        parent: the element that contains it; None on the canvas itself.
        remark: free text for people.
    """

    title: ClassVar[str]
    """The kind in the field's words, in sentence case: “Physical network”."""

    name: Name
    parent: EntityId | None = None
    remark: LongText = ""


class Link(EntityBase):
    """A connection of two elements, drawn as a line.

    Attributes:
        source: the upper end in the stack: workload, switch, adapter or client.
        target: the lower end: network, switch, adapter or segment.
        name: an optional label.
    """

    title: ClassVar[str]

    source: EntityId
    target: EntityId
    name: Annotated[str, Field(max_length=64), REPRESENTABLE] = ""

    def references(self) -> tuple[EntityId, ...]:
        """Return both ends."""
        return (self.source, self.target)
