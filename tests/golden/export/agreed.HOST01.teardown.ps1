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

function Read-Mark([string] $Name) {
    # What the setup wrote down with a mark.
    [IO.File]::ReadAllText((Join-Path $markFolder $Name))
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

function Test-Feature([string] $Name, [switch] $OrPending) {
    # Whether a feature of a server is installed, or will be after a restart.
    $state = "$((Get-WindowsFeature -Name $Name).InstallState)"
    $state -eq 'Installed' -or ($OrPending -and $state -eq 'InstallPending')
}

function Test-Nat([string] $Name) {
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    [bool] (Get-NetNat -ErrorAction Stop | Where-Object { $_.Name -eq $Name })
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

# ---- Swarm ---------------------------------------------------------------------------------------------------------

# firewall rule 'Published port (TCP 8080)'
if ((Test-FirewallRule 'container-network-designer-web01-nat0-TCP-8080') -and
    $PSCmdlet.ShouldProcess('container-network-designer-web01-nat0-TCP-8080', 'Remove firewall rule')) {
    Remove-NetFirewallRule `
        -Name 'container-network-designer-web01-nat0-TCP-8080' `
        -WhatIf:$WhatIfPreference -ErrorAction Stop
}

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

# ---- Virtual switches, host vNICs and WinNAT -----------------------------------------------------------------------

# WinNAT 'OldNat' as it was
if ((Test-Mark 'nat-removed-old') -and $PSCmdlet.ShouldProcess('OldNat', 'Make the NAT again')) {
    if (-not (Test-Nat 'OldNat')) {
        $null = New-NetNat `
            -Name 'OldNat' `
            -InternalIPInterfaceAddressPrefix (Read-Mark 'nat-removed-old') `
            -WhatIf:$WhatIfPreference -ErrorAction Stop
    }
    Clear-Mark 'nat-removed-old'
}

# ---- Preparation of the machine ------------------------------------------------------------------------------------

# feature Hyper-V, after a restart
if ((Test-Mark 'feature-Hyper-V') -and $PSCmdlet.ShouldProcess('Hyper-V', 'Remove feature')) {
    if (Test-Feature 'Hyper-V' -OrPending) { $null = Uninstall-WindowsFeature -Name 'Hyper-V' -IncludeManagementTools }
    Clear-Mark 'feature-Hyper-V'
}

# DisabledComponents as it was, from the next restart on
if ((Test-Mark 'ipv6') -and $PSCmdlet.ShouldProcess('IPv6', 'Set DisabledComponents as it was')) {
    $value = Read-Mark 'ipv6'
    if ($value) { $null = New-ItemProperty -Path $ipv6Key -Name DisabledComponents -Value ([int] $value) -PropertyType DWord -Force }
    Clear-Mark 'ipv6'
}

# feature Containers, after a restart
if ((Test-Mark 'feature-Containers') -and $PSCmdlet.ShouldProcess('Containers', 'Remove feature')) {
    if (Test-Feature 'Containers' -OrPending) { $null = Uninstall-WindowsFeature -Name 'Containers' -IncludeManagementTools }
    Clear-Mark 'feature-Containers'
}

