#Requires -Version 5.1
#Requires -RunAsAdministrator
<#
.SYNOPSIS
    Sets up the container networking of NATHOST01.
.DESCRIPTION
    Design:  NAT networks
    Host:    NATHOST01, Windows Server 2019 (build 17763)
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
if ($build -ne 17763) {
    Add-Problem "This script is for Windows Server 2019 (build 17763), not for build $build; export it for that release."
}
Assert-Feature 'Containers' 'HST002'
Assert-Feature 'Hyper-V' 'ISO005'
Assert-Service 'hns', 'vmcompute'
Assert-IPv6
$service = Get-Service -Name docker -ErrorAction SilentlyContinue
if (-not $service -or $service.Status -ne 'Running') {
    Add-Problem 'Docker does not run. Install Docker Engine, or run: Start-Service docker'
} elseif ((docker version --format '{{.Server.Os}}') -ne 'windows') {
    Add-Problem 'Docker does not answer as a Windows engine. Look at: docker version'
}
Stop-OnProblem

Assert-DockerName network '^back0$' '485cd04b921a' 'back0'
if (-not (Test-Current network '^back0$' '485cd04b921a')) {
    Assert-PrefixFree '172.21.0.0/24' 'back0'
}
Assert-DockerName network '^front0$' '3ddb62da7c60' 'front0'
if (-not (Test-Current network '^front0$' '3ddb62da7c60')) {
    Assert-PrefixFree '172.20.0.0/24' 'front0'
}
Assert-DockerName container '^db01$' '7ccb33558c69' 'db01'
if (-not (Test-Current container '^db01$' '7ccb33558c69')) {
    Assert-PortFree 'tcp' 14330 'db01'
}
Assert-DockerName container '^web01$' '34de2ec141b2' 'web01'
if (-not (Test-Current container '^web01$' '34de2ec141b2')) {
    Assert-PortFree 'tcp' 8080 'web01'
}
Assert-DockerName container '^web02$' '17ea71cf584a' 'web02'
if (-not (Test-Current container '^web02$' '17ea71cf584a')) {
    Assert-PortFree 'tcp' 8081 'web02'
}
Assert-Memory @{
    'db01' = 1024
}
Stop-OnProblem

# ---- Container networks --------------------------------------------------------------------------------------------

# back0: nat network 172.21.0.0/24
if (-not (Test-Current network '^back0$' '485cd04b921a') -and
    $PSCmdlet.ShouldProcess('back0', 'Create nat network')) {
    Invoke-Docker @(
        'network', 'create',
        '--driver', 'nat',
        '--subnet', '172.21.0.0/24',
        '--gateway', '172.21.0.1',
        '--label', 'container-network-designer.element=back0',
        '--label', 'container-network-designer.settings=485cd04b921a',
        'back0'
    )
}

# front0: nat network 172.20.0.0/24
if (-not (Test-Current network '^front0$' '3ddb62da7c60') -and
    $PSCmdlet.ShouldProcess('front0', 'Create nat network')) {
    Invoke-Docker @(
        'network', 'create',
        '--driver', 'nat',
        '--subnet', '172.20.0.0/24',
        '--gateway', '172.20.0.1',
        '--label', 'container-network-designer.element=front0',
        '--label', 'container-network-designer.settings=3ddb62da7c60',
        'front0'
    )
}

# ---- Containers ----------------------------------------------------------------------------------------------------

# db01: Hyper-V container on back0 at 172.21.0.10
if (-not (Test-Current container '^db01$' '7ccb33558c69') -and
    $PSCmdlet.ShouldProcess('db01', 'Create container')) {
    Invoke-Docker @(
        'create',
        '--name', 'db01',
        '--isolation', 'hyperv',
        '--network', 'back0',
        '--ip', '172.21.0.10',
        '--publish', '14330:1433/tcp',
        '--label', 'container-network-designer.element=db01',
        '--label', 'container-network-designer.settings=7ccb33558c69',
        'mcr.microsoft.com/windows/servercore:ltsc2019'
    )
}

# start db01
if (-not (Test-Docker container '^db01$' 'status=running') -and
    $PSCmdlet.ShouldProcess('db01', 'Start container')) {
    Invoke-Docker @('start', 'db01')
}

# web01: Windows container on front0 at 172.20.0.10
if (-not (Test-Current container '^web01$' '34de2ec141b2') -and
    $PSCmdlet.ShouldProcess('web01', 'Create container')) {
    Invoke-Docker @(
        'create',
        '--name', 'web01',
        '--isolation', 'process',
        '--network', 'front0',
        '--ip', '172.20.0.10',
        '--publish', '8080:80/tcp',
        '--label', 'container-network-designer.element=web01',
        '--label', 'container-network-designer.settings=34de2ec141b2',
        'mcr.microsoft.com/windows/servercore:ltsc2019'
    )
}

# start web01
if (-not (Test-Docker container '^web01$' 'status=running') -and
    $PSCmdlet.ShouldProcess('web01', 'Start container')) {
    Invoke-Docker @('start', 'web01')
}

# web02: Windows container on front0 at 172.20.0.11
if (-not (Test-Current container '^web02$' '17ea71cf584a') -and
    $PSCmdlet.ShouldProcess('web02', 'Create container')) {
    Invoke-Docker @(
        'create',
        '--name', 'web02',
        '--isolation', 'process',
        '--network', 'front0',
        '--ip', '172.20.0.11',
        '--publish', '8081:80/tcp',
        '--label', 'container-network-designer.element=web02',
        '--label', 'container-network-designer.settings=17ea71cf584a',
        'mcr.microsoft.com/windows/servercore:ltsc2019'
    )
}

# start web02
if (-not (Test-Docker container '^web02$' 'status=running') -and
    $PSCmdlet.ShouldProcess('web02', 'Start container')) {
    Invoke-Docker @('start', 'web02')
}

