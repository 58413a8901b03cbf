"""PowerShell for the machine itself: features, IPv6, NATs of others, a task at the start of Windows."""

from __future__ import annotations

from designer.export.machine_statements import (
    EnableIPv6,
    InstallFeature,
    RemoveFeature,
    RemoveForeignNat,
    RemoveStartTask,
    RestoreForeignNat,
    RestoreIPv6,
    RunAtStart,
)
from designer.export.powershell_blocks import call, guarded, indented, mark
from designer.export.powershell_text import pattern, quote

_OPTIONAL = {"Containers": "Containers", "Hyper-V": "Microsoft-Hyper-V"}
"""Names of the features on a client Windows."""


def feature_call(name: str, *, server: bool, function: str = "Test") -> str:
    """Return the call that asks about a feature: ``Test-Feature 'Hyper-V'``, on clients ``Test-OptionalFeature``."""
    if server:
        return f"{function}-Feature {quote(name)}"
    return f"{function}-OptionalFeature {quote(_OPTIONAL[name])}"


def install_feature(statement: InstallFeature) -> list[str]:
    """Return the step that installs a feature."""
    if statement.server:
        make = f"$null = Install-WindowsFeature -Name {quote(statement.name)} -IncludeManagementTools"
    else:
        feature = quote(_OPTIONAL[statement.name])
        make = f"$null = Enable-WindowsOptionalFeature -Online -FeatureName {feature} -All -NoRestart"
    body = [f"Set-Mark {quote(f'feature-{statement.name}')}", make]
    test = feature_call(statement.name, server=statement.server)
    return guarded(f"-not ({test} -OrPending)", statement.name, "Install feature", body)


def remove_feature(statement: RemoveFeature) -> list[str]:
    """Return the step that removes a feature of ours."""
    if statement.server:
        undo = f"$null = Uninstall-WindowsFeature -Name {quote(statement.name)} -IncludeManagementTools"
    else:
        feature = quote(_OPTIONAL[statement.name])
        undo = f"$null = Disable-WindowsOptionalFeature -Online -FeatureName {feature} -NoRestart"
    marked = quote(f"feature-{statement.name}")
    test = feature_call(statement.name, server=statement.server)
    body = [f"if ({test} -OrPending) {{ {undo} }}", f"Clear-Mark {marked}"]
    return guarded(f"(Test-Mark {marked})", statement.name, "Remove feature", body)


def enable_ipv6(_: EnableIPv6) -> list[str]:
    """Return the step that lets Windows start its IPv6 components."""
    body = [
        "Set-Mark 'ipv6' (Get-IPv6Setting)",
        "Remove-ItemProperty -Path $ipv6Key -Name DisabledComponents",
        "$restart = $true",
    ]
    return ["$restart = $false", *guarded("(Get-IPv6Setting)", "IPv6", "Remove DisabledComponents", body)]


def restore_ipv6(_: RestoreIPv6) -> list[str]:
    """Return the step that sets DisabledComponents as it was."""
    body = [
        "$value = Read-Mark 'ipv6'",
        "if ($value) { $null = New-ItemProperty -Path $ipv6Key -Name DisabledComponents -Value ([int] $value) "
        "-PropertyType DWord -Force }",
        "Clear-Mark 'ipv6'",
    ]
    return guarded("(Test-Mark 'ipv6')", "IPv6", "Set DisabledComponents as it was", body)


def waits_for_restart(statements: list[InstallFeature | EnableIPv6]) -> list[str]:
    """Return the end of the preparation: the script goes on after a restart only."""
    tests = [
        f"-not ({feature_call(each.name, server=each.server)})"
        for each in statements
        if isinstance(each, InstallFeature)
    ]
    tests += ["$restart"] if any(isinstance(each, EnableIPv6) for each in statements) else []
    return [
        f"if ({' -or '.join(tests)}) {{",
        "    Write-Warning 'Restart Windows and run this script again: it goes on from here.'",
        "    if ($WhatIfPreference) { return }",
        "    exit 3010  # what installers say when Windows must restart",
        "}",
    ]


def remove_foreign_nat(statement: RemoveForeignNat) -> list[str]:
    """Return the step that removes a NAT of others and remembers its prefix."""
    prefix = f"(Get-NatPrefix {quote(statement.name)})"
    body = [
        f"Set-Mark {mark('nat-removed', statement.element)} {prefix}",
        *call("Remove-NetNat -Confirm:$false", {"Name": pattern(statement.name)}, careful=False),
    ]
    return guarded(f"(Test-Nat {quote(statement.name)})", statement.name, "Remove NAT", body)


def restore_foreign_nat(statement: RestoreForeignNat) -> list[str]:
    """Return the step that makes a removed NAT again."""
    marked = mark("nat-removed", statement.element)
    name = quote(statement.name)
    parameters = {"Name": name, "InternalIPInterfaceAddressPrefix": f"(Read-Mark {marked})"}
    make = call("$null = New-NetNat", parameters, careful=False)
    body = [f"if (-not (Test-Nat {name})) {{", *indented(make), "}", f"Clear-Mark {marked}"]
    return guarded(f"(Test-Mark {marked})", statement.name, "Make the NAT again", body)


def run_at_start(statement: RunAtStart) -> list[str]:
    """Return the step that keeps a copy of the script and a task that runs it when Windows starts."""
    task = quote(statement.task)
    return guarded(f"-not (Test-StartTask {task})", statement.task, "Run at start", [f"Set-StartTask {task}"])


def remove_start_task(statement: RemoveStartTask) -> list[str]:
    """Return the step that removes the task and the copy."""
    body = [f"Remove-StartTask {quote(statement.task)}"]
    return guarded("(Test-Mark 'start.ps1')", statement.task, "Remove task", body)
