"""Finds elements and links by anything that people know about them: name, address, MAC, kind, port, remark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Interface, IPv6Address, IPv6Interface, ip_address
from typing import Any

from pydantic import BaseModel

from designer.model.addressing import IpAddress, IpNetwork, MacAddress
from designer.model.base import Element, EntityBase, Link
from designer.model.flows import Flow
from designer.model.identity import EntityId
from designer.model.modes import MODES
from designer.model.networks import NetworkMode
from designer.model.releases import RELEASES, OsRelease
from designer.model.topology import Topology

_REFERENCES = frozenset({"id", "kind", "parent", "source", "target", "switch", "shares_network_of"})
_SHORTEST_MAC = 4
"""Hexadecimal digits from which on a word with separators may be a part of a MAC address."""


@dataclass(slots=True)
class _Known:
    """What is known about one entity."""

    words: list[str] = field(default_factory=list)
    addresses: set[IpAddress] = field(default_factory=set)
    prefixes: list[IpNetwork] = field(default_factory=list)
    macs: list[str] = field(default_factory=list)


class SearchIndex:
    """Everything that can be found in one design; made once, asked at each keystroke."""

    def __init__(self, topology: Topology) -> None:
        self.topology = topology
        self._known = {
            entity.id: (_text(known), known)
            for entity in (*topology.elements(), *topology.links())
            for known in (_known(entity),)
        }

    def find(self, query: str) -> tuple[EntityId, ...]:
        """Return what fits every word of a query; an address also finds the prefixes that it is in."""
        words = query.casefold().split()
        if not words:
            return ()
        asked = [(word, _address(word), _mac(word)) for word in words]
        return tuple(
            entity
            for entity, (text, known) in self._known.items()
            if all(_fits(text, known, *question) for question in asked)
        )


def _fits(text: str, known: _Known, word: str, address: IpAddress | None, mac: str) -> bool:
    if word in text:
        return True
    if address is not None and (address in known.addresses or any(address in prefix for prefix in known.prefixes)):
        return True
    return bool(mac) and any(mac in found for found in known.macs)


def _address(word: str) -> IpAddress | None:
    try:
        return ip_address(word)
    except ValueError:
        return None


def _mac(word: str) -> str:
    """Return the digits of what may be a MAC address or a part of one, in any notation."""
    digits = word.replace("-", "").replace(":", "").replace(".", "")
    is_hex = len(digits) >= _SHORTEST_MAC and all(digit in "0123456789abcdef" for digit in digits)
    return digits if is_hex else ""


def _known(entity: EntityBase) -> _Known:
    known = _Known()
    if isinstance(entity, Element | Link):
        known.words.append(f"{type(entity).title} declared traffic" if isinstance(entity, Flow) else type(entity).title)
    for name, value in _values(entity):
        _note(known, value, is_reference=name in _REFERENCES)
    return known


def _values(model: BaseModel) -> Iterator[tuple[str, Any]]:
    for name, value in model:
        if value is None or value == () or isinstance(value, bool):
            continue
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, BaseModel):
                yield from _values(part)
            else:
                yield name, part


def _note(known: _Known, value: object, *, is_reference: bool) -> None:
    match value:
        case NetworkMode():
            known.words.append(f"{MODES[value].title} network")
        case OsRelease():
            known.words.append(RELEASES[value].title)
        case IPv4Interface() | IPv6Interface():
            known.words.append(str(value))
            if value.ip == value.network.network_address:
                known.prefixes.append(value.network)
            else:
                known.addresses.add(value.ip)
        case IPv4Address() | IPv6Address():
            known.words.append(str(value))
            known.addresses.add(value)
        case MacAddress():
            known.words.append(value)
            known.macs.append(_mac(value.casefold()))
        case _ if not is_reference:
            known.words.append(str(value))


def _text(known: _Known) -> str:
    return "\n".join(known.words).casefold()
