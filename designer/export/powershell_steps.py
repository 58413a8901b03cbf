"""Which function writes which statement in PowerShell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from designer.errors import ExportError
from designer.export import (
    powershell_docker,
    powershell_engine,
    powershell_hns,
    powershell_machine,
    powershell_services,
    powershell_switches,
    powershell_vnics,
)
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
from designer.export.removals import (
    ClosePorts,
    LeaveSwarm,
    RemoveAddress,
    RemoveContainer,
    RemoveHostEndpoint,
    RemoveHostVNic,
    RemoveLoadBalancer,
    RemoveNat,
    RemoveNetwork,
    RemoveSwitch,
    RestoreDaemonSettings,
)
from designer.export.script import Statement
from designer.export.service_statements import CreateService, RemoveIngress, RemoveService, RestoreIngress
from designer.export.statements import (
    AddStaticMapping,
    AdoptSwitch,
    ApplyPolicies,
    ConnectContainer,
    CreateContainer,
    CreateHostEndpoint,
    CreateHostVNic,
    CreateLoadBalancer,
    CreateNat,
    CreateNetwork,
    CreateSwitch,
    EnableForwarding,
    EnterSwarm,
    MergeDaemonSettings,
    OpenPorts,
    Remark,
    SetAddress,
    StartContainer,
)

_WRITERS: Mapping[type[Statement], Callable[[Any], list[str]]] = MappingProxyType(
    {
        InstallFeature: powershell_machine.install_feature,
        RemoveFeature: powershell_machine.remove_feature,
        EnableIPv6: powershell_machine.enable_ipv6,
        RestoreIPv6: powershell_machine.restore_ipv6,
        RemoveForeignNat: powershell_machine.remove_foreign_nat,
        RestoreForeignNat: powershell_machine.restore_foreign_nat,
        RunAtStart: powershell_machine.run_at_start,
        RemoveStartTask: powershell_machine.remove_start_task,
        MergeDaemonSettings: powershell_engine.merge_daemon_settings,
        RestoreDaemonSettings: powershell_engine.restore_daemon_settings,
        OpenPorts: powershell_engine.open_ports,
        ClosePorts: powershell_engine.close_ports,
        EnterSwarm: powershell_engine.enter,
        LeaveSwarm: powershell_engine.leave,
        CreateSwitch: powershell_switches.create_switch,
        RemoveSwitch: powershell_switches.remove_switch,
        AdoptSwitch: powershell_switches.adopt_switch,
        CreateHostVNic: powershell_vnics.create_host_vnic,
        RemoveHostVNic: powershell_vnics.remove_host_vnic,
        SetAddress: powershell_switches.set_address,
        RemoveAddress: powershell_switches.remove_address,
        EnableForwarding: powershell_switches.enable_forwarding,
        CreateNat: powershell_switches.create_nat,
        RemoveNat: powershell_switches.remove_nat,
        AddStaticMapping: powershell_switches.add_static_mapping,
        CreateNetwork: powershell_docker.create,
        RemoveNetwork: powershell_docker.remove_network,
        CreateContainer: powershell_docker.create,
        RemoveContainer: powershell_docker.remove_container,
        ConnectContainer: powershell_docker.connect,
        StartContainer: powershell_docker.start,
        CreateService: powershell_services.create,
        RemoveService: powershell_services.remove,
        RemoveIngress: powershell_services.remove_ingress,
        RestoreIngress: powershell_services.restore_ingress,
        CreateHostEndpoint: powershell_hns.create_host_endpoint,
        RemoveHostEndpoint: powershell_hns.remove_host_endpoint,
        ApplyPolicies: powershell_hns.apply_policies,
        CreateLoadBalancer: powershell_hns.create_load_balancer,
        RemoveLoadBalancer: powershell_hns.remove_load_balancer,
        Remark: lambda _: [],
    }
)


def step(statement: Statement) -> list[str]:
    """Return the lines of one step: it asks whether it is already so, and acts when it is not.

    Raises:
        ExportError: the statement cannot be said in PowerShell.
    """
    writer = _WRITERS.get(type(statement))
    if writer is None:
        raise ExportError(f"PowerShell has no words for {type(statement).__name__} ({statement.reason}).")
    return writer(statement)
