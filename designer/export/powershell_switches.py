"""PowerShell for Hyper-V switches, host vNICs, their addresses, and WinNAT."""

from __future__ import annotations

from designer.export.powershell_blocks import addresses_kept, call, guarded, indented, mark, notes
from designer.export.powershell_text import pattern, quote, quote_all
from designer.export.removals import RemoveAddress, RemoveHostVNic, RemoveNat, RemoveSwitch
from designer.export.script import Risk
from designer.export.statements import (
    AddStaticMapping,
    AdoptSwitch,
    CreateHostVNic,
    CreateNat,
    CreateSwitch,
    EnableForwarding,
    SetAddress,
)


def create_switch(statement: CreateSwitch) -> list[str]:
    """Return the step that makes a switch, and the one that sets how its team spreads the load."""
    name, tag = quote(statement.name), notes(statement.element)
    parameters = {"Name": name}
    if statement.adapters:
        parameters["NetAdapterName"] = quote_all(statement.adapters)
        parameters["AllowManagementOS"] = f"${str(statement.allow_management_os).lower()}"
        parameters |= {"EnableEmbeddedTeaming": "$true"} if statement.teaming else {}
    else:
        parameters["SwitchType"] = quote(statement.switch_type.value.capitalize())
    if statement.bandwidth_mode != "default":
        parameters["MinimumBandwidthMode"] = quote(statement.bandwidth_mode.capitalize())
    make = call("$null = New-VMSwitch", parameters | {"Notes": tag})
    body = addresses_kept(make, moves=bool(statement.adapters) and statement.allow_management_os)
    action = f"Create {statement.switch_type.value} switch"
    return guarded(f"-not (Test-Switch {name} {tag})", statement.name, action, body) + _team(statement)


def _team(statement: CreateSwitch) -> list[str]:
    if not statement.teaming:
        return []
    algorithm = quote(statement.algorithm)
    change = call("Set-VMSwitchTeam", {"Name": pattern(statement.name), "LoadBalancingAlgorithm": algorithm})
    condition = f"-not (Test-Team {quote(statement.name)} {algorithm})"
    return guarded(condition, statement.name, "Set load balancing of the team", change)


def remove_switch(statement: RemoveSwitch) -> list[str]:
    """Return the step that removes a switch of ours."""
    remove = call("Remove-VMSwitch -Force", {"Name": pattern(statement.name)})
    moves = statement.risk is Risk.CUTS_CONNECTION
    body = [*addresses_kept(remove, moves=moves), f"Clear-Mark {mark('adopted', statement.element)}"]
    condition = f"(Test-Switch {quote(statement.name)} {notes(statement.element)})"
    return guarded(condition, statement.name, "Remove switch", body)


def adopt_switch(statement: AdoptSwitch) -> list[str]:
    """Return the step that restarts HNS and Docker once, so that they see a switch."""
    adopted = mark("adopted", statement.element)
    body = ["Restart-Service -Name hns -Force", "Restart-Service -Name docker -Force", f"Set-Mark {adopted}"]
    return guarded(f"-not (Test-Mark {adopted})", statement.switch, "Restart HNS and Docker", body)


def create_host_vnic(statement: CreateHostVNic) -> list[str]:
    """Return the step that makes or renames a vNIC of the host, and the one that puts it into its VLAN."""
    name = quote(statement.name)
    if statement.automatic:
        make = call("Rename-VMNetworkAdapter -ManagementOS", {"Name": pattern(statement.switch), "NewName": name})
    else:
        parameters = {"SwitchName": pattern(statement.switch), "Name": name}
        parameters |= {"StaticMacAddress": quote(statement.mac.replace("-", ""))} if statement.mac else {}
        make = call("Add-VMNetworkAdapter -ManagementOS", parameters)
    body = [f"Set-Mark {mark('vnic', statement.element)}", *make]
    lines = guarded(f"-not (Test-HostVNic {name})", statement.name, "Create host vNIC", body)
    if statement.vlan is not None:
        parameters = {"VMNetworkAdapterName": pattern(statement.name), "VlanId": str(statement.vlan)}
        change = call("Set-VMNetworkAdapterVlan -ManagementOS -Access", parameters)
        condition = f"-not (Test-Vlan {name} {statement.vlan})"
        lines += guarded(condition, statement.name, f"Set VLAN {statement.vlan}", change)
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


def set_address(statement: SetAddress) -> list[str]:
    """Return the step that gives a vNIC an address."""
    interface, address = quote(statement.interface), quote(str(statement.address.ip))
    parameters = {
        "InterfaceAlias": interface,
        "IPAddress": address,
        "PrefixLength": str(statement.address.network.prefixlen),
    }
    parameters |= {"DefaultGateway": quote(str(statement.gateway))} if statement.gateway else {}
    make = call("$null = New-NetIPAddress", parameters, careful=False)
    action = f"Set address {statement.address.ip}"
    body = [f"Set-Mark {_address_mark(statement)}", *make]
    return guarded(f"-not (Test-Address {interface} {address})", statement.interface, action, body)


def _address_mark(statement: SetAddress | RemoveAddress) -> str:
    return mark(f"address-{statement.address.ip}".replace(":", "-"), statement.element)


def remove_address(statement: RemoveAddress) -> list[str]:
    """Return the step that removes an address of ours."""
    marked = _address_mark(statement)
    interface, address = quote(statement.interface), quote(str(statement.address.ip))
    parameters = {"InterfaceAlias": pattern(statement.interface), "IPAddress": address}
    parameters |= {"DefaultGateway": quote(str(statement.gateway))} if statement.gateway else {}
    remove = call("Remove-NetIPAddress -Confirm:$false", parameters, careful=False)
    body = [f"if (Test-Address {interface} {address}) {{", *indented(remove), "}", f"Clear-Mark {marked}"]
    return guarded(f"(Test-Mark {marked})", statement.interface, f"Remove address {statement.address.ip}", body)


def enable_forwarding(statement: EnableForwarding) -> list[str]:
    """Return the step that turns IP forwarding on at a vNIC."""
    parameters = {
        "InterfaceAlias": pattern(statement.interface),
        "AddressFamily": "'IPv4'",
        "Forwarding": "'Enabled'",
    }
    change = call("Set-NetIPInterface", parameters, careful=False)
    condition = f"-not (Test-Forwarding {quote(statement.interface)})"
    return guarded(condition, statement.interface, "Enable forwarding", change)


def create_nat(statement: CreateNat) -> list[str]:
    """Return the step that makes a NAT."""
    name, prefix = quote(statement.name), str(statement.prefix)
    make = call("$null = New-NetNat", {"Name": name, "InternalIPInterfaceAddressPrefix": quote(prefix)}, careful=False)
    body = [f"Set-Mark {mark('nat', statement.element)}", *make]
    return guarded(f"-not (Test-Nat {name})", statement.name, f"Create NAT for {prefix}", body)


def remove_nat(statement: RemoveNat) -> list[str]:
    """Return the step that removes a NAT of ours."""
    marked = mark("nat", statement.element)
    remove = call("Remove-NetNat -Confirm:$false", {"Name": pattern(statement.name)}, careful=False)
    body = [f"if (Test-Nat {quote(statement.name)}) {{", *indented(remove), "}", f"Clear-Mark {marked}"]
    return guarded(f"(Test-Mark {marked})", statement.name, "Remove NAT", body)


def add_static_mapping(statement: AddStaticMapping) -> list[str]:
    """Return the step that maps a port of the host through a NAT."""
    mapping, name = statement.mapping, quote(statement.nat)
    protocol, port = quote(mapping.protocol.upper()), str(mapping.external_port)
    parameters = {
        "NatName": name,
        "Protocol": protocol,
        "ExternalIPAddress": "'0.0.0.0'",
        "ExternalPort": port,
        "InternalIPAddress": quote(str(mapping.internal_address)),
        "InternalPort": str(mapping.internal_port),
    }
    make = call("$null = Add-NetNatStaticMapping", parameters, careful=False)
    return guarded(f"-not (Test-NatMapping {name} {protocol} {port})", statement.nat, f"Map port {port}", make)
