"""The findings of a judgement by what they are about, kept from edit to edit.

An edit looks up the few findings that it may touch; how many there are elsewhere does not matter.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import NamedTuple, Self, TypeVar

from immutables import Map

from designer.model.base import EntityBase
from designer.model.identity import EntityId
from designer.rules.affected import grounds_of
from designer.rules.design import Design
from designer.rules.registry import FixClass, Judged

Place = tuple[str, Hashable]
"""A rule and what it was asked about: judged again as a whole."""

K = TypeVar("K", bound=Hashable)


class Entry(NamedTuple):
    """What a rule found at a place.

    Attributes:
        found: the findings, at least one.
        elements: what they are about, and what their fixes change.
        grounds: where that stands: hosts; None and the element itself for what stands on no host.
        text: all messages and the labels of the fixes.
    """

    found: tuple[Judged, ...]
    elements: tuple[EntityId, ...]
    grounds: tuple[EntityId | None, ...]
    text: str

    @classmethod
    def of(cls, design: Design, found: Iterable[Judged]) -> Self:
        """Make an entry of the findings at one place."""
        found = tuple(found)
        fixes = [judged.finding.fix for judged in found if judged.finding.fix is not None]
        elements = dict.fromkeys(element for judged in found for element in judged.finding.elements)
        grounds = _grounds(design, elements)
        elements |= dict.fromkeys(edit.id for fix in fixes for edit in fix.edits if edit.before is not None)
        text = "\n".join((*(judged.finding.message for judged in found), *(fix.label for fix in fixes)))
        return cls(found, tuple(elements), grounds, text)

    @property
    def is_quick(self) -> bool:
        """Whether the rule offers quick fixes, which depend on more than the rule reads."""
        return self.found[0].rule.fix_class is FixClass.QUICK

    @property
    def gives_names(self) -> bool:
        """Whether a fix makes something or calls something else than before, so that it needs a name that is free."""
        edits = (edit for judged in self.found if judged.finding.fix is not None for edit in judged.finding.fix.edits)
        return any(edit.after is not None and _name(edit.before) != _name(edit.after) for edit in edits)


def _grounds(design: Design, elements: Iterable[EntityId]) -> tuple[EntityId | None, ...]:
    return tuple(dict.fromkeys(ground for element in elements for ground in grounds_of(design, element)))


def _name(entity: EntityBase | None) -> str:
    return getattr(entity, "name", "")


class Ledger(NamedTuple):
    """All entries of a judgement, and the places by element and by ground.

    Attributes:
        quick: how many entries are quick.
    """

    entries: Map[Place, Entry]
    by_element: Map[EntityId, tuple[Place, ...]]
    by_ground: Map[EntityId | None, tuple[Place, ...]]
    quick: int

    @classmethod
    def of(cls, design: Design, found: Mapping[Place, Iterable[Judged]]) -> Self:
        """Enter everything that a whole pass has found; each place has at least one finding."""
        entries = {place: Entry.of(design, group) for place, group in found.items()}
        by_element: dict[EntityId, list[Place]] = {}
        by_ground: dict[EntityId | None, list[Place]] = {}
        for place, entry in entries.items():
            for element in entry.elements:
                by_element.setdefault(element, []).append(place)
            for ground in entry.grounds:
                by_ground.setdefault(ground, []).append(place)
        quick = sum(entry.is_quick for entry in entries.values())
        return cls(Map(entries), _frozen(by_element), _frozen(by_ground), quick)

    def at(self, place: Place) -> tuple[Judged, ...]:
        """Return what was found at a place."""
        entry = self.entries.get(place)
        return entry.found if entry is not None else ()

    def holds(self, design: Design, place: Place, found: list[Judged]) -> bool:
        """Whether just that is known of a place, and what it is about stands where it stood."""
        entry = self.entries.get(place)
        if entry is None or not found:
            return entry is None and not found
        if [(known.order, known.finding) for known in entry.found] != [(one.order, one.finding) for one in found]:
            return False
        return _grounds(design, (element for judged in found for element in judged.finding.elements)) == entry.grounds

    def about(self, elements: Iterable[EntityId]) -> Iterator[tuple[Place, Entry]]:
        """Yield the entries that are about an element; one may come twice."""
        for element in elements:
            yield from ((place, self.entries[place]) for place in self.by_element.get(element, ()))

    def near(self, grounds: Iterable[EntityId | None]) -> Iterator[tuple[Place, Entry]]:
        """Yield the entries about something on one of the grounds, None for all outside hosts; one may come twice."""
        for ground in grounds:
            yield from ((place, self.entries[place]) for place in self.by_ground.get(ground, ()))

    def entered(self, design: Design, place: Place, found: Iterable[Judged]) -> Self:
        """Return the ledger with other findings, or none, at a place."""
        before = self.entries.get(place)
        after = Entry.of(design, found)
        entries, by_element, by_ground, quick = self
        if before is not None:
            entries = entries.delete(place)
            by_element = _without(by_element, before.elements, place)
            by_ground = _without(by_ground, before.grounds, place)
            quick -= before.is_quick
        if after.found:
            entries = entries.set(place, after)
            by_element = _with(by_element, after.elements, place)
            by_ground = _with(by_ground, after.grounds, place)
            quick += after.is_quick
        return type(self)(entries, by_element, by_ground, quick)


def _frozen(index: dict[K, list[Place]]) -> Map[K, tuple[Place, ...]]:
    return Map({key: tuple(places) for key, places in index.items()})


def _with(index: Map[K, tuple[Place, ...]], keys: Iterable[K], place: Place) -> Map[K, tuple[Place, ...]]:
    for key in keys:
        index = index.set(key, (*index.get(key, ()), place))
    return index


def _without(index: Map[K, tuple[Place, ...]], keys: Iterable[K], place: Place) -> Map[K, tuple[Place, ...]]:
    for key in keys:
        left = tuple(other for other in index[key] if other != place)
        index = index.set(key, left) if left else index.delete(key)
    return index
