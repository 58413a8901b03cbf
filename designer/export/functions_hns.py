"""Functions of a script: HNS and its modules."""

from __future__ import annotations

FUNCTIONS: dict[str, str] = {
    "Remove-DefaultNat": """\
function Remove-DefaultNat {
    # Removes Docker's own network nat from HNS; Docker makes it anew at its start if its settings say so.
    Get-HnsNetwork -ErrorAction Stop | Where-Object { $_.Name -eq 'nat' } |
        ForEach-Object { Remove-HnsNetwork -InputObjects $_ -ErrorAction Stop }
}
""",
    "Find-HnsModule": """\
function Find-HnsModule([string] $Name) {
    # The path of a module of github.com/microsoft/SDN: beside this script, in C:\\k, or in Program Files.
    $folders = $PSScriptRoot, 'C:\\k', (Join-Path $env:ProgramFiles 'ContainerNetworkDesigner')
    $folders | ForEach-Object { Join-Path $_ $Name } | Where-Object { Test-Path -LiteralPath $_ } |
        Select-Object -First 1
}
""",
    "Import-HnsModule": """\
function Import-HnsModule {
    # Brings in hns.v2.psm1, which speaks to HNS where Docker has no command.
    if (Find-HnsModule 'hns.v2.psm1') {
        Import-Module (Find-HnsModule 'hns.v2.psm1') -DisableNameChecking -Scope Global
    } else {
        Add-Problem 'Put hns.v2.psm1 of github.com/microsoft/SDN (Kubernetes/windows) beside this script.'
    }
}
""",
    "Remove-DefaultNatOf2016": """\
function Remove-DefaultNatOf2016 {
    # Removes Docker's own network nat from HNS, so that the one NAT prefix of Windows Server 2016 is free.
    $remove = Get-Command -Name Remove-ContainerNetwork -ErrorAction SilentlyContinue
    if ($remove) {
        & (Get-Command -Name Get-ContainerNetwork) | Where-Object { $_.Name -eq 'nat' } | & $remove -Force
    } elseif (Find-HnsModule 'hns.psm1') {
        Import-Module (Find-HnsModule 'hns.psm1') -DisableNameChecking
        Invoke-HnsRequest -Method GET -Type networks -ErrorAction Stop | Where-Object { $_.Name -eq 'nat' } |
            ForEach-Object { Invoke-HnsRequest -Method DELETE -Type networks -Id $_.ID -ErrorAction Stop }
    }
}
""",
    "Get-ContainerEndpoint": """\
function Get-ContainerEndpoint([string] $Container, [string] $Network) {
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    Set-StrictMode -Off  # HNS leaves out what is not set
    # The HNS endpoint of a running container on a network: the one with its address. Nothing if there is none yet.
    if (-not (Test-Docker container $Container 'status=running')) { return }
    $id = docker container ls --quiet --filter "name=$Container"
    $inspected = docker inspect $id | Out-String | ConvertFrom-Json
    $networks = @($inspected)[0].NetworkSettings.Networks.PSObject.Properties
    $address = ($networks | Where-Object { $_.Name -eq $Network }).Value.IPAddress
    Get-HnsEndpoint -ErrorAction Stop | Where-Object { $_.IpConfigurations.IpAddress -contains $address }
}
""",
    "Get-MissingPolicy": """\
function Get-MissingPolicy([string] $Container, [string] $Network, $Policies) {
    Set-StrictMode -Off  # HNS leaves out what is not set
    # Those of the policies that the endpoint does not have.
    $endpoint = Get-ContainerEndpoint $Container $Network
    foreach ($policy in $Policies) {
        $same = foreach ($candidate in @($endpoint | ForEach-Object { $_.Policies })) {
            $settings = $candidate.Settings
            $differences = @($policy.Settings.Keys | Where-Object { "$($settings.$_)" -ne "$($policy.Settings[$_])" })
            if ($candidate.Type -eq $policy.Type -and $differences.Count -eq 0) { $candidate }
        }
        if (-not $same) { $policy }
    }
}
""",
    "Find-LoadBalancer": """\
function Find-LoadBalancer([string] $Vip, [int] $Port, [int] $Protocol) {
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    Set-StrictMode -Off  # HNS leaves out what is not set
    # The load balancer with this address and port, in the words of either schema of HNS.
    foreach ($list in Get-HnsPolicyList -ErrorAction Stop) {
        $vips = @($list.FrontendVIPs) + @($list.Policies | ForEach-Object { $_.VIPs })
        $ports = @($list.PortMappings) + @($list.Policies) |
            Where-Object { $_.ExternalPort -eq $Port -and $_.Protocol -eq $Protocol }
        if ($ports -and $vips -contains $Vip) { $list }
    }
}
""",
    "Get-HostEndpoint": """\
function Get-HostEndpoint([string] $Name) {
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    Get-HnsEndpoint -ErrorAction Stop | Where-Object { $_.Name -eq $Name }
}
""",
    "Get-NetworkId": """\
function Get-NetworkId([string] $Name) {
    # The id that HNS has for a Docker network.
    $inspected = docker network inspect $Name | Out-String | ConvertFrom-Json
    @($inspected)[0].Options.'com.docker.network.windowsshim.hnsid'
}
""",
}
