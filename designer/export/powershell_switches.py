"""PowerShell for Hyper-V switches, addresses of host vNICs, and WinNAT."""

from __future__ import annotations

from designer.export.powershell_blocks import addresses_kept, call, guarded, indented, mark, notes
from designer.export.powershell_text import pattern, quote, quote_all
from designer.export.removals import RemoveAddress, RemoveNat, RemoveSwitch
from designer.export.script import Risk
from designer.export.statements import (
    AddStaticMapping,
    AdoptSwitch,
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
