"""The services of a swarm as a stack file, for ``docker stack deploy`` on a manager.

A stack is deployed once for the whole swarm, so only the host that founds the swarm has one. Docker reads these files
by version 3 of the Compose format, which knows isolation from 3.5 on and no gateways.

Source: docker/cli cli/compose/schema/data/config_schema_v3.8.json; connectivity of stacks: CPS008, CPS009.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network

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
    statements_of,
    unique_keys,
)
from designer.export.rendered import ExportOptions, RenderedScript, TextForm
from designer.export.script import Script
from designer.export.service_statements import CreateService
from designer.export.statements import CreateNetwork
from designer.export.yaml_text import Quoted
from designer.model.services import ServicePort

UNDO = "docker stack rm, with the name of the stack, removes what it made"
"""Why there is no teardown file."""

VERSION = "3.8"

_COMMANDS = ("Deploy: docker stack deploy -c THIS-FILE NAME", "Remove: docker stack rm NAME")


def render_stack(script: Script, options: ExportOptions | None = None) -> RenderedScript:
    """Return the stack file of the services that a host's script makes.

    Raises:
        ExportError: something cannot be said in a stack file; names the element and what to change.
    """
    services = statements_of(script, CreateService)
    if not services:
        raise NothingToExportError(
            f"“{script.host_name}” makes no service: a stack has the services of a swarm, and the host that founds it "
            "deploys them. Export that host, with --host, or choose compose for containers."
        )
    keys = unique_keys(name for service in services for name, _ in service.networks)
    said = [*services, *(each for each in statements_of(script, CreateNetwork) if each.name in keys)]
    lines = [
        *header(script, "Services", _COMMANDS),
        *left_out([each for each in script.statements if each not in said]),
        (f'version: "{VERSION}"', None),
        ("services:", None),
    ]
    names = unique_keys(service.name for service in services)
    for service in services:
        lines += entry(names[service.name], _service(service, keys), service)
    networks = list(_networks(script, keys))
    lines += [("", None), ("networks:", None), *networks] if networks else []
    return RenderedScript.of_lines(lines, TextForm.PLAIN)


def _service(statement: CreateService, keys: dict[str, str]) -> Fields:
    many = statement.replicas is not None
    deploy: Fields = {
        "mode": "replicated" if many else "global",
        "replicas": statement.replicas,
        "endpoint_mode": statement.endpoint_mode,
        "placement": {"constraints": [literal(each) for each in statement.constraints]}
        if statement.constraints
        else None,
        "labels": labels_of(statement),
    }
    return filled(
        {
            "image": literal(statement.image),
            "isolation": statement.isolation if statement.isolation != "default" else None,
            "networks": {Quoted(keys[name]): _aliases(aliases) for name, aliases in statement.networks},
            "ports": [_port(port) for port in statement.ports],
            "environment": [literal(f"{each.name}={each.value}") for each in statement.environment],
            "command": [literal(part) for part in statement.command],
            "deploy": filled(deploy),
        }
    )


def _aliases(aliases: tuple[str, ...]) -> Fields:
    return {"aliases": [literal(alias) for alias in aliases]} if aliases else {}


def _port(port: ServicePort) -> Fields:
    published: Fields = {"published": port.published} if port.published else {}
    return {"target": port.target, **published, "protocol": port.protocol, "mode": port.mode}


def _networks(script: Script, keys: dict[str, str]) -> Iterator[Line]:
    made = {statement.name: statement for statement in statements_of(script, CreateNetwork)}
    for name, key in keys.items():
        if name in made:
            yield from entry(key, _network(made[name]), made[name])
        else:
            yield from external_network(key, name)


def _network(statement: CreateNetwork) -> Fields:
    _refuse_gateways(statement)
    return filled(
        {
            "name": literal(statement.name),
            "driver": statement.driver,
            "attachable": statement.attachable,
            "internal": statement.internal,
            "driver_opts": {Quoted(key): literal(value or "") for key, value in statement.options},
            "ipam": {"config": [{"subnet": Quoted(prefix)} for prefix, _ in statement.subnets]}
            if statement.subnets
            else None,
            "labels": labels_of(statement),
        }
    )


def _refuse_gateways(statement: CreateNetwork) -> None:
    """Refuse a gateway that is not the one that Docker takes by itself, the first address of the subnet."""
    for prefix, gateway in statement.subnets:
        if gateway is not None and gateway != ip_network(prefix.network)[1]:
            raise ExportError(
                f"A stack file cannot give network “{statement.name}” the gateway {gateway}: it has no field for it, "
                f"and Docker takes {ip_network(prefix.network)[1]}. Change the gateway, or choose powershell."
            )
