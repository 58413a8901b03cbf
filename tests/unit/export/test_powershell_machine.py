from __future__ import annotations

from designer.export.machine_statements import EnableIPv6, InstallFeature, RemoveFeature
from designer.export.powershell_machine import feature_call, install_feature, remove_feature, waits_for_restart
from designer.model.identity import EntityId

HOST = EntityId("host-1")


def feature(*, server: bool) -> InstallFeature:
    return InstallFeature(element=HOST, reason="x", name="Hyper-V", server=server)


def test_a_server_and_a_client_install_features_with_other_commands() -> None:
    assert "    $null = Install-WindowsFeature -Name 'Hyper-V' -IncludeManagementTools" in install_feature(
        feature(server=True)
    )
    assert any("Enable-WindowsOptionalFeature" in line for line in install_feature(feature(server=False)))
    assert feature_call("Hyper-V", server=False) == "Test-OptionalFeature 'Microsoft-Hyper-V'"


def test_only_a_feature_of_ours_is_removed() -> None:
    inverse = feature(server=True).inverse
    assert isinstance(inverse, RemoveFeature)

    lines = remove_feature(inverse)
    assert lines[0].startswith("if ((Test-Mark 'feature-Hyper-V') -and")
    assert "    Clear-Mark 'feature-Hyper-V'" in lines


def test_the_script_goes_on_after_a_restart_only() -> None:
    lines = waits_for_restart([feature(server=True), EnableIPv6(element=HOST, reason="x")])

    assert lines[0] == "if (-not (Test-Feature 'Hyper-V') -or $restart) {"
    assert any("exit 3010" in line for line in lines)
