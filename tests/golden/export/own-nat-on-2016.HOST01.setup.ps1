#Requires -Version 5.1
#Requires -RunAsAdministrator
<#
.SYNOPSIS
    Sets up the container networking of HOST01.
.DESCRIPTION
    Design:  Export test
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

$markFolder = Join-Path $env:ProgramData 'ContainerNetworkDesigner'
$ipv6Key = 'HKLM:\SYSTEM\CurrentControlSet\Services\Tcpip6\Parameters'
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

function Assert-NatRemovable {
    if (Get-Command -Name Remove-ContainerNetwork -ErrorAction SilentlyContinue) { return }
    if (-not (Find-HnsModule 'hns.psm1') -and (Test-Docker network '^nat$')) {
        Add-Problem ("Docker's own network nat has the one NAT prefix of Windows Server 2016, and nothing on this " +
            'machine can remove it. Put hns.psm1 of github.com/microsoft/SDN (Kubernetes/windows) beside this script.')
    }
}

function Test-Mark([string] $Name) {
    # Whether a script of this design left a mark: it made, or was about to make, a thing that can carry no tag itself.
    Test-Path -LiteralPath (Join-Path $markFolder $Name)
}

function Set-Mark([string] $Name, [string] $Text) {
    # Leaves a mark before the thing is made, so that the teardown knows it even after an interruption.
    $null = New-Item -Path $markFolder -ItemType Directory -Force
    $null = New-Item -Path (Join-Path $markFolder $Name) -ItemType File -Force
    if ($Text) { [IO.File]::WriteAllText((Join-Path $markFolder $Name), $Text) }
}

function Clear-Mark([string] $Name) {
    $mark = Join-Path $markFolder $Name
    if (Test-Path -LiteralPath $mark) { Remove-Item -LiteralPath $mark }
    if ((Test-Path -LiteralPath $markFolder) -and -not (Get-ChildItem -LiteralPath $markFolder)) {
        Remove-Item -LiteralPath $markFolder
    }
}

function Read-DaemonFile {
    # daemon.json as an object; an empty one when there is no file.
    $text = if (Test-Path -LiteralPath $daemonFile) { [IO.File]::ReadAllText($daemonFile) } else { '' }
    if ($text.Trim()) { ConvertFrom-Json -InputObject $text } else { New-Object -TypeName PSObject }
}

function Test-DaemonSettings($Settings) {
    # Whether daemon.json has these values and Docker has started with them.
    if (Test-Mark 'docker-restart') { return $false }
    $config = Read-DaemonFile
    foreach ($key in $Settings.Keys) {
        $property = $config.PSObject.Properties[$key]
        if (-not $property) { return $false }
        $found = ConvertTo-Json -InputObject $property.Value -Compress
        if ($found -ne (ConvertTo-Json -InputObject $Settings[$key] -Compress)) { return $false }
    }
    return $true
}

function Save-DaemonFile {
    # Keeps daemon.json as it was found, once; a mark stands for "there was none".
    if ((Test-Path -LiteralPath $daemonBackup) -or (Test-Mark 'daemon.json-absent')) { return }
    if (Test-Path -LiteralPath $daemonFile) {
        $null = New-Item -Path $markFolder -ItemType Directory -Force
        Copy-Item -LiteralPath $daemonFile -Destination $daemonBackup
    } else {
        Set-Mark 'daemon.json-absent'
    }
}

function Set-DaemonSettings($Settings) {
    # Merges the values into daemon.json; other keys stay. UTF-8 without a byte order mark, which every engine reads.
    $config = Read-DaemonFile
    foreach ($key in $Settings.Keys) {
        Add-Member -InputObject $config -NotePropertyName $key -NotePropertyValue $Settings[$key] -Force
    }
    $null = New-Item -Path (Split-Path -Path $daemonFile) -ItemType Directory -Force
    $json = ConvertTo-Json -InputObject $config -Depth 20
    [IO.File]::WriteAllText($daemonFile, $json, (New-Object -TypeName Text.UTF8Encoding -ArgumentList $false))
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
$build = [Environment]::OSVersion.Version.Build
if ($build -ne 14393) {
    Add-Problem "This script is for Windows Server 2016 (build 14393), not for build $build; export it for that release."
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
$daemonSettings = [ordered] @{
    'bridge' = 'none'
}
try { $null = Read-DaemonFile } catch { Add-Problem "$daemonFile is no JSON: $_" }
Stop-OnProblem

if (-not (Test-DaemonSettings $daemonSettings)) {
    Assert-NatRemovable
    if (docker container ls --all --quiet --filter 'network=nat') {
        Add-Problem 'Containers use the network nat, which this design replaces. Remove them first.'
    }
}
Assert-DockerName network '^nat0$' '652d0af9b5e8' 'nat0'
if (-not (Test-Current network '^nat0$' '652d0af9b5e8')) {
    Assert-PrefixFree '172.16.0.0/20' 'nat0' -Except 'vEthernet (nat)', 'vEthernet (HNS Internal NIC)'
}
Assert-DockerName container '^web01$' 'bff342a4f101' 'web01'
if (-not (Test-Current container '^web01$' 'bff342a4f101')) {
    Assert-PortFree 'tcp' 8080 'web01'
}
Stop-OnProblem

# ---- Docker Engine settings ----------------------------------------------------------------------------------------

# daemon.json: bridge; every other key stays as it is; Docker's own network nat goes, so that its prefix is free
# RISK: the engine restarts, so running containers stop.
if (-not (Test-DaemonSettings $daemonSettings) -and
    $PSCmdlet.ShouldProcess('daemon.json', 'Merge settings and restart Docker')) {
    Save-DaemonFile
    Set-Mark 'docker-restart'
    Set-DaemonSettings $daemonSettings
    Remove-DefaultNatOf2016
    Restart-Service -Name docker -Force
    Clear-Mark 'docker-restart'
}

# ---- Container networks --------------------------------------------------------------------------------------------

# nat0: nat network 172.16.0.0/20
if (-not (Test-Current network '^nat0$' '652d0af9b5e8') -and
    $PSCmdlet.ShouldProcess('nat0', 'Create nat network')) {
    Invoke-Docker @(
        'network', 'create',
        '--driver', 'nat',
        '--subnet', '172.16.0.0/20',
        '--gateway', '172.16.0.1',
        '--label', 'container-network-designer.element=nat0',
        '--label', 'container-network-designer.settings=652d0af9b5e8',
        'nat0'
    )
}

# ---- Containers ----------------------------------------------------------------------------------------------------

# web01: Windows container on nat0 at 172.16.0.10
if (-not (Test-Current container '^web01$' 'bff342a4f101') -and
    $PSCmdlet.ShouldProcess('web01', 'Create container')) {
    Invoke-Docker @(
        'create',
        '--name', 'web01',
        '--isolation', 'process',
        '--network', 'nat0',
        '--ip', '172.16.0.10',
        '--publish', '8080:80/tcp',
        '--label', 'container-network-designer.element=web01',
        '--label', 'container-network-designer.settings=bff342a4f101',
        'mcr.microsoft.com/windows/servercore:ltsc2016'
    )
}

# start web01
if (-not (Test-Docker container '^web01$' 'status=running') -and
    $PSCmdlet.ShouldProcess('web01', 'Start container')) {
    Invoke-Docker @('start', 'web01')
}

