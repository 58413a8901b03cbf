"""The pre-flight of a script in PowerShell: reads the machine and judges it before the first change."""

from __future__ import annotations

from collections.abc import Iterator

from designer.export.powershell_checks import checks
from designer.export.powershell_engine import daemon_settings_table
from designer.export.powershell_machine import feature_call
from designer.export.powershell_text import pattern, quote
from designer.export.requirements import (
    AdapterUp,
    Feature,
    HnsModule,
    HyperVTools,
    MemoryFree,
    Requirement,
    SharingService,
)
from designer.export.script import Script, builds_of
from designer.export.statements import MergeDaemonSettings
from designer.model.identity import EntityId
from designer.model.releases import RELEASES

Line = tuple[str, EntityId | None]

_NAT_INTERFACES = " -Except 'vEthernet (nat)', 'vEthernet (HNS Internal NIC)'"
"""The interfaces of Docker's own network nat, which do not count when it is about to go."""


def release_check(script: Script) -> list[Line]:
    """Return the check that the machine has the Windows that the script is for."""
    return [("$problems = @()", None), *((line, script.host) for line in _build(script)), ("Stop-OnProblem", None)]


def setup_preflight(script: Script) -> list[Line]:
    """Return the checks of a setup script: the machine first, then the names, prefixes and ports that it will take."""
    lines: list[Line] = [("$problems = @()", None)]
    lines += _machine(script)
    lines += [(line, script.host) for line in _engine(script)]
    lines.append(("Stop-OnProblem", None))
    merges = [each for each in script.statements if isinstance(each, MergeDaemonSettings)]
    leaving = _NAT_INTERFACES if any(each.replaces_nat for each in merges) else ""
    judged: list[Line] = [(line, each.element) for each in script.statements for line in checks(each, leaving)]
    judged += _memory(script)
    return [*lines, ("", None), *judged, ("Stop-OnProblem", None)] if judged else lines


def teardown_preflight(script: Script) -> list[Line]:
    """Return the checks of a teardown script: whether Docker answers."""
    lines: list[Line] = [("$problems = @()", None)]
    return [*lines, *((line, script.host) for line in _docker_answers()), ("Stop-OnProblem", None)]


def _requirements(script: Script) -> Iterator[tuple[Requirement, EntityId]]:
    return ((each, statement.element) for statement in script.statements for each in statement.requires)


def _build(script: Script) -> Iterator[str]:
    low, high = builds_of(script)
    test = f"$build -ne {low}" if low == high else f"$build -lt {low} -or $build -gt {high}"
    yield "$build = [Environment]::OSVersion.Version.Build"
    yield f"if ({test}) {{"
    yield (
        f'    Add-Problem "This script is for {RELEASES[script.os].title} (build {script.build}), not for '
        'build $build; export it for that release."'
    )
    yield "}"


def _machine(script: Script) -> Iterator[Line]:
    yield from ((line, script.host) for line in _build(script))
    server = RELEASES[script.os].is_server
    features = {"Containers": ("HST002", script.host)}
    adapters: dict[str, EntityId] = {}
    tools: EntityId | None = None
    sharing: EntityId | None = None
    for each, element in _requirements(script):
        match each:
            case Feature():
                features.setdefault(each.name, (each.rule, element))
            case AdapterUp():
                adapters.setdefault(each.adapter, element)
            case HyperVTools():
                tools = tools or element
            case SharingService():
                sharing = sharing or element
    for feature, (rule, element) in sorted(features.items()):
        yield f"{feature_call(feature, server=server, function='Assert')} '{rule}'", element
    if tools is not None:
        yield "Assert-HyperVTools", tools
    yield "Assert-Service 'hns', 'vmcompute'", script.host
    if sharing is not None:
        yield "Assert-SharingService", sharing
    yield "Assert-IPv6", script.host
    for adapter, element in adapters.items():
        yield f"Assert-Adapter {pattern(adapter)}", element


def _engine(script: Script) -> Iterator[str]:
    yield from _docker_answers()
    for each in script.statements:
        if isinstance(each, MergeDaemonSettings):
            yield from daemon_settings_table(each)
            yield 'try { $null = Read-DaemonFile } catch { Add-Problem "$daemonFile is no JSON: $_" }'
    if any(isinstance(each, HnsModule) for each, _ in _requirements(script)):
        yield "Import-HnsModule"


def _docker_answers() -> Iterator[str]:
    yield "$service = Get-Service -Name docker -ErrorAction SilentlyContinue"
    yield "if (-not $service -or $service.Status -ne 'Running') {"
    yield "    Add-Problem 'Docker does not run. Install Docker Engine, or run: Start-Service docker'"
    yield "} elseif ((docker version --format '{{.Server.Os}}') -ne 'windows') {"
    yield "    Add-Problem 'Docker does not answer as a Windows engine. Look at: docker version'"
    yield "}"


def _memory(script: Script) -> list[Line]:
    """Return the check of the memory that the containers of the script take once they run."""
    wanted = [
        (getattr(statement, "name", ""), each.megabytes)
        for statement in script.statements
        for each in statement.requires
        if isinstance(each, MemoryFree)
    ]
    if not wanted:
        return []
    rows = [f"    {quote(name)} = {megabytes}" for name, megabytes in wanted]
    return [("Assert-Memory @{", script.host), *((row, script.host) for row in rows), ("}", script.host)]
