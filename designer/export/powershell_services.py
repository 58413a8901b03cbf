"""PowerShell for the services of a swarm and its routing-mesh network."""

from __future__ import annotations

from designer.export.docker_arguments import create_service, on_names, tag
from designer.export.powershell_blocks import guarded, indented, invoke_docker
from designer.export.powershell_engine import IN_SWARM
from designer.export.powershell_text import quote
from designer.export.service_statements import CreateService, RemoveIngress, RemoveService, RestoreIngress


def current_service(statement: CreateService, function: str = "Test-Service") -> str:
    """Return the call that asks whether the swarm has a service exactly as the statement makes it."""
    return f"{function} {quote(statement.name)} 'settings={statement.settings}'"


def create(statement: CreateService) -> list[str]:
    """Return the step that makes a service; it does not wait for the tasks."""
    condition = f"-not ({current_service(statement)})"
    return guarded(condition, statement.name, "Create service", invoke_docker(create_service(statement)))


def remove(statement: RemoveService) -> list[str]:
    """Return the step that removes a service of ours and waits until its tasks here are gone."""
    name = quote(statement.name)
    body = [*invoke_docker(on_names(("service", "rm"), statement.name)), f"Wait-NoTask {name}"]
    condition = f"(Test-Service {name} 'element={tag(statement.element)}')"
    return guarded(condition, statement.name, "Remove service", body)


def remove_ingress(_: RemoveIngress) -> list[str]:
    """Return the step that removes the routing-mesh network of Docker."""
    body = ["Set-Mark 'ingress'", "Remove-Ingress (Get-ForeignIngress)"]
    return guarded("(Get-ForeignIngress)", "routing mesh", "Remove network", body)


def restore_ingress(_: RestoreIngress) -> list[str]:
    """Return the step that makes a routing-mesh network like Docker's again, unless the swarm goes anyway."""
    make = invoke_docker((("network", "create"), ("--driver", "overlay"), ("--ingress",), ("ingress",)))
    test = f"if (({IN_SWARM}) -and -not (Test-Mark 'swarm') -and -not (Get-ForeignIngress)) {{"
    body = [test, *indented(make), "}", "Clear-Mark 'ingress'"]
    return guarded("(Test-Mark 'ingress')", "routing mesh", "Make the network again", body)
