"""What the pre-flight in PowerShell asks about each statement: names, prefixes, ports, what is in the way."""

from __future__ import annotations

from collections.abc import Iterator

from designer.export.docker_arguments import tag
from designer.export.powershell_blocks import indented, mark, notes
from designer.export.powershell_docker import current
from designer.export.powershell_engine import IN_SWARM
from designer.export.powershell_hns import find_load_balancer
from designer.export.powershell_services import current_service
from designer.export.powershell_text import argument, name_filter, pattern, quote
from designer.export.requirements import (
    AdapterKnown,
    AdapterUnswitched,
    ContainerStopped,
    DefaultNatPresent,
    DefaultNatRemovable,
    JoinToken,
    PortFree,
    PrefixFree,
    Requirement,
    SwarmManager,
)
from designer.export.script import Statement
from designer.export.service_statements import CreateService
from designer.export.statements import (
    CreateContainer,
    CreateHostEndpoint,
    CreateHostVNic,
    CreateLoadBalancer,
    CreateNat,
    CreateNetwork,
    CreateSwitch,
    EnterSwarm,
    MergeDaemonSettings,
)

_WIDTH = 116


def checks(statement: Statement, leaving: str) -> list[str]:
    """Return the checks of one statement: its name first, then what it requires unless it is already so.

    Args:
        statement: of the setup.
        leaving: what ``Assert-PrefixFree`` is told about interfaces that are about to go.
    """
    lines = [line for each in statement.requires for line in _requirement(each, statement, leaving)]
    already = _already(statement)
    if lines and already:
        lines = [f"if (-not ({already})) {{", *indented(lines), "}"]
    return [*_name(statement), *lines]


def _already(statement: Statement) -> str:
    match statement:
        case CreateNetwork() | CreateContainer():
            return current(statement)
        case CreateService():
            return current_service(statement)
        case MergeDaemonSettings():
            return "Test-DaemonSettings $daemonSettings"
        case EnterSwarm():
            return IN_SWARM
    return ""


def _name(statement: Statement) -> Iterator[str]:
    match statement:
        case CreateNetwork() | CreateContainer():
            yield f"{current(statement, 'Assert-DockerName')} {quote(tag(statement.element))}"
        case CreateService():
            yield current_service(statement, "Assert-ServiceName")
        case CreateSwitch():
            kind = quote(statement.switch_type.value.capitalize())
            yield f"Assert-SwitchName {quote(statement.name)} {notes(statement.element)} {kind}"
        case CreateNat():
            test = f"(Test-Nat {quote(statement.name)})"
            yield from _unmarked(test, mark("nat", statement.element), f"NAT named {statement.name}", "NAT005")
        case CreateHostVNic() if statement.name != statement.switch:
            test = f"(Test-HostVNic {quote(statement.name)})"
            yield from _unmarked(test, mark("vnic", statement.element), f"host vNIC named {statement.name}")
        case CreateHostEndpoint():
            test = f"(Get-HostEndpoint {quote(statement.name)})"
            yield from _unmarked(test, mark("endpoint", statement.element), f"HNS endpoint named {statement.name}")
        case CreateLoadBalancer():
            what = f"load balancer at {statement.vip}:{statement.port}"
            yield from _unmarked(
                f"({find_load_balancer(statement)})", mark("balancer", statement.element), what, "LBL011"
            )


def _unmarked(test: str, marked: str, what: str, rule: str = "") -> list[str]:
    named = f" {quote(rule)}" if rule else ""
    condition, action = f"if ({test} -and -not (Test-Mark {marked})) {{", f"Add-TakenName {quote(what)}{named}"
    if len(condition) + len(action) < _WIDTH:
        return [f"{condition} {action} }}"]
    return [condition, f"    {action}", "}"]


def _requirement(each: Requirement, statement: Statement, leaving: str) -> Iterator[str]:
    name = quote(getattr(statement, "name", ""))
    match each:
        case AdapterUnswitched():
            yield f"Assert-AdapterUnswitched {pattern(each.adapter)} {notes(statement.element)}"
        case AdapterKnown():
            yield f"Assert-AdapterKnown {pattern(each.adapter)} {name}"
        case PrefixFree():
            yield f"Assert-PrefixFree '{each.prefix}' {name}{leaving}"
        case PortFree():
            yield f"Assert-PortFree '{each.protocol}' {each.port} {name}"
        case ContainerStopped():
            joined = f"{name_filter(each.container)} {argument(f'network={each.network}')}"
            only = " -ContainerdOnly" if each.containerd_only else ""
            yield f"Assert-Stopped {joined} '{each.rule}'{only}"
        case SwarmManager():
            yield f"Assert-SwarmManager {name}"
        case DefaultNatPresent():
            yield "Assert-DefaultNat -WithNetNat" if each.of_2016 else "Assert-DefaultNat"
        case JoinToken():
            yield "if (-not $JoinToken) {"
            yield "    Add-Problem 'Set $env:SWARM_JOIN_TOKEN to what docker swarm join-token prints on a manager.'"
            yield "}"
        case DefaultNatRemovable():
            yield from _nat_removable(of_2016=each.of_2016)


def _nat_removable(*, of_2016: bool) -> Iterator[str]:
    if of_2016:
        yield "Assert-NatRemovable"
    yield f"if (docker container ls --all --quiet --filter {argument('network=nat')}) {{"
    yield "    Add-Problem 'Containers use the network nat, which this design replaces. Remove them first.'"
    yield "}"
