"""Functions of a script: Hyper-V switches, host vNICs and WinNAT."""

from __future__ import annotations

FUNCTIONS: dict[str, str] = {
    "Test-Switch": """\
function Test-Switch([string] $Name, [string] $Notes) {
    # Whether there is a switch of this name; with notes, only one that this design made.
    [bool] (Get-VMSwitch | Where-Object { $_.Name -eq $Name -and (-not $Notes -or $_.Notes -eq $Notes) })
}
""",
    "Test-HostVNic": """\
function Test-HostVNic([string] $Name) {
    [bool] (Get-VMNetworkAdapter -ManagementOS | Where-Object { $_.Name -eq $Name })
}
""",
    "Test-Team": """\
function Test-Team([string] $Switch, [string] $Algorithm) {
    # Whether the team of a switch spreads its load this way.
    [bool] (Get-VMSwitchTeam -ErrorAction SilentlyContinue |
            Where-Object { $_.Name -eq $Switch -and $_.LoadBalancingAlgorithm -eq $Algorithm })
}
""",
    "Test-Vlan": """\
function Test-Vlan([string] $Name, [int] $Vlan) {
    # Whether a vNIC of the host is in a VLAN.
    [bool] (Get-VMNetworkAdapter -ManagementOS | Where-Object { $_.Name -eq $Name } | Get-VMNetworkAdapterVlan |
            Where-Object { $_.AccessVlanId -eq $Vlan })
}
""",
    "Test-PortVlan": """\
function Test-PortVlan([string] $Name, $Wanted) {
    # Whether the port of a vNIC of the host is a trunk or in a private VLAN as wanted.
    $port = Get-VMNetworkAdapter -ManagementOS | Where-Object { $_.Name -eq $Name } | Get-VMNetworkAdapterVlan
    if (-not $port) { return $false }
    foreach ($key in $Wanted.Keys) { if ((@($port.$key | Sort-Object) -join ',') -ne $Wanted[$key]) { return $false } }
    return $true
}
""",
    "Test-Isolation": """\
function Test-Isolation([string] $Name, [string] $Mode) {
    # Whether a vNIC of the host is isolated this way.
    [bool] (Get-VMNetworkAdapter -ManagementOS | Where-Object { $_.Name -eq $Name } | Get-VMNetworkAdapterIsolation |
            Where-Object { $_.IsolationMode -eq $Mode })
}
""",
    "Test-Bandwidth": """\
function Test-Bandwidth([string] $Name, [string] $Key, [long] $Value) {
    # Whether a vNIC of the host has this share of its switch.
    $vnic = Get-VMNetworkAdapter -ManagementOS | Where-Object { $_.Name -eq $Name }
    [bool] ($vnic -and $vnic.BandwidthSetting -and $vnic.BandwidthSetting.$Key -eq $Value)
}
""",
    "Test-Nat": """\
function Test-Nat([string] $Name) {
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    [bool] (Get-NetNat -ErrorAction Stop | Where-Object { $_.Name -eq $Name })
}
""",
    "Get-NatPrefix": """\
function Get-NatPrefix([string] $Name) {
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    (Get-NetNat -ErrorAction Stop | Where-Object { $_.Name -eq $Name }).InternalIPInterfaceAddressPrefix
}
""",
    "Test-NatMapping": """\
function Test-NatMapping([string] $Nat, [string] $Protocol, [int] $Port) {
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    [bool] (Get-NetNatStaticMapping -ErrorAction Stop |
            Where-Object { $_.NatName -eq $Nat -and $_.Protocol -eq $Protocol -and $_.ExternalPort -eq $Port })
}
""",
    "Test-Address": """\
function Test-Address([string] $Interface, [string] $Address) {
    # Whether an interface has an address; without one, whether it has any.
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    [bool] (Get-NetIPAddress -ErrorAction Stop |
            Where-Object { $_.InterfaceAlias -eq $Interface -and (-not $Address -or $_.IPAddress -eq $Address) })
}
""",
    "Test-Forwarding": """\
function Test-Forwarding([string] $Interface) {
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    [bool] (Get-NetIPInterface -AddressFamily IPv4 -ErrorAction Stop |
            Where-Object { $_.InterfaceAlias -eq $Interface -and $_.Forwarding -eq 'Enabled' })
}
""",
}
