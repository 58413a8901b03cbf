"""The steps of a teardown script in PowerShell: each removes one thing that the setup made, by its tag or mark."""

from __future__ import annotations

from collections.abc import Callable
from functools import singledispatch

from designer.errors import ExportError
from designer.export import statements as vocabulary
from designer.export.docker_arguments import on_names, tag
from designer.export.powershell_steps import (
    NOTES,
    PROTOCOL_NUMBERS,
    addresses_kept,
    balancer_mark,
    call,
    endpoint_mark,
    guarded,
    invoke_docker,
    nat_mark,
    nat_removal,
    vnic_mark,
)
from designer.export.powershell_text import name_filter, pattern, quote


@singledispatch
def removal_step(statement: vocabulary.Statement) -> list[str]:
    """Return the lines of one step.

    Raises:
        ExportError: the statement cannot be said in PowerShell.
    """
    raise ExportError(f"PowerShell has no words for {type(statement).__name__} ({statement.reason}).")


def _step(function: Callable[..., list[str]]) -> Callable[..., list[str]]:
    removal_step.register(function)
    return function


@_step
def _restore_daemon_settings(statement: vocabulary.RestoreDaemonSettings) -> list[str]:
    body = ["Restore-DaemonFile"]
    body += [nat_removal(statement.of_2016)] if statement.replaces_nat else []
    body += ["Restart-Service -Name docker -Force", "Clear-Mark 'docker-restart'", "Clear-Mark 'daemon.json-absent'"]
    body += ["Clear-Mark 'daemon.json'"]
    condition = "((Test-Path -LiteralPath $daemonBackup) -or (Test-Mark 'daemon.json-absent'))"
    return guarded(condition, "daemon.json", "Put back as it was and restart Docker", body)


@_step
def _close_ports(statement: vocabulary.ClosePorts) -> list[str]:
    rule = quote(statement.rule)
    remove = call("Remove-NetFirewallRule", f"-Name {rule}", careful=False)
    condition = f"(Test-FirewallRule {rule})"
    return guarded(condition, statement.rule, "Remove firewall rule", [remove])


@_step
def _leave_swarm(statement: vocabulary.LeaveSwarm) -> list[str]:
    body = [
        "if ((docker info --format '{{.Swarm.LocalNodeState}}') -eq 'active') {",
        "    Invoke-Docker @('swarm', 'leave', '--force')",
        "}",
        "Clear-Mark 'swarm'",
    ]
    return guarded("(Test-Mark 'swarm')", "Docker Swarm", "Leave the swarm", body)


@_step
def _remove_switch(statement: vocabulary.RemoveSwitch) -> list[str]:
    name, notes = quote(statement.name), quote(NOTES + tag(statement.element))
    moves = statement.risk is vocabulary.Risk.CUTS_CONNECTION
    remove = [f"Remove-VMSwitch -Name {pattern(statement.name)} -Force"]
    body = [*addresses_kept(remove, moves=moves), f"Clear-Mark {quote(f'adopted-{tag(statement.element)}')}"]
    return guarded(f"(Test-Switch {name} {notes})", statement.name, "Remove switch", body)


@_step
def _remove_host_vnic(statement: vocabulary.RemoveHostVNic) -> list[str]:
    mark = quote(vnic_mark(statement.element))
    body = [
        f"if (Test-HostVNic {quote(statement.name)}) {{",
        f"    Remove-VMNetworkAdapter -ManagementOS -Name {pattern(statement.name)}",
        "}",
        f"Clear-Mark {mark}",
    ]
    return guarded(f"(Test-Mark {mark})", statement.name, "Remove host vNIC", body)


@_step
def _remove_nat(statement: vocabulary.RemoveNat) -> list[str]:
    mark = quote(nat_mark(statement.element))
    remove = call("Remove-NetNat", f"-Name {pattern(statement.name)} -Confirm:$false", careful=False)
    body = [f"if (Test-Nat {quote(statement.name)}) {{ {remove} }}", f"Clear-Mark {mark}"]
    return guarded(f"(Test-Mark {mark})", statement.name, "Remove NAT", body)


@_step
def _remove_network(statement: vocabulary.RemoveNetwork) -> list[str]:
    remove = invoke_docker(on_names(("network", "rm"), statement.name))
    body = addresses_kept(remove, moves=statement.risk is vocabulary.Risk.CUTS_CONNECTION)
    return guarded(_ours("network", statement), statement.name, "Remove network", body)


@_step
def _remove_host_endpoint(statement: vocabulary.RemoveHostEndpoint) -> list[str]:
    mark = quote(endpoint_mark(statement.element))
    body = [
        f"Get-HostEndpoint {quote(statement.name)} |",
        "    ForEach-Object { Remove-HnsEndpoint -InputObjects $_ -ErrorAction Stop }",
        f"Clear-Mark {mark}",
    ]
    return guarded(f"(Test-Mark {mark})", statement.name, "Remove HNS endpoint of the host", body)


@_step
def _remove_container(statement: vocabulary.RemoveContainer) -> list[str]:
    body = invoke_docker(on_names(("rm", "--force"), statement.name))
    return guarded(_ours("container", statement), statement.name, "Stop and remove container", body)


@_step
def _remove_load_balancer(statement: vocabulary.RemoveLoadBalancer) -> list[str]:
    mark = quote(balancer_mark(statement.element))
    body = [
        f"Find-LoadBalancer '{statement.vip}' {statement.port} {PROTOCOL_NUMBERS[statement.protocol]} |",
        "    ForEach-Object { Remove-HnsPolicyList -InputObjects $_ -ErrorAction Stop }",
        f"Clear-Mark {mark}",
    ]
    return guarded(f"(Test-Mark {mark})", f"{statement.vip}:{statement.port}", "Remove load balancer", body)


def _ours(kind: str, statement: vocabulary.RemoveNetwork | vocabulary.RemoveContainer) -> str:
    return f"(Test-Ours {kind} {name_filter(statement.name)} '{tag(statement.element)}')"
