"""Findings on the things that they are about: the worst mark of each, and how many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from designer.drawing.looks import Badge
from designer.drawing.parts import Parts
from designer.drawing.segmented import Ints
from designer.drawing.theme import Mark
from designer.model.identity import EntityId
from designer.model.realisation import PartKey
from designer.rules.registry import Judged

_WORST_FIRST = (Mark.ERROR, Mark.WARNING, Mark.INFO)

Renumbered = tuple[Sequence[PartKey], Ints]
"""Keys in the order of before, and the number of each now: -1 where it is known only by its key."""


@dataclass(frozen=True, slots=True)
class Badges:
    """The badge of each row and each line that has findings."""

    judged: tuple[Judged, ...]
    rows: dict[int, Badge]
    links: dict[int, Badge]

    def following(
        self, rows: Renumbered, links: Renumbered, row_of: Mapping[PartKey, int], index_of: Mapping[PartKey, int]
    ) -> Badges:
        """Return the same badges after rows and lines have other numbers.

        Args:
            rows: what the rows showed before, and the numbers that they have now.
            links: the same for lines.
            row_of: the rows now.
            index_of: the lines now.
        """
        return Badges(self.judged, _renumbered(self.rows, rows, row_of), _renumbered(self.links, links, index_of))

    @classmethod
    def of(cls, parts: Parts, link_index: Mapping[PartKey, int], judged: Sequence[Judged]) -> Badges:
        """Collect the findings of every element."""
        found: dict[EntityId, tuple[int, int]] = {}
        for one in judged:
            rank = one.severity.rank
            for element in dict.fromkeys(one.finding.elements):
                worst, count = found.get(element, (rank, 0))
                found[element] = min(worst, rank), count + 1
        rows: dict[int, Badge] = {}
        links: dict[int, Badge] = {}
        for element, (worst, count) in found.items():
            badge = Badge(_WORST_FIRST[worst], count)
            row, link = parts.row_of.get(PartKey(element)), link_index.get(PartKey(element))
            if row is not None:
                rows[row] = badge
            elif link is not None:
                links[link] = badge
        return cls(tuple(judged), rows, links)


def _renumbered(badges: dict[int, Badge], before: Renumbered, now: Mapping[PartKey, int]) -> dict[int, Badge]:
    keys, numbers = before
    places = np.fromiter(badges, np.int64, len(badges))
    found: dict[int, Badge] = {}
    for place, number, badge in zip(places.tolist(), numbers[places].tolist(), badges.values(), strict=True):
        known = number if number >= 0 else now.get(keys[place], -1)
        if known >= 0:
            found[known] = badge
    return found
