"""What a design says about itself and where its elements stand."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from designer.model.base import REPRESENTABLE, Element, EntityBase, LongText, Text
from designer.model.identity import EntityId

Coordinate = Annotated[float, Field(ge=-1e7, le=1e7, allow_inf_nan=False)]
Extent = Annotated[float, Field(gt=0, le=1e7, allow_inf_nan=False)]

DESIGN_ID = EntityId("design")
"""The id of the one DesignInfo of a design."""


class DesignInfo(EntityBase):
    """Title and description of the design."""

    kind: Literal["design"] = "design"
    title: Annotated[str, Field(max_length=200), REPRESENTABLE] = ""
    description: LongText = ""
    author: Annotated[str, Field(max_length=200), REPRESENTABLE] = ""


class Note(Element):
    """Text for teaching: a note, a call-out or a shape around things."""

    title: ClassVar[str] = "Note"
    kind: Literal["note"] = "note"
    shape: Literal["note", "callout", "rectangle", "ellipse"] = "note"
    text: LongText = ""


class Placement(EntityBase):
    """Where an element, or a part that follows from it, stands; relative to its container, in scene units.

    Attributes:
        element: the element.
        part: empty for the element itself, else the derived part, for example ``compartment``.
        width: None for the size that fits.
        order: elements with higher numbers are drawn later.
        pinned: automatic layout leaves it alone.
    """

    kind: Literal["placement"] = "placement"
    element: EntityId
    part: Text = ""
    x: Coordinate = 0.0
    y: Coordinate = 0.0
    width: Extent | None = None
    height: Extent | None = None
    order: int = 0
    collapsed: bool = False
    pinned: bool = False

    def references(self) -> tuple[EntityId, ...]:
        """Return the element that is placed."""
        return (self.element,)


def placement_id(element: EntityId, part: str = "") -> EntityId:
    """Return the id of the placement of an element or of one of its derived parts."""
    return EntityId(f"{element}@{part}")


class Suppression(EntityBase):
    """A finding that somebody has looked at and lives with.

    Attributes:
        rule: id of the rule.
        elements: what the finding is about, in the order of their ids; empty for all findings of the rule.
        reason: why it is right to live with it.
        author: who decided it.
    """

    kind: Literal["suppression"] = "suppression"
    rule: Annotated[str, Field(pattern="^[A-Z]{3}[0-9]{3}$")]
    elements: tuple[EntityId, ...] = ()
    reason: Annotated[str, Field(min_length=1, max_length=1000), REPRESENTABLE]
    author: Annotated[str, Field(max_length=200), REPRESENTABLE] = ""

    def references(self) -> tuple[EntityId, ...]:
        """Return what the finding is about."""
        return self.elements
