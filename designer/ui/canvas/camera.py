"""Which part of the endless canvas is in view, and how large."""

from __future__ import annotations

from dataclasses import dataclass, replace

MIN_SCALE = 0.1
MAX_SCALE = 4.0
ZOOM_STEP = 1.2
FIT_MARGIN = 20.0
"""Room around the content when it is fitted, in logical pixels."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Camera:
    """Maps scene units to logical pixels of the view: ``view = scene * scale - offset``.

    Attributes:
        scale: logical pixels per scene unit, 0.1 to 4.
        left: where the left edge of the view is, in logical pixels from the scene's origin.
        top: the same for the top edge.
    """

    scale: float = 1.0
    left: float = 0.0
    top: float = 0.0

    def to_view(self, x: float, y: float) -> tuple[float, float]:
        """Return the pixel at which a scene point is shown."""
        return x * self.scale - self.left, y * self.scale - self.top

    def to_scene(self, x: float, y: float) -> tuple[float, float]:
        """Return the scene point under a pixel."""
        return (x + self.left) / self.scale, (y + self.top) / self.scale

    def box_to_view(self, box: Box) -> Box:
        """Return the pixels that a scene box covers."""
        return (*self.to_view(box[0], box[1]), *self.to_view(box[2], box[3]))

    def box_to_scene(self, box: Box) -> Box:
        """Return the scene box under some pixels."""
        return (*self.to_scene(box[0], box[1]), *self.to_scene(box[2], box[3]))

    def panned(self, dx: float, dy: float) -> Camera:
        """Return the view moved right and down over the scene by logical pixels."""
        return replace(self, left=self.left + dx, top=self.top + dy)

    def zoomed(self, scale: float, x: float, y: float) -> Camera:
        """Return another magnification with the same scene point under the pixel (x, y)."""
        wanted = min(max(scale, MIN_SCALE), MAX_SCALE)
        scene_x, scene_y = self.to_scene(x, y)
        return Camera(wanted, scene_x * wanted - x, scene_y * wanted - y)

    def centred(self, x: float, y: float, width: float, height: float) -> Camera:
        """Return the same magnification with a scene point in the middle of a view of that size."""
        return replace(self, left=x * self.scale - width / 2, top=y * self.scale - height / 2)

    def fitted(self, box: Box, width: float, height: float, largest: float = 1.0) -> Camera:
        """Return the magnification that shows a whole scene box, up to ``largest``, in the middle of the view."""
        room_x, room_y = max(width - 2 * FIT_MARGIN, 1.0), max(height - 2 * FIT_MARGIN, 1.0)
        wanted = min(room_x / max(box[2] - box[0], 1.0), room_y / max(box[3] - box[1], 1.0), largest)
        scale = min(max(wanted, MIN_SCALE), MAX_SCALE)
        middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return Camera(scale).centred(*middle, width, height)

    def aligned(self, pixel_ratio: float) -> Camera:
        """Return the view shifted by less than a physical pixel, so that a scroll moves whole pixels."""
        return replace(
            self, left=round(self.left * pixel_ratio) / pixel_ratio, top=round(self.top * pixel_ratio) / pixel_ratio
        )
