"""A list that a person searches and picks from, as data; chooser.py shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from designer.drawing.theme import Layer


@dataclass(frozen=True, slots=True)
class Option:
    """One row of a list to choose from.

    Attributes:
        text: what it is.
        detail: a few words beside it.
        reason: why it cannot be chosen; empty when it can.
        icon: name of an icon, or empty; ``layer`` colours it.
        caution: what to know before choosing it.
    """

    text: str
    value: object
    detail: str = ""
    reason: str = ""
    icon: str = ""
    layer: Layer = Layer.NEUTRAL
    caution: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A list that a person searches and picks from.

    Attributes:
        at: where it opens, in logical pixels of the view.
        pick: called with the value of the chosen row.
        leave: called when nothing was chosen.
    """

    title: str
    options: tuple[Option, ...]
    at: tuple[float, float]
    pick: Callable[[object], None]
    leave: Callable[[], None] = field(default=lambda: None)
