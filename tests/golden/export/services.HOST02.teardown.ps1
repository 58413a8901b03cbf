#Requires -Version 5.1
#Requires -RunAsAdministrator
<#
.SYNOPSIS
    Removes what the setup script of HOST02 made.
.DESCRIPTION
    Design:  Export test
    Host:    HOST02, Windows Server 2022 (build 20348)
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

# the host leaves the swarm that the setup script entered
if ((Test-Mark 'swarm') -and $PSCmdlet.ShouldProcess('Docker Swarm', 'Leave the swarm')) {
    if ((docker info --format '{{.Swarm.LocalNodeState}}') -eq 'active') {
        Invoke-Docker @('swarm', 'leave', '--force')
    }
    Clear-Mark 'swarm'
}

# firewall rule 'Docker Swarm VXLAN (UDP 4789)'
if ((Test-FirewallRule 'container-network-designer-host-2-UDP-4789') -and
    $PSCmdlet.ShouldProcess('container-network-designer-host-2-UDP-4789', 'Remove firewall rule')) {
    Remove-NetFirewallRule `
        -Name 'container-network-designer-host-2-UDP-4789' `
        -WhatIf:$WhatIfPreference -ErrorAction Stop
}

# firewall rule 'Docker Swarm node discovery (UDP 7946)'
if ((Test-FirewallRule 'container-network-designer-host-2-UDP-7946') -and
    $PSCmdlet.ShouldProcess('container-network-designer-host-2-UDP-7946', 'Remove firewall rule')) {
    Remove-NetFirewallRule `
        -Name 'container-network-designer-host-2-UDP-7946' `
        -WhatIf:$WhatIfPreference -ErrorAction Stop
}

# firewall rule 'Docker Swarm node discovery (TCP 7946)'
if ((Test-FirewallRule 'container-network-designer-host-2-TCP-7946') -and
    $PSCmdlet.ShouldProcess('container-network-designer-host-2-TCP-7946', 'Remove firewall rule')) {
    Remove-NetFirewallRule `
        -Name 'container-network-designer-host-2-TCP-7946' `
        -WhatIf:$WhatIfPreference -ErrorAction Stop
}

