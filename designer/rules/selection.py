"""Which subjects a rule is asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any

from designer.model.base import EntityBase, Link
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.rules.design import Design
from designer.rules.registry import Index, Only, Rule, kinds_of

Subjects = list[tuple[EntityBase, EntityId]]


def concerns(design: Design, rule: Rule, entity: EntityBase) -> bool:
    """Whether a rule is asked about an entity."""
    only = rule.only
    if isinstance(rule.subject, Index) or not isinstance(entity, rule.subject):
        return False
    if only.field and not getattr(entity, only.field):
        return False
    if only.modes and mode_of(design, entity) not in only.modes:
        return False
    if only.host is None:
        return True
    host = host_of(design, entity)
    return host is not None and only.host(host)


def host_of(design: Design, entity: EntityBase) -> Host | None:
    """Return the host of an element, or of the upper end of a link."""
    return design.host_of_link(entity) if isinstance(entity, Link) else design.host_of(entity.id)


def mode_of(design: Design, entity: EntityBase) -> NetworkMode | None:
    """Return the mode of a network, or of the network of an attachment."""
    network = design.network_of(entity) if isinstance(entity, Attachment) else entity
    return network.mode if isinstance(network, ContainerNetwork) else None


class Selection:
    """The subjects of the rules in one pass over a design; each cut through the entities is made once."""

    def __init__(self, design: Design) -> None:
        self._design = design
        self._fields: dict[tuple[type[EntityBase], str], Subjects] = {}
        self._modes: dict[tuple[type[EntityBase], str], dict[NetworkMode | None, Subjects]] = {}
        self._hosts: dict[tuple[type[EntityBase], str, tuple[NetworkMode | None, ...]], dict[EntityId, Subjects]] = {}
        self._passing: dict[Callable[[Host], bool], list[EntityId]] = {}

    def subjects(self, rule: Rule) -> Iterable[tuple[EntityBase, EntityId]]:
        """Return the entities that a rule is asked about, with their ids."""
        assert not isinstance(rule.subject, Index)
        cuts = [self._of_kind(kind, rule.only) for kind in kinds_of(rule.subject)]
        return cuts[0] if len(cuts) == 1 else chain.from_iterable(cuts)

    def _of_kind(self, kind: type[EntityBase], only: Only) -> Iterable[tuple[EntityBase, EntityId]]:
        if only.host is None:
            return self._with_modes(kind, only)
        passing = self._passing.get(only.host)
        if passing is None:
            hosts = self._design.topology.of(Host)
            passing = self._passing[only.host] = [host.id for host in hosts if only.host(host)]
        if not passing:
            return ()
        by_host = self._by_host(kind, only)
        return chain.from_iterable(by_host.get(host, ()) for host in passing)

    def _with_field(self, kind: type[EntityBase], field: str) -> Subjects:
        found = self._fields.get((kind, field))
        if found is None:
            entities: tuple[Any, ...] = self._design.topology.of(kind)
            if field:
                found = [(entity, entity.id) for entity in entities if getattr(entity, field)]
            else:
                found = [(entity, entity.id) for entity in entities]
            self._fields[kind, field] = found
        return found

    def _with_modes(self, kind: type[EntityBase], only: Only) -> Subjects:
        base = self._with_field(kind, only.field)
        if not only.modes:
            return base
        by_mode = self._modes.get((kind, only.field))
        if by_mode is None:
            by_mode = self._modes[kind, only.field] = {}
            for subject in base:
                by_mode.setdefault(mode_of(self._design, subject[0]), []).append(subject)
        return [subject for mode in only.modes for subject in by_mode.get(mode, ())]

    def _by_host(self, kind: type[EntityBase], only: Only) -> dict[EntityId, Subjects]:
        key = (kind, only.field, only.modes)
        found = self._hosts.get(key)
        if found is None:
            found = self._hosts[key] = {}
            for subject in self._with_modes(kind, only):
                host = host_of(self._design, subject[0])
                if host is not None:
                    found.setdefault(host.id, []).append(subject)
        return found
