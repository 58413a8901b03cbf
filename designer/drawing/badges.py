"""Findings on the things that they are about: the worst mark of each, and how many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from designer.drawing.looks import Badge
from designer.drawing.parts import Parts
from designer.drawing.theme import Mark
from designer.model.identity import EntityId
from designer.model.realisation import PartKey
from designer.rules.registry import Judged

_WORST_FIRST = (Mark.ERROR, Mark.WARNING, Mark.INFO)


@dataclass(frozen=True, slots=True)
class Badges:
    """The badge of each row and each line that has findings."""

    judged: tuple[Judged, ...]
    rows: dict[int, Badge]
    links: dict[int, Badge]

    def following(
        self,
        row_of: Mapping[PartKey, int],
        link_index: Mapping[PartKey, int],
        keys: Sequence[PartKey],
        link_keys: Sequence[PartKey],
    ) -> Badges:
        """Return the same badges after rows and lines have other numbers.

        Args:
            row_of: the rows now.
            link_index: the lines now.
            keys: what the rows showed before.
            link_keys: what the lines were before.
        """
        rows = {row_of[keys[row]]: badge for row, badge in self.rows.items() if keys[row] in row_of}
        links = {link_index[link_keys[at]]: badge for at, badge in self.links.items() if link_keys[at] in link_index}
        return Badges(self.judged, rows, links)

    @classmethod
    def of(cls, parts: Parts, link_index: Mapping[PartKey, int], judged: Sequence[Judged]) -> Badges:
        """Collect the findings of every element."""
        marks: dict[EntityId, list[Mark]] = {}
        for found in judged:
            for element in dict.fromkeys(found.finding.elements):
                marks.setdefault(element, []).append(Mark(found.severity.value))
        rows: dict[int, Badge] = {}
        links: dict[int, Badge] = {}
        for element, found_marks in marks.items():
            badge = Badge(min(found_marks, key=_WORST_FIRST.index), len(found_marks))
            row, link = parts.row_of.get(PartKey(element)), link_index.get(PartKey(element))
            if row is not None:
                rows[row] = badge
            elif link is not None:
                links[link] = badge
        return cls(tuple(judged), rows, links)
