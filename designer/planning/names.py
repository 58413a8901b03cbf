"""Free names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from designer.model.base import Element
from designer.model.hosts import HostVNic, PhysicalNic
from designer.model.identity import EntityId
from designer.model.networks import ContainerNetwork
from designer.model.realisation import host_of
from designer.model.services import Service
from designer.model.topology import Topology
from designer.model.workloads import HyperVContainer, WindowsContainer

MAX_NAME = 64
MAX_PATTERN = 1000

_RANGE = re.compile(r"\{(\d{1,9})\.\.(\d{1,9})\}")
_TRAILING_NUMBER = re.compile(r"^(.*?)(\d{1,9})$", re.DOTALL)
_CONTAINERS = (WindowsContainer, HyperVContainer)
_NAMED_BY_DOCKER = (*_CONTAINERS, ContainerNetwork, Service)
"""Kinds whose names have no blanks. Source: moby/moby daemon/names/names.go."""


def expand(pattern: str) -> tuple[str, ...]:
    """Return the names that a pattern stands for: ``web{01..12}`` gives web01 to web12, other text itself.

    At most 1000 names; numbers are as wide as the first one is written.
    """
    found = _RANGE.search(pattern)
    if found is None:
        return (pattern,)
    first, last = int(found[1]), int(found[2])
    step = 1 if last >= first else -1
    numbers = list(range(first, last + step, step)) if abs(last - first) < MAX_PATTERN else []
    width = len(found[1])
    return tuple(f"{pattern[: found.start()]}{number:0{width}}{pattern[found.end() :]}" for number in numbers)


def other_name(taken: Iterable[str], name: str) -> str:
    """Return the name with the next number at its end that makes it unlike all taken ones, compared without case."""
    known = {name.casefold(), *(found.casefold() for found in taken)}
    return next(found for found in _numbered(name, "-") if found.casefold() not in known)


class Names:
    """Gives out names that no comparable element has, without asking the design again for each.

    Windows and Docker names are compared without case. Adapters and vNICs are compared with those of their host only
    (each host has its “Ethernet”), containers of both isolations with each other, all others with their own kind.
    """

    def __init__(self, topology: Topology) -> None:
        self._topology = topology
        self._taken: dict[object, set[str]] = {}

    def take(self, element_type: type[Element], wanted: str, parent: EntityId | None = None) -> str:
        """Return the wanted name, or the next number at its end that is free, and hold it."""
        taken = self._comparable(element_type, parent)
        separator = "-" if issubclass(element_type, _NAMED_BY_DOCKER) else " "
        name = next(name for name in _numbered(wanted, separator) if name.casefold() not in taken)
        taken.add(name.casefold())
        return name

    def _comparable(self, element_type: type[Element], parent: EntityId | None) -> set[str]:
        types: tuple[type[Element], ...] = _CONTAINERS if issubclass(element_type, _CONTAINERS) else (element_type,)
        place = parent
        if parent is not None and issubclass(element_type, PhysicalNic | HostVNic):
            host = host_of(self._topology, parent)
            place = host.id if host is not None else parent
            found = (inner for inner in self._topology.descendants(place) if isinstance(inner, types))
        else:
            place = None
            found = (element for kind in types for element in self._topology.of(kind))
        key = (types, place)
        if key not in self._taken:
            self._taken[key] = {element.name.casefold() for element in found}
        return self._taken[key]


def free_name(
    topology: Topology,
    element_type: type[Element],
    wanted: str,
    parent: EntityId | None = None,
    also_taken: Collection[str] = (),
) -> str:
    """Return a name that no comparable element has: the wanted one, else the next number at its end; see `Names`."""
    names = Names(topology)
    for name in also_taken:
        names.take(element_type, name, parent)
    return names.take(element_type, wanted, parent)


def _numbered(wanted: str, separator: str) -> Iterator[str]:
    yield wanted
    found = _TRAILING_NUMBER.match(wanted)
    stem, number, width = (found[1], int(found[2]), len(found[2])) if found else (f"{wanted}{separator}", 1, 1)
    while True:
        number += 1
        digits = f"{number:0{width}}"
        yield stem[: MAX_NAME - len(digits)] + digits
