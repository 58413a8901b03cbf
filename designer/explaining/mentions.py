"""Which elements of a design a text names: by name, address, prefix, port or MAC address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Interface, IPv6Address, IPv6Interface, ip_address, ip_interface

from designer.explaining.reading import Reading
from designer.model.addressing import MacAddress
from designer.model.base import Element, EntityBase, Link, Value
from designer.model.identity import EntityId
from designer.model.topology import Topology

_TOKEN = re.compile(r"[\w.\-]+")
_BLANKS = re.compile(r"\s+")
_IPV4 = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?(?![\w.]*\d)")
_IPV6 = re.compile(r"(?<![\w:])[0-9a-f:]{2,39}(?:/\d{1,3})?(?![\w:])")
_MAC = re.compile(r"(?<![\w\-:])(?:[0-9a-f]{2}[-:]){5}[0-9a-f]{2}(?![\w\-:])")
_PORT = re.compile(r"(?<![\w.\-/])\d{1,5}(?![\w.\-]*\d)")

_MOST_NAMES = 2_000
"""Names of several words are looked for one by one; of more than so many only the longest."""

_PORT_FIELDS = frozenset({"port", "host_port", "container_port", "published", "target", "external_port", "target_port"})


@dataclass(frozen=True, slots=True)
class Mentions:
    """The elements and links that a text names.

    Attributes:
        quotes: what the text has of each, by its id, the surest kind only.
    """

    quotes: Mapping[EntityId, str]

    @classmethod
    def of(cls, reading: Reading, topology: Topology) -> Mentions:
        """Look for everything of a design in a text."""
        names = _Names.of(reading.plain, topology)
        values = frozenset(_values_in(reading.plain))
        quotes: dict[EntityId, str] = {}
        for entity in topology.entities.values():
            quote = names.quote(entity)
            if not quote and values:
                quote = next((str(each) for each in _values(entity) if each in values), "")
            if quote:
                quotes[entity.id] = quote
        return cls(quotes)

    def of_finding(self, topology: Topology, elements: tuple[EntityId, ...]) -> str:
        """Return what the text has of the elements of a finding or of the ends of its links, or nothing."""
        for element in elements:
            entity = topology.get(element)
            ends = (entity.source, entity.target) if isinstance(entity, Link) else ()
            for each in (element, *ends):
                if each in self.quotes:
                    return self.quotes[each]
        return ""


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of a design that stand in a text: words of their own, not parts of longer names."""

    found: frozenset[str]

    @classmethod
    def of(cls, plain: str, topology: Topology) -> _Names:
        names = {_folded(each.name) for each in topology.entities.values() if isinstance(each, Element)}
        rest = f" {_folded(plain)} "
        found = set()
        for name in sorted((name for name in names if not _TOKEN.fullmatch(name)), key=len, reverse=True)[:_MOST_NAMES]:
            if name in rest and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", rest):
                found.add(name)
                rest = rest.replace(name, " ")
        tokens = {part for token in _TOKEN.findall(rest) for part in (token, token.strip(".-"))}
        return cls(frozenset(found | (names & tokens)))

    def quote(self, entity: EntityBase) -> str:
        if isinstance(entity, Element) and _folded(entity.name) in self.found:
            return entity.name
        return ""


def _folded(text: str) -> str:
    return _BLANKS.sub(" ", text.casefold()).strip()


def _values_in(plain: str) -> Iterator[object]:
    for found in (*_IPV4.findall(plain), *_IPV6.findall(plain)):
        try:
            yield ip_interface(found) if "/" in found else ip_address(found)
        except ValueError:
            continue
    for found in _MAC.findall(plain):
        yield MacAddress(found)
    without_macs = _IPV4.sub(" ", _MAC.sub(" ", plain))
    for found in _PORT.findall(without_macs):
        yield int(found)


def _values(value: EntityBase | Value, field: str = "") -> Iterator[object]:
    """Go through the addresses, prefixes, MAC addresses and ports of an entity, in its parts too."""
    for name in type(value).model_fields:
        yield from _each(getattr(value, name), field or name, name)


def _each(held: object, field: str, name: str) -> Iterator[object]:
    match held:
        case IPv4Interface() | IPv6Interface():
            yield from (held, held.ip, held.network)
        case IPv4Address() | IPv6Address() | MacAddress():
            yield held
        case int() if name in _PORT_FIELDS and held:
            yield held
        case tuple():
            for each in held:
                yield from _each(each, field, name)
        case Value():
            yield from _values(held, field)
        case _:
            return
