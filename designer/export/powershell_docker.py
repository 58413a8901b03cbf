"""PowerShell for Docker's networks and containers."""

from __future__ import annotations

from designer.export.docker_arguments import (
    connect_container,
    create_container,
    create_network,
    on_names,
    tag,
)
from designer.export.powershell_blocks import addresses_kept, guarded, invoke_docker
from designer.export.powershell_text import argument, name_filter
from designer.export.removals import RemoveContainer, RemoveNetwork
from designer.export.script import Risk
from designer.export.statements import ConnectContainer, CreateContainer, CreateNetwork, StartContainer


def current(statement: CreateNetwork | CreateContainer, function: str = "Test-Current") -> str:
    """Return the call that asks whether Docker has an object exactly as the statement makes it."""
    kind = "network" if isinstance(statement, CreateNetwork) else "container"
    return f"{function} {kind} {name_filter(statement.name)} '{statement.settings}'"


def create(statement: CreateNetwork | CreateContainer) -> list[str]:
    """Return the step that makes a network or a container."""
    if isinstance(statement, CreateNetwork):
        what, command = f"{statement.driver} network", create_network(statement)
    else:
        what, command = "container", create_container(statement)
    body = addresses_kept(invoke_docker(command), moves=statement.risk is Risk.CUTS_CONNECTION)
    return guarded(f"-not ({current(statement)})", statement.name, f"Create {what}", body)


def connect(statement: ConnectContainer) -> list[str]:
    """Return the step that connects a stopped container to a further network."""
    joined = argument(f"network={statement.network}")
    condition = f"-not (Test-Docker container {name_filter(statement.container)} {joined})"
    action = f"Connect to {statement.network}"
    return guarded(condition, statement.container, action, invoke_docker(connect_container(statement)))


def start(statement: StartContainer) -> list[str]:
    """Return the step that starts a container."""
    condition = f"-not (Test-Docker container {name_filter(statement.name)} 'status=running')"
    command = invoke_docker(on_names(("start",), statement.name))
    body = addresses_kept(command, moves=statement.risk is Risk.CUTS_CONNECTION)
    return guarded(condition, statement.name, "Start container", body)


def remove_network(statement: RemoveNetwork) -> list[str]:
    """Return the step that removes a network of ours."""
    remove = invoke_docker(on_names(("network", "rm"), statement.name))
    if statement.ingress:
        remove = [f"Remove-Ingress {argument(statement.name)}"]
    body = addresses_kept(remove, moves=statement.risk is Risk.CUTS_CONNECTION)
    return guarded(_ours("network", statement), statement.name, "Remove network", body)


def remove_container(statement: RemoveContainer) -> list[str]:
    """Return the step that stops and removes a container of ours."""
    body = invoke_docker(on_names(("rm", "--force"), statement.name))
    return guarded(_ours("container", statement), statement.name, "Stop and remove container", body)


def _ours(kind: str, statement: RemoveNetwork | RemoveContainer) -> str:
    return f"(Test-Ours {kind} {name_filter(statement.name)} '{tag(statement.element)}')"
