"""The pre-flight of a script in PowerShell: reads the machine and judges it before the first change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from designer.export import statements as vocabulary
from designer.export.docker_arguments import create_container, create_network, tag
from designer.export.powershell_steps import NOTES, current, daemon_settings_table, endpoint_mark, nat_mark, vnic_mark
from designer.export.powershell_text import argument, name_filter, pattern, quote
from designer.export.statements import Script, Statement
from designer.model.identity import EntityId
from designer.model.releases import RELEASES, OsRelease

Line = tuple[str, EntityId | None]

_CLIENT_BUILDS = {OsRelease.WIN10: (17763, 19045), OsRelease.WIN11: (22000, 26200)}
_CLIENT_FEATURES = {"Containers": "Containers", "Hyper-V": "Microsoft-Hyper-V"}


def setup_preflight(script: Script) -> list[Line]:
    """Return the checks of a setup script: the machine first, then the names, prefixes and ports that it will take."""
    lines: list[Line] = [("$problems = @()", None)]
    lines += _machine(script)
    lines += [(line, script.host) for line in _engine(script)]
    lines.append(("Stop-OnProblem", None))
    judged = [(line, each.element) for each in script.statements for line in _checks(each)]
    return [*lines, ("", None), *judged, ("Stop-OnProblem", None)] if judged else lines


def teardown_preflight(script: Script) -> list[Line]:
    """Return the checks of a teardown script: whether Docker answers."""
    lines: list[Line] = [("$problems = @()", None)]
    return [*lines, *((line, script.host) for line in _docker_answers()), ("Stop-OnProblem", None)]


def _requirements(script: Script) -> Iterator[vocabulary.Requirement]:
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
    features = {"Containers"} | {each.name for each in _requirements(script) if isinstance(each, vocabulary.Feature)}
    for feature in sorted(features):
        if facts.is_server:
            yield f"Assert-Feature '{feature}'", host
        else:
            yield f"Assert-OptionalFeature '{_CLIENT_FEATURES[feature]}'", host
    yield "Assert-IPv6", host
    adapters: dict[str, EntityId] = {}
    for statement in script.statements:
        for each in statement.requires:
            if isinstance(each, vocabulary.AdapterUp):
                adapters.setdefault(each.adapter, statement.element)
    for adapter, element in adapters.items():
        yield f"Assert-Adapter {pattern(adapter)}", element


def _engine(script: Script) -> Iterator[str]:
    yield from _docker_answers()
    for each in script.statements:
        if isinstance(each, vocabulary.MergeDaemonSettings):
            yield from daemon_settings_table(each)
            yield 'try { $null = Read-DaemonFile } catch { Add-Problem "$daemonFile is no JSON: $_" }'
    if any(isinstance(each, vocabulary.HnsModule) for each in _requirements(script)):
        yield "Import-HnsModule"


def _docker_answers() -> Iterator[str]:
    yield "$service = Get-Service -Name docker -ErrorAction SilentlyContinue"
    yield "if (-not $service -or $service.Status -ne 'Running') {"
    yield "    Add-Problem 'Docker does not run. Install Docker Engine, or run: Start-Service docker'"
    yield "} elseif ((docker version --format '{{.Server.Os}}') -ne 'windows') {"
    yield "    Add-Problem 'Docker does not answer as a Windows engine. Look at: docker version'"
    yield "}"


def _checks(statement: Statement) -> Iterable[str]:
    checks = [*_name_check(statement), *_requirement_checks(statement)]
    already = _already(statement)
    if not checks or not already:
        return checks
    return [f"if (-not ({already})) {{", *(f"    {line}" for line in checks), "}"]


def _already(statement: Statement) -> str:
    match statement:
        case vocabulary.CreateNetwork():
            return current("network", statement.name, create_network(statement))
        case vocabulary.CreateContainer():
            return current("container", statement.name, create_container(statement))
        case vocabulary.CreateSwitch():
            return f"Test-Switch {quote(statement.name)} {quote(NOTES + tag(statement.element))}"
        case vocabulary.CreateNat():
            return f"Test-Mark {quote(nat_mark(statement.element))}"
        case vocabulary.CreateHostVNic():
            return f"Test-Mark {quote(vnic_mark(statement.element))}"
        case vocabulary.CreateHostEndpoint():
            return f"Test-Mark {quote(endpoint_mark(statement.element))}"
        case vocabulary.MergeDaemonSettings():
            return "Test-DaemonSettings $daemonSettings"
        case vocabulary.EnterSwarm():
            return "(docker info --format '{{.Swarm.LocalNodeState}}') -eq 'active'"
    return ""


def _name_check(statement: Statement) -> Iterator[str]:
    match statement:
        case vocabulary.CreateNetwork():
            yield _taken(f"Test-Docker network {name_filter(statement.name)}", "network", statement.name)
        case vocabulary.CreateContainer():
            yield _taken(f"Test-Docker container {name_filter(statement.name)}", "container", statement.name)
        case vocabulary.CreateSwitch():
            yield _taken(f"Test-Switch {quote(statement.name)}", "virtual switch", statement.name)
        case vocabulary.CreateNat():
            yield _taken(f"Test-Nat {quote(statement.name)}", "NAT", statement.name)
        case vocabulary.CreateHostVNic() if statement.name != statement.switch:
            yield _taken(f"Test-HostVNic {quote(statement.name)}", "host vNIC", statement.name)
        case vocabulary.CreateHostEndpoint():
            yield _taken(f"Get-HostEndpoint {quote(statement.name)}", "HNS endpoint", statement.name)


def _taken(test: str, what: str, name: str) -> str:
    return f"if ({test}) {{ Add-TakenName {quote(f'{what} named {name}')} }}"


def _requirement_checks(statement: Statement) -> Iterator[str]:
    name = getattr(statement, "name", "")
    for each in statement.requires:
        match each:
            case vocabulary.PrefixFree():
                yield f"Assert-PrefixFree '{each.prefix}' {quote(name)}"
            case vocabulary.PortFree():
                yield f"Assert-PortFree '{each.protocol}' {each.port} {quote(name)}"
            case vocabulary.JoinToken():
                yield "if (-not $JoinToken) {"
                yield "    Add-Problem 'Set $env:SWARM_JOIN_TOKEN to what docker swarm join-token prints on a manager.'"
                yield "}"
            case vocabulary.DefaultNatRemovable(of_2016):
                if of_2016:
                    yield "Assert-NatRemovable"
                yield f"if (docker container ls --all --quiet --filter {argument('network=nat')}) {{"
                yield "    Add-Problem 'Containers use the network nat, which this design replaces. Remove them first.'"
                yield "}"
