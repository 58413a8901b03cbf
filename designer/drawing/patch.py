"""The picture of a design after a change: what the change concerns is made anew, the rest is taken over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from designer.drawing.badges import Badges
from designer.drawing.canvas_layout import overlay_bars
from designer.drawing.concern import Concern
from designer.drawing.layout import absolute, lay_out_canvas, lay_out_root
from designer.drawing.links import Links
from designer.drawing.parts import Parts, Role
from designer.drawing.picture import Picture
from designer.drawing.rows import Rows
from designer.drawing.scene_labels import SceneLabels
from designer.drawing.segmented import Bools, Floats, Ints
from designer.drawing.splice import Splice, splice_rows
from designer.drawing.ways import reaches, route, touching
from designer.drawing.wire_splice import LinkSplice, splice_links
from designer.model.changes import ChangeSet
from designer.model.identity import EntityId
from designer.model.realisation import PartKey
from designer.model.topology import Topology

_FEW = 8
_LARGEST_SHARE = 4


@dataclass(frozen=True, slots=True)
class Patch:
    """What a scene consists of after a change."""

    parts: Parts
    keys: list[PartKey]
    rows: Rows
    relative: Floats
    rects: Floats
    links: Links
    badges: Badges
    labels: SceneLabels

    @classmethod
    def of(
        cls,
        picture: Picture,
        relative: Floats,
        before: Topology,
        after: Topology,
        change: ChangeSet,
        flows: bool = True,
    ) -> Patch | None:
        """Return the picture after a change; None when it is better built as a whole.

        Args:
            picture: the picture before.
            relative: its rectangles relative to what stands on the canvas around them.
            before: the design before.
            after: the design after.
            change: what changed.
            flows: whether traffic is drawn.
        """
        concern = Concern.of(before, after, change)
        count = int((picture.parents < 0).sum())
        if len(concern.everything) > max(_FEW, count // _LARGEST_SHARE) or not count:
            return None
        splice = splice_rows(picture, after, concern.collected) if concern.collected else Splice.nothing(picture)
        if splice is None or not len(splice.keys):
            return None
        lines = _links(picture, after, concern, splice, flows)
        return _Patcher(picture, relative, after, concern, splice, lines).patch()


class _Patcher:
    """Lays out and routes what a change concerns."""

    def __init__(
        self,
        picture: Picture,
        relative: Floats,
        topology: Topology,
        concern: Concern,
        splice: Splice,
        lines: LinkSplice,
    ) -> None:
        self._picture = picture
        self._before = relative
        self._topology = topology
        self._concern = concern
        self._splice = splice
        self._lines = lines

    def patch(self) -> Patch | None:
        """Return the picture; None when a thing on the canvas is moved by something in it."""
        splice, picture = self._splice, self._picture
        relative = self._laid_out()
        if relative is None:
            return None
        rects = absolute(splice.rows, relative)
        changed = _changed(picture.rects, rects, splice)
        stale = self._stale_roots(changed)
        affected = self._affected(rects, changed, stale)
        links = self._lines.links
        if len(affected):
            links = route(splice.rows, rects, links, affected)
        on_canvas = bool((links.clusters[affected] < 0).any() or changed[splice.rows.parents < 0].any())
        fresh_on_canvas = bool((self._lines.fresh & (links.clusters < 0)).any())
        gone = self._concern_keys() + [splice.keys[row] for row in np.nonzero(stale)[0].tolist()]
        return Patch(
            parts=splice.parts,
            keys=splice.keys,
            rows=splice.rows,
            relative=relative,
            rects=rects,
            links=links,
            badges=self._badges(),
            labels=picture.placed_labels.without(gone, canvas=on_canvas or fresh_on_canvas),
        )

    def _badges(self) -> Badges:
        splice, picture, lines = self._splice, self._picture, self._lines
        if splice.keeps_rows and self._keeps_lines:
            return picture.badges
        target = np.full(len(picture.links), -1, np.int64)
        known = np.nonzero(lines.origin >= 0)[0]
        target[lines.origin[known]] = known
        rows, links = (picture.keys, splice.target), (picture.links.keys, target)
        return picture.badges.following(rows, links, splice.parts.row_of, lines.links.index_of)

    @property
    def _keeps_lines(self) -> bool:
        return self._lines.links.index_of is self._picture.links.index_of

    def _roots(self, elements: Iterable[EntityId]) -> list[int]:
        """Return the rows on the canvas of some things, as far as they are there now."""
        rows = (self._splice.parts.row_of.get(PartKey(element)) for element in elements)
        return sorted({int(self._splice.rows.roots[row]) for row in rows if row is not None})

    def _concern_keys(self) -> list[PartKey]:
        return [self._splice.keys[row] for row in self._roots(self._concern.everything)]

    def _laid_out(self) -> Floats | None:
        """Return the relative rectangles now; None when a thing on the canvas is moved by something in it."""
        splice = self._splice
        relative = self._taken_over()
        canvas = bool(self._concern.moved) or not self._keeps_canvas()
        for root in self._roots(self._concern.everything):
            size = relative[root, 2:].copy()
            self._lay_out(root, relative)
            canvas = canvas or bool((relative[root, 2:] != size).any())
        if not canvas:
            return relative
        roots = np.nonzero(splice.rows.parents < 0)[0].tolist()
        if any(splice.parts.nodes[row].mover != splice.keys[row] for row in roots):
            return None
        links = self._lines.links
        first, second = links.first[~links.flows], links.second[~links.flows]
        lay_out_canvas(self._topology, splice.parts, splice.rows, first, second, relative)
        return relative

    def _taken_over(self) -> Floats:
        """Return the relative rectangles as they were; zeros for what is new."""
        splice = self._splice
        if splice.keeps_rows:
            return self._before.copy()
        known = splice.origin >= 0
        relative = np.zeros((len(splice.keys), 4))
        relative[known] = self._before[splice.origin[known]]
        return relative

    def _keeps_canvas(self) -> bool:
        """Whether the same things stand on the canvas, joined as before."""
        if not self._concern.collected:
            return True
        splice, picture, lines = self._splice, self._picture, self._lines
        now, before = np.nonzero(splice.rows.parents < 0)[0], np.nonzero(picture.parents < 0)[0]
        bars = [picture.keys[row] for row in overlay_bars(picture.parts, picture.rows)]
        if not np.array_equal(splice.origin[now], before) or bars != [
            splice.keys[row] for row in overlay_bars(splice.parts, splice.rows)
        ]:
            return False
        outer = np.nonzero((lines.links.clusters < 0) & ~lines.links.flows)[0]
        origin = lines.origin[outer]
        if (origin < 0).any() or len(outer) != ((picture.links.clusters < 0) & ~picture.links.flows).sum():
            return False
        ends = ((lines.links.first, picture.links.first), (lines.links.second, picture.links.second))
        return all(
            np.array_equal(splice.origin[splice.rows.roots[new[outer]]], picture.rows.roots[old[origin]])
            for new, old in ends
        )

    def _lay_out(self, root: int, relative: Floats) -> None:
        splice, links = self._splice, self._lines.links
        end = int(splice.rows.ends[root])
        parts = Parts(splice.parts.nodes[root:end])
        parts.row_of = {part.key: row for row, part in enumerate(parts.nodes)}
        lines = np.nonzero((links.clusters == root) & ~links.flows)[0]
        ends = zip((links.first[lines] - root).tolist(), (links.second[lines] - root).tolist(), strict=True)
        corner = relative[root, :2].copy()
        relative[root:end] = lay_out_root(self._topology, parts, ends)
        relative[root, :2] = corner

    def _stale_roots(self, changed: Bools) -> Bools:
        """Return in which things on the canvas lines have to find their way anew."""
        splice, lines = self._splice, self._lines
        result = np.zeros(len(splice.keys), np.bool_)
        result[splice.rows.roots[changed]] = True
        if not self._concern.collected:
            return result
        old, links = self._picture.links, lines.links
        new = lines.origin < 0
        at = np.where(new, 0, lines.origin)
        if len(old):
            new |= (splice.origin[links.first] != old.first[at]) | (splice.origin[links.second] != old.second[at])
        if not lines.keeps_order:
            new |= lines.fresh
        for ends in (links.first, links.second):
            result[splice.rows.roots[ends[new]]] = True
        lost = np.nonzero(self._lost())[0]
        for ends in (old.first, old.second):
            roots = np.unique(self._picture.rows.roots[ends[lost]]).tolist()
            result[self._roots(self._picture.keys[row].element for row in roots)] = True
        return result

    def _affected(self, rects: Floats, changed: Bools, stale: Bools) -> Ints:
        """Return the lines that have to find their way anew: always whole clusters."""
        rows, links = self._splice.rows, self._lines.links
        roots = rows.roots
        inner = links.clusters >= 0
        first, second = roots[links.first], roots[links.second]
        dirty = stale[first] | stale[second]
        outer = np.nonzero(~inner)[0]
        if len(outer):
            reach = reaches(rows, rects, links.first[outer], links.second[outer], links.clusters[outer])
            dirty[outer] |= touching(self._boxes(rects, changed), reach)
            dirty[outer] |= self._split(outer, dirty)
            self._complete(outer, dirty)
        if links.flows.any():
            touched = np.zeros(len(roots), np.bool_)
            touched[first[dirty]] = touched[second[dirty]] = True
            dirty |= links.flows & (touched[first] | touched[second])
            self._complete(outer, dirty)
        return np.nonzero(dirty)[0]

    def _complete(self, outer: Ints, dirty: Bools) -> None:
        """Let all lines of a cluster on the canvas be dirty when one of them is."""
        clusters = self._lines.links.clusters[outer]
        dirty[outer] = np.isin(clusters, np.unique(clusters[dirty[outer]]))

    def _lost(self) -> Bools:
        """Return which lines there were before and are not any more."""
        origin = self._lines.origin
        result = np.ones(len(self._picture.links), np.bool_)
        result[origin[origin >= 0]] = False
        return result

    def _split(self, outer: Ints, dirty: Bools) -> Bools:
        """Return which lines on the canvas were joined with one that is dirty, or is gone."""
        old = self._picture.links
        origin = self._lines.origin
        was_dirty = self._lost()
        was_dirty[origin[dirty & (origin >= 0)]] = True
        clusters = np.unique(old.clusters[was_dirty])
        known = origin[outer] >= 0
        result = np.zeros(len(outer), np.bool_)
        result[known] = np.isin(old.clusters[origin[outer[known]]], clusters[clusters < 0])
        return result

    def _boxes(self, rects: Floats, changed: Bools) -> Floats:
        """Return where things on the canvas have changed, before and after; overlay bands are in no line's way."""
        rows, picture, splice = self._splice.rows, self._picture, self._splice
        now = np.nonzero(changed & (rows.parents < 0) & (rows.roles != Role.OVERLAY))[0]
        was = np.zeros(len(picture), np.bool_)
        origin = splice.origin[now]
        was[origin[origin >= 0]] = True
        still = np.zeros(len(picture), np.bool_)
        still[splice.origin[splice.origin >= 0]] = True
        was |= ~still & (picture.parents < 0) & (picture.rows.roles != Role.OVERLAY)
        return np.concatenate([rects[now], picture.rects[was]])


def _links(picture: Picture, topology: Topology, concern: Concern, splice: Splice, flows: bool) -> LinkSplice:
    if concern.collected:
        return splice_links(picture.links, splice, topology, concern.collected, flows)
    count = len(picture.links)
    return LinkSplice(picture.links, np.arange(count), np.zeros(count, np.bool_))


def _changed(before: Floats, now: Floats, splice: Splice) -> Bools:
    """Return which rows are new or have another rectangle."""
    if splice.keeps_rows:
        moved: Bools = (now != before).any(axis=1)
        return moved
    origin = splice.origin
    changed = origin < 0
    known = np.nonzero(~changed)[0]
    changed[known] = (now[known] != before[origin[known]]).any(axis=1)
    return changed
