#Requires -Version 5.1
#Requires -RunAsAdministrator
<#
.SYNOPSIS
    Sets up the container networking of HOST01.
.DESCRIPTION
    Design:  NAT and transparent on one host
    Host:    HOST01, Windows Server 2016 (build 14393)
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

function Assert-Memory($Megabytes) {
    # What containers take that do not run yet must be free.
    $running = @(docker container ls --format '{{.Names}}')
    $wanted = 0
    foreach ($name in $Megabytes.Keys) { if ($running -notcontains $name) { $wanted += $Megabytes[$name] } }
    $free = [int] ((Get-CimInstance -ClassName Win32_OperatingSystem).FreePhysicalMemory / 1024)
    if ($wanted -gt $free) {
        Add-Problem ("HST011: The containers take $wanted MB and $free MB are free. Stop what is not needed, or give " +
            'the containers less memory in the design.')
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

function Assert-DefaultNat([switch] $WithNetNat) {
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    if (-not (Test-Docker network '^nat$')) {
        Add-Problem ('NAT006: Docker has no network nat here. Take "bridge": "none" out of daemon.json and restart ' +
            'Docker.')
    } elseif ($WithNetNat -and -not (Get-NetNat -ErrorAction Stop)) {
        Add-Problem ('NAT015: Docker has a network nat, and Windows has no NetNat for it, so nothing is translated. ' +
            'Remove that network from HNS (Remove-ContainerNetwork nat) and run: Restart-Service docker -Force')
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
if ($build -ne 14393) {
    Add-Problem "This script is for Windows Server 2016 (build 14393), not for build $build; export it for that release."
}
Assert-Feature 'Containers' 'HST002'
Assert-Feature 'Hyper-V' 'ISO005'
Assert-Service 'hns', 'vmcompute'
Assert-IPv6
Assert-Adapter 'Ethernet'
$service = Get-Service -Name docker -ErrorAction SilentlyContinue
if (-not $service -or $service.Status -ne 'Running') {
    Add-Problem 'Docker does not run. Install Docker Engine, or run: Start-Service docker'
} elseif ((docker version --format '{{.Server.Os}}') -ne 'windows') {
    Add-Problem 'Docker does not answer as a Windows engine. Look at: docker version'
}
Stop-OnProblem

Assert-DockerName network '^corp$' 'c5e0f340aba8' 'corp'
Assert-DockerName container '^api01$' '3d88c1f230a3' 'api01'
Assert-DockerName container '^app01$' '695c34d8342b' 'app01'
Assert-DockerName container '^web01$' '53b0a29714a8' 'web01'
if (-not (Test-Current container '^web01$' '53b0a29714a8')) {
    Assert-DefaultNat -WithNetNat
    Assert-PortFree 'tcp' 8080 'web01'
}
Assert-Memory @{
    'api01' = 1024
}
Stop-OnProblem

# ---- Container networks --------------------------------------------------------------------------------------------

# corp: transparent network 10.0.0.0/24 on Ethernet
# RISK: the IP configuration of an adapter moves, so the management connection can drop.
if (-not (Test-Current network '^corp$' 'c5e0f340aba8') -and
    $PSCmdlet.ShouldProcess('corp', 'Create transparent network')) {
    $addresses = @(Get-HostAddress)
    Invoke-Docker @(
        'network', 'create',
        '--driver', 'transparent',
        '--subnet', '10.0.0.0/24',
        '--gateway', '10.0.0.1',
        '--opt', 'com.docker.network.windowsshim.interface=Ethernet',
        '--label', 'container-network-designer.element=corp',
        '--label', 'container-network-designer.settings=c5e0f340aba8',
        'corp'
    )
    Wait-HostAddress $addresses
}

# ---- Containers ----------------------------------------------------------------------------------------------------

# api01: Hyper-V container on corp at 10.0.0.21
if (-not (Test-Current container '^api01$' '3d88c1f230a3') -and
    $PSCmdlet.ShouldProcess('api01', 'Create container')) {
    Invoke-Docker @(
        'create',
        '--name', 'api01',
        '--isolation', 'hyperv',
        '--network', 'corp',
        '--ip', '10.0.0.21',
        '--label', 'container-network-designer.element=api01',
        '--label', 'container-network-designer.settings=3d88c1f230a3',
        'mcr.microsoft.com/windows/servercore:ltsc2016'
    )
}

# start api01
if (-not (Test-Docker container '^api01$' 'status=running') -and
    $PSCmdlet.ShouldProcess('api01', 'Start container')) {
    Invoke-Docker @('start', 'api01')
}

# app01: Windows container on corp at 10.0.0.20
if (-not (Test-Current container '^app01$' '695c34d8342b') -and
    $PSCmdlet.ShouldProcess('app01', 'Create container')) {
    Invoke-Docker @(
        'create',
        '--name', 'app01',
        '--isolation', 'process',
        '--network', 'corp',
        '--ip', '10.0.0.20',
        '--label', 'container-network-designer.element=app01',
        '--label', 'container-network-designer.settings=695c34d8342b',
        'mcr.microsoft.com/windows/servercore:ltsc2016'
    )
}

# start app01
if (-not (Test-Docker container '^app01$' 'status=running') -and
    $PSCmdlet.ShouldProcess('app01', 'Start container')) {
    Invoke-Docker @('start', 'app01')
}

# web01: Windows container on nat
if (-not (Test-Current container '^web01$' '53b0a29714a8') -and
    $PSCmdlet.ShouldProcess('web01', 'Create container')) {
    Invoke-Docker @(
        'create',
        '--name', 'web01',
        '--isolation', 'process',
        '--network', 'nat',
        '--publish', '8080:80/tcp',
        '--label', 'container-network-designer.element=web01',
        '--label', 'container-network-designer.settings=53b0a29714a8',
        'mcr.microsoft.com/windows/servercore:ltsc2016'
    )
}

# start web01
if (-not (Test-Docker container '^web01$' 'status=running') -and
    $PSCmdlet.ShouldProcess('web01', 'Start container')) {
    Invoke-Docker @('start', 'web01')
}

