"""The labels of a scene, placed container by container when they are first looked at."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from designer.drawing import measures as m
from designer.drawing.labels import Box, Label, LabelPlacer
from designer.drawing.links import Links
from designer.drawing.looks import Border, Shape
from designer.drawing.obstacles import Floats, Ints
from designer.drawing.parts import Parts


@dataclass(slots=True)
class SceneLabels:
    """Labels by the container that holds both ends of their line; what is not known yet is placed when asked for."""

    _chunks: dict[int, dict[int, tuple[Label, ...]]] = field(default_factory=dict)
    _missing: dict[int, frozenset[int]] = field(default_factory=dict)
    _members: dict[int, Ints] | None = None

    def of(self, parts: Parts, rects: Floats, links: Links, link: int) -> tuple[Label, ...]:
        """Return the labels of one line."""
        chunk = int(links.chunks[link])
        if chunk not in self._chunks or chunk in self._missing:
            self._fill(parts, rects, links, chunk)
        return self._chunks[chunk].get(link, ())

    def without(self, chunks: Ints, links: Ints) -> SceneLabels:
        """Return labels of which those of some lines are to be placed anew."""
        missing = {chunk: set(found) for chunk, found in self._missing.items()}
        for chunk, link in zip(chunks.tolist(), links.tolist(), strict=True):
            if chunk in self._chunks:
                missing.setdefault(chunk, set()).add(link)
        return SceneLabels(
            dict(self._chunks), {chunk: frozenset(found) for chunk, found in missing.items()}, self._members
        )

    def _fill(self, parts: Parts, rects: Floats, links: Links, chunk: int) -> None:
        members = self._in_chunk(links, chunk)
        known = self._chunks.get(chunk, {})
        missing = self._missing.pop(chunk, None)
        todo = members if missing is None else sorted(missing)
        polylines = {link: links.polyline(link) for link in members}
        placer = LabelPlacer(_solid(parts, rects, chunk), polylines.values())
        kept = {link: labels for link, labels in known.items() if missing is not None and link not in missing}
        for labels in kept.values():
            placer.keep_off(labels)
        for link in todo:
            look = links.looks[link]
            if look.lines or look.chips:
                kept[link] = placer.place(link, look, polylines[link])
        self._chunks[chunk] = kept

    def _in_chunk(self, links: Links, chunk: int) -> list[int]:
        if self._members is None:
            order = np.argsort(links.chunks, kind="stable")
            chunks, starts = np.unique(links.chunks[order], return_index=True)
            parts = np.split(order, starts[1:])
            self._members = dict(zip(chunks.tolist(), parts, strict=True))
        found = self._members.get(chunk)
        return found.tolist() if found is not None else []


def _solid(parts: Parts, rects: Floats, chunk: int) -> list[Box]:
    """Return what labels in a container keep off: cards, bars and inner zones, and the titles of overlay bands."""
    boxes: list[Box] = []
    for row in parts.children(chunk):
        x, y, width, height = rects[row].tolist()
        look = parts.nodes[row].look
        if look.shape is Shape.ZONE and look.border is Border.LONG_DASHED:
            boxes.append((x, y, x + width, y + m.OVERLAY_TITLE))
        else:
            boxes.append((x - 2, y - 2, x + width + 2, y + height + 2))
    return boxes
