"""The pre-flight of a script in PowerShell: reads the machine and judges it before the first change."""

from __future__ import annotations

from collections.abc import Iterator

from designer.export.powershell_blocks import indented, mark, notes
from designer.export.powershell_docker import current
from designer.export.powershell_engine import IN_SWARM, daemon_settings_table
from designer.export.powershell_text import argument, pattern, quote
from designer.export.requirements import (
    AdapterUp,
    DefaultNatPresent,
    DefaultNatRemovable,
    Feature,
    HnsModule,
    JoinToken,
    PortFree,
    PrefixFree,
    Requirement,
)
from designer.export.script import Script, Statement
from designer.export.statements import (
    CreateContainer,
    CreateHostEndpoint,
    CreateHostVNic,
    CreateNat,
    CreateNetwork,
    CreateSwitch,
    EnterSwarm,
    MergeDaemonSettings,
)
from designer.model.identity import EntityId
from designer.model.releases import RELEASES, OsRelease

Line = tuple[str, EntityId | None]

_CLIENT_BUILDS = {OsRelease.WIN10: (17763, 19045), OsRelease.WIN11: (22000, 26200)}
_NAT_INTERFACES = " -Except 'vEthernet (nat)', 'vEthernet (HNS Internal NIC)'"
"""The interfaces of Docker's own network nat, which do not count when it is about to go."""

_CLIENT_FEATURES = {"Containers": "Containers", "Hyper-V": "Microsoft-Hyper-V"}


def setup_preflight(script: Script) -> list[Line]:
    """Return the checks of a setup script: the machine first, then the names, prefixes and ports that it will take."""
    lines: list[Line] = [("$problems = @()", None)]
    lines += _machine(script)
    lines += [(line, script.host) for line in _engine(script)]
    lines.append(("Stop-OnProblem", None))
    merges = [each for each in script.statements if isinstance(each, MergeDaemonSettings)]
    leaving = _NAT_INTERFACES if any(each.replaces_nat for each in merges) else ""
    judged = [(line, each.element) for each in script.statements for line in _checks(each, leaving)]
    return [*lines, ("", None), *judged, ("Stop-OnProblem", None)] if judged else lines


def teardown_preflight(script: Script) -> list[Line]:
    """Return the checks of a teardown script: whether Docker answers."""
    lines: list[Line] = [("$problems = @()", None)]
    return [*lines, *((line, script.host) for line in _docker_answers()), ("Stop-OnProblem", None)]


def _requirements(script: Script) -> Iterator[Requirement]:
    return (each for statement in script.statements for each in statement.requires)


def _machine(script: Script) -> Iterator[Line]:
    host = script.host
    facts = RELEASES[script.os]
    low, high = _CLIENT_BUILDS.get(script.os, (script.build, script.build))
    test = f"$build -ne {low}" if low == high else f"$build -lt {low} -or $build -gt {high}"
    yield "$build = [Environment]::OSVersion.Version.Build", host
    yield f"if ({test}) {{", host
    yield (
        f'    Add-Problem "This script is for {facts.title} (build {script.build}), not for build $build; '
        'export it for that release."',
        host,
    )
    yield "}", host
    features = {"Containers"} | {each.name for each in _requirements(script) if isinstance(each, Feature)}
    for feature in sorted(features):
        if facts.is_server:
            yield f"Assert-Feature '{feature}'", host
        else:
            yield f"Assert-OptionalFeature '{_CLIENT_FEATURES[feature]}'", host
    yield "Assert-IPv6", host
    adapters: dict[str, EntityId] = {}
    for statement in script.statements:
        for each in statement.requires:
            if isinstance(each, AdapterUp):
                adapters.setdefault(each.adapter, statement.element)
    for adapter, element in adapters.items():
        yield f"Assert-Adapter {pattern(adapter)}", element


def _engine(script: Script) -> Iterator[str]:
    yield from _docker_answers()
    for each in script.statements:
        if isinstance(each, MergeDaemonSettings):
            yield from daemon_settings_table(each)
            yield 'try { $null = Read-DaemonFile } catch { Add-Problem "$daemonFile is no JSON: $_" }'
    if any(isinstance(each, HnsModule) for each in _requirements(script)):
        yield "Import-HnsModule"


def _docker_answers() -> Iterator[str]:
    yield "$service = Get-Service -Name docker -ErrorAction SilentlyContinue"
    yield "if (-not $service -or $service.Status -ne 'Running') {"
    yield "    Add-Problem 'Docker does not run. Install Docker Engine, or run: Start-Service docker'"
    yield "} elseif ((docker version --format '{{.Server.Os}}') -ne 'windows') {"
    yield "    Add-Problem 'Docker does not answer as a Windows engine. Look at: docker version'"
    yield "}"


def _checks(statement: Statement, leaving: str) -> list[str]:
    checks = list(_requirement_checks(statement, leaving))
    already = _already(statement)
    if checks and already:
        checks = [f"if (-not ({already})) {{", *indented(checks), "}"]
    return [*_name_check(statement), *checks]


def _already(statement: Statement) -> str:
    match statement:
        case CreateNetwork() | CreateContainer():
            return current(statement)
        case MergeDaemonSettings():
            return "Test-DaemonSettings $daemonSettings"
        case EnterSwarm():
            return IN_SWARM
    return ""


def _name_check(statement: Statement) -> Iterator[str]:
    match statement:
        case CreateNetwork() | CreateContainer():
            yield current(statement, "Assert-DockerName")
        case CreateSwitch():
            yield f"Assert-SwitchName {quote(statement.name)} {notes(statement.element)}"
        case CreateNat():
            test = f"(Test-Nat {quote(statement.name)})"
            yield _unmarked(test, mark("nat", statement.element), f"NAT named {statement.name}")
        case CreateHostVNic() if statement.name != statement.switch:
            test = f"(Test-HostVNic {quote(statement.name)})"
            yield _unmarked(test, mark("vnic", statement.element), f"host vNIC named {statement.name}")
        case CreateHostEndpoint():
            test = f"(Get-HostEndpoint {quote(statement.name)})"
            yield _unmarked(test, mark("endpoint", statement.element), f"HNS endpoint named {statement.name}")


def _unmarked(test: str, marked: str, what: str) -> str:
    return f"if ({test} -and -not (Test-Mark {marked})) {{ Add-TakenName {quote(what)} }}"


def _requirement_checks(statement: Statement, leaving: str) -> Iterator[str]:
    name = getattr(statement, "name", "")
    for each in statement.requires:
        match each:
            case PrefixFree():
                yield f"Assert-PrefixFree '{each.prefix}' {quote(name)}{leaving}"
            case PortFree():
                yield f"Assert-PortFree '{each.protocol}' {each.port} {quote(name)}"
            case DefaultNatPresent():
                yield "Assert-DefaultNat"
            case JoinToken():
                yield "if (-not $JoinToken) {"
                yield "    Add-Problem 'Set $env:SWARM_JOIN_TOKEN to what docker swarm join-token prints on a manager.'"
                yield "}"
            case DefaultNatRemovable(of_2016):
                if of_2016:
                    yield "Assert-NatRemovable"
                yield f"if (docker container ls --all --quiet --filter {argument('network=nat')}) {{"
                yield "    Add-Problem 'Containers use the network nat, which this design replaces. Remove them first.'"
                yield "}"
