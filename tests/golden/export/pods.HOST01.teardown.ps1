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

# container 'pod-b'
if ((Test-Ours container '^pod-b$' 'pod-b') -and $PSCmdlet.ShouldProcess('pod-b', 'Stop and remove container')) {
    Invoke-Docker @('rm', '--force', 'pod-b')
}

# container 'borrower'
if ((Test-Ours container '^borrower$' 'borrower') -and
    $PSCmdlet.ShouldProcess('borrower', 'Stop and remove container')) {
    Invoke-Docker @('rm', '--force', 'borrower')
}

# container 'pod-a'
if ((Test-Ours container '^pod-a$' 'pod-a') -and $PSCmdlet.ShouldProcess('pod-a', 'Stop and remove container')) {
    Invoke-Docker @('rm', '--force', 'pod-a')
}

# container 'lender'
if ((Test-Ours container '^lender$' 'lender') -and $PSCmdlet.ShouldProcess('lender', 'Stop and remove container')) {
    Invoke-Docker @('rm', '--force', 'lender')
}

# container 'alone'
if ((Test-Ours container '^alone$' 'alone') -and $PSCmdlet.ShouldProcess('alone', 'Stop and remove container')) {
    Invoke-Docker @('rm', '--force', 'alone')
}

# ---- Container networks --------------------------------------------------------------------------------------------

# nat network 'nat0'
if ((Test-Ours network '^nat0$' 'nat0') -and $PSCmdlet.ShouldProcess('nat0', 'Remove network')) {
    Invoke-Docker @('network', 'rm', 'nat0')
}

