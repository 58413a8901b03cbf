#Requires -Version 5.1
#Requires -RunAsAdministrator
<#
.SYNOPSIS
    Sets up the container networking of NODE02.
.DESCRIPTION
    Design:  Web shop on two hosts
    Host:    NODE02, Windows Server 2022 (build 20348)
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

function Assert-AdapterKnown([string] $Adapter, [string] $For) {
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    # A switch that HNS made, or that it found when it started, can carry a further network; any other cannot.
    Set-StrictMode -Off  # HNS leaves out what is not set
    $known = @(Get-HnsNetwork -ErrorAction Stop | ForEach-Object { "$($_.SwitchGuid)" })
    foreach ($switch in Get-SwitchOn $Adapter) {
        if ($known -notcontains "$($switch.Id)") {
            Add-Problem ("SWI012: The switch $($switch.Name) holds the adapter $Adapter unseen by Docker, so $For " +
                'cannot use it. Run: Restart-Service hns, docker -Force')
        }
    }
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

# ---- Before this script --------------------------------------------------------------------------------------------

# QOS005: web02: Docker sets no limit on “shop-net”; set it in HNS. By hand, in HNS, after each start of the
# container: Add-HnsEndpointPolicy -Endpoints <id of the endpoint> -Policies @{ Type = 'QOS'; Settings = @{
# MaximumOutgoingBandwidthInBytes = <bytes> } }

# ---- Pre-flight: reads the machine; nothing is changed before all of it is in order --------------------------------

$problems = @()
$build = [Environment]::OSVersion.Version.Build
if ($build -ne 20348) {
    Add-Problem "This script is for Windows Server 2022 (build 20348), not for build $build; export it for that release."
}
Assert-Feature 'Containers' 'HST002'
Assert-Service 'hns', 'vmcompute'
Assert-IPv6
Assert-Adapter 'Ethernet 2'
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
Assert-DockerName network '^storage0$' 'ddea08d7e533' 'storage0'
if (-not (Test-Current network '^storage0$' 'ddea08d7e533')) {
    Assert-AdapterKnown 'Ethernet 2' 'storage0'
}
Assert-DockerName container '^backup01$' '71df5b185afc' 'backup01'
Assert-DockerName container '^web02$' '4f703e8ba856' 'web02'
Stop-OnProblem

# ---- Swarm ---------------------------------------------------------------------------------------------------------

# let node discovery of the swarm in: TCP port 7946
if (-not (Test-FirewallRule 'container-network-designer-node2-TCP-7946') -and
    $PSCmdlet.ShouldProcess('Docker Swarm node discovery (TCP 7946)', 'Create firewall rule')) {
    $null = New-NetFirewallRule `
        -Name 'container-network-designer-node2-TCP-7946' `
        -DisplayName 'Docker Swarm node discovery (TCP 7946)' `
        -Group 'Container Network Designer' `
        -Direction 'Inbound' `
        -Action 'Allow' `
        -Protocol 'TCP' `
        -LocalPort 7946 `
        -WhatIf:$WhatIfPreference -ErrorAction Stop
}

# let node discovery of the swarm in: UDP port 7946
if (-not (Test-FirewallRule 'container-network-designer-node2-UDP-7946') -and
    $PSCmdlet.ShouldProcess('Docker Swarm node discovery (UDP 7946)', 'Create firewall rule')) {
    $null = New-NetFirewallRule `
        -Name 'container-network-designer-node2-UDP-7946' `
        -DisplayName 'Docker Swarm node discovery (UDP 7946)' `
        -Group 'Container Network Designer' `
        -Direction 'Inbound' `
        -Action 'Allow' `
        -Protocol 'UDP' `
        -LocalPort 7946 `
        -WhatIf:$WhatIfPreference -ErrorAction Stop
}

# let VXLAN of the swarm in: UDP port 4789
if (-not (Test-FirewallRule 'container-network-designer-node2-UDP-4789') -and
    $PSCmdlet.ShouldProcess('Docker Swarm VXLAN (UDP 4789)', 'Create firewall rule')) {
    $null = New-NetFirewallRule `
        -Name 'container-network-designer-node2-UDP-4789' `
        -DisplayName 'Docker Swarm VXLAN (UDP 4789)' `
        -Group 'Container Network Designer' `
        -Direction 'Inbound' `
        -Action 'Allow' `
        -Protocol 'UDP' `
        -LocalPort 4789 `
        -WhatIf:$WhatIfPreference -ErrorAction Stop
}

# NODE02 joins the swarm as a worker
if (-not ((docker info --format '{{.Swarm.LocalNodeState}}') -eq 'active') -and
    $PSCmdlet.ShouldProcess('Docker Swarm', 'Join the swarm')) {
    Set-Mark 'swarm'
    Invoke-Docker @('swarm', 'join', '--advertise-addr', '10.30.0.12', '--token', $JoinToken, '10.30.0.11:2377')
}

# ---- Container networks --------------------------------------------------------------------------------------------

# storage0: transparent network 10.60.0.0/24 on Ethernet 2
# RISK: the IP configuration of an adapter moves, so the management connection can drop.
if (-not (Test-Current network '^storage0$' 'ddea08d7e533') -and
    $PSCmdlet.ShouldProcess('storage0', 'Create transparent network')) {
    $addresses = @(Get-HostAddress)
    Invoke-Docker @(
        'network', 'create',
        '--driver', 'transparent',
        '--subnet', '10.60.0.0/24',
        '--gateway', '10.60.0.1',
        '--opt', 'com.docker.network.windowsshim.interface=Ethernet 2',
        '--label', 'container-network-designer.element=storage0',
        '--label', 'container-network-designer.settings=ddea08d7e533',
        'storage0'
    )
    Wait-HostAddress $addresses
}

# ---- Containers ----------------------------------------------------------------------------------------------------

# backup01: Windows container on storage0 at 10.60.0.20
if (-not (Test-Current container '^backup01$' '71df5b185afc') -and
    $PSCmdlet.ShouldProcess('backup01', 'Create container')) {
    Invoke-Docker @(
        'create',
        '--name', 'backup01',
        '--isolation', 'process',
        '--network', 'storage0',
        '--ip', '10.60.0.20',
        '--label', 'container-network-designer.element=backup01',
        '--label', 'container-network-designer.settings=71df5b185afc',
        'mcr.microsoft.com/windows/servercore:ltsc2022'
    )
}

# start backup01
if (-not (Test-Docker container '^backup01$' 'status=running') -and
    $PSCmdlet.ShouldProcess('backup01', 'Start container')) {
    Invoke-Docker @('start', 'backup01')
}

# web02: Windows container on shop-net at 10.100.0.12
if (-not (Test-Current container '^web02$' '4f703e8ba856') -and
    $PSCmdlet.ShouldProcess('web02', 'Create container')) {
    Invoke-Docker @(
        'create',
        '--name', 'web02',
        '--isolation', 'process',
        '--network', 'shop-net',
        '--ip', '10.100.0.12',
        '--label', 'container-network-designer.element=web02',
        '--label', 'container-network-designer.settings=4f703e8ba856',
        'mcr.microsoft.com/windows/servercore:ltsc2022'
    )
}

# start web02; with the first one on shop-net HNS puts a switch on the adapter
# RISK: the IP configuration of an adapter moves, so the management connection can drop.
if (-not (Test-Docker container '^web02$' 'status=running') -and
    $PSCmdlet.ShouldProcess('web02', 'Start container')) {
    $addresses = @(Get-HostAddress)
    Invoke-Docker @('start', 'web02')
    Wait-HostAddress $addresses
}

# ---- Not in this script --------------------------------------------------------------------------------------------

# shop-net: the first manager of the swarm makes it and Docker brings it here; run the script of that manager first.

# bandwidth limit of web02 on shop-net: Docker Swarm makes the endpoints of an overlay anew on every node and keeps
# their policies to itself.

# load balancer 'shop-lb': Docker Swarm makes the endpoints of an overlay anew on every node and keeps their
# policies to itself.

Write-Warning '3 parts of the design are not in this script; its last section says which and what to do.'
