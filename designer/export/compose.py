"""A host's containers and networks as a Compose file.

Compose makes containers and the networks that they use; what else the design needs on the host is listed at the top,
not done.

Source: https://github.com/compose-spec/compose-spec, 05-services.md, 06-networks.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from designer.errors import ExportError, NothingToExportError
from designer.export.compose_parts import (
    Fields,
    Line,
    entry,
    external_network,
    filled,
    header,
    labels_of,
    left_out,
    literal,
    project_name,
    statements_of,
    unique_keys,
)
from designer.export.rendered import ExportOptions, RenderedScript, TextForm
from designer.export.script import Script
from designer.export.statements import ConnectContainer, CreateContainer, CreateNetwork, StartContainer
from designer.export.yaml_text import Quoted
from designer.model.links import PortMapping

UNDO = "docker compose down, with the same file, removes what it made"
"""Why there is no teardown file."""

_COMMANDS = ("Start:  docker compose -f THIS-FILE up -d", "Remove: docker compose -f THIS-FILE down")
_SAID = (CreateNetwork, CreateContainer, ConnectContainer, StartContainer)


def render_compose(script: Script, options: ExportOptions | None = None) -> RenderedScript:
    """Return the Compose file of a host.

    Raises:
        ExportError: something cannot be said in a Compose file; names the element and what to change.
    """
    containers = statements_of(script, CreateContainer)
    if not containers:
        raise NothingToExportError(
            f"“{script.host_name}” has no container, so there is nothing for Compose to make. Export the hosts that "
            "have some, each with --host, or choose powershell."
        )
    keys = _Keys(script)
    used = set(_network_names(script))
    idle = [statement for statement in statements_of(script, CreateNetwork) if statement.name not in used]
    lines = [
        *header(script, "Containers and networks", _COMMANDS),
        *left_out([each for each in script.statements if not isinstance(each, _SAID) or each in idle]),
        (f"name: {project_name(script.host_name)}", None),
        ("services:", None),
    ]
    for statement in containers:
        joined = [each for each in statements_of(script, ConnectContainer) if each.container == statement.name]
        lines += entry(keys.service(statement.name), _service(statement, joined, keys), statement)
    networks = [line for block in _networks(script, keys) for line in block]
    lines += [("", None), ("networks:", None), *networks] if networks else []
    return RenderedScript.of_lines(lines, TextForm.PLAIN)


class _Keys:
    """The keys that containers and networks have in the file."""

    def __init__(self, script: Script) -> None:
        self._services = unique_keys(statement.name for statement in statements_of(script, CreateContainer))
        self._networks = unique_keys(_network_names(script))

    def service(self, name: str) -> str:
        return self._services[name]

    def network(self, name: str) -> str:
        return self._networks[name]

    def has_service(self, name: str) -> bool:
        return name in self._services


def _network_names(script: Script) -> list[str]:
    """Return the networks that containers of the file use, each once; Compose makes no other ones."""
    used = [each.network for each in statements_of(script, CreateContainer) if not _is_mode(each.network)]
    joined = [each.network for each in statements_of(script, ConnectContainer)]
    return list(dict.fromkeys((*used, *joined)))


def _is_mode(network: str) -> bool:
    return network == "none" or network.startswith("container:")


# ---- services


def _service(statement: CreateContainer, joined: list[ConnectContainer], keys: _Keys) -> Fields:
    given: Fields = {
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
        "labels": labels_of(statement),
    }
    return filled(given)


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
    given: dict[str, Any] = {
        "ipv4_address": ip and Quoted(ip),
        "aliases": [literal(alias) for alias in aliases],
        "mac_address": mac and Quoted(mac.replace("-", ":")),
    }
    return filled(given)


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


# ---- networks


def _networks(script: Script, keys: _Keys) -> Iterator[list[Line]]:
    made = {statement.name: statement for statement in statements_of(script, CreateNetwork)}
    for name in _network_names(script):
        if name in made:
            yield entry(keys.network(name), _network(made[name]), made[name])
        else:
            yield external_network(keys.network(name), name)


def _network(statement: CreateNetwork) -> Fields:
    given: Fields = {
        "name": literal(statement.name),
        "driver": statement.driver,
        "attachable": statement.attachable,
        "internal": statement.internal,
        "enable_ipv6": statement.ipv6,
        "driver_opts": {Quoted(key): literal(value or "") for key, value in statement.options},
        "ipam": _addresses(statement),
        "labels": labels_of(statement),
    }
    return filled(given)


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
