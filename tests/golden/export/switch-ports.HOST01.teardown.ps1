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

function Test-FirewallRule([string] $Name) {
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    [bool] (Get-NetFirewallRule -Name $Name -ErrorAction SilentlyContinue)
}

function Test-Switch([string] $Name, [string] $Notes) {
    # Whether there is a switch of this name; with notes, only one that this design made.
    [bool] (Get-VMSwitch | Where-Object { $_.Name -eq $Name -and (-not $Notes -or $_.Notes -eq $Notes) })
}

function Test-HostVNic([string] $Name) {
    [bool] (Get-VMNetworkAdapter -ManagementOS | Where-Object { $_.Name -eq $Name })
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

# ---- Swarm ---------------------------------------------------------------------------------------------------------

# firewall rule 'Containers (UDP 53)'
if ((Test-FirewallRule 'container-network-designer-host-1-UDP-53') -and
    $PSCmdlet.ShouldProcess('container-network-designer-host-1-UDP-53', 'Remove firewall rule')) {
    Remove-NetFirewallRule -Name 'container-network-designer-host-1-UDP-53' -WhatIf:$WhatIfPreference -ErrorAction Stop
}

# firewall rule 'Containers (TCP 53)'
if ((Test-FirewallRule 'container-network-designer-host-1-TCP-53') -and
    $PSCmdlet.ShouldProcess('container-network-designer-host-1-TCP-53', 'Remove firewall rule')) {
    Remove-NetFirewallRule -Name 'container-network-designer-host-1-TCP-53' -WhatIf:$WhatIfPreference -ErrorAction Stop
}

# firewall rule 'Containers (TCP 1433)'
if ((Test-FirewallRule 'container-network-designer-host-1-TCP-1433') -and
    $PSCmdlet.ShouldProcess('container-network-designer-host-1-TCP-1433', 'Remove firewall rule')) {
    Remove-NetFirewallRule `
        -Name 'container-network-designer-host-1-TCP-1433' `
        -WhatIf:$WhatIfPreference -ErrorAction Stop
}

# ---- Virtual switches, host vNICs and WinNAT -----------------------------------------------------------------------

# host vNIC 'Trunk'
if ((Test-Mark 'vnic-a') -and $PSCmdlet.ShouldProcess('Trunk', 'Remove host vNIC')) {
    if (Test-HostVNic 'Trunk') {
        Remove-VMNetworkAdapter -ManagementOS -Name 'Trunk'
    }
    Clear-Mark 'vnic-a'
}

# host vNIC 'Private'
if ((Test-Mark 'vnic-b') -and $PSCmdlet.ShouldProcess('Private', 'Remove host vNIC')) {
    if (Test-HostVNic 'Private') {
        Remove-VMNetworkAdapter -ManagementOS -Name 'Private'
    }
    Clear-Mark 'vnic-b'
}

# host vNIC 'Own'
if ((Test-Mark 'vnic-c') -and $PSCmdlet.ShouldProcess('Own', 'Give host vNIC its old name')) {
    if (Test-HostVNic 'Own') {
        Rename-VMNetworkAdapter -ManagementOS -Name 'Own' -NewName 'Lab'
    }
    Clear-Mark 'vnic-c'
}

# virtual switch 'Lab'
if ((Test-Switch 'Lab' 'container-network-designer: lab') -and $PSCmdlet.ShouldProcess('Lab', 'Remove switch')) {
    Remove-VMSwitch -Force -Name 'Lab'
    Clear-Mark 'adopted-lab'
}

