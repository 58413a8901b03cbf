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

function Test-Service([string] $Name, [string] $Label) {
    # Whether the swarm has a service of this name; with a label, only one that a script of this design made so.
    if ((docker info --format '{{.Swarm.ControlAvailable}}') -ne 'true') { return $false }
    $options = @(if ($Label) { '--filter', "label=container-network-designer.$Label" })
    $found = docker service ls --format '{{.Name}}' @options
    if ($LASTEXITCODE -ne 0) { throw "docker service ls failed with exit code $LASTEXITCODE; its own words are above." }
    @($found) -ccontains $Name
}

function Wait-NoTask([string] $Service) {
    # Waits until the tasks of a service on this node are gone, a minute at most: they hold its networks.
    foreach ($second in 1..60) {
        if (-not (docker container ls --quiet --filter "label=com.docker.swarm.service.name=$Service")) { return }
        Start-Sleep -Seconds 1
    }
    throw "Tasks of the service $Service are still here after a minute. Run: docker service ps $Service"
}

function Get-ForeignIngress {
    # The name of the routing-mesh network, unless a script of this design made it.
    Set-StrictMode -Off  # networks without labels have none to ask for
    if ((docker info --format '{{.Swarm.ControlAvailable}}') -ne 'true') { return }
    foreach ($id in docker network ls --quiet --filter driver=overlay) {
        $network = @(docker network inspect $id | Out-String | ConvertFrom-Json)[0]
        if ($network.Ingress -and -not $network.Labels.'container-network-designer.element') { $network.Name }
    }
}

function Remove-Ingress([string] $Name) {
    # Docker asks before it removes the routing-mesh network; the answer comes through the pipe.
    $ErrorActionPreference = 'Continue'  # docker tells its warning on the error stream
    'y' | docker network rm $Name | Write-Verbose
    foreach ($second in 1..30) {
        if (@(docker network ls --format '{{.Name}}') -cnotcontains $Name) { return }
        Start-Sleep -Seconds 1
    }
    throw "The network $Name is still there. Remove the services that publish ports, then run this script again."
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

# ---- Swarm services ------------------------------------------------------------------------------------------------

# service 'shop'
if ((Test-Service 'shop' 'element=shop') -and $PSCmdlet.ShouldProcess('shop', 'Remove service')) {
    Invoke-Docker @('service', 'rm', 'shop')
    Wait-NoTask 'shop'
}

# service 'agent'
if ((Test-Service 'agent' 'element=agent') -and $PSCmdlet.ShouldProcess('agent', 'Remove service')) {
    Invoke-Docker @('service', 'rm', 'agent')
    Wait-NoTask 'agent'
}

# ---- Container networks --------------------------------------------------------------------------------------------

# overlay network 'mesh'
if ((Test-Ours network '^mesh$' 'mesh') -and $PSCmdlet.ShouldProcess('mesh', 'Remove network')) {
    Invoke-Docker @('network', 'rm', 'mesh')
}

# nat network 'local'
if ((Test-Ours network '^local$' 'local') -and $PSCmdlet.ShouldProcess('local', 'Remove network')) {
    Invoke-Docker @('network', 'rm', 'local')
}

# overlay network 'entry'
if ((Test-Ours network '^entry$' 'entry') -and $PSCmdlet.ShouldProcess('entry', 'Remove network')) {
    Remove-Ingress 'entry'
}

# the routing-mesh network of Docker
if ((Test-Mark 'ingress') -and $PSCmdlet.ShouldProcess('routing mesh', 'Make the network again')) {
    if (((docker info --format '{{.Swarm.LocalNodeState}}') -eq 'active') -and -not (Test-Mark 'swarm') -and -not (Get-ForeignIngress)) {
        Invoke-Docker @('network', 'create', '--driver', 'overlay', '--ingress', 'ingress')
    }
    Clear-Mark 'ingress'
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
if ((Test-FirewallRule 'container-network-designer-host-1-UDP-4789') -and
    $PSCmdlet.ShouldProcess('container-network-designer-host-1-UDP-4789', 'Remove firewall rule')) {
    Remove-NetFirewallRule `
        -Name 'container-network-designer-host-1-UDP-4789' `
        -WhatIf:$WhatIfPreference -ErrorAction Stop
}

# firewall rule 'Docker Swarm node discovery (UDP 7946)'
if ((Test-FirewallRule 'container-network-designer-host-1-UDP-7946') -and
    $PSCmdlet.ShouldProcess('container-network-designer-host-1-UDP-7946', 'Remove firewall rule')) {
    Remove-NetFirewallRule `
        -Name 'container-network-designer-host-1-UDP-7946' `
        -WhatIf:$WhatIfPreference -ErrorAction Stop
}

# firewall rule 'Docker Swarm node discovery (TCP 7946)'
if ((Test-FirewallRule 'container-network-designer-host-1-TCP-7946') -and
    $PSCmdlet.ShouldProcess('container-network-designer-host-1-TCP-7946', 'Remove firewall rule')) {
    Remove-NetFirewallRule `
        -Name 'container-network-designer-host-1-TCP-7946' `
        -WhatIf:$WhatIfPreference -ErrorAction Stop
}

# firewall rule 'Docker Swarm cluster management (TCP 2377)'
if ((Test-FirewallRule 'container-network-designer-host-1-TCP-2377') -and
    $PSCmdlet.ShouldProcess('container-network-designer-host-1-TCP-2377', 'Remove firewall rule')) {
    Remove-NetFirewallRule `
        -Name 'container-network-designer-host-1-TCP-2377' `
        -WhatIf:$WhatIfPreference -ErrorAction Stop
}

