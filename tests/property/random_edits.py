"""Edits of all kinds at random, from a seed: values and parts come from the examples of the rules, so that rules bite.

Quicker than drawing with Hypothesis, which matters for thousands of edits; a seed gives the same edits again as long as
the examples stay the same.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from random import Random

from pydantic import ValidationError

from designer.editing import commands as edit
from designer.editing.draft import created
from designer.errors import DesignerError
from designer.model.annotations import Placement
from designer.model.base import Element, EntityBase, Link
from designer.model.changes import ChangeSet, Edit
from designer.model.entities import ELEMENT_TYPES, LINK_TYPES, kind_of
from designer.model.hosts import Host
from designer.model.identity import EntityId, counting_ids
from designer.model.realisation import PartKey
from designer.model.topology import Topology
from designer.rules.registry import Judged
from tests.unit.rules.examples import Example

RULE_TESTS = Path(__file__).parents[1] / "unit" / "rules"
MOST = 70
"""Entities from which on more is deleted than added."""

_OF_HOSTS = ("os", "build", "update_revision", "edition", "machine", "engine_version", "role", "swarm")
_STRUCTURE = ("id", "kind", "source", "target")
_REFERENCES = ("parent", "switch", "shares_network_of")
_NAMES = (
    "web01",
    "Web01",
    "db",
    "nat",
    "nat0",
    "Ethernet",
    "LAN",
    "ingress",
    "HOST01",
    "App_1",
    "x",
    "vEthernet (LAN)",
)

Values = dict[tuple[type[EntityBase], str], list[object]]


@cache
def fragments() -> tuple[Topology, ...]:
    """Return the good and bad designs of the examples of all rules."""
    found: list[Topology] = []
    for path in sorted(RULE_TESTS.glob("test_*.py")):
        module = importlib.import_module(f"tests.unit.rules.{path.stem}")
        examples: Iterable[Example] = getattr(module, "EXAMPLES", ())
        found += [drawn.topology for example in examples for drawn in (example.bad, example.good)]
    return tuple(found)


def in_order(topology: Topology) -> list[EntityBase]:
    """Return the entities in an order that is the same in every run."""
    return sorted(topology.entities.values(), key=lambda entity: entity.id)


@cache
def values() -> Values:
    """Return what the fields of each kind are set to in the examples, and their defaults."""
    found: Values = {}
    for topology in fragments():
        for entity in in_order(topology):
            for name in type(entity).model_fields:
                if name not in (*_STRUCTURE, *_REFERENCES):
                    known = found.setdefault((type(entity), name), [])
                    value = getattr(entity, name)
                    if value not in known:
                        known.append(value)
    for (_, name), known in found.items():
        if name == "name":
            known.extend(_NAMES)
    return found


class Editor:
    """Makes one edit after the other on a design."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)
        self.topology = Topology()
        self._new_id = counting_ids()
        self._intents: dict[Callable[[], ChangeSet], int] = {
            self._set: 30,
            self._change_host: 12,
            self._paste: 10,
            self._place: 6,
            self._connect: 8,
            self._link: 4,
            self._delete: 8,
            self._unlink: 5,
            self._rename: 5,
            self._reparent: 5,
            self._reconnect: 4,
            self._convert: 2,
            self._move: 2,
        }

    def next(self, judged: tuple[Judged, ...]) -> ChangeSet:
        """Return an edit that changes the design; a fix of a finding now and then."""
        while True:
            change = self._attempt(lambda: self._several(judged))
            if change:
                return change

    def _attempt(self, intent: Callable[[], ChangeSet]) -> ChangeSet:
        try:
            change = intent()
            self.topology.apply(change)
        except (DesignerError, ValidationError):
            return ChangeSet("Refused", ())
        return change

    def _several(self, judged: tuple[Judged, ...]) -> ChangeSet:
        """Return one intent, or a few as one change."""
        change, before = self._one(judged), self.topology
        for _ in range(self.dice.choice((0, 0, 0, 0, 0, 1, 2))):
            self.topology = self.topology.apply(change)
            later = self._attempt(lambda: self._one(()))
            self.topology, change = before, change.then(later)
        return change

    def _one(self, judged: tuple[Judged, ...]) -> ChangeSet:
        fixes = [found.finding.fix for found in judged if found.finding.fix is not None]
        if fixes and self.dice.random() < 0.1:
            return self.dice.choice(fixes)
        if len(self.topology) > MOST and self.dice.random() < 0.5:
            return self._delete()
        (intent,) = self.dice.choices(list(self._intents), list(self._intents.values()))
        return intent()

    def _any(self, *kinds: type[EntityBase]) -> EntityBase:
        found = [entity for entity in in_order(self.topology) if isinstance(entity, kinds)]
        return self.dice.choice(found) if found else Host(id="none", name="none")

    def _element(self) -> EntityId:
        return self._any(Element).id

    def _parent(self) -> EntityId | None:
        return None if self.dice.random() < 0.2 else self._any(Host, *ELEMENT_TYPES[2:9]).id

    def _replace(self, entity: EntityBase, name: str, value: object) -> ChangeSet:
        after = entity.evolve(**{name: value})
        return ChangeSet(f"Set {name}", (Edit(entity, after),))  # type: ignore[arg-type]  # both are of the union

    def _set(self) -> ChangeSet:
        """Set one field: to what an example sets it to, its default, or another element where it refers to one."""
        entity = self._any(EntityBase)
        name = self.dice.choice([name for name in type(entity).model_fields if name not in _STRUCTURE])
        if name in _REFERENCES:
            return self._replace(entity, name, self.dice.choice((None, self._element())))
        default = type(entity).model_fields[name].get_default()
        return self._replace(entity, name, self.dice.choice([default, *values().get((type(entity), name), ())]))

    def _change_host(self) -> ChangeSet:
        name = self.dice.choice(_OF_HOSTS)
        return self._replace(self._any(Host), name, self.dice.choice(values()[Host, name]))

    def _paste(self) -> ChangeSet:
        """Add the design of an example, or put what its hosts hold into a host that is there."""
        fragment = self.dice.choice(fragments())
        here = self._any(Host).id if self.dice.random() < 0.6 else EntityId("none")
        renewed = {entity.id: self._new_id("new") for entity in in_order(fragment)}
        if here in self.topology:
            renewed |= {host.id: here for host in fragment.of(Host)}
        added = [
            _renewed(entity, renewed)
            for entity in in_order(fragment)
            if renewed[entity.id] != here and not isinstance(entity, Placement)
        ]
        return ChangeSet("Paste", tuple(Edit(None, entity) for entity in added))  # type: ignore[arg-type]  # as above

    def _place(self) -> ChangeSet:
        return edit.place(self.topology, self.dice.choice(ELEMENT_TYPES), self._parent(), 0, 0, self._new_id)

    def _connect(self) -> ChangeSet:
        return edit.connect(self.topology, self._element(), self._element(), self._new_id)

    def _link(self) -> ChangeSet:
        """Link two elements by hand, also where the window would refuse it."""
        kind = self.dice.choice(LINK_TYPES)
        link = created(kind, id=self._new_id(kind_of(kind)), source=self._element(), target=self._element())
        return ChangeSet("Link", (Edit(None, link),))

    def _delete(self) -> ChangeSet:
        return edit.delete(self.topology, [self._any(EntityBase).id for _ in range(self.dice.randint(1, 2))])

    def _unlink(self) -> ChangeSet:
        return edit.delete(self.topology, [self._any(Link).id])

    def _rename(self) -> ChangeSet:
        return edit.rename(self.topology, self._element(), self.dice.choice(_NAMES))

    def _reparent(self) -> ChangeSet:
        return edit.reparent(self.topology, self._element(), self._parent(), 0, 0)

    def _reconnect(self) -> ChangeSet:
        end: edit.LinkEnd = self.dice.choice(("source", "target"))
        link = self._any(Link)
        if self.dice.random() < 0.3:
            return self._replace(link, end, self._element())
        return edit.reconnect(self.topology, link.id, end, self._element())

    def _convert(self) -> ChangeSet:
        return edit.convert_isolation(self.topology, [self._element()])

    def _move(self) -> ChangeSet:
        return edit.move(self.topology, {PartKey(self._element()): (8.0, 8.0)})


def _renewed(entity: EntityBase, renewed: dict[EntityId, EntityId]) -> EntityBase:
    """Return an entity under its new id, with all that it refers to under theirs."""
    fresh: dict[str, object] = {"id": renewed[entity.id]}
    for name in (*_STRUCTURE[2:], *_REFERENCES):
        value = getattr(entity, name, None)
        if value is not None:
            fresh[name] = renewed[value]
    if hasattr(entity, "elements"):
        fresh["elements"] = tuple(sorted(renewed[element] for element in entity.elements))
    return entity.evolve(**fresh)
