from __future__ import annotations

from designer.export.plan import plan
from designer.export.powershell_steps import step
from designer.export.script import Statement
from designer.export.statements import CreateHostVNic, CreateNat, CreateSwitch, SetAddress
from tests.unit.export.designs import HOST, switches


def written(kind: type[Statement], **wanted: object) -> list[str]:
    for statement in plan(switches(), HOST).statements:
        if isinstance(statement, kind) and all(getattr(statement, key) == value for key, value in wanted.items()):
            return [line.strip() for line in step(statement)]
    raise AssertionError(wanted)


def test_a_team_is_an_external_switch_of_several_adapters() -> None:
    lines = written(CreateSwitch, name="SetSwitch")

    assert "-NetAdapterName 'Ethernet 2', 'Ethernet 3' `" in lines
    assert "-EnableEmbeddedTeaming $true `" in lines
    assert "Set-VMSwitchTeam -Name 'SetSwitch' -LoadBalancingAlgorithm 'Dynamic'" in lines


def test_an_internal_switch_is_tagged_in_its_notes() -> None:
    assert written(CreateSwitch, name="Private")[2] == (
        "$null = New-VMSwitch -Name 'Private' -SwitchType 'Private' -Notes 'container-network-designer: priv-switch'"
    )


def test_the_vnic_that_came_with_the_switch_is_renamed() -> None:
    assert "Rename-VMNetworkAdapter -ManagementOS -Name 'SetSwitch' -NewName 'Mgmt'" in written(
        CreateHostVNic, name="Mgmt"
    )
    assert any("-StaticMacAddress '00155D200005'" in line for line in written(CreateHostVNic, name="Storage"))


def test_script_modules_are_told_the_preferences() -> None:
    for kind in (SetAddress, CreateNat):
        assert any("-WhatIf:$WhatIfPreference -ErrorAction Stop" in line for line in written(kind))


def test_what_the_setup_made_is_removed_by_its_mark_or_notes() -> None:
    removals = ["\n".join(step(each)) for each in plan(switches(), HOST).teardown()]

    assert any("Test-Mark 'nat-winnat'" in text and "Remove-NetNat" in text for text in removals)
    assert any("Test-Switch 'SetSwitch' 'container-network-designer: set-switch'" in text for text in removals)
