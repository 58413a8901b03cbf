"""From the words of a command line to a packet: names, addresses, ports."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import Literal, cast, get_args

from designer.errors import QuestionError, UnknownNameError
from designer.model.addressing import IpAddress
from designer.model.base import Element
from designer.model.fabric import Client
from designer.model.flows import PROTOCOLS_WITH_PORTS, FlowProtocol
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.networks import LoadBalancer
from designer.model.realisation import host_of
from designer.model.services import Service
from designer.model.topology import Topology
from designer.model.workloads import HyperVContainer, WindowsContainer
from designer.simulate.packets import first_port
from designer.simulate.trace import Addressing, Packet

SENDERS = (WindowsContainer, HyperVContainer, Service, Host, Client)
"""What can open a connection; a load balancer besides can be asked."""

_WITH_PORT = re.compile(r"(?P<name>\[[^\]]*\]|.*?):(?:(?P<port>\d{1,5})(?:/(?P<protocol>\w+))?|(?P<only>[A-Za-z]+))")


def ends_of(topology: Topology, *, targets: bool = False) -> list[Element]:
    """Return what can send, or with ``targets`` be asked, by kind and name."""
    kinds = (*SENDERS, LoadBalancer) if targets else SENDERS
    found: list[Element] = [element for kind in kinds for element in topology.of(kind)]
    return sorted(found, key=lambda element: (isinstance(element, Client | Host | Service), label(topology, element)))


def label(topology: Topology, element: Element) -> str:
    """Return the name of an element as a command line takes it, with its host where it stands on one."""
    host = host_of(topology, element.id)
    return f"{host.name}/{element.name}" if host is not None and host.id != element.id else element.name


def labels(topology: Topology, elements: list[Element]) -> dict[EntityId, str]:
    """Return the shortest names that tell elements apart: the name, HOST/NAME where that occurs twice, else the id."""
    names: dict[EntityId, str] = {}
    for element in elements:
        candidates = (element.name, label(topology, element), element.id)
        names[element.id] = next(
            (name for name in candidates if len(_named(topology, elements, name)) == 1), str(element.id)
        )
    return names


def packet_from_words(
    topology: Topology,
    source: str,
    target: str,
    *,
    address: Addressing = "own",
    ip_version: Literal[4, 6] = 4,
    name: str = "",
) -> Packet:
    """Return the packet from a source to ``NAME[:PORT[/PROTOCOL]]``, ``HOST/NAME…`` or an address.

    Args:
        topology: the design.
        source: name, ``HOST/NAME`` or id of a container, service, host or client.
        target: the same, of a load balancer too, or an IP address; with a port, or with a protocol that has none.
        address: how the target is addressed.
        ip_version: 4 or 6.
        name: DNS name to look up first.

    Raises:
        UnknownNameError: nothing has that name; the closest one is suggested.
        QuestionError: the name is not unique, or port or protocol is none.
    """
    sender = _find(topology, ends_of(topology), source, "sender")
    where, port, protocol = _split(topology, target)
    found = _address(where)
    goal = found if found is not None else _find(topology, ends_of(topology, targets=True), where, "target").id
    if protocol not in PROTOCOLS_WITH_PORTS:
        port = None
    elif port is None:
        port = 80 if found is not None else first_port(topology, cast(EntityId, goal), protocol, address)
    version = found.version if found is not None else ip_version
    return Packet(sender.id, goal, protocol, port, address, version, name=name)


def _split(topology: Topology, words: str) -> tuple[str, int | None, FlowProtocol]:
    """Return the name, port and protocol of a target; a whole name with a colon in it goes before."""
    if _named(topology, ends_of(topology, targets=True), words) or _address(words) is not None:
        return words, None, "tcp"
    parts = _WITH_PORT.fullmatch(words)
    if parts is None:
        return words, None, "tcp"
    protocol = (parts["protocol"] or parts["only"] or "tcp").casefold()
    if protocol not in get_args(FlowProtocol):
        known = ", ".join(get_args(FlowProtocol))
        raise QuestionError(f"“{protocol}” in “{words}” is no protocol. Known: {known}.")
    port = int(parts["port"]) if parts["port"] else None
    if port is not None and not 0 < port < 65_536:
        raise QuestionError(f"Port {port} in “{words}” is out of range; use 1 to 65535.")
    return parts["name"], port, cast(FlowProtocol, protocol)


def _address(words: str) -> IpAddress | None:
    try:
        return ip_address(words.removeprefix("[").removesuffix("]"))
    except ValueError:
        return None


def _find(topology: Topology, elements: list[Element], words: str, what: str) -> Element:
    found = _named(topology, elements, words)
    if not found:
        raise UnknownNameError(what, words, [*{element.name for element in elements}])
    if len(found) > 1:
        choices = ", ".join(sorted({label(topology, element) for element in found}))
        if len({label(topology, element) for element in found}) < len(found):
            choices = ", ".join(sorted(element.id for element in found))
        raise QuestionError(f"{len(found)} elements are named “{words}”. Say which: {choices}.")
    return found[0]


def _named(topology: Topology, elements: list[Element], words: str) -> list[Element]:
    """Return the elements that a name means: exactly, else by id or HOST/NAME, else in other letter case."""
    tests = (
        lambda element: words == element.name,
        lambda element: words in (element.id, label(topology, element)),
        lambda element: words.casefold() in (element.name.casefold(), label(topology, element).casefold()),
    )
    for test in tests:
        found = [element for element in elements if test(element)]
        if found:
            return found
    return []
