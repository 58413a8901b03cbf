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

function Get-SwitchOn([string] $Adapter) {
    # The external switches that hold an adapter, where Hyper-V can tell.
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    Set-StrictMode -Off  # older releases have one description for each switch, not a list
    if (-not (Get-Command -Name Get-VMSwitch -ErrorAction SilentlyContinue)) { return }
    $description = (Get-NetAdapter -Name $Adapter -ErrorAction SilentlyContinue).InterfaceDescription
    Get-VMSwitch | Where-Object {
        (@($_.NetAdapterInterfaceDescriptions) + $_.NetAdapterInterfaceDescription) -contains $description
    }
}

function Assert-AdapterKnown([string] $Adapter, [string] $For) {
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    # A switch that HNS made, or that it found when it started, can carry a further network; any other cannot.
    Set-StrictMode -Off  # HNS leaves out what is not set
    $known = @(Get-HnsNetwork -ErrorAction Stop | ForEach-Object { "$($_.SwitchGuid)" })
    foreach ($switch in Get-SwitchOn $Adapter) {
        if ($known -notcontains "$($switch.Id)") {
            Add-Problem ("SWI012: The switch $($switch.Name) holds the adapter $Adapter unseen by Docker, so $For " +
                'cannot use it. Run: Restart-Service hns, docker -Force')
        }
    }
}

function Assert-Stopped([string] $Name, [string] $Joined, [string] $Rule, [switch] $ContainerdOnly) {
    # A container that runs cannot join a further network.
    if (-not (Test-Docker container $Name 'status=running') -or (Test-Docker container $Name $Joined)) { return }
    if ($ContainerdOnly -and (docker info --format '{{.DefaultRuntime}}') -notlike 'io.containerd*') { return }
    $shown = $Name.Trim('^$')
    Add-Problem "${Rule}: The container $shown runs and has to join a further network. Run: docker stop $shown"
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

function Remove-DefaultNat {
    # Removes Docker's own network nat from HNS; Docker makes it anew at its start if its settings say so.
    Get-HnsNetwork -ErrorAction Stop | Where-Object { $_.Name -eq 'nat' } |
        ForEach-Object { Remove-HnsNetwork -InputObjects $_ -ErrorAction Stop }
}

# ---- Before this script --------------------------------------------------------------------------------------------

# ISO006: api01 needs nested virtualisation in the VM HOST01; expose the virtualisation extensions on its parent. By
# hand, on the parent of the virtual machine, while it is off: Set-VMProcessor -VMName <name of the VM>
# -ExposeVirtualizationExtensions $true

# VLN005: “lan” is on VLAN 40, and “Ethernet 2” of the VM HOST01 is no trunk. By hand, on the parent of the virtual
# machine: Set-VMNetworkAdapterVlan -VMName <name of the VM> -Trunk -AllowedVlanIdList 40 -NativeVlanId 0

# VMH001: “lan”: the outer switch drops frames of containers until MAC address spoofing is on for the VM HOST01. By
# hand, on the parent of the virtual machine: Set-VMNetworkAdapter -VMName <name of the VM> -MacAddressSpoofing On

# ---- Pre-flight: reads the machine; nothing is changed before all of it is in order --------------------------------

$problems = @()
$build = [Environment]::OSVersion.Version.Build
if ($build -ne 20348) {
    Add-Problem "This script is for Windows Server 2022 (build 20348), not for build $build; export it for that release."
}
Assert-Feature 'Containers' 'HST002'
Assert-Feature 'Hyper-V' 'ISO005'
Assert-Service 'hns', 'vmcompute'
Assert-IPv6
Assert-Adapter 'Ethernet 2'
$service = Get-Service -Name docker -ErrorAction SilentlyContinue
if (-not $service -or $service.Status -ne 'Running') {
    Add-Problem 'Docker does not run. Install Docker Engine, or run: Start-Service docker'
} elseif ((docker version --format '{{.Server.Os}}') -ne 'windows') {
    Add-Problem 'Docker does not answer as a Windows engine. Look at: docker version'
}
$daemonSettings = [ordered] @{
    'fixed-cidr' = '172.30.0.0/24'
    'exec-opts' = @('isolation=process')
    'dns' = @('10.0.0.10', '10.0.0.11')
}
try { $null = Read-DaemonFile } catch { Add-Problem "$daemonFile is no JSON: $_" }
Stop-OnProblem

if (-not (Test-DaemonSettings $daemonSettings)) {
    if (docker container ls --all --quiet --filter 'network=nat') {
        Add-Problem 'Containers use the network nat, which this design replaces. Remove them first.'
    }
}
Assert-DockerName network '^back$' '02f6a57e24ba' 'back'
if (-not (Test-Current network '^back$' '02f6a57e24ba')) {
    Assert-PrefixFree '192.168.77.0/24' 'back' -Except 'vEthernet (nat)', 'vEthernet (HNS Internal NIC)'
}
Assert-DockerName network '^front$' '428c76e7af78' 'front'
if (-not (Test-Current network '^front$' '428c76e7af78')) {
    Assert-PrefixFree '172.31.0.0/24' 'front' -Except 'vEthernet (nat)', 'vEthernet (HNS Internal NIC)'
}
Assert-DockerName network '^lan$' '8f54edff68fa' 'lan'
if (-not (Test-Current network '^lan$' '8f54edff68fa')) {
    Assert-AdapterKnown 'Ethernet 2' 'lan'
}
Assert-DockerName container '^api01$' '58fa11ff0754' 'api01'
Assert-Stopped '^api01$' 'network=back' 'HOT002'
Assert-DockerName container '^job01$' '42a11f1b04ec' 'job01'
if (-not (Test-Current container '^job01$' '42a11f1b04ec')) {
    Assert-DefaultNat
}
Assert-DockerName container '^web01$' '0a3027860e54' 'web01'
if (-not (Test-Current container '^web01$' '0a3027860e54')) {
    Assert-PortFree 'tcp' 8080 'web01'
    Assert-PortFree 'udp' 5353 'web01'
}
Assert-Stopped '^web01$' 'network=back' 'HOT003' -ContainerdOnly
Assert-Memory @{
    'api01' = 1024
    'web01' = 512
}
Stop-OnProblem

# ---- Docker Engine settings ----------------------------------------------------------------------------------------

# daemon.json: fixed-cidr, exec-opts, dns; every other key stays as it is
# RISK: the engine restarts, so running containers stop.
if (-not (Test-DaemonSettings $daemonSettings) -and
    $PSCmdlet.ShouldProcess('daemon.json', 'Merge settings and restart Docker')) {
    Save-DaemonFile
    Set-Mark 'docker-restart'
    Set-DaemonSettings $daemonSettings
    Remove-DefaultNat
    Restart-Service -Name docker -Force
    Clear-Mark 'docker-restart'
}

# ---- Container networks --------------------------------------------------------------------------------------------

# back: internal network 192.168.77.0/24
if (-not (Test-Current network '^back$' '02f6a57e24ba') -and
    $PSCmdlet.ShouldProcess('back', 'Create internal network')) {
    Invoke-Docker @(
        'network', 'create',
        '--driver', 'internal',
        '--subnet', '192.168.77.0/24',
        '--gateway', '192.168.77.1',
        '--label', 'container-network-designer.element=back',
        '--label', 'container-network-designer.settings=02f6a57e24ba',
        'back'
    )
}

# front: nat network 172.31.0.0/24
if (-not (Test-Current network '^front$' '428c76e7af78') -and
    $PSCmdlet.ShouldProcess('front', 'Create nat network')) {
    Invoke-Docker @(
        'network', 'create',
        '--driver', 'nat',
        '--subnet', '172.31.0.0/24',
        '--gateway', '172.31.0.1',
        '--opt', 'com.docker.network.windowsshim.disable_gatewaydns=true',
        '--opt', 'com.docker.network.windowsshim.dnssuffix=front.example',
        '--label', 'container-network-designer.element=front',
        '--label', 'container-network-designer.settings=428c76e7af78',
        'front'
    )
}

# lan: transparent network 10.60.4.0/24 on Ethernet 2 VLAN 40
# RISK: the IP configuration of an adapter moves, so the management connection can drop.
if (-not (Test-Current network '^lan$' '8f54edff68fa') -and
    $PSCmdlet.ShouldProcess('lan', 'Create transparent network')) {
    $addresses = @(Get-HostAddress)
    Invoke-Docker @(
        'network', 'create',
        '--driver', 'transparent',
        '--subnet', '10.60.4.0/24',
        '--gateway', '10.60.4.1',
        '--opt', 'com.docker.network.windowsshim.networkname=lan-hns',
        '--opt', 'com.docker.network.windowsshim.interface=Ethernet 2',
        '--opt', 'com.docker.network.windowsshim.vlanid=40',
        '--opt', 'com.docker.network.windowsshim.dnssuffix=shop.example',
        '--opt', 'com.docker.network.windowsshim.dnsservers=10.60.4.10,10.60.4.11',
        '--opt', 'com.docker.network.windowsshim.macpool=00-15-5D-60-40-00,00-15-5D-60-4F-FF',
        '--label', 'container-network-designer.element=lan',
        '--label', 'container-network-designer.settings=8f54edff68fa',
        'lan'
    )
    Wait-HostAddress $addresses
}

# ---- Containers ----------------------------------------------------------------------------------------------------

# api01: Hyper-V container on lan at 10.60.4.30
if (-not (Test-Current container '^api01$' '58fa11ff0754') -and
    $PSCmdlet.ShouldProcess('api01', 'Create container')) {
    Invoke-Docker @(
        'create',
        '--name', 'api01',
        '--isolation', 'hyperv',
        '--network', 'lan',
        '--ip', '10.60.4.30',
        '--mac-address', '00:15:5D:60:40:30',
        '--label', 'container-network-designer.element=api01',
        '--label', 'container-network-designer.settings=58fa11ff0754',
        'mcr.microsoft.com/windows/servercore:ltsc2022'
    )
}

# api01 also joins back
if (-not (Test-Docker container '^api01$' 'network=back') -and
    $PSCmdlet.ShouldProcess('api01', 'Connect to back')) {
    Invoke-Docker @('network', 'connect', 'back', 'api01')
}

# start api01
if (-not (Test-Docker container '^api01$' 'status=running') -and
    $PSCmdlet.ShouldProcess('api01', 'Start container')) {
    Invoke-Docker @('start', 'api01')
}

# job01: Windows container on nat
if (-not (Test-Current container '^job01$' '42a11f1b04ec') -and
    $PSCmdlet.ShouldProcess('job01', 'Create container')) {
    Invoke-Docker @(
        'create',
        '--name', 'job01',
        '--network', 'nat',
        '--label', 'container-network-designer.element=job01',
        '--label', 'container-network-designer.settings=42a11f1b04ec',
        'mcr.microsoft.com/windows/servercore:ltsc2022'
    )
}

# start job01
if (-not (Test-Docker container '^job01$' 'status=running') -and
    $PSCmdlet.ShouldProcess('job01', 'Start container')) {
    Invoke-Docker @('start', 'job01')
}

# web01: Windows container on front at 172.31.0.20
if (-not (Test-Current container '^web01$' '0a3027860e54') -and
    $PSCmdlet.ShouldProcess('web01', 'Create container')) {
    Invoke-Docker @(
        'create',
        '--name', 'web01',
        '--isolation', 'process',
        '--network', 'front',
        '--ip', '172.31.0.20',
        '--network-alias', 'shop',
        '--network-alias', 'www',
        '--publish', '8080:80/tcp',
        '--publish', '5353:53/udp',
        '--publish', '443/tcp',
        '--dns', '10.0.0.10',
        '--hostname', 'web',
        '--memory', '512m',
        '--cpus', '1.5',
        '--env', 'GREETING=say \"hello\" now',
        '--label', 'container-network-designer.element=web01',
        '--label', 'container-network-designer.settings=0a3027860e54',
        'mcr.microsoft.com/windows/servercore:ltsc2022',
        'cmd',
        '/c',
        'echo started & ping -t localhost'
    )
}

# web01 also joins back, address 192.168.77.20
if (-not (Test-Docker container '^web01$' 'network=back') -and
    $PSCmdlet.ShouldProcess('web01', 'Connect to back')) {
    Invoke-Docker @(
        'network', 'connect',
        '--ip', '192.168.77.20',
        '--alias', 'web-back',
        'back',
        'web01'
    )
}

# start web01
if (-not (Test-Docker container '^web01$' 'status=running') -and
    $PSCmdlet.ShouldProcess('web01', 'Start container')) {
    Invoke-Docker @('start', 'web01')
}

