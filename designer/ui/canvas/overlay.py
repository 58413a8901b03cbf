"""What a running gesture shows on top of the drawing: pure state; overlay_painter.py paints it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from designer.drawing.theme import Layer
from designer.model.realisation import PartKey
from designer.rules.connect import Verdict
from designer.ui.canvas.camera import Box
from designer.ui.canvas.snapping import Guide

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Ghost:
    """A thing that is about to be placed, at its real size.

    Attributes:
        box: in scene units.
        icon: name of its icon; ``layer`` colours it.
        is_zone: whether it will be a zone; drawn with a title band.
        is_bar: whether it will be a bar.
        legal: whether it may be dropped here.
    """

    box: Box
    title: str
    icon: str
    layer: Layer
    is_zone: bool = False
    is_bar: bool = False
    legal: bool = True


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence beside the pointer.

    Attributes:
        at: in logical pixels of the view.
        tone: ``good``, ``warning`` or ``error``; has its own mark.
    """

    text: str
    at: Point
    tone: str = "good"
    code: str = ""


@dataclass(slots=True)
class Overlay:
    """Everything on top of the drawing, in scene units unless said otherwise.

    Attributes:
        hover: the thing under the pointer; shows its ports.
        marquee: the rectangle that is being drawn.
        marquee_touches: whether it takes what it touches (dashed) or what it holds (solid).
        zone: the zone that will take the drop, and whether it may.
        targets: verdict for each thing that a link can end at.
        rubber: the line of a link that is being drawn; empty without one.
        rubber_flow: whether it is traffic: an arrow.
        magnet: the target that the line has snapped to.
        outline: the size that a thing is about to get.
    """

    hover: PartKey | None = None
    marquee: Box | None = None
    marquee_touches: bool = False
    ghost: Ghost | None = None
    note: Note | None = None
    zone: tuple[PartKey | None, bool] | None = None
    guides: tuple[Guide, ...] = ()
    targets: Mapping[PartKey, Verdict] = field(default_factory=dict)
    rubber: tuple[Point, ...] = ()
    rubber_legal: bool = True
    rubber_flow: bool = False
    magnet: PartKey | None = None
    outline: Box | None = None

    @property
    def is_quiet(self) -> bool:
        """Whether nothing is shown that reaches beyond what is dragged and its outline."""
        return not any(
            (self.note, self.zone, self.guides, self.targets, self.ghost, self.marquee, self.rubber, self.outline)
        )

    def clear(self) -> None:
        """Show nothing but what the selection and the focus show."""
        self.hover = None
        self.marquee = None
        self.ghost = None
        self.note = None
        self.zone = None
        self.guides = ()
        self.targets = {}
        self.rubber = ()
        self.rubber_flow = False
        self.magnet = None
        self.outline = None

    def forget_missing(self, exists: Callable[[PartKey], bool]) -> None:
        """Drop what points at things that are gone."""
        if self.hover is not None and not exists(self.hover):
            self.hover = None
        if self.magnet is not None and not exists(self.magnet):
            self.magnet = None
