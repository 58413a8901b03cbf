"""The functions that a script defines before it uses them; a script has only those it needs."""

from __future__ import annotations

import re

_FUNCTIONS: dict[str, str] = {
    "Invoke-Docker": """\
function Invoke-Docker([string[]] $Arguments) {
    # Runs docker with one argument for each string, and stops the script when docker refuses.
    $ErrorActionPreference = 'Continue'  # docker tells its progress on the error stream
    docker @Arguments | Write-Verbose
    if ($LASTEXITCODE -ne 0) {
        throw "docker $($Arguments[0]) $($Arguments[1]) failed with exit code $LASTEXITCODE; its own words are above."
    }
}
""",
    "Test-Docker": """\
function Test-Docker([string] $Kind, [string] $Name, [string[]] $Filter) {
    # Whether Docker has a network or container whose name matches and that passes the filters.
    $options = @('--filter', "name=$Name")
    foreach ($each in $Filter) { $options += @('--filter', $each) }
    if ($Kind -eq 'container') { $options += '--all' }
    $found = docker $Kind ls --quiet @options
    if ($LASTEXITCODE -ne 0) { throw "docker $Kind ls failed with exit code $LASTEXITCODE; its own words are above." }
    [bool] $found
}
""",
    "Test-Current": """\
function Test-Current([string] $Kind, [string] $Name, [string] $Settings) {
    # Whether Docker has the object exactly as this script makes it: a label tells.
    Test-Docker $Kind $Name "label=container-network-designer.settings=$Settings"
}
""",
    "Test-Ours": """\
function Test-Ours([string] $Kind, [string] $Name, [string] $Element) {
    # Whether Docker has the object and the setup script made it: a label tells.
    Test-Docker $Kind $Name "label=container-network-designer.element=$Element"
}
""",
    "Add-Problem": """\
function Add-Problem([string] $Text) {
    # Notes what keeps the script from starting.
    $script:problems += @($Text)
}
""",
    "Stop-OnProblem": """\
function Stop-OnProblem {
    # Ends the script before the first change if a check has found something.
    if ($script:problems) { throw "Nothing was changed.`n- " + ($script:problems -join "`n- ") }
}
""",
    "Add-TakenName": """\
function Add-TakenName([string] $What) {
    Add-Problem ("There is already a $What, and it is not as this script makes it. If it comes from an older version " +
        'of the design, run the teardown script of that version; else give one of the two another name.')
}
""",
    "Assert-DockerName": """\
function Assert-DockerName([string] $Kind, [string] $Name, [string] $Settings) {
    if ((Test-Docker $Kind $Name) -and -not (Test-Current $Kind $Name $Settings)) {
        Add-TakenName "$Kind named $($Name.Trim('^$'))"
    }
}
""",
    "Assert-SwitchName": """\
function Assert-SwitchName([string] $Name, [string] $Notes) {
    if ((Test-Switch $Name) -and -not (Test-Switch $Name $Notes)) { Add-TakenName "virtual switch named $Name" }
}
""",
    "Assert-Feature": """\
function Assert-Feature([string] $Name) {
    if (-not (Get-WindowsFeature -Name $Name).Installed) {
        Add-Problem "The feature $Name is missing. Run: Install-WindowsFeature $Name -IncludeManagementTools -Restart"
    }
}
""",
    "Assert-OptionalFeature": """\
function Assert-OptionalFeature([string] $Name) {
    if ((Get-WindowsOptionalFeature -Online -FeatureName $Name).State -ne 'Enabled') {
        Add-Problem "The feature $Name is off. Run: Enable-WindowsOptionalFeature -Online -FeatureName $Name -All"
    }
}
""",
    "Assert-IPv6": """\
function Assert-IPv6 {
    # HNS makes no network while the IPv6 components of Windows are switched off.
    $key = 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\Tcpip6\\Parameters'
    $value = Get-ItemProperty -Path $key -Name DisabledComponents -ErrorAction SilentlyContinue
    if ($value -and $value.DisabledComponents) {
        Add-Problem "IPv6 is off, and HNS needs it. Remove the value DisabledComponents from $key and restart Windows."
    }
}
""",
    "Assert-Adapter": """\
function Assert-Adapter([string] $Name) {
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    # The name is a wildcard pattern, as Get-NetAdapter takes it.
    $adapter = Get-NetAdapter -Name $Name -ErrorAction SilentlyContinue
    if (-not $adapter) { Add-Problem "There is no adapter named $Name; Get-NetAdapter lists those of this machine." }
    elseif ($adapter.Status -ne 'Up') { Add-Problem "The adapter $Name is $($adapter.Status); it needs a link." }
}
""",
    "ConvertTo-Number": """\
function ConvertTo-Number([string] $Address) {
    # An IPv4 address as a number, to compare prefixes.
    $bytes = ([Net.IPAddress] $Address).GetAddressBytes()
    [Array]::Reverse($bytes)
    [BitConverter]::ToUInt32($bytes, 0)
}
""",
    "Assert-PrefixFree": """\
function Assert-PrefixFree([string] $Prefix, [string] $For, [string[]] $Except) {
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    # No interface may have an address in a prefix that is about to be used behind the host.
    $network, $length = $Prefix -split '/'
    foreach ($address in Get-NetIPAddress -AddressFamily IPv4 -ErrorAction Stop) {
        if ($Except -contains $address.InterfaceAlias) { continue }
        $size = [Math]::Pow(2, 32 - [Math]::Min([int] $length, $address.PrefixLength))
        $blocks = $network, $address.IPAddress | ForEach-Object { [Math]::Floor((ConvertTo-Number $_) / $size) }
        if ($blocks[0] -eq $blocks[1]) {
            Add-Problem "$Prefix of $For overlaps $($address.IPAddress) on $($address.InterfaceAlias)."
        }
    }
}
""",
    "Assert-PortFree": """\
function Assert-PortFree([string] $Protocol, [int] $Port, [string] $For) {
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    $user = if ($Protocol -eq 'udp') {
        Get-NetUDPEndpoint -LocalPort $Port -ErrorAction SilentlyContinue
    } else {
        Get-NetTCPConnection -LocalPort $Port -State Listen -ErrorAction SilentlyContinue
    }
    if ($user) { Add-Problem "Port $Port/$Protocol, which $For publishes, is in use; stop its user." }
}
""",
    "Test-Mark": """\
function Test-Mark([string] $Name) {
    # Whether a script of this design left a mark: it made, or was about to make, a thing that can carry no tag itself.
    Test-Path -LiteralPath (Join-Path $markFolder $Name)
}
""",
    "Set-Mark": """\
function Set-Mark([string] $Name) {
    # Leaves a mark before the thing is made, so that the teardown knows it even after an interruption.
    $null = New-Item -Path $markFolder -ItemType Directory -Force
    $null = New-Item -Path (Join-Path $markFolder $Name) -ItemType File -Force
}
""",
    "Clear-Mark": """\
function Clear-Mark([string] $Name) {
    $mark = Join-Path $markFolder $Name
    if (Test-Path -LiteralPath $mark) { Remove-Item -LiteralPath $mark }
    if ((Test-Path -LiteralPath $markFolder) -and -not (Get-ChildItem -LiteralPath $markFolder)) {
        Remove-Item -LiteralPath $markFolder
    }
}
""",
    "Get-HostAddress": """\
function Get-HostAddress {
    # The IPv4 addresses that the machine is reached at.
    Get-NetIPAddress -AddressFamily IPv4 -ErrorAction Stop | Where-Object { $_.PrefixOrigin -ne 'WellKnown' } |
        ForEach-Object { $_.IPAddress }
}
""",
    "Wait-HostAddress": """\
function Wait-HostAddress([string[]] $Wanted) {
    # Waits until an external switch has given the machine its addresses back, a minute at most.
    foreach ($second in 1..60) {
        $now = @(Get-HostAddress)
        $missing = @($Wanted | Where-Object { $now -notcontains $_ })
        if ($missing.Count -eq 0) { return }
        Start-Sleep -Seconds 1
    }
    throw "The machine has lost $($missing -join ', '). Log on at its console and run the teardown script."
}
""",
    "Read-DaemonFile": """\
function Read-DaemonFile {
    # daemon.json as an object; an empty one when there is no file.
    $text = if (Test-Path -LiteralPath $daemonFile) { [IO.File]::ReadAllText($daemonFile) } else { '' }
    if ($text.Trim()) { ConvertFrom-Json -InputObject $text } else { New-Object -TypeName PSObject }
}
""",
    "Test-DaemonSettings": """\
function Test-DaemonSettings($Settings) {
    # Whether daemon.json has these values and Docker has started with them.
    if (Test-Mark 'docker-restart') { return $false }
    $config = Read-DaemonFile
    foreach ($key in $Settings.Keys) {
        $property = $config.PSObject.Properties[$key]
        if (-not $property) { return $false }
        $found = ConvertTo-Json -InputObject $property.Value -Compress
        if ($found -ne (ConvertTo-Json -InputObject $Settings[$key] -Compress)) { return $false }
    }
    return $true
}
""",
    "Save-DaemonFile": """\
function Save-DaemonFile {
    # Keeps daemon.json as it was found, once; a mark stands for "there was none".
    if ((Test-Path -LiteralPath $daemonBackup) -or (Test-Mark 'daemon.json-absent')) { return }
    if (Test-Path -LiteralPath $daemonFile) {
        $null = New-Item -Path $markFolder -ItemType Directory -Force
        Copy-Item -LiteralPath $daemonFile -Destination $daemonBackup
    } else {
        Set-Mark 'daemon.json-absent'
    }
}
""",
    "Set-DaemonSettings": """\
function Set-DaemonSettings($Settings) {
    # Merges the values into daemon.json; other keys stay. UTF-8 without a byte order mark, which every engine reads.
    $config = Read-DaemonFile
    foreach ($key in $Settings.Keys) {
        Add-Member -InputObject $config -NotePropertyName $key -NotePropertyValue $Settings[$key] -Force
    }
    $null = New-Item -Path (Split-Path -Path $daemonFile) -ItemType Directory -Force
    $json = ConvertTo-Json -InputObject $config -Depth 20
    [IO.File]::WriteAllText($daemonFile, $json, (New-Object -TypeName Text.UTF8Encoding -ArgumentList $false))
}
""",
    "Restore-DaemonFile": """\
function Restore-DaemonFile {
    # Puts daemon.json back as it was found.
    if (Test-Path -LiteralPath $daemonBackup) { Copy-Item -LiteralPath $daemonBackup -Destination $daemonFile -Force }
    elseif (Test-Path -LiteralPath $daemonFile) { Remove-Item -LiteralPath $daemonFile }
}
""",
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
    "Assert-DefaultNat": """\
function Assert-DefaultNat {
    if (-not (Test-Docker network '^nat$')) {
        Add-Problem 'Docker has no network nat here. Take "bridge": "none" out of daemon.json and restart Docker.'
    }
}
""",
    "Assert-NatRemovable": """\
function Assert-NatRemovable {
    if (Get-Command -Name Remove-ContainerNetwork -ErrorAction SilentlyContinue) { return }
    if (-not (Find-HnsModule 'hns.psm1') -and (Test-Docker network '^nat$')) {
        Add-Problem ("Docker's own network nat has the one NAT prefix of Windows Server 2016, and nothing on this " +
            'machine can remove it. Put hns.psm1 of github.com/microsoft/SDN (Kubernetes/windows) beside this script.')
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
    "Test-Nat": """\
function Test-Nat([string] $Name) {
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    [bool] (Get-NetNat -ErrorAction Stop | Where-Object { $_.Name -eq $Name })
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
    "Test-FirewallRule": """\
function Test-FirewallRule([string] $Name) {
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    [bool] (Get-NetFirewallRule -Name $Name -ErrorAction SilentlyContinue)
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


def _used(text: str) -> set[str]:
    """Return the names of the functions that a text calls."""
    found = {name for name in _FUNCTIONS if name in text}
    longer = {name for name in found for other in found if other != name and other.startswith(name)}
    return {name for name in found if name not in longer or re.search(rf"{name}(?![A-Za-z0-9])", text)}


_CALLS = {name: _used(text) - {name} for name, text in _FUNCTIONS.items()}


def functions_for(lines: list[str]) -> list[str]:
    """Return the definitions that the lines use, directly or through each other, in the order of the table."""
    needed: set[str] = set()
    fresh = _used("\n".join(lines))
    while fresh:
        needed |= fresh
        fresh = {called for name in fresh for called in _CALLS[name]} - needed
    return [line for name, text in _FUNCTIONS.items() if name in needed for line in text.split("\n")]


def variables_for(lines: list[str]) -> list[str]:
    """Return the definitions of the folders and files that the lines use."""
    text = "\n".join(lines)
    found: list[str] = []
    if "$markFolder" in text:
        found.append("$markFolder = Join-Path $env:ProgramData 'ContainerNetworkDesigner'")
    if "$daemonFile" in text:
        found.append("$daemonFile = Join-Path $env:ProgramData 'docker\\config\\daemon.json'")
    if "$daemonBackup" in text:
        found.append("$daemonBackup = Join-Path $markFolder 'daemon.json'")
    return [*found, ""] if found else []
