"""A script with nothing but docker commands: what Docker cannot do is listed, not done."""

from __future__ import annotations

from dataclasses import replace

from designer.export.powershell import render
from designer.export.rendered import ExportOptions, RenderedScript
from designer.export.script import Script, Section, Statement
from designer.export.service_statements import CreateService, RemoveIngress
from designer.export.statements import (
    ConnectContainer,
    CreateContainer,
    CreateNetwork,
    EnterSwarm,
    Remark,
    StartContainer,
)

_DOCKER = (
    EnterSwarm,
    RemoveIngress,
    CreateNetwork,
    CreateService,
    CreateContainer,
    ConnectContainer,
    StartContainer,
    Remark,
)


def only_docker(script: Script) -> Script:
    """Return the script with each statement that takes more than docker turned into a remark at its end."""
    order = tuple(Section)
    statements = sorted(map(_dockerised, script.statements), key=lambda statement: order.index(statement.section))
    return replace(script, statements=tuple(statements))


def _dockerised(statement: Statement) -> Statement:
    if isinstance(statement, _DOCKER):
        return statement
    reason = (
        f"{statement.reason}: not a docker command; export as powershell, or do it by hand before this script runs."
    )
    return Remark(element=statement.element, reason=reason)


def render_docker(script: Script, options: ExportOptions | None = None) -> RenderedScript:
    """Return the docker part of a host's script as PowerShell.

    Raises:
        ExportError: something cannot be said on a docker command line; names the element and what to change.
    """
    return render(only_docker(script), options)
