#Requires -Version 5.1
#Requires -RunAsAdministrator
<#
.SYNOPSIS
    Sets up the container networking of SAFEHOST01.
.DESCRIPTION
    Design:  No network
    Host:    SAFEHOST01, Windows Server 2025 (build 26100)
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
if ($build -ne 26100) {
    Add-Problem "This script is for Windows Server 2025 (build 26100), not for build $build; export it for that release."
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

Assert-DockerName container '^batch01$' 'dab06bcc4044' 'batch01'
Assert-DockerName container '^vault01$' '2409e937dfdb' 'vault01'
Assert-Memory @{
    'vault01' = 1024
}
Stop-OnProblem

# ---- Containers ----------------------------------------------------------------------------------------------------

# batch01: Windows container on none
if (-not (Test-Current container '^batch01$' 'dab06bcc4044') -and
    $PSCmdlet.ShouldProcess('batch01', 'Create container')) {
    Invoke-Docker @(
        'create',
        '--name', 'batch01',
        '--isolation', 'process',
        '--network', 'none',
        '--label', 'container-network-designer.element=batch01',
        '--label', 'container-network-designer.settings=dab06bcc4044',
        'mcr.microsoft.com/windows/servercore:ltsc2025'
    )
}

# start batch01
if (-not (Test-Docker container '^batch01$' 'status=running') -and
    $PSCmdlet.ShouldProcess('batch01', 'Start container')) {
    Invoke-Docker @('start', 'batch01')
}

# vault01: Hyper-V container on none
if (-not (Test-Current container '^vault01$' '2409e937dfdb') -and
    $PSCmdlet.ShouldProcess('vault01', 'Create container')) {
    Invoke-Docker @(
        'create',
        '--name', 'vault01',
        '--isolation', 'hyperv',
        '--network', 'none',
        '--label', 'container-network-designer.element=vault01',
        '--label', 'container-network-designer.settings=2409e937dfdb',
        'mcr.microsoft.com/windows/servercore:ltsc2025'
    )
}

# start vault01
if (-not (Test-Docker container '^vault01$' 'status=running') -and
    $PSCmdlet.ShouldProcess('vault01', 'Start container')) {
    Invoke-Docker @('start', 'vault01')
}

