"""Docker command lines as lists of arguments, one string for each argument, not quoted for any shell."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from designer.errors import ExportError
from designer.export.service_statements import CreateService
from designer.export.statements import ConnectContainer, CreateContainer, CreateNetwork, EnterSwarm
from designer.model.identity import EntityId
from designer.model.links import PortMapping

ELEMENT_LABEL = "container-network-designer.element"
"""The label that says which element a Docker object was made for."""

SETTINGS_LABEL = "container-network-designer.settings"
"""The label that changes with every option of the command: an outdated object is not taken for a current one."""

_LONG_FORM = re.compile(r"\w+=\w+(,\w+=\w+)*", re.ASCII)
_GO_SPECIAL = re.compile(r"([\\.+*?()|\[\]{}^$])")
_UNSAFE_FIELD = re.compile(r"[A-Z,\"\s]")
_PLAIN_TAG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,62}")

Created = TypeVar("Created", CreateNetwork, CreateContainer, CreateService)

Option = tuple[str, ...]
"""One option with its value: ``("--driver", "nat")``; a flag or an operand stands alone."""


def tag(element: EntityId) -> str:
    """Return an element's id as it may stand in labels, notes, rule names and file names."""
    if _PLAIN_TAG.fullmatch(element):
        return element
    return "id-" + hashlib.sha256(element.encode()).hexdigest()[:16]


def name_pattern(name: str) -> str:
    """Return what Docker's ``name`` filter takes for the whole name and nothing else."""
    return "^" + _GO_SPECIAL.sub(r"\\\1", name) + "$"


def create_network(statement: CreateNetwork) -> tuple[Option, ...]:
    """Return ``docker network create`` with its options, a label for the element and one for the settings."""
    return (("network", "create"), *_network_options(statement), *_labels(statement), *_operands(statement.name))


def create_container(statement: CreateContainer) -> tuple[Option, ...]:
    """Return ``docker create`` with its options, a label for the element and one for the settings."""
    return (("create",), *_container_options(statement), *_labels(statement), *_container_operands(statement))


def create_service(statement: CreateService) -> tuple[Option, ...]:
    """Return ``docker service create`` with its options, a label for the element and one for the settings."""
    return (
        ("service", "create"),
        *_service_options(statement),
        *_labels(statement),
        *_container_operands(statement),
    )


def with_settings(statement: Created) -> Created:
    """Return the statement with a text that changes with every option of its command.

    Raises:
        ExportError: a name would be read as options.
    """
    text = "\0".join("\1".join(option) for option in _unlabelled(statement))
    return replace(statement, settings=hashlib.sha256(text.encode()).hexdigest()[:12])


def _unlabelled(statement: CreateNetwork | CreateContainer | CreateService) -> tuple[Option, ...]:
    if isinstance(statement, CreateNetwork):
        return (*_network_options(statement), *_operands(statement.name))
    if isinstance(statement, CreateService):
        return (*_service_options(statement), *_container_operands(statement))
    return (*_container_options(statement), *_container_operands(statement))


def connect_container(statement: ConnectContainer) -> tuple[Option, ...]:
    """Return ``docker network connect``."""
    options = _listed("--alias", statement.aliases)
    ip = (("--ip", str(statement.ip)),) if statement.ip else ()
    return (("network", "connect"), *ip, *options, *_operands(statement.network, statement.container))


def enter_swarm(statement: EnterSwarm) -> tuple[Option, ...]:
    """Return ``docker swarm init``, or ``docker swarm join`` without its token and managers."""
    advertise = (("--advertise-addr", str(statement.advertise)),) if statement.advertise else ()
    if statement.managers:
        return (("swarm", "join"), *advertise)
    listen = (("--listen-addr", f"{statement.advertise}:2377"),) if statement.advertise else ()
    port = (("--data-path-port", str(statement.data_path_port)),) if statement.data_path_port else ()
    pools = _listed("--default-addr-pool", map(str, statement.pools))
    return (("swarm", "init"), *advertise, *listen, *port, *pools)


def publish(mapping: PortMapping) -> str:
    """Return the value of ``--publish``: ``8080:80/tcp``."""
    host = f"{mapping.host_address}:" if mapping.host_address else ""
    if mapping.host_address is not None and mapping.host_address.version == 6:
        host = f"[{mapping.host_address}]:"
    port = str(mapping.host_port) if mapping.host_port else ""
    lead = f"{host}{port}:" if host or port else ""
    return f"{lead}{mapping.container_port}/{mapping.protocol}"


def _network_options(statement: CreateNetwork) -> Iterator[Option]:
    yield ("--driver", statement.driver)
    for flag, wanted in (
        ("--attachable", statement.attachable),
        ("--internal", statement.internal),
        ("--ingress", statement.ingress),
        ("--ipv6", statement.ipv6),
    ):
        if wanted:
            yield (flag,)
    if statement.swarm_scope:
        yield ("--scope", "swarm")
    for prefix, gateway in statement.subnets:
        yield ("--subnet", str(prefix))
        if gateway is not None:
            yield ("--gateway", str(gateway))
    if statement.ip_range is not None:
        yield ("--ip-range", str(statement.ip_range))
    for number, address in enumerate(statement.aux_addresses, start=1):
        yield ("--aux-address", f"reserved{number}={address}")
    for key, value in statement.options:
        yield ("--opt", key if value is None else f"{key}={value}")


def _container_options(statement: CreateContainer) -> Iterator[Option]:
    yield ("--name", statement.name)
    if statement.isolation:
        yield ("--isolation", statement.isolation)
    yield ("--network", _network_name(statement.network, f"container “{statement.name}”"))
    if statement.ip is not None:
        yield ("--ip", str(statement.ip))
    if statement.mac is not None:
        yield ("--mac-address", statement.mac.replace("-", ":"))
    yield from _listed("--network-alias", statement.aliases)
    yield from _listed("--publish", map(publish, statement.ports))
    yield from _listed("--dns", map(str, statement.dns_servers))
    yield from _listed("--dns-option", statement.dns_options)
    if statement.hostname:
        yield ("--hostname", statement.hostname)
    if statement.memory_mb is not None:
        yield ("--memory", f"{statement.memory_mb}m")
    if statement.cpus is not None:
        yield ("--cpus", f"{statement.cpus:g}")
    yield from _listed("--env", (f"{variable.name}={variable.value}" for variable in statement.environment))


def _network_name(name: str, of: str) -> str:
    if _LONG_FORM.search(name):
        raise ExportError(
            f"Docker would read the network name “{name}” of {of} as a list of options, because it contains an equals "
            "sign. Rename the network."
        )
    return name


def _service_options(statement: CreateService) -> Iterator[Option]:
    yield ("--detach",)
    yield ("--name", statement.name)
    if statement.replicas is None:
        yield ("--mode", "global")
    else:
        yield ("--replicas", str(statement.replicas))
    yield ("--endpoint-mode", statement.endpoint_mode)
    if statement.isolation != "default":
        yield ("--isolation", statement.isolation)
    for name, aliases in statement.networks:
        yield ("--network", _joined(name, aliases, f"service “{statement.name}”"))
    for port in statement.ports:
        published = f"published={port.published}," if port.published else ""
        yield ("--publish", f"mode={port.mode},{published}target={port.target},protocol={port.protocol}")
    yield from _listed("--constraint", statement.constraints)
    yield from _listed("--env", (f"{variable.name}={variable.value}" for variable in statement.environment))


def _joined(name: str, aliases: tuple[str, ...], of: str) -> str:
    """Return the value of ``--network``: the name, or with aliases the long form, in which Docker lowers capitals."""
    _network_name(name, of)
    if not aliases:
        return name
    fields = [f"name={name}", *(f"alias={alias}" for alias in aliases)]
    if any(_UNSAFE_FIELD.search(field) for field in fields):
        raise ExportError(
            f"The aliases of {of} on network “{name}” cannot be told to Docker, which changes capitals, commas, quotes "
            "and blanks in this option. Write network and aliases in small letters."
        )
    return ",".join(fields)


def _container_operands(statement: CreateContainer | CreateService) -> tuple[Option, ...]:
    return (*_operands(statement.image), *((part,) for part in statement.command))


def _labels(statement: CreateNetwork | CreateContainer | CreateService) -> tuple[Option, ...]:
    return (
        ("--label", f"{ELEMENT_LABEL}={tag(statement.element)}"),
        ("--label", f"{SETTINGS_LABEL}={statement.settings}"),
    )


def _listed(option: str, values: Iterable[str]) -> tuple[Option, ...]:
    return tuple((option, value) for value in values)


def on_names(words: Option, *names: str) -> tuple[Option, ...]:
    """Return a command that takes nothing but names: ``docker start web01``."""
    return (words, *_operands(*names))


def _operands(*names: str) -> tuple[Option, ...]:
    """Return names as operands, behind ``--`` if one of them looks like an option."""
    guard: tuple[Option, ...] = (("--",),) if any(name.startswith("-") for name in names) else ()
    return (*guard, *((name,) for name in names))
