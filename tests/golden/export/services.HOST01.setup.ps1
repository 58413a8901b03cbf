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

function Test-Service([string] $Name, [string] $Label) {
    # Whether the swarm has a service of this name; with a label, only one that a script of this design made so.
    if ((docker info --format '{{.Swarm.ControlAvailable}}') -ne 'true') { return $false }
    $options = @(if ($Label) { '--filter', "label=container-network-designer.$Label" })
    $found = docker service ls --format '{{.Name}}' @options
    if ($LASTEXITCODE -ne 0) { throw "docker service ls failed with exit code $LASTEXITCODE; its own words are above." }
    @($found) -ccontains $Name
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

function Assert-ServiceName([string] $Name, [string] $Label) {
    if ((Test-Service $Name) -and -not (Test-Service $Name $Label)) { Add-TakenName "service named $Name" }
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

function Assert-SwarmManager([string] $For) {
    $state = docker info --format '{{.Swarm.LocalNodeState}} {{.Swarm.ControlAvailable}}'
    if ($state -eq 'active false') {
        Add-Problem ("OVL002: This host is a worker of a swarm, and only a manager can make $For. Run on a manager: " +
            "docker node promote $env:COMPUTERNAME")
    }
}

function ConvertTo-Number([string] $Address) {
    # An IPv4 address as a number, to compare prefixes.
    $bytes = ([Net.IPAddress] $Address).GetAddressBytes()
    [Array]::Reverse($bytes)
    [BitConverter]::ToUInt32($bytes, 0)
}

function Assert-PrefixFree([string] $Prefix, [string] $For, [string[]] $Except) {
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    # No interface may have an address in a prefix that is about to be used behind the host.
    $network, $length = $Prefix -split '/'
    foreach ($address in Get-NetIPAddress -AddressFamily IPv4 -ErrorAction Stop) {
        if ($Except -contains $address.InterfaceAlias) { continue }
        $size = [Math]::Pow(2, 32 - [Math]::Min([int] $length, $address.PrefixLength))
        $blocks = $network, $address.IPAddress | ForEach-Object { [Math]::Floor((ConvertTo-Number $_) / $size) }
        if ($blocks[0] -eq $blocks[1]) {
            Add-Problem "NAT003: $Prefix of $For overlaps $($address.IPAddress) on $($address.InterfaceAlias)."
        }
    }
}

function Assert-PortFree([string] $Protocol, [int] $Port, [string] $For) {
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    $user = if ($Protocol -eq 'udp') {
        Get-NetUDPEndpoint -LocalPort $Port -ErrorAction SilentlyContinue
    } else {
        Get-NetTCPConnection -LocalPort $Port -State Listen -ErrorAction SilentlyContinue
    }
    if ($user) { Add-Problem "PRT006: Port $Port/$Protocol, which $For publishes, is in use; stop its user." }
    foreach ($line in netsh interface ipv4 show excludedportrange "protocol=$Protocol") {
        if ($line -match '^\s*(\d+)\s+(\d+)' -and $Port -ge [int] $Matches[1] -and $Port -le [int] $Matches[2]) {
            Add-Problem ("PRT006: Windows keeps the ports $($Matches[1])-$($Matches[2])/$Protocol, so $For cannot " +
                "publish $Port. Choose another port; netsh interface ipv4 show excludedportrange lists the ranges.")
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

Assert-DockerName network '^entry$' '75542b95cbbb' 'entry'
if (-not (Test-Current network '^entry$' '75542b95cbbb')) {
    Assert-SwarmManager 'entry'
}
Assert-DockerName network '^local$' '643648f8392c' 'local'
if (-not (Test-Current network '^local$' '643648f8392c')) {
    Assert-PrefixFree '172.31.0.0/24' 'local'
    Assert-SwarmManager 'local'
}
Assert-DockerName network '^mesh$' 'fad97c346b6c' 'mesh'
if (-not (Test-Current network '^mesh$' 'fad97c346b6c')) {
    Assert-SwarmManager 'mesh'
}
Assert-ServiceName 'agent' 'settings=9dabbf2d5801'
if (-not (Test-Service 'agent' 'settings=9dabbf2d5801')) {
    Assert-SwarmManager 'agent'
    Assert-PortFree 'tcp' 9100 'agent'
}
Assert-ServiceName 'shop' 'settings=b4fd59fb92eb'
if (-not (Test-Service 'shop' 'settings=b4fd59fb92eb')) {
    Assert-SwarmManager 'shop'
    Assert-PortFree 'tcp' 8080 'shop'
}
Stop-OnProblem

# ---- Swarm ---------------------------------------------------------------------------------------------------------

# let cluster management of the swarm in: TCP port 2377
if (-not (Test-FirewallRule 'container-network-designer-host-1-TCP-2377') -and
    $PSCmdlet.ShouldProcess('Docker Swarm cluster management (TCP 2377)', 'Create firewall rule')) {
    $null = New-NetFirewallRule `
        -Name 'container-network-designer-host-1-TCP-2377' `
        -DisplayName 'Docker Swarm cluster management (TCP 2377)' `
        -Group 'Container Network Designer' `
        -Direction 'Inbound' `
        -Action 'Allow' `
        -Protocol 'TCP' `
        -LocalPort 2377 `
        -WhatIf:$WhatIfPreference -ErrorAction Stop
}

# let node discovery of the swarm in: TCP port 7946
if (-not (Test-FirewallRule 'container-network-designer-host-1-TCP-7946') -and
    $PSCmdlet.ShouldProcess('Docker Swarm node discovery (TCP 7946)', 'Create firewall rule')) {
    $null = New-NetFirewallRule `
        -Name 'container-network-designer-host-1-TCP-7946' `
        -DisplayName 'Docker Swarm node discovery (TCP 7946)' `
        -Group 'Container Network Designer' `
        -Direction 'Inbound' `
        -Action 'Allow' `
        -Protocol 'TCP' `
        -LocalPort 7946 `
        -WhatIf:$WhatIfPreference -ErrorAction Stop
}

# let node discovery of the swarm in: UDP port 7946
if (-not (Test-FirewallRule 'container-network-designer-host-1-UDP-7946') -and
    $PSCmdlet.ShouldProcess('Docker Swarm node discovery (UDP 7946)', 'Create firewall rule')) {
    $null = New-NetFirewallRule `
        -Name 'container-network-designer-host-1-UDP-7946' `
        -DisplayName 'Docker Swarm node discovery (UDP 7946)' `
        -Group 'Container Network Designer' `
        -Direction 'Inbound' `
        -Action 'Allow' `
        -Protocol 'UDP' `
        -LocalPort 7946 `
        -WhatIf:$WhatIfPreference -ErrorAction Stop
}

# let VXLAN of the swarm in: UDP port 4789
if (-not (Test-FirewallRule 'container-network-designer-host-1-UDP-4789') -and
    $PSCmdlet.ShouldProcess('Docker Swarm VXLAN (UDP 4789)', 'Create firewall rule')) {
    $null = New-NetFirewallRule `
        -Name 'container-network-designer-host-1-UDP-4789' `
        -DisplayName 'Docker Swarm VXLAN (UDP 4789)' `
        -Group 'Container Network Designer' `
        -Direction 'Inbound' `
        -Action 'Allow' `
        -Protocol 'UDP' `
        -LocalPort 4789 `
        -WhatIf:$WhatIfPreference -ErrorAction Stop
}

# HOST01 founds the swarm
if (-not ((docker info --format '{{.Swarm.LocalNodeState}}') -eq 'active') -and
    $PSCmdlet.ShouldProcess('Docker Swarm', 'Found a swarm')) {
    Set-Mark 'swarm'
    Invoke-Docker @(
        'swarm', 'init',
        '--advertise-addr', '10.30.0.11',
        '--listen-addr', '10.30.0.11:2377',
        '--default-addr-pool', '10.80.0.0/16'
    )
}

# ---- Container networks --------------------------------------------------------------------------------------------

# the routing-mesh network that Docker made with the swarm goes: entry takes its place
if ((Get-ForeignIngress) -and $PSCmdlet.ShouldProcess('routing mesh', 'Remove network')) {
    Set-Mark 'ingress'
    Remove-Ingress (Get-ForeignIngress)
}

# entry: overlay network 10.90.9.0/24
if (-not (Test-Current network '^entry$' '75542b95cbbb') -and
    $PSCmdlet.ShouldProcess('entry', 'Create overlay network')) {
    Invoke-Docker @(
        'network', 'create',
        '--driver', 'overlay',
        '--ingress',
        '--subnet', '10.90.9.0/24',
        '--gateway', '10.90.9.1',
        '--label', 'container-network-designer.element=entry',
        '--label', 'container-network-designer.settings=75542b95cbbb',
        'entry'
    )
}

# local: nat network 172.31.0.0/24
if (-not (Test-Current network '^local$' '643648f8392c') -and
    $PSCmdlet.ShouldProcess('local', 'Create nat network')) {
    Invoke-Docker @(
        'network', 'create',
        '--driver', 'nat',
        '--scope', 'swarm',
        '--subnet', '172.31.0.0/24',
        '--gateway', '172.31.0.1',
        '--label', 'container-network-designer.element=local',
        '--label', 'container-network-designer.settings=643648f8392c',
        'local'
    )
}

# mesh: overlay network 10.90.1.0/24
if (-not (Test-Current network '^mesh$' 'fad97c346b6c') -and
    $PSCmdlet.ShouldProcess('mesh', 'Create overlay network')) {
    Invoke-Docker @(
        'network', 'create',
        '--driver', 'overlay',
        '--subnet', '10.90.1.0/24',
        '--gateway', '10.90.1.1',
        '--label', 'container-network-designer.element=mesh',
        '--label', 'container-network-designer.settings=fad97c346b6c',
        'mesh'
    )
}

# ---- Swarm services ------------------------------------------------------------------------------------------------

# agent: one task on each node of mcr.microsoft.com/windows/servercore:ltsc2022 on local
if (-not (Test-Service 'agent' 'settings=9dabbf2d5801') -and $PSCmdlet.ShouldProcess('agent', 'Create service')) {
    Invoke-Docker @(
        'service', 'create',
        '--detach',
        '--name', 'agent',
        '--mode', 'global',
        '--endpoint-mode', 'dnsrr',
        '--isolation', 'process',
        '--network', 'local',
        '--publish', 'mode=host,published=9100,target=9100,protocol=tcp',
        '--label', 'container-network-designer.element=agent',
        '--label', 'container-network-designer.settings=9dabbf2d5801',
        'mcr.microsoft.com/windows/servercore:ltsc2022'
    )
}

# shop: 3 tasks of mcr.microsoft.com/windows/servercore:ltsc2022 on mesh
if (-not (Test-Service 'shop' 'settings=b4fd59fb92eb') -and $PSCmdlet.ShouldProcess('shop', 'Create service')) {
    Invoke-Docker @(
        'service', 'create',
        '--detach',
        '--name', 'shop',
        '--replicas', '3',
        '--endpoint-mode', 'vip',
        '--network', 'name=mesh,alias=store',
        '--publish', 'mode=ingress,published=8080,target=80,protocol=tcp',
        '--publish', 'mode=ingress,target=53,protocol=udp',
        '--constraint', 'node.platform.os == windows',
        '--env', 'GREETING=say \"hello\" now',
        '--label', 'container-network-designer.element=shop',
        '--label', 'container-network-designer.settings=b4fd59fb92eb',
        'mcr.microsoft.com/windows/servercore:ltsc2022',
        'cmd',
        '/c',
        'echo started & ping -t localhost'
    )
}

