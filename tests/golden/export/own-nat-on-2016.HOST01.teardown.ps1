#Requires -Version 5.1
#Requires -RunAsAdministrator
<#
.SYNOPSIS
    Removes what the setup script of HOST01 made.
.DESCRIPTION
    Design:  Export test
    Host:    HOST01, Windows Server 2016 (build 14393)
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
$daemonFile = Join-Path $env:ProgramData 'docker\config\daemon.json'
$daemonBackup = Join-Path $markFolder 'daemon.json'

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

function Restore-DaemonFile {
    # Puts daemon.json back as it was found.
    if (Test-Path -LiteralPath $daemonBackup) { Copy-Item -LiteralPath $daemonBackup -Destination $daemonFile -Force }
    elseif (Test-Path -LiteralPath $daemonFile) { Remove-Item -LiteralPath $daemonFile }
}

function Find-HnsModule([string] $Name) {
    # The path of a module of github.com/microsoft/SDN: beside this script, in C:\k, or in Program Files.
    $folders = $PSScriptRoot, 'C:\k', (Join-Path $env:ProgramFiles 'ContainerNetworkDesigner')
    $folders | ForEach-Object { Join-Path $_ $Name } | Where-Object { Test-Path -LiteralPath $_ } |
        Select-Object -First 1
}

function Remove-DefaultNatOf2016 {
    # Removes Docker's own network nat from HNS, so that the one NAT prefix of Windows Server 2016 is free.
    $remove = Get-Command -Name Remove-ContainerNetwork -ErrorAction SilentlyContinue
    if ($remove) {
        & (Get-Command -Name Get-ContainerNetwork) | Where-Object { $_.Name -eq 'nat' } | & $remove -Force
    } elseif (Find-HnsModule 'hns.psm1') {
        Import-Module (Find-HnsModule 'hns.psm1') -DisableNameChecking
        Invoke-HnsRequest -Method GET -Type networks -ErrorAction Stop | Where-Object { $_.Name -eq 'nat' } |
            ForEach-Object { Invoke-HnsRequest -Method DELETE -Type networks -Id $_.ID -ErrorAction Stop }
    }
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

# ---- Containers ----------------------------------------------------------------------------------------------------

# container 'web01'
if ((Test-Ours container '^web01$' 'web01') -and $PSCmdlet.ShouldProcess('web01', 'Stop and remove container')) {
    Invoke-Docker @('rm', '--force', 'web01')
}

# ---- Container networks --------------------------------------------------------------------------------------------

# nat network 'nat0'
if ((Test-Ours network '^nat0$' 'nat0') -and $PSCmdlet.ShouldProcess('nat0', 'Remove network')) {
    Invoke-Docker @('network', 'rm', 'nat0')
}

# ---- Docker Engine settings ----------------------------------------------------------------------------------------

# daemon.json as it was before
# RISK: the engine restarts, so running containers stop.
if (((Test-Path -LiteralPath $daemonBackup) -or (Test-Mark 'daemon.json-absent')) -and
    $PSCmdlet.ShouldProcess('daemon.json', 'Put back as it was and restart Docker')) {
    Restore-DaemonFile
    Remove-DefaultNatOf2016
    Restart-Service -Name docker -Force
    Clear-Mark 'docker-restart'
    Clear-Mark 'daemon.json-absent'
    Clear-Mark 'daemon.json'
}

