#Requires -Version 5.1
#Requires -RunAsAdministrator
<#
.SYNOPSIS
    Sets up the container networking of HOST01.
.DESCRIPTION
    Design:  Export test
    Host:    HOST01, Windows Server 2022 (build 20348)
    Writer:  Container Network Designer 0.1.0

    Steps that are already as they should be are left alone, so the script can run again at any time;
    after an interruption it goes on where it stopped. -WhatIf shows what it would do, -Confirm asks before each
    step. The teardown script of the same design removes exactly what this one makes.
#>
[CmdletBinding(SupportsShouldProcess)]
param()

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$PSNativeCommandArgumentPassing = 'Legacy'  # PowerShell 7 hands arguments to docker as 5.1 does
trap {
    Write-Warning 'Stopped. Mend what the error says and run the script again, or undo with its teardown script.'
    break
}

$markFolder = Join-Path $env:ProgramData 'ContainerNetworkDesigner'
$ipv6Key = 'HKLM:\SYSTEM\CurrentControlSet\Services\Tcpip6\Parameters'

function Add-Problem([string] $Text) {
    # Notes what keeps the script from starting.
    $script:problems += @($Text)
}

function Stop-OnProblem {
    # Ends the script before the first change if a check has found something.
    if ($script:problems) { throw "Nothing was changed.`n- " + ($script:problems -join "`n- ") }
}

function Add-TakenName([string] $What, [string] $Rule) {
    $lead = if ($Rule) { "${Rule}: " } else { '' }
    Add-Problem ($lead + "There is already a $What, and it is not as this script makes it. If it comes from an " +
        'older version of the design, run the teardown script of that version; else give one of the two another name.')
}

function Assert-SwitchName([string] $Name, [string] $Notes, [string] $Type) {
    $found = Get-VMSwitch | Where-Object { $_.Name -eq $Name }
    if ($found -and $found.Notes -ne $Notes) { Add-TakenName "virtual switch named $Name" 'SWI018' }
    elseif ($found -and "$($found.SwitchType)" -ne $Type) {
        Add-Problem ("SWI022: The switch $Name is of type $($found.SwitchType) and must become $Type. Networks stand " +
            'on it, so it is made anew: run the teardown script of the older design, then this one.')
    }
}

function Assert-Feature([string] $Name, [string] $Rule) {
    if (-not (Test-Feature $Name)) {
        Add-Problem ("${Rule}: The feature $Name is missing. " +
            "Run: Install-WindowsFeature $Name -IncludeManagementTools -Restart")
    }
}

function Assert-IPv6 {
    # HNS makes no network while the IPv6 components of Windows are switched off.
    if (Get-IPv6Setting) {
        Add-Problem ("HST005: IPv6 is off, and HNS needs it. Remove the value DisabledComponents from $ipv6Key and " +
            'restart Windows.')
    }
}

function Assert-Service([string[]] $Names) {
    foreach ($name in $Names) {
        $service = Get-Service -Name $name -ErrorAction SilentlyContinue
        if (-not $service -or "$($service.StartType)" -eq 'Disabled') {
            $state = if ($service) { 'disabled' } else { 'missing' }
            Add-Problem ("HST004: The service $name is $state, and the engine does not work without it. Install the " +
                "feature Containers, or run: Set-Service $name -StartupType Manual")
        }
    }
}

function Assert-HyperVTools {
    if (-not (Get-Command -Name New-VMSwitch -ErrorAction SilentlyContinue)) {
        Add-Problem ('SWI024: The PowerShell module of Hyper-V is missing. Run: ' +
            'Install-WindowsFeature Hyper-V-PowerShell')
    }
}

function Test-Mark([string] $Name) {
    # Whether a script of this design left a mark: it made, or was about to make, a thing that can carry no tag itself.
    Test-Path -LiteralPath (Join-Path $markFolder $Name)
}

function Set-Mark([string] $Name, [string] $Text) {
    # Leaves a mark before the thing is made, so that the teardown knows it even after an interruption.
    $null = New-Item -Path $markFolder -ItemType Directory -Force
    $null = New-Item -Path (Join-Path $markFolder $Name) -ItemType File -Force
    if ($Text) { [IO.File]::WriteAllText((Join-Path $markFolder $Name), $Text) }
}

function Test-FirewallRule([string] $Name) {
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    [bool] (Get-NetFirewallRule -Name $Name -ErrorAction SilentlyContinue)
}

function Test-Feature([string] $Name, [switch] $OrPending) {
    # Whether a feature of a server is installed, or will be after a restart.
    $state = "$((Get-WindowsFeature -Name $Name).InstallState)"
    $state -eq 'Installed' -or ($OrPending -and $state -eq 'InstallPending')
}

function Get-IPv6Setting {
    # Which IPv6 components are switched off; nothing or 0 when all may start.
    $found = Get-ItemProperty -Path $ipv6Key -Name DisabledComponents -ErrorAction SilentlyContinue
    if ($found) { $found.DisabledComponents }
}

function Test-Switch([string] $Name, [string] $Notes) {
    # Whether there is a switch of this name; with notes, only one that this design made.
    [bool] (Get-VMSwitch | Where-Object { $_.Name -eq $Name -and (-not $Notes -or $_.Notes -eq $Notes) })
}

function Test-HostVNic([string] $Name) {
    [bool] (Get-VMNetworkAdapter -ManagementOS | Where-Object { $_.Name -eq $Name })
}

function Test-PortVlan([string] $Name, $Wanted) {
    # Whether the port of a vNIC of the host is a trunk or in a private VLAN as wanted.
    $port = Get-VMNetworkAdapter -ManagementOS | Where-Object { $_.Name -eq $Name } | Get-VMNetworkAdapterVlan
    if (-not $port) { return $false }
    foreach ($key in $Wanted.Keys) { if ((@($port.$key | Sort-Object) -join ',') -ne $Wanted[$key]) { return $false } }
    return $true
}

function Test-Isolation([string] $Name, [string] $Mode) {
    # Whether a vNIC of the host is isolated this way.
    [bool] (Get-VMNetworkAdapter -ManagementOS | Where-Object { $_.Name -eq $Name } | Get-VMNetworkAdapterIsolation |
            Where-Object { $_.IsolationMode -eq $Mode })
}

function Test-Bandwidth([string] $Name, [string] $Key, [long] $Value) {
    # Whether a vNIC of the host has this share of its switch.
    $vnic = Get-VMNetworkAdapter -ManagementOS | Where-Object { $_.Name -eq $Name }
    [bool] ($vnic -and $vnic.BandwidthSetting -and $vnic.BandwidthSetting.$Key -eq $Value)
}

# ---- Pre-flight: reads the machine; nothing is changed before all of it is in order --------------------------------

$problems = @()
$build = [Environment]::OSVersion.Version.Build
if ($build -ne 20348) {
    Add-Problem "This script is for Windows Server 2022 (build 20348), not for build $build; export it for that release."
}
Assert-Feature 'Containers' 'HST002'
Assert-Feature 'Hyper-V' 'SWI024'
Assert-HyperVTools
Assert-Service 'hns', 'vmcompute'
Assert-IPv6
$service = Get-Service -Name docker -ErrorAction SilentlyContinue
if (-not $service -or $service.Status -ne 'Running') {
    Add-Problem 'Docker does not run. Install Docker Engine, or run: Start-Service docker'
} elseif ((docker version --format '{{.Server.Os}}') -ne 'windows') {
    Add-Problem 'Docker does not answer as a Windows engine. Look at: docker version'
}
Stop-OnProblem

Assert-SwitchName 'Lab' 'container-network-designer: lab' 'Internal'
if ((Test-HostVNic 'Own') -and -not (Test-Mark 'vnic-c')) { Add-TakenName 'host vNIC named Own' }
if ((Test-HostVNic 'Private') -and -not (Test-Mark 'vnic-b')) { Add-TakenName 'host vNIC named Private' }
if ((Test-HostVNic 'Trunk') -and -not (Test-Mark 'vnic-a')) { Add-TakenName 'host vNIC named Trunk' }
Stop-OnProblem

# ---- Virtual switches, host vNICs and WinNAT -----------------------------------------------------------------------

# Lab: internal switch
if (-not (Test-Switch 'Lab' 'container-network-designer: lab') -and
    $PSCmdlet.ShouldProcess('Lab', 'Create internal switch')) {
    $null = New-VMSwitch `
        -Name 'Lab' `
        -SwitchType 'Internal' `
        -MinimumBandwidthMode 'Weight' `
        -Notes 'container-network-designer: lab'
}

# Own: vNIC of the host on Lab
if (-not (Test-HostVNic 'Own') -and $PSCmdlet.ShouldProcess('Own', 'Create host vNIC')) {
    Set-Mark 'vnic-c'
    Rename-VMNetworkAdapter -ManagementOS -Name 'Lab' -NewName 'Own'
}
if (-not (Test-Isolation 'Own' 'ExternalVirtualSubnet') -and $PSCmdlet.ShouldProcess('Own', 'Set isolation')) {
    Set-VMNetworkAdapterIsolation -ManagementOS -VMNetworkAdapterName 'Own' -IsolationMode 'ExternalVirtualSubnet'
}
if (-not (Test-Bandwidth 'Own' 'MinimumBandwidthWeight' 20) -and $PSCmdlet.ShouldProcess('Own', 'Set bandwidth')) {
    Set-VMNetworkAdapter -ManagementOS -Name 'Own' -MinimumBandwidthWeight 20
}

# Private: vNIC of the host on Lab
if (-not (Test-HostVNic 'Private') -and $PSCmdlet.ShouldProcess('Private', 'Create host vNIC')) {
    Set-Mark 'vnic-b'
    Add-VMNetworkAdapter -ManagementOS -SwitchName 'Lab' -Name 'Private'
}
$port = @{
    OperationMode = 'Private'
    PrivateVlanMode = 'Promiscuous'
    PrimaryVlanId = '100'
    SecondaryVlanIdList = '200,201'
}
if (-not (Test-PortVlan 'Private' $port) -and $PSCmdlet.ShouldProcess('Private', 'Set VLAN mode Promiscuous')) {
    Set-VMNetworkAdapterVlan -ManagementOS -Promiscuous `
        -VMNetworkAdapterName 'Private' `
        -PrimaryVlanId 100 `
        -SecondaryVlanIdList '200,201'
}

# Trunk: vNIC of the host on Lab
if (-not (Test-HostVNic 'Trunk') -and $PSCmdlet.ShouldProcess('Trunk', 'Create host vNIC')) {
    Set-Mark 'vnic-a'
    Add-VMNetworkAdapter -ManagementOS -SwitchName 'Lab' -Name 'Trunk'
}
$port = @{
    OperationMode = 'Trunk'
    NativeVlanId = '10'
    AllowedVlanIdList = '20,30'
}
if (-not (Test-PortVlan 'Trunk' $port) -and $PSCmdlet.ShouldProcess('Trunk', 'Set VLAN mode Trunk')) {
    Set-VMNetworkAdapterVlan -ManagementOS -Trunk `
        -VMNetworkAdapterName 'Trunk' `
        -NativeVlanId 10 `
        -AllowedVlanIdList '20,30'
}

# ---- Container networks --------------------------------------------------------------------------------------------

# let containers in at the TCP port 1433 of HOST01
if (-not (Test-FirewallRule 'container-network-designer-host-1-TCP-1433') -and
    $PSCmdlet.ShouldProcess('Containers (TCP 1433)', 'Create firewall rule')) {
    $null = New-NetFirewallRule `
        -Name 'container-network-designer-host-1-TCP-1433' `
        -DisplayName 'Containers (TCP 1433)' `
        -Group 'Container Network Designer' `
        -Direction 'Inbound' `
        -Action 'Allow' `
        -Protocol 'TCP' `
        -LocalPort 1433 `
        -WhatIf:$WhatIfPreference -ErrorAction Stop
}

# let containers in at the TCP port 53 of HOST01
if (-not (Test-FirewallRule 'container-network-designer-host-1-TCP-53') -and
    $PSCmdlet.ShouldProcess('Containers (TCP 53)', 'Create firewall rule')) {
    $null = New-NetFirewallRule `
        -Name 'container-network-designer-host-1-TCP-53' `
        -DisplayName 'Containers (TCP 53)' `
        -Group 'Container Network Designer' `
        -Direction 'Inbound' `
        -Action 'Allow' `
        -Protocol 'TCP' `
        -LocalPort 53 `
        -WhatIf:$WhatIfPreference -ErrorAction Stop
}

# let containers in at the UDP port 53 of HOST01
if (-not (Test-FirewallRule 'container-network-designer-host-1-UDP-53') -and
    $PSCmdlet.ShouldProcess('Containers (UDP 53)', 'Create firewall rule')) {
    $null = New-NetFirewallRule `
        -Name 'container-network-designer-host-1-UDP-53' `
        -DisplayName 'Containers (UDP 53)' `
        -Group 'Container Network Designer' `
        -Direction 'Inbound' `
        -Action 'Allow' `
        -Protocol 'UDP' `
        -LocalPort 53 `
        -WhatIf:$WhatIfPreference -ErrorAction Stop
}

