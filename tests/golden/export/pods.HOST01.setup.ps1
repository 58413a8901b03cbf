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

Assert-DockerName network '^nat0$' '048d1aecd612' 'nat0'
if (-not (Test-Current network '^nat0$' '048d1aecd612')) {
    Assert-PrefixFree '172.31.0.0/24' 'nat0'
}
Assert-DockerName container '^alone$' '68fbab9f56a9' 'alone'
Assert-DockerName container '^lender$' 'bbe85f260389' 'lender'
Assert-DockerName container '^pod-a$' 'cdb2aea0f3c2' 'pod-a'
if (-not (Test-Current container '^pod-a$' 'cdb2aea0f3c2')) {
    Assert-PortFree 'tcp' 8081 'pod-a'
}
Assert-DockerName container '^borrower$' '774a62b3fa83' 'borrower'
Assert-DockerName container '^pod-b$' '7ca16071a4bf' 'pod-b'
Stop-OnProblem

# ---- Container networks --------------------------------------------------------------------------------------------

# nat0: nat network 172.31.0.0/24
if (-not (Test-Current network '^nat0$' '048d1aecd612') -and
    $PSCmdlet.ShouldProcess('nat0', 'Create nat network')) {
    Invoke-Docker @(
        'network', 'create',
        '--driver', 'nat',
        '--subnet', '172.31.0.0/24',
        '--gateway', '172.31.0.1',
        '--label', 'container-network-designer.element=nat0',
        '--label', 'container-network-designer.settings=048d1aecd612',
        'nat0'
    )
}

# ---- Containers ----------------------------------------------------------------------------------------------------

# alone: Windows container on none
if (-not (Test-Current container '^alone$' '68fbab9f56a9') -and
    $PSCmdlet.ShouldProcess('alone', 'Create container')) {
    Invoke-Docker @(
        'create',
        '--name', 'alone',
        '--isolation', 'process',
        '--network', 'none',
        '--label', 'container-network-designer.element=alone',
        '--label', 'container-network-designer.settings=68fbab9f56a9',
        'mcr.microsoft.com/windows/servercore:ltsc2022'
    )
}

# start alone
if (-not (Test-Docker container '^alone$' 'status=running') -and
    $PSCmdlet.ShouldProcess('alone', 'Start container')) {
    Invoke-Docker @('start', 'alone')
}

# lender: Windows container on nat0
if (-not (Test-Current container '^lender$' 'bbe85f260389') -and
    $PSCmdlet.ShouldProcess('lender', 'Create container')) {
    Invoke-Docker @(
        'create',
        '--name', 'lender',
        '--isolation', 'process',
        '--network', 'nat0',
        '--label', 'container-network-designer.element=lender',
        '--label', 'container-network-designer.settings=bbe85f260389',
        'mcr.microsoft.com/windows/servercore:ltsc2022'
    )
}

# start lender
if (-not (Test-Docker container '^lender$' 'status=running') -and
    $PSCmdlet.ShouldProcess('lender', 'Start container')) {
    Invoke-Docker @('start', 'lender')
}

# pod-a: Windows container on nat0 at 172.31.0.10
if (-not (Test-Current container '^pod-a$' 'cdb2aea0f3c2') -and
    $PSCmdlet.ShouldProcess('pod-a', 'Create container')) {
    Invoke-Docker @(
        'create',
        '--name', 'pod-a',
        '--isolation', 'process',
        '--network', 'nat0',
        '--ip', '172.31.0.10',
        '--publish', '8081:80/tcp',
        '--label', 'container-network-designer.element=pod-a',
        '--label', 'container-network-designer.settings=cdb2aea0f3c2',
        'mcr.microsoft.com/windows/servercore:ltsc2022'
    )
}

# start pod-a
if (-not (Test-Docker container '^pod-a$' 'status=running') -and
    $PSCmdlet.ShouldProcess('pod-a', 'Start container')) {
    Invoke-Docker @('start', 'pod-a')
}

# borrower: Windows container on container:lender
if (-not (Test-Current container '^borrower$' '774a62b3fa83') -and
    $PSCmdlet.ShouldProcess('borrower', 'Create container')) {
    Invoke-Docker @(
        'create',
        '--name', 'borrower',
        '--isolation', 'process',
        '--network', 'container:lender',
        '--label', 'container-network-designer.element=borrower',
        '--label', 'container-network-designer.settings=774a62b3fa83',
        'mcr.microsoft.com/windows/servercore:ltsc2022'
    )
}

# start borrower
if (-not (Test-Docker container '^borrower$' 'status=running') -and
    $PSCmdlet.ShouldProcess('borrower', 'Start container')) {
    Invoke-Docker @('start', 'borrower')
}

# pod-b: Windows container on container:pod-a
if (-not (Test-Current container '^pod-b$' '7ca16071a4bf') -and
    $PSCmdlet.ShouldProcess('pod-b', 'Create container')) {
    Invoke-Docker @(
        'create',
        '--name', 'pod-b',
        '--isolation', 'process',
        '--network', 'container:pod-a',
        '--label', 'container-network-designer.element=pod-b',
        '--label', 'container-network-designer.settings=7ca16071a4bf',
        'mcr.microsoft.com/windows/servercore:ltsc2022'
    )
}

# start pod-b
if (-not (Test-Docker container '^pod-b$' 'status=running') -and
    $PSCmdlet.ShouldProcess('pod-b', 'Start container')) {
    Invoke-Docker @('start', 'pod-b')
}

# ---- Not in this script --------------------------------------------------------------------------------------------

# compartment 'empty': Windows makes compartments with their containers only, and this one is empty.

Write-Warning '1 part of the design is not in this script; its last section says which and what to do.'
