#Requires -Version 5.1
#Requires -RunAsAdministrator
<#
.SYNOPSIS
    Removes what the setup script of NODE02 made.
.DESCRIPTION
    Design:  Web shop on two hosts
    Host:    NODE02, Windows Server 2022 (build 20348)
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

function Test-FirewallRule([string] $Name) {
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    [bool] (Get-NetFirewallRule -Name $Name -ErrorAction SilentlyContinue)
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

# container 'web02'
if ((Test-Ours container '^web02$' 'web02') -and $PSCmdlet.ShouldProcess('web02', 'Stop and remove container')) {
    Invoke-Docker @('rm', '--force', 'web02')
}

# container 'backup01'
if ((Test-Ours container '^backup01$' 'backup01') -and
    $PSCmdlet.ShouldProcess('backup01', 'Stop and remove container')) {
    Invoke-Docker @('rm', '--force', 'backup01')
}

# ---- Container networks --------------------------------------------------------------------------------------------

# transparent network 'storage0'
# RISK: the IP configuration of an adapter moves, so the management connection can drop.
if ((Test-Ours network '^storage0$' 'storage0') -and $PSCmdlet.ShouldProcess('storage0', 'Remove network')) {
    $addresses = @(Get-HostAddress)
    Invoke-Docker @('network', 'rm', 'storage0')
    Wait-HostAddress $addresses
}

# ---- Swarm ---------------------------------------------------------------------------------------------------------

# the host leaves the swarm that the setup script entered
if ((Test-Mark 'swarm') -and $PSCmdlet.ShouldProcess('Docker Swarm', 'Leave the swarm')) {
    if ((docker info --format '{{.Swarm.LocalNodeState}}') -eq 'active') {
        Invoke-Docker @('swarm', 'leave', '--force')
    }
    Clear-Mark 'swarm'
}

# firewall rule 'Docker Swarm VXLAN (UDP 4789)'
if ((Test-FirewallRule 'container-network-designer-node2-UDP-4789') -and
    $PSCmdlet.ShouldProcess('container-network-designer-node2-UDP-4789', 'Remove firewall rule')) {
    Remove-NetFirewallRule `
        -Name 'container-network-designer-node2-UDP-4789' `
        -WhatIf:$WhatIfPreference -ErrorAction Stop
}

# firewall rule 'Docker Swarm node discovery (UDP 7946)'
if ((Test-FirewallRule 'container-network-designer-node2-UDP-7946') -and
    $PSCmdlet.ShouldProcess('container-network-designer-node2-UDP-7946', 'Remove firewall rule')) {
    Remove-NetFirewallRule `
        -Name 'container-network-designer-node2-UDP-7946' `
        -WhatIf:$WhatIfPreference -ErrorAction Stop
}

# firewall rule 'Docker Swarm node discovery (TCP 7946)'
if ((Test-FirewallRule 'container-network-designer-node2-TCP-7946') -and
    $PSCmdlet.ShouldProcess('container-network-designer-node2-TCP-7946', 'Remove firewall rule')) {
    Remove-NetFirewallRule `
        -Name 'container-network-designer-node2-TCP-7946' `
        -WhatIf:$WhatIfPreference -ErrorAction Stop
}

