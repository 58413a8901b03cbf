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

function Invoke-Docker([string[]] $Arguments) {
    # Runs docker with one argument for each string, and stops the script when docker refuses.
    $ErrorActionPreference = 'Continue'  # docker tells its progress on the error stream
    docker @Arguments | Write-Verbose
    if ($LASTEXITCODE -ne 0) {
        throw "docker $($Arguments[0]) $($Arguments[1]) failed with exit code $LASTEXITCODE; its own words are above."
    }
}

function Test-Docker([string] $Kind, [string] $Name, [string[]] $Filter) {
    # Whether Docker has a network or container whose name matches and that passes the filters.
    $options = @('--filter', "name=$Name")
    foreach ($each in $Filter) { $options += @('--filter', $each) }
    if ($Kind -eq 'container') { $options += '--all' }
    $found = docker $Kind ls --quiet @options
    if ($LASTEXITCODE -ne 0) { throw "docker $Kind ls failed with exit code $LASTEXITCODE; its own words are above." }
    [bool] $found
}

function Test-Current([string] $Kind, [string] $Name, [string] $Settings) {
    # Whether Docker has the object exactly as this script makes it: a label tells.
    Test-Docker $Kind $Name "label=container-network-designer.settings=$Settings"
}

function Test-Ours([string] $Kind, [string] $Name, [string] $Element) {
    # Whether Docker has the object and the setup script made it: a label tells.
    Test-Docker $Kind $Name "label=container-network-designer.element=$Element"
}

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

function Assert-DockerName([string] $Kind, [string] $Name, [string] $Settings, [string] $Element) {
    # HOT004, HOT005: what an older version of the design made does not change while it is there.
    if (-not (Test-Docker $Kind $Name) -or (Test-Current $Kind $Name $Settings)) { return }
    $rules = if ($Kind -eq 'container') { 'NAM005', 'HOT004' } else { 'NAM004', 'HOT005' }
    Add-TakenName "$Kind named $($Name.Trim('^$'))" $rules[[int] (Test-Ours $Kind $Name $Element)]
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

function Assert-Adapter([string] $Name) {
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    # The name is a wildcard pattern, as Get-NetAdapter takes it.
    $adapter = Get-NetAdapter -Name $Name -ErrorAction SilentlyContinue
    if (-not $adapter) {
        Add-Problem "SWI007: There is no adapter named $Name; Get-NetAdapter lists those of this machine."
    } elseif ($adapter.Status -ne 'Up') {
        Add-Problem "SWI017: The adapter $Name is $($adapter.Status); it needs a link."
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

function Get-SwitchOn([string] $Adapter) {
    # The external switches that hold an adapter, where Hyper-V can tell.
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    Set-StrictMode -Off  # older releases have one description for each switch, not a list
    if (-not (Get-Command -Name Get-VMSwitch -ErrorAction SilentlyContinue)) { return }
    $description = (Get-NetAdapter -Name $Adapter -ErrorAction SilentlyContinue).InterfaceDescription
    Get-VMSwitch | Where-Object {
        (@($_.NetAdapterInterfaceDescriptions) + $_.NetAdapterInterfaceDescription) -contains $description
    }
}

function Assert-AdapterUnswitched([string] $Adapter, [string] $Notes) {
    foreach ($switch in Get-SwitchOn $Adapter) {
        if ($switch.Notes -ne $Notes) {
            Add-Problem ("SWI001: The switch $($switch.Name) already holds the adapter $Adapter, which has room for " +
                'one switch only. Remove that switch, or choose another adapter in the design.')
        }
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

function Get-HostAddress {
    # The IPv4 addresses that the machine is reached at.
    Get-NetIPAddress -AddressFamily IPv4 -ErrorAction Stop | Where-Object { $_.PrefixOrigin -ne 'WellKnown' } |
        ForEach-Object { $_.IPAddress }
}

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

function Test-Team([string] $Switch, [string] $Algorithm) {
    # Whether the team of a switch spreads its load this way.
    [bool] (Get-VMSwitchTeam -ErrorAction SilentlyContinue |
            Where-Object { $_.Name -eq $Switch -and $_.LoadBalancingAlgorithm -eq $Algorithm })
}

function Test-Vlan([string] $Name, [int] $Vlan) {
    # Whether a vNIC of the host is in a VLAN.
    [bool] (Get-VMNetworkAdapter -ManagementOS | Where-Object { $_.Name -eq $Name } | Get-VMNetworkAdapterVlan |
            Where-Object { $_.AccessVlanId -eq $Vlan })
}

function Test-Nat([string] $Name) {
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    [bool] (Get-NetNat -ErrorAction Stop | Where-Object { $_.Name -eq $Name })
}

function Test-NatMapping([string] $Nat, [string] $Protocol, [int] $Port) {
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    [bool] (Get-NetNatStaticMapping -ErrorAction Stop |
            Where-Object { $_.NatName -eq $Nat -and $_.Protocol -eq $Protocol -and $_.ExternalPort -eq $Port })
}

function Test-Address([string] $Interface, [string] $Address) {
    # Whether an interface has an address; without one, whether it has any.
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    [bool] (Get-NetIPAddress -ErrorAction Stop |
            Where-Object { $_.InterfaceAlias -eq $Interface -and (-not $Address -or $_.IPAddress -eq $Address) })
}

function Test-Forwarding([string] $Interface) {
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    [bool] (Get-NetIPInterface -AddressFamily IPv4 -ErrorAction Stop |
            Where-Object { $_.InterfaceAlias -eq $Interface -and $_.Forwarding -eq 'Enabled' })
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
Assert-Adapter 'Ethernet 2'
Assert-Adapter 'Ethernet 3'
$service = Get-Service -Name docker -ErrorAction SilentlyContinue
if (-not $service -or $service.Status -ne 'Running') {
    Add-Problem 'Docker does not run. Install Docker Engine, or run: Start-Service docker'
} elseif ((docker version --format '{{.Server.Os}}') -ne 'windows') {
    Add-Problem 'Docker does not answer as a Windows engine. Look at: docker version'
}
Stop-OnProblem

Assert-SwitchName 'Internal [lab]' 'container-network-designer: int-switch' 'Internal'
Assert-SwitchName 'Private' 'container-network-designer: priv-switch' 'Private'
Assert-SwitchName 'SetSwitch' 'container-network-designer: set-switch' 'External'
Assert-AdapterUnswitched 'Ethernet 2' 'container-network-designer: set-switch'
Assert-AdapterUnswitched 'Ethernet 3' 'container-network-designer: set-switch'
if ((Test-HostVNic 'Mgmt') -and -not (Test-Mark 'vnic-vnic-mgmt')) { Add-TakenName 'host vNIC named Mgmt' }
if ((Test-HostVNic 'Storage') -and -not (Test-Mark 'vnic-vnic-storage')) { Add-TakenName 'host vNIC named Storage' }
if ((Test-Nat 'LabNat') -and -not (Test-Mark 'nat-winnat')) { Add-TakenName 'NAT named LabNat' 'NAT005' }
Assert-DockerName network '^bridge0$' '4b945e2a1b75' 'bridge0'
Assert-DockerName container '^web01$' '4cc528e848aa' 'web01'
Stop-OnProblem

# ---- Virtual switches, host vNICs and WinNAT -----------------------------------------------------------------------

# Internal [lab]: internal switch
if (-not (Test-Switch 'Internal [lab]' 'container-network-designer: int-switch') -and
    $PSCmdlet.ShouldProcess('Internal [lab]', 'Create internal switch')) {
    $null = New-VMSwitch -Name 'Internal [lab]' -SwitchType 'Internal' -Notes 'container-network-designer: int-switch'
}

# Internal [lab]: vNIC of the host on Internal [lab]
if (-not (Test-HostVNic 'Internal [lab]') -and $PSCmdlet.ShouldProcess('Internal [lab]', 'Create host vNIC')) {
    Set-Mark 'vnic-vnic-lab'
    Rename-VMNetworkAdapter -ManagementOS -Name 'Internal `[lab`]' -NewName 'Internal [lab]'
}

# 192.168.90.1/24 on vEthernet (Internal [lab])
if (-not (Test-Address 'vEthernet (Internal [lab])' '192.168.90.1') -and
    $PSCmdlet.ShouldProcess('vEthernet (Internal [lab])', 'Set address 192.168.90.1')) {
    Set-Mark 'address-192.168.90.1-vnic-lab'
    $null = New-NetIPAddress `
        -InterfaceAlias 'vEthernet (Internal [lab])' `
        -IPAddress '192.168.90.1' `
        -PrefixLength 24 `
        -WhatIf:$WhatIfPreference -ErrorAction Stop
}

# IP forwarding at vEthernet (Internal [lab])
if (-not (Test-Forwarding 'vEthernet (Internal [lab])') -and
    $PSCmdlet.ShouldProcess('vEthernet (Internal [lab])', 'Enable forwarding')) {
    Set-NetIPInterface `
        -InterfaceAlias 'vEthernet (Internal `[lab`])' `
        -AddressFamily 'IPv4' `
        -Forwarding 'Enabled' `
        -WhatIf:$WhatIfPreference -ErrorAction Stop
}

# Private: private switch
if (-not (Test-Switch 'Private' 'container-network-designer: priv-switch') -and
    $PSCmdlet.ShouldProcess('Private', 'Create private switch')) {
    $null = New-VMSwitch -Name 'Private' -SwitchType 'Private' -Notes 'container-network-designer: priv-switch'
}

# SetSwitch: external switch on Ethernet 2, Ethernet 3
# RISK: the IP configuration of an adapter moves, so the management connection can drop.
if (-not (Test-Switch 'SetSwitch' 'container-network-designer: set-switch') -and
    $PSCmdlet.ShouldProcess('SetSwitch', 'Create external switch')) {
    $addresses = @(Get-HostAddress)
    $null = New-VMSwitch `
        -Name 'SetSwitch' `
        -NetAdapterName 'Ethernet 2', 'Ethernet 3' `
        -AllowManagementOS $true `
        -EnableEmbeddedTeaming $true `
        -MinimumBandwidthMode 'Weight' `
        -Notes 'container-network-designer: set-switch'
    Wait-HostAddress $addresses
}
if (-not (Test-Team 'SetSwitch' 'Dynamic') -and
    $PSCmdlet.ShouldProcess('SetSwitch', 'Set load balancing of the team')) {
    Set-VMSwitchTeam -Name 'SetSwitch' -LoadBalancingAlgorithm 'Dynamic'
}

# HNS and Docker see a switch made by hand, such as 'SetSwitch', only after a restart
# RISK: the engine restarts, so running containers stop.
if (-not (Test-Mark 'adopted-set-switch') -and $PSCmdlet.ShouldProcess('SetSwitch', 'Restart HNS and Docker')) {
    Restart-Service -Name hns -Force
    Restart-Service -Name docker -Force
    Set-Mark 'adopted-set-switch'
}

# Mgmt: vNIC of the host on SetSwitch
if (-not (Test-HostVNic 'Mgmt') -and $PSCmdlet.ShouldProcess('Mgmt', 'Create host vNIC')) {
    Set-Mark 'vnic-vnic-mgmt'
    Rename-VMNetworkAdapter -ManagementOS -Name 'SetSwitch' -NewName 'Mgmt'
}
if (-not (Test-Vlan 'Mgmt' 20) -and $PSCmdlet.ShouldProcess('Mgmt', 'Set VLAN 20')) {
    Set-VMNetworkAdapterVlan -ManagementOS -Access -VMNetworkAdapterName 'Mgmt' -VlanId 20
}

# 10.20.0.5/24 on vEthernet (Mgmt)
if (-not (Test-Address 'vEthernet (Mgmt)' '10.20.0.5') -and
    $PSCmdlet.ShouldProcess('vEthernet (Mgmt)', 'Set address 10.20.0.5')) {
    Set-Mark 'address-10.20.0.5-vnic-mgmt'
    $null = New-NetIPAddress `
        -InterfaceAlias 'vEthernet (Mgmt)' `
        -IPAddress '10.20.0.5' `
        -PrefixLength 24 `
        -WhatIf:$WhatIfPreference -ErrorAction Stop
}

# Storage: vNIC of the host on SetSwitch
if (-not (Test-HostVNic 'Storage') -and $PSCmdlet.ShouldProcess('Storage', 'Create host vNIC')) {
    Set-Mark 'vnic-vnic-storage'
    Add-VMNetworkAdapter -ManagementOS -SwitchName 'SetSwitch' -Name 'Storage' -StaticMacAddress '00155D200005'
}

# 10.21.0.5/24 on vEthernet (Storage)
if (-not (Test-Address 'vEthernet (Storage)' '10.21.0.5') -and
    $PSCmdlet.ShouldProcess('vEthernet (Storage)', 'Set address 10.21.0.5')) {
    Set-Mark 'address-10.21.0.5-vnic-storage'
    $null = New-NetIPAddress `
        -InterfaceAlias 'vEthernet (Storage)' `
        -IPAddress '10.21.0.5' `
        -PrefixLength 24 `
        -WhatIf:$WhatIfPreference -ErrorAction Stop
}

# 10.22.0.5/24 on vEthernet (Storage)
if (-not (Test-Address 'vEthernet (Storage)' '10.22.0.5') -and
    $PSCmdlet.ShouldProcess('vEthernet (Storage)', 'Set address 10.22.0.5')) {
    Set-Mark 'address-10.22.0.5-vnic-storage'
    $null = New-NetIPAddress `
        -InterfaceAlias 'vEthernet (Storage)' `
        -IPAddress '10.22.0.5' `
        -PrefixLength 24 `
        -WhatIf:$WhatIfPreference -ErrorAction Stop
}

# LabNat: WinNAT for 192.168.90.0/24
if (-not (Test-Nat 'LabNat') -and $PSCmdlet.ShouldProcess('LabNat', 'Create NAT for 192.168.90.0/24')) {
    Set-Mark 'nat-winnat'
    $null = New-NetNat `
        -Name 'LabNat' `
        -InternalIPInterfaceAddressPrefix '192.168.90.0/24' `
        -WhatIf:$WhatIfPreference -ErrorAction Stop
}

# LabNat: tcp port 9443 of the host to 192.168.90.10:443
if (-not (Test-NatMapping 'LabNat' 'TCP' 9443) -and $PSCmdlet.ShouldProcess('LabNat', 'Map port 9443')) {
    $null = Add-NetNatStaticMapping `
        -NatName 'LabNat' `
        -Protocol 'TCP' `
        -ExternalIPAddress '0.0.0.0' `
        -ExternalPort 9443 `
        -InternalIPAddress '192.168.90.10' `
        -InternalPort 443 `
        -WhatIf:$WhatIfPreference -ErrorAction Stop
}

# ---- Container networks --------------------------------------------------------------------------------------------

# bridge0: l2bridge network 10.20.0.0/24 on Ethernet 2, Ethernet 3 VLAN 20
if (-not (Test-Current network '^bridge0$' '4b945e2a1b75') -and
    $PSCmdlet.ShouldProcess('bridge0', 'Create l2bridge network')) {
    Invoke-Docker @(
        'network', 'create',
        '--driver', 'l2bridge',
        '--subnet', '10.20.0.0/24',
        '--gateway', '10.20.0.1',
        '--opt', 'com.docker.network.windowsshim.interface=Ethernet 2,Ethernet 3',
        '--opt', 'com.docker.network.windowsshim.vlanid=20',
        '--label', 'container-network-designer.element=bridge0',
        '--label', 'container-network-designer.settings=4b945e2a1b75',
        'bridge0'
    )
}

# ---- Containers ----------------------------------------------------------------------------------------------------

# web01: Windows container on bridge0 at 10.20.0.30
if (-not (Test-Current container '^web01$' '4cc528e848aa') -and
    $PSCmdlet.ShouldProcess('web01', 'Create container')) {
    Invoke-Docker @(
        'create',
        '--name', 'web01',
        '--isolation', 'process',
        '--network', 'bridge0',
        '--ip', '10.20.0.30',
        '--label', 'container-network-designer.element=web01',
        '--label', 'container-network-designer.settings=4cc528e848aa',
        'mcr.microsoft.com/windows/servercore:ltsc2022'
    )
}

# start web01
if (-not (Test-Docker container '^web01$' 'status=running') -and
    $PSCmdlet.ShouldProcess('web01', 'Start container')) {
    Invoke-Docker @('start', 'web01')
}

