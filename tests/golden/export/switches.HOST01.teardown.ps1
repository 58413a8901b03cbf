#Requires -Version 5.1
#Requires -RunAsAdministrator
<#
.SYNOPSIS
    Removes what the setup script of HOST01 made.
.DESCRIPTION
    Design:  Export test
    Host:    HOST01, Windows Server 2022 (build 20348)
    Writer:  Container Network Designer 0.1.0

    It knows what the setup made by its labels, notes and marks, and leaves everything else alone. It can run at
    any time, after an interrupted setup too, and more than once. -WhatIf shows what it would do.
#>
[CmdletBinding(SupportsShouldProcess)]
param()

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$PSNativeCommandArgumentPassing = 'Legacy'  # PowerShell 7 hands arguments to docker as 5.1 does
trap {
    Write-Warning 'Stopped. Mend what the error says and run the script again: it goes on with what is left.'
    break
}

$markFolder = Join-Path $env:ProgramData 'ContainerNetworkDesigner'

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

function Test-Mark([string] $Name) {
    # Whether a script of this design left a mark: it made, or was about to make, a thing that can carry no tag itself.
    Test-Path -LiteralPath (Join-Path $markFolder $Name)
}

function Clear-Mark([string] $Name) {
    $mark = Join-Path $markFolder $Name
    if (Test-Path -LiteralPath $mark) { Remove-Item -LiteralPath $mark }
    if ((Test-Path -LiteralPath $markFolder) -and -not (Get-ChildItem -LiteralPath $markFolder)) {
        Remove-Item -LiteralPath $markFolder
    }
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

function Test-Switch([string] $Name, [string] $Notes) {
    # Whether there is a switch of this name; with notes, only one that this design made.
    [bool] (Get-VMSwitch | Where-Object { $_.Name -eq $Name -and (-not $Notes -or $_.Notes -eq $Notes) })
}

function Test-HostVNic([string] $Name) {
    [bool] (Get-VMNetworkAdapter -ManagementOS | Where-Object { $_.Name -eq $Name })
}

function Test-Nat([string] $Name) {
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    [bool] (Get-NetNat -ErrorAction Stop | Where-Object { $_.Name -eq $Name })
}

function Test-Address([string] $Interface, [string] $Address) {
    # Whether an interface has an address; without one, whether it has any.
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    [bool] (Get-NetIPAddress -ErrorAction Stop |
            Where-Object { $_.InterfaceAlias -eq $Interface -and (-not $Address -or $_.IPAddress -eq $Address) })
}

# ---- Pre-flight: reads the machine; nothing is changed before all of it is in order --------------------------------

$problems = @()
$service = Get-Service -Name docker -ErrorAction SilentlyContinue
if (-not $service -or $service.Status -ne 'Running') {
    Add-Problem 'Docker does not run. Install Docker Engine, or run: Start-Service docker'
} elseif ((docker version --format '{{.Server.Os}}') -ne 'windows') {
    Add-Problem 'Docker does not answer as a Windows engine. Look at: docker version'
}
Stop-OnProblem

# ---- Containers ----------------------------------------------------------------------------------------------------

# container 'web01'
if ((Test-Ours container '^web01$' 'web01') -and $PSCmdlet.ShouldProcess('web01', 'Stop and remove container')) {
    Invoke-Docker @('rm', '--force', 'web01')
}

# ---- Container networks --------------------------------------------------------------------------------------------

# l2bridge network 'bridge0'
if ((Test-Ours network '^bridge0$' 'bridge0') -and $PSCmdlet.ShouldProcess('bridge0', 'Remove network')) {
    Invoke-Docker @('network', 'rm', 'bridge0')
}

# ---- Virtual switches, host vNICs and WinNAT -----------------------------------------------------------------------

# WinNAT 'LabNat' with its mappings
if ((Test-Mark 'nat-winnat') -and $PSCmdlet.ShouldProcess('LabNat', 'Remove NAT')) {
    if (Test-Nat 'LabNat') {
        Remove-NetNat -Confirm:$false -Name 'LabNat' -WhatIf:$WhatIfPreference -ErrorAction Stop
    }
    Clear-Mark 'nat-winnat'
}

# 10.22.0.5/24 on vEthernet (Storage)
if ((Test-Mark 'address-10.22.0.5-vnic-storage') -and
    $PSCmdlet.ShouldProcess('vEthernet (Storage)', 'Remove address 10.22.0.5')) {
    if (Test-Address 'vEthernet (Storage)' '10.22.0.5') {
        Remove-NetIPAddress -Confirm:$false `
            -InterfaceAlias 'vEthernet (Storage)' `
            -IPAddress '10.22.0.5' `
            -WhatIf:$WhatIfPreference -ErrorAction Stop
    }
    Clear-Mark 'address-10.22.0.5-vnic-storage'
}

# 10.21.0.5/24 on vEthernet (Storage)
if ((Test-Mark 'address-10.21.0.5-vnic-storage') -and
    $PSCmdlet.ShouldProcess('vEthernet (Storage)', 'Remove address 10.21.0.5')) {
    if (Test-Address 'vEthernet (Storage)' '10.21.0.5') {
        Remove-NetIPAddress -Confirm:$false `
            -InterfaceAlias 'vEthernet (Storage)' `
            -IPAddress '10.21.0.5' `
            -WhatIf:$WhatIfPreference -ErrorAction Stop
    }
    Clear-Mark 'address-10.21.0.5-vnic-storage'
}

# host vNIC 'Storage'
if ((Test-Mark 'vnic-vnic-storage') -and $PSCmdlet.ShouldProcess('Storage', 'Remove host vNIC')) {
    if (Test-HostVNic 'Storage') {
        Remove-VMNetworkAdapter -ManagementOS -Name 'Storage'
    }
    Clear-Mark 'vnic-vnic-storage'
}

# 10.20.0.5/24 on vEthernet (Mgmt)
if ((Test-Mark 'address-10.20.0.5-vnic-mgmt') -and
    $PSCmdlet.ShouldProcess('vEthernet (Mgmt)', 'Remove address 10.20.0.5')) {
    if (Test-Address 'vEthernet (Mgmt)' '10.20.0.5') {
        Remove-NetIPAddress -Confirm:$false `
            -InterfaceAlias 'vEthernet (Mgmt)' `
            -IPAddress '10.20.0.5' `
            -WhatIf:$WhatIfPreference -ErrorAction Stop
    }
    Clear-Mark 'address-10.20.0.5-vnic-mgmt'
}

# host vNIC 'Mgmt'
if ((Test-Mark 'vnic-vnic-mgmt') -and $PSCmdlet.ShouldProcess('Mgmt', 'Give host vNIC its old name')) {
    if (Test-HostVNic 'Mgmt') {
        Rename-VMNetworkAdapter -ManagementOS -Name 'Mgmt' -NewName 'SetSwitch'
    }
    Clear-Mark 'vnic-vnic-mgmt'
}

# virtual switch 'SetSwitch'
# RISK: the IP configuration of an adapter moves, so the management connection can drop.
if ((Test-Switch 'SetSwitch' 'container-network-designer: set-switch') -and
    $PSCmdlet.ShouldProcess('SetSwitch', 'Remove switch')) {
    $addresses = @(Get-HostAddress)
    Remove-VMSwitch -Force -Name 'SetSwitch'
    Wait-HostAddress $addresses
    Clear-Mark 'adopted-set-switch'
}

# virtual switch 'Private'
if ((Test-Switch 'Private' 'container-network-designer: priv-switch') -and
    $PSCmdlet.ShouldProcess('Private', 'Remove switch')) {
    Remove-VMSwitch -Force -Name 'Private'
    Clear-Mark 'adopted-priv-switch'
}

# 192.168.90.1/24 on vEthernet (Internal [lab])
if ((Test-Mark 'address-192.168.90.1-vnic-lab') -and
    $PSCmdlet.ShouldProcess('vEthernet (Internal [lab])', 'Remove address 192.168.90.1')) {
    if (Test-Address 'vEthernet (Internal [lab])' '192.168.90.1') {
        Remove-NetIPAddress -Confirm:$false `
            -InterfaceAlias 'vEthernet (Internal `[lab`])' `
            -IPAddress '192.168.90.1' `
            -WhatIf:$WhatIfPreference -ErrorAction Stop
    }
    Clear-Mark 'address-192.168.90.1-vnic-lab'
}

# host vNIC 'Internal [lab]'
if ((Test-Mark 'vnic-vnic-lab') -and $PSCmdlet.ShouldProcess('Internal [lab]', 'Give host vNIC its old name')) {
    if (Test-HostVNic 'Internal [lab]') {
        Rename-VMNetworkAdapter -ManagementOS -Name 'Internal `[lab`]' -NewName 'Internal [lab]'
    }
    Clear-Mark 'vnic-vnic-lab'
}

# virtual switch 'Internal [lab]'
if ((Test-Switch 'Internal [lab]' 'container-network-designer: int-switch') -and
    $PSCmdlet.ShouldProcess('Internal [lab]', 'Remove switch')) {
    Remove-VMSwitch -Force -Name 'Internal `[lab`]'
    Clear-Mark 'adopted-int-switch'
}

