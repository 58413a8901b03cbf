from __future__ import annotations

from designer.export.plan import plan
from designer.export.powershell_engine import (
    close_ports,
    daemon_settings_table,
    enter,
    leave,
    merge_daemon_settings,
    open_ports,
    restore_daemon_settings,
)
from designer.export.removals import ClosePorts, LeaveSwarm, RestoreDaemonSettings
from designer.export.statements import EnterSwarm, MergeDaemonSettings, OpenPorts
from designer.model.identity import EntityId
from tests.unit.export.designs import HOST, engine, second_manager

ELEMENT = EntityId("host-1")


def merge(*, of_2016: bool) -> MergeDaemonSettings:
    return MergeDaemonSettings(
        element=ELEMENT, reason="", settings=(("bridge", "none"),), replaces_nat=True, of_2016=of_2016
    )


def test_the_settings_are_a_table() -> None:
    statement = next(each for each in plan(engine(), HOST).statements if isinstance(each, MergeDaemonSettings))

    assert daemon_settings_table(statement) == [
        "$daemonSettings = [ordered] @{",
        "    'fixed-cidr' = '172.30.0.0/24'",
        "    'exec-opts' = @('isolation=process')",
        "    'dns' = @('10.0.0.10', '10.0.0.11')",
        "}",
    ]


def test_the_file_is_saved_before_it_is_changed() -> None:
    lines = [line.strip() for line in merge_daemon_settings(merge(of_2016=False))]

    assert lines.index("Save-DaemonFile") < lines.index("Set-DaemonSettings $daemonSettings")
    assert lines.index("Remove-DefaultNat") < lines.index("Restart-Service -Name docker -Force")


def test_windows_server_2016_removes_the_nat_network_its_own_way() -> None:
    statement = merge(of_2016=True)
    restored = statement.inverse
    assert isinstance(restored, RestoreDaemonSettings)

    assert "    Remove-DefaultNatOf2016" in merge_daemon_settings(statement)
    assert "    Remove-DefaultNatOf2016" in restore_daemon_settings(restored)


def test_firewall_rules_come_and_go() -> None:
    rule = OpenPorts(element=ELEMENT, reason="", rule="r", title="Swarm", protocol="TCP", port=2377)

    assert open_ports(rule)[0].startswith("if (-not (Test-FirewallRule 'r')")
    assert "    -LocalPort 2377 `" in [line[4:] for line in open_ports(rule)]
    removal = ClosePorts(element=ELEMENT, reason="", rule="r")
    assert close_ports(removal)[0].startswith("if ((Test-FirewallRule 'r')")


def test_a_node_marks_that_it_entered_before_it_does() -> None:
    entry = next(
        each for each in plan(second_manager(), EntityId("manager-a")).statements if isinstance(each, EnterSwarm)
    )

    lines = [line.strip() for line in enter(entry)]
    assert lines.index("Set-Mark 'swarm'") < lines.index("'swarm', 'init',")
    assert "if ((Test-Mark 'swarm')" in leave(LeaveSwarm(element=ELEMENT, reason=""))[0]
