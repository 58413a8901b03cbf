"""A host's containers and networks as a Compose file.

Compose makes networks and containers; what else the design needs on the host is listed at the top, not done. Values
keep their dollar signs: Compose would read ``$NAME`` as a variable, so each one is doubled.

Source: https://github.com/compose-spec/compose-spec, 05-services.md, 06-networks.md, 12-interpolation.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from designer import __version__
from designer.errors import ExportError
from designer.export.comments import comment, visible
from designer.export.docker_arguments import ELEMENT_LABEL, SETTINGS_LABEL, tag
from designer.export.rendered import ExportOptions, RenderedScript, TextForm
from designer.export.script import Script, Statement
from designer.export.statements import ConnectContainer, CreateContainer, CreateNetwork, StartContainer
from designer.export.yaml_text import Quoted, block
from designer.model.identity import EntityId
from designer.model.links import PortMapping
from designer.model.releases import RELEASES

S = TypeVar("S", bound=Statement)
Line = tuple[str, EntityId | None]
Fields = dict[str, Any]

UNDO = "docker compose down, with the same file, removes what it made"
"""Why there is no teardown file."""

_KEY = re.compile(r"[a-zA-Z0-9._-]+")
_NOT_IN_KEYS = re.compile(r"[^a-zA-Z0-9._-]+")
_NOT_IN_PROJECTS = re.compile(r"[^a-z0-9_-]+")
_SAID = (CreateNetwork, CreateContainer, ConnectContainer, StartContainer)


def render_compose(script: Script, options: ExportOptions | None = None) -> RenderedScript:
    """Return the Compose file of a host.

    Raises:
        ExportError: something cannot be said in a Compose file; names the element and what to change.
    """
    keys = _Keys(script)
    if not keys.any_service():
        raise ExportError(
            f"“{script.host_name}” has no container, so there is nothing for Compose to make. Export the hosts that "
            "have some, each with --host, or choose powershell."
        )
    lines = [*_header(script), *_left_out(script), (f"name: {_project(script.host_name)}", None), ("services:", None)]
    for statement in _of(script, CreateContainer):
        joined = [each for each in _of(script, ConnectContainer) if each.container == statement.name]
        lines += _entry(keys.service(statement.name), _service(statement, joined, keys), statement)
    networks = list(_networks(script, keys))
    lines += [("", None), ("networks:", None), *(line for entry in networks for line in entry)] if networks else []
    return RenderedScript.of_lines(lines, TextForm.PLAIN)


def _of(script: Script, kind: type[S]) -> list[S]:
    return [statement for statement in script.statements if isinstance(statement, kind)]


def literal(text: object) -> Quoted:
    """Return a value that Compose takes as it is: each dollar sign is doubled."""
    return Quoted(str(text).replace("$", "$$"))


class _Keys:
    """The keys that containers and networks have in the file: their names where Compose allows that."""

    def __init__(self, script: Script) -> None:
        self._services = _unique(statement.name for statement in _of(script, CreateContainer))
        self._networks = _unique(_network_names(script))

    def service(self, name: str) -> str:
        return self._services[name]

    def network(self, name: str) -> str:
        return self._networks[name]

    def has_service(self, name: str) -> bool:
        return name in self._services

    def any_service(self) -> bool:
        return bool(self._services)


def _unique(names: Iterable[str]) -> dict[str, str]:
    keys: dict[str, str] = {}
    for name in names:
        wanted = name if _KEY.fullmatch(name) else _NOT_IN_KEYS.sub("-", name).strip("-") or "unnamed"
        key, number = wanted, 1
        while key in keys.values():
            number += 1
            key = f"{wanted}-{number}"
        keys[name] = key
    return keys


def _network_names(script: Script) -> list[str]:
    """Return the networks that containers of the file use, each once; Compose makes no other ones."""
    used = [each.network for each in _of(script, CreateContainer) if not _is_mode(each.network)]
    joined = [each.network for each in _of(script, ConnectContainer)]
    return list(dict.fromkeys((*used, *joined)))


def _is_mode(network: str) -> bool:
    return network == "none" or network.startswith("container:")


def _header(script: Script) -> Iterator[Line]:
    facts = (
        f"Containers and networks of {visible(script.host_name)}, {RELEASES[script.os].title} (build {script.build}).",
        f"Design: {visible(script.design) or 'without a title'}",
        f"Writer: Container Network Designer {__version__}",
    )
    commands = ("Start:  docker compose -f THIS-FILE up -d", "Remove: docker compose -f THIS-FILE down")
    for paragraph in (facts, commands):
        yield from ((line, None) for text in paragraph for line in comment(text))
        yield "", None


def _left_out(script: Script) -> Iterator[Line]:
    """Yield what a Compose file cannot do, so that nobody waits for it."""
    used = set(_network_names(script))
    idle = [statement for statement in _of(script, CreateNetwork) if statement.name not in used]
    found = [each for each in script.statements if not isinstance(each, _SAID) or each in idle]
    if not found:
        return
    yield from ((line, None) for line in comment("Not in this file; the PowerShell script of this host does it:"))
    for statement in found:
        yield from ((line, statement.element) for line in comment(f"- {statement.reason}"))
    yield "", None


def _project(host_name: str) -> str:
    """Return a name that Compose takes for a project: lower case, digits, dashes, underscores."""
    return _NOT_IN_PROJECTS.sub("-", host_name.lower()).strip("-_") or "host"


def _entry(key: str, fields: Fields, statement: Statement) -> list[Line]:
    lines = [f"  {line}" for line in comment(statement.reason)] + block({Quoted(key): fields}, 1)
    return [(line, statement.element) for line in lines]


# ---- services


def _service(statement: CreateContainer, joined: list[ConnectContainer], keys: _Keys) -> Fields:
    given: Mapping[str, Any] = {
        "image": literal(statement.image),
        "container_name": literal(statement.name),
        "isolation": statement.isolation,
        "hostname": statement.hostname and literal(statement.hostname),
        **_whereabouts(statement, joined, keys),
        "ports": [_port(mapping) for mapping in statement.ports],
        "dns": [Quoted(server) for server in statement.dns_servers],
        "dns_opt": [literal(option) for option in statement.dns_options],
        "mem_limit": statement.memory_mb and Quoted(f"{statement.memory_mb}m"),
        "cpus": statement.cpus,
        "environment": [literal(f"{variable.name}={variable.value}") for variable in statement.environment],
        "command": [literal(part) for part in statement.command],
        "labels": _labels(statement),
    }
    return {key: value for key, value in given.items() if value not in (None, "", [])}


def _whereabouts(statement: CreateContainer, joined: list[ConnectContainer], keys: _Keys) -> Fields:
    if statement.network.startswith("container:"):
        lender = statement.network.removeprefix("container:")
        mode = f"service:{keys.service(lender)}" if keys.has_service(lender) else statement.network
        return {"network_mode": literal(mode)}
    if statement.network == "none":
        return {"network_mode": Quoted("none")}
    first = _endpoint(statement.ip, statement.aliases, statement.mac)
    # The highest priority is connected first: the network that carries the published ports.
    networks: Fields = {Quoted(keys.network(statement.network)): first | ({"priority": 1000} if joined else {})}
    for each in joined:
        networks[Quoted(keys.network(each.network))] = _endpoint(each.ip, each.aliases, None)
    return {"networks": networks}


def _endpoint(ip: object, aliases: tuple[str, ...], mac: str | None) -> Fields:
    given: Fields = {
        "ipv4_address": ip and Quoted(ip),
        "aliases": [literal(alias) for alias in aliases],
        "mac_address": mac and Quoted(mac.replace("-", ":")),
    }
    return {key: value for key, value in given.items() if value}


def _port(mapping: PortMapping) -> Fields:
    if mapping.protocol not in {"tcp", "udp"}:
        raise ExportError(
            f"A Compose file cannot publish {mapping.container_port}/{mapping.protocol}: it knows tcp and udp. Change "
            "the protocol of the published port."
        )
    fields: Fields = {"target": mapping.container_port}
    fields |= {"published": Quoted(mapping.host_port)} if mapping.host_port else {}
    fields |= {"host_ip": Quoted(mapping.host_address)} if mapping.host_address else {}
    return fields | {"protocol": mapping.protocol, "mode": "host"}


def _labels(statement: CreateContainer | CreateNetwork) -> Fields:
    return {ELEMENT_LABEL: Quoted(tag(statement.element)), SETTINGS_LABEL: Quoted(statement.settings)}


# ---- networks


def _networks(script: Script, keys: _Keys) -> Iterator[list[Line]]:
    made = {statement.name: statement for statement in _of(script, CreateNetwork)}
    for name in _network_names(script):
        if name in made:
            yield _entry(keys.network(name), _network(made[name]), made[name])
        else:
            fields = {"name": literal(name), "external": True}
            lines = [f"  {line}" for line in comment("exists before this file is used")]
            yield [(line, None) for line in (*lines, *block({Quoted(keys.network(name)): fields}, 1))]


def _network(statement: CreateNetwork) -> Fields:
    given: Mapping[str, Any] = {
        "name": literal(statement.name),
        "driver": statement.driver,
        "attachable": statement.attachable,
        "internal": statement.internal,
        "enable_ipv6": statement.ipv6,
        "driver_opts": {Quoted(key): literal(value or "") for key, value in statement.options},
        "ipam": _addresses(statement),
        "labels": _labels(statement),
    }
    return {key: value for key, value in given.items() if value not in (False, {})}


def _addresses(statement: CreateNetwork) -> Fields:
    pools: list[Fields] = []
    for prefix, gateway in statement.subnets:
        pools.append({"subnet": Quoted(prefix)} | ({"gateway": Quoted(gateway)} if gateway is not None else {}))
    if pools and statement.ip_range is not None:
        pools[0]["ip_range"] = Quoted(statement.ip_range)
    if pools and statement.aux_addresses:
        reserved = enumerate(statement.aux_addresses, start=1)
        pools[0]["aux_addresses"] = {f"reserved{number}": Quoted(address) for number, address in reserved}
    return {"config": pools} if pools else {}
