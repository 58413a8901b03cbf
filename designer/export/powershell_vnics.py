"""PowerShell for host vNICs and the settings of their ports: VLAN, isolation, bandwidth."""

from __future__ import annotations

from collections.abc import Iterable

from designer.export.powershell_blocks import call, guarded, indented, mark
from designer.export.powershell_text import pattern, quote
from designer.export.removals import RemoveHostVNic
from designer.export.statements import CreateHostVNic
from designer.model.hosts import PortVlan

_ISOLATION = {
    "vlan": "Vlan",
    "native-virtual-subnet": "NativeVirtualSubnet",
    "external-virtual-subnet": "ExternalVirtualSubnet",
}


def create_host_vnic(statement: CreateHostVNic) -> list[str]:
    """Return the step that makes or renames a vNIC of the host, and those that set its port."""
    name = quote(statement.name)
    if statement.automatic:
        make = call("Rename-VMNetworkAdapter -ManagementOS", {"Name": pattern(statement.switch), "NewName": name})
    else:
        parameters = {"SwitchName": pattern(statement.switch), "Name": name}
        parameters |= {"StaticMacAddress": quote(statement.mac.replace("-", ""))} if statement.mac else {}
        make = call("Add-VMNetworkAdapter -ManagementOS", parameters)
    body = [f"Set-Mark {mark('vnic', statement.element)}", *make]
    lines = guarded(f"-not (Test-HostVNic {name})", statement.name, "Create host vNIC", body)
    return lines + _vlan(statement) + _isolation(statement) + _bandwidth(statement)


def _vlan(statement: CreateHostVNic) -> list[str]:
    command = "Set-VMNetworkAdapterVlan -ManagementOS"
    target = {"VMNetworkAdapterName": pattern(statement.name)}
    if statement.port_vlan is not None:
        mode, parameters, wanted = _port(statement.port_vlan)
        change = call(f"{command} -{mode}", target | parameters)
        rows = indented(f"{key} = {quote(value)}" for key, value in wanted.items())
        condition = f"-not (Test-PortVlan {quote(statement.name)} $port)"
        return ["$port = @{", *rows, "}", *guarded(condition, statement.name, f"Set VLAN mode {mode}", change)]
    if statement.vlan is None:
        return []
    change = call(f"{command} -Access", target | {"VlanId": str(statement.vlan)})
    condition = f"-not (Test-Vlan {quote(statement.name)} {statement.vlan})"
    return guarded(condition, statement.name, f"Set VLAN {statement.vlan}", change)


def _port(port: PortVlan) -> tuple[str, dict[str, str], dict[str, str]]:
    """Return the switch of the cmdlet, its parameters, and what Get-VMNetworkAdapterVlan then shows."""
    secondary = _list(port.secondary)
    if port.mode == "trunk":
        allowed = _list(port.allowed)
        parameters = {"NativeVlanId": str(port.native), "AllowedVlanIdList": quote(allowed)}
        shown = {"OperationMode": "Trunk", "NativeVlanId": str(port.native), "AllowedVlanIdList": allowed}
        return "Trunk", parameters, shown
    mode = port.mode.capitalize()
    key = "SecondaryVlanIdList" if port.mode == "promiscuous" else "SecondaryVlanId"
    value = quote(secondary) if port.mode == "promiscuous" else secondary
    shown = {"OperationMode": "Private", "PrivateVlanMode": mode, "PrimaryVlanId": str(port.primary), key: secondary}
    return mode, {"PrimaryVlanId": str(port.primary), key: value}, shown


def _list(vlans: Iterable[int]) -> str:
    return ",".join(map(str, sorted(vlans)))


def _isolation(statement: CreateHostVNic) -> list[str]:
    if statement.isolation == "none":
        return []
    mode = quote(_ISOLATION[statement.isolation])
    parameters = {"VMNetworkAdapterName": pattern(statement.name), "IsolationMode": mode}
    change = call("Set-VMNetworkAdapterIsolation -ManagementOS", parameters)
    condition = f"-not (Test-Isolation {quote(statement.name)} {mode})"
    return guarded(condition, statement.name, "Set isolation", change)


def _bandwidth(statement: CreateHostVNic) -> list[str]:
    lines: list[str] = []
    for key, value in (
        ("MinimumBandwidthWeight", statement.bandwidth_weight),
        ("MinimumBandwidthAbsolute", statement.bandwidth_bits_per_second),
    ):
        if value is not None:
            change = call("Set-VMNetworkAdapter -ManagementOS", {"Name": pattern(statement.name), key: str(value)})
            condition = f"-not (Test-Bandwidth {quote(statement.name)} '{key}' {value})"
            lines += guarded(condition, statement.name, "Set bandwidth", change)
    return lines


def remove_host_vnic(statement: RemoveHostVNic) -> list[str]:
    """Return the step that removes a vNIC of ours, or renames the one that came with its switch."""
    marked = mark("vnic", statement.element)
    name = pattern(statement.name)
    remove = call("Remove-VMNetworkAdapter -ManagementOS", {"Name": name})
    action = "Remove host vNIC"
    if statement.old_name:
        back = {"Name": name, "NewName": quote(statement.old_name)}
        remove, action = call("Rename-VMNetworkAdapter -ManagementOS", back), "Give host vNIC its old name"
    test = f"if (Test-HostVNic {quote(statement.name)}) {{"
    body = [test, *indented(remove), "}", f"Clear-Mark {marked}"]
    return guarded(f"(Test-Mark {marked})", statement.name, action, body)
