#Requires -Version 5.1
#Requires -RunAsAdministrator
<#
.SYNOPSIS
    Removes what the setup script of HOST01 made.
.DESCRIPTION
    Design:  NAT and transparent on one host
    Host:    HOST01, Windows Server 2016 (build 14393)
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

# container 'app01'
if ((Test-Ours container '^app01$' 'app01') -and $PSCmdlet.ShouldProcess('app01', 'Stop and remove container')) {
    Invoke-Docker @('rm', '--force', 'app01')
}

# container 'api01'
if ((Test-Ours container '^api01$' 'api01') -and $PSCmdlet.ShouldProcess('api01', 'Stop and remove container')) {
    Invoke-Docker @('rm', '--force', 'api01')
}

# ---- Container networks --------------------------------------------------------------------------------------------

# transparent network 'corp'
# RISK: the IP configuration of an adapter moves, so the management connection can drop.
if ((Test-Ours network '^corp$' 'corp') -and $PSCmdlet.ShouldProcess('corp', 'Remove network')) {
    $addresses = @(Get-HostAddress)
    Invoke-Docker @('network', 'rm', 'corp')
    Wait-HostAddress $addresses
}

