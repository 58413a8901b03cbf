"""PowerShell for the engine and its surroundings: daemon.json, the swarm, firewall rules."""

from __future__ import annotations

from designer.export.docker_arguments import enter_swarm
from designer.export.powershell_blocks import call, guarded, indented, invoke_docker
from designer.export.powershell_text import argument, quote, quote_all
from designer.export.removals import ClosePorts, LeaveSwarm, RestoreDaemonSettings
from designer.export.statements import EnterSwarm, MergeDaemonSettings, OpenPorts

IN_SWARM = "(docker info --format '{{.Swarm.LocalNodeState}}') -eq 'active'"
"""The test whether the engine is a node of a swarm."""


def daemon_settings_table(statement: MergeDaemonSettings) -> list[str]:
    """Return the definition of ``$daemonSettings``, which the pre-flight and the step look at."""
    rows: list[str] = []
    for key, value in statement.settings:
        match value:
            case str():
                shown = quote(value)
            case int():
                shown = str(value)
            case _:
                shown = f"@({quote_all(value)})"
        rows.append(f"{quote(key)} = {shown}")
    return ["$daemonSettings = [ordered] @{", *indented(rows), "}"]


def merge_daemon_settings(statement: MergeDaemonSettings) -> list[str]:
    """Return the step that merges daemon.json and restarts Docker with it."""
    body = [
        "Save-DaemonFile",
        "Set-Mark 'docker-restart'",
        "Set-DaemonSettings $daemonSettings",
        *_nat_removal(statement),
        "Restart-Service -Name docker -Force",
        "Clear-Mark 'docker-restart'",
    ]
    condition = "-not (Test-DaemonSettings $daemonSettings)"
    return guarded(condition, "daemon.json", "Merge settings and restart Docker", body)


def restore_daemon_settings(statement: RestoreDaemonSettings) -> list[str]:
    """Return the step that puts daemon.json back and restarts Docker with it."""
    body = [
        "Restore-DaemonFile",
        *_nat_removal(statement),
        "Restart-Service -Name docker -Force",
        "Clear-Mark 'docker-restart'",
        "Clear-Mark 'daemon.json-absent'",
        "Clear-Mark 'daemon.json'",
    ]
    condition = "((Test-Path -LiteralPath $daemonBackup) -or (Test-Mark 'daemon.json-absent'))"
    return guarded(condition, "daemon.json", "Put back as it was and restart Docker", body)


def _nat_removal(statement: MergeDaemonSettings | RestoreDaemonSettings) -> list[str]:
    if not statement.replaces_nat:
        return []
    return ["Remove-DefaultNatOf2016" if statement.of_2016 else "Remove-DefaultNat"]


def open_ports(statement: OpenPorts) -> list[str]:
    """Return the step that makes a firewall rule."""
    parameters = {
        "Name": quote(statement.rule),
        "DisplayName": quote(statement.title),
        "Group": "'Container Network Designer'",
        "Direction": "'Inbound'",
        "Action": "'Allow'",
        "Protocol": quote(statement.protocol),
        "LocalPort": str(statement.port),
    }
    parameters |= {"RemoteAddress": quote(str(statement.remote))} if statement.remote else {}
    make = call("$null = New-NetFirewallRule", parameters, careful=False)
    condition = f"-not (Test-FirewallRule {quote(statement.rule)})"
    return guarded(condition, statement.title, "Create firewall rule", make)


def close_ports(statement: ClosePorts) -> list[str]:
    """Return the step that removes a firewall rule."""
    remove = call("Remove-NetFirewallRule", {"Name": quote(statement.rule)}, careful=False)
    return guarded(f"(Test-FirewallRule {quote(statement.rule)})", statement.rule, "Remove firewall rule", remove)


def enter(statement: EnterSwarm) -> list[str]:
    """Return the step that founds or joins a swarm; the token comes from outside the script."""
    if statement.managers:
        options = [", ".join(map(argument, option)) for option in enter_swarm(statement)]
        where = argument(f"{statement.managers[0]}:2377")
        body = [f"Invoke-Docker @({', '.join(options)}, '--token', $JoinToken, {where})"]
    else:
        body = invoke_docker(enter_swarm(statement))
    action = "Join the swarm" if statement.managers else "Found a swarm"
    return guarded(f"-not ({IN_SWARM})", "Docker Swarm", action, ["Set-Mark 'swarm'", *body])


def leave(_: LeaveSwarm) -> list[str]:
    """Return the step that leaves the swarm, if the setup entered it."""
    leaving = invoke_docker((("swarm", "leave", "--force"),))
    body = [f"if ({IN_SWARM}) {{", *indented(leaving), "}", "Clear-Mark 'swarm'"]
    return guarded("(Test-Mark 'swarm')", "Docker Swarm", "Leave the swarm", body)
