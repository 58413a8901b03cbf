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

function Add-Problem([string] $Text) {
    # Notes what keeps the script from starting.
    $script:problems += @($Text)
}

function Stop-OnProblem {
    # Ends the script before the first change if a check has found something.
    if ($script:problems) { throw "Nothing was changed.`n- " + ($script:problems -join "`n- ") }
}

function Add-TakenName([string] $What) {
    Add-Problem ("There is already a $What, and it is not as this script makes it. If it comes from an older version " +
        'of the design, run the teardown script of that version; else give one of the two another name.')
}

function Assert-DockerName([string] $Kind, [string] $Name, [string] $Settings) {
    if ((Test-Docker $Kind $Name) -and -not (Test-Current $Kind $Name $Settings)) {
        Add-TakenName "$Kind named $($Name.Trim('^$'))"
    }
}

function Assert-Feature([string] $Name) {
    if (-not (Get-WindowsFeature -Name $Name).Installed) {
        Add-Problem "The feature $Name is missing. Run: Install-WindowsFeature $Name -IncludeManagementTools -Restart"
    }
}

function Assert-IPv6 {
    # HNS makes no network while the IPv6 components of Windows are switched off.
    $key = 'HKLM:\SYSTEM\CurrentControlSet\Services\Tcpip6\Parameters'
    $value = Get-ItemProperty -Path $key -Name DisabledComponents -ErrorAction SilentlyContinue
    if ($value -and $value.DisabledComponents) {
        Add-Problem "IPv6 is off, and HNS needs it. Remove the value DisabledComponents from $key and restart Windows."
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
            Add-Problem "$Prefix of $For overlaps $($address.IPAddress) on $($address.InterfaceAlias)."
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
    if ($user) { Add-Problem "Port $Port/$Protocol, which $For publishes, is in use; stop its user." }
}

# ---- Pre-flight: reads the machine; nothing is changed before all of it is in order --------------------------------

$problems = @()
$build = [Environment]::OSVersion.Version.Build
if ($build -ne 17763) {
    Add-Problem "This script is for Windows Server 2019 (build 17763), not for build $build; export it for that release."
}
Assert-Feature 'Containers'
Assert-Feature 'Hyper-V'
Assert-IPv6
$service = Get-Service -Name docker -ErrorAction SilentlyContinue
if (-not $service -or $service.Status -ne 'Running') {
    Add-Problem 'Docker does not run. Install Docker Engine, or run: Start-Service docker'
} elseif ((docker version --format '{{.Server.Os}}') -ne 'windows') {
    Add-Problem 'Docker does not answer as a Windows engine. Look at: docker version'
}
Stop-OnProblem

Assert-DockerName network '^back0$' '485cd04b921a'
if (-not (Test-Current network '^back0$' '485cd04b921a')) {
    Assert-PrefixFree '172.21.0.0/24' 'back0'
}
Assert-DockerName network '^front0$' '3ddb62da7c60'
if (-not (Test-Current network '^front0$' '3ddb62da7c60')) {
    Assert-PrefixFree '172.20.0.0/24' 'front0'
}
Assert-DockerName container '^db01$' '7ccb33558c69'
if (-not (Test-Current container '^db01$' '7ccb33558c69')) {
    Assert-PortFree 'tcp' 14330 'db01'
}
Assert-DockerName container '^web01$' '34de2ec141b2'
if (-not (Test-Current container '^web01$' '34de2ec141b2')) {
    Assert-PortFree 'tcp' 8080 'web01'
}
Assert-DockerName container '^web02$' '17ea71cf584a'
if (-not (Test-Current container '^web02$' '17ea71cf584a')) {
    Assert-PortFree 'tcp' 8081 'web02'
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

