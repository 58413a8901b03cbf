from __future__ import annotations

from designer.export.powershell_blocks import addresses_kept, call, guarded, indented, invoke_docker, mark, notes
from designer.model.identity import EntityId


def test_a_step_asks_before_it_acts() -> None:
    assert guarded("-not (Test-Nat 'n')", "n", "Create NAT", ["New-NetNat"]) == [
        "if (-not (Test-Nat 'n') -and $PSCmdlet.ShouldProcess('n', 'Create NAT')) {",
        "    New-NetNat",
        "}",
    ]


def test_a_long_question_takes_two_lines() -> None:
    lines = guarded("-not (Test-Something " + "'x' " * 20 + ")", "target", "Act", [])

    assert lines[1].startswith("    $PSCmdlet.ShouldProcess(")


def test_a_script_module_is_told_the_preferences() -> None:
    assert call("New-NetNat", {"Name": "'n'"}, careful=False) == [
        "New-NetNat -Name 'n' -WhatIf:$WhatIfPreference -ErrorAction Stop"
    ]


def test_a_long_call_has_one_parameter_on_each_line() -> None:
    lines = call("New-Thing", {"Name": "'" + "n" * 60 + "'", "Other": "'" + "o" * 60 + "'", "Switch": ""})

    assert lines[0] == "New-Thing `"
    assert lines[-1] == "    -Switch"
    assert all(line.endswith(" `") for line in lines[:-1])


def test_a_docker_call_has_one_option_on_each_line() -> None:
    options = [("--opt", "x" * 60), ("--label", "y" * 60)]

    assert invoke_docker([("network", "create"), *options, ("n",)]) == [
        "Invoke-Docker @(",
        "    'network', 'create',",
        f"    '--opt', '{'x' * 60}',",
        f"    '--label', '{'y' * 60}',",
        "    'n'",
        ")",
    ]
    assert invoke_docker([("start",), ("web01",)]) == ["Invoke-Docker @('start', 'web01')"]


def test_only_what_moves_addresses_waits_for_them() -> None:
    assert addresses_kept(["x"], moves=False) == ["x"]
    assert addresses_kept(["x"], moves=True) == ["$addresses = @(Get-HostAddress)", "x", "Wait-HostAddress $addresses"]


def test_tags() -> None:
    assert mark("nat", EntityId("winnat-1")) == "'nat-winnat-1'"
    assert notes(EntityId("vswitch-1")) == "'container-network-designer: vswitch-1'"
    assert indented(["a"]) == ["    a"]
