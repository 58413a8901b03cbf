#Requires -Version 5.1
#Requires -RunAsAdministrator
<#
.SYNOPSIS
    Sets up the container networking of HOST02.
.DESCRIPTION
    Design:  Export test
    Host:    HOST02, Windows Server 2022 (build 20348)
    Writer:  Container Network Designer 0.1.0

    Steps that are already as they should be are left alone, so the script can run again at any time;
    after an interruption it goes on where it stopped. -WhatIf shows what it would do, -Confirm asks before each
    step. The teardown script of the same design removes exactly what this one makes.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    # What docker swarm join-token prints on a manager; it is a secret and not kept in any file.
    [string] $JoinToken = $env:SWARM_JOIN_TOKEN
)

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

function Add-Problem([string] $Text) {
    # Notes what keeps the script from starting.
    $script:problems += @($Text)
}

function Stop-OnProblem {
    # Ends the script before the first change if a check has found something.
    if ($script:problems) { throw "Nothing was changed.`n- " + ($script:problems -join "`n- ") }
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

# ---- Pre-flight: reads the machine; nothing is changed before all of it is in order --------------------------------

$problems = @()
$build = [Environment]::OSVersion.Version.Build
if ($build -ne 20348) {
    Add-Problem "This script is for Windows Server 2022 (build 20348), not for build $build; export it for that release."
}
Assert-Feature 'Containers' 'HST002'
Assert-Service 'hns', 'vmcompute'
Assert-IPv6
$service = Get-Service -Name docker -ErrorAction SilentlyContinue
if (-not $service -or $service.Status -ne 'Running') {
    Add-Problem 'Docker does not run. Install Docker Engine, or run: Start-Service docker'
} elseif ((docker version --format '{{.Server.Os}}') -ne 'windows') {
    Add-Problem 'Docker does not answer as a Windows engine. Look at: docker version'
}
Stop-OnProblem

if (-not ((docker info --format '{{.Swarm.LocalNodeState}}') -eq 'active')) {
    if (-not $JoinToken) {
        Add-Problem 'Set $env:SWARM_JOIN_TOKEN to what docker swarm join-token prints on a manager.'
    }
}
Stop-OnProblem

# ---- Swarm ---------------------------------------------------------------------------------------------------------

# let node discovery of the swarm in: TCP port 7946
if (-not (Test-FirewallRule 'container-network-designer-host-2-TCP-7946') -and
    $PSCmdlet.ShouldProcess('Docker Swarm node discovery (TCP 7946)', 'Create firewall rule')) {
    $null = New-NetFirewallRule `
        -Name 'container-network-designer-host-2-TCP-7946' `
        -DisplayName 'Docker Swarm node discovery (TCP 7946)' `
        -Group 'Container Network Designer' `
        -Direction 'Inbound' `
        -Action 'Allow' `
        -Protocol 'TCP' `
        -LocalPort 7946 `
        -WhatIf:$WhatIfPreference -ErrorAction Stop
}

# let node discovery of the swarm in: UDP port 7946
if (-not (Test-FirewallRule 'container-network-designer-host-2-UDP-7946') -and
    $PSCmdlet.ShouldProcess('Docker Swarm node discovery (UDP 7946)', 'Create firewall rule')) {
    $null = New-NetFirewallRule `
        -Name 'container-network-designer-host-2-UDP-7946' `
        -DisplayName 'Docker Swarm node discovery (UDP 7946)' `
        -Group 'Container Network Designer' `
        -Direction 'Inbound' `
        -Action 'Allow' `
        -Protocol 'UDP' `
        -LocalPort 7946 `
        -WhatIf:$WhatIfPreference -ErrorAction Stop
}

# let VXLAN of the swarm in: UDP port 4789
if (-not (Test-FirewallRule 'container-network-designer-host-2-UDP-4789') -and
    $PSCmdlet.ShouldProcess('Docker Swarm VXLAN (UDP 4789)', 'Create firewall rule')) {
    $null = New-NetFirewallRule `
        -Name 'container-network-designer-host-2-UDP-4789' `
        -DisplayName 'Docker Swarm VXLAN (UDP 4789)' `
        -Group 'Container Network Designer' `
        -Direction 'Inbound' `
        -Action 'Allow' `
        -Protocol 'UDP' `
        -LocalPort 4789 `
        -WhatIf:$WhatIfPreference -ErrorAction Stop
}

# HOST02 joins the swarm as a worker
if (-not ((docker info --format '{{.Swarm.LocalNodeState}}') -eq 'active') -and
    $PSCmdlet.ShouldProcess('Docker Swarm', 'Join the swarm')) {
    Set-Mark 'swarm'
    Invoke-Docker @('swarm', 'join', '--advertise-addr', '10.30.0.12', '--token', $JoinToken, '10.30.0.11:2377')
}

# ---- Not in this script --------------------------------------------------------------------------------------------

# the address pools of HOST02 have no effect: the manager that founds the swarm sets them.

Write-Warning '1 part of the design is not in this script; its last section says which and what to do.'
