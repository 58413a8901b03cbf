"""Functions of a script: the pre-flight: each notes what keeps the script from starting."""

from __future__ import annotations

FUNCTIONS: dict[str, str] = {
    "Add-Problem": """\
function Add-Problem([string] $Text) {
    # Notes what keeps the script from starting.
    $script:problems += @($Text)
}
""",
    "Stop-OnProblem": """\
function Stop-OnProblem {
    # Ends the script before the first change if a check has found something.
    if ($script:problems) { throw "Nothing was changed.`n- " + ($script:problems -join "`n- ") }
}
""",
    "Add-TakenName": """\
function Add-TakenName([string] $What, [string] $Rule) {
    $lead = if ($Rule) { "${Rule}: " } else { '' }
    Add-Problem ($lead + "There is already a $What, and it is not as this script makes it. If it comes from an " +
        'older version of the design, run the teardown script of that version; else give one of the two another name.')
}
""",
    "Assert-DockerName": """\
function Assert-DockerName([string] $Kind, [string] $Name, [string] $Settings, [string] $Element) {
    # HOT004, HOT005: what an older version of the design made does not change while it is there.
    if (-not (Test-Docker $Kind $Name) -or (Test-Current $Kind $Name $Settings)) { return }
    $rules = if ($Kind -eq 'container') { 'NAM005', 'HOT004' } else { 'NAM004', 'HOT005' }
    Add-TakenName "$Kind named $($Name.Trim('^$'))" $rules[[int] (Test-Ours $Kind $Name $Element)]
}
""",
    "Assert-ServiceName": """\
function Assert-ServiceName([string] $Name, [string] $Label) {
    if ((Test-Service $Name) -and -not (Test-Service $Name $Label)) { Add-TakenName "service named $Name" }
}
""",
    "Assert-SwitchName": """\
function Assert-SwitchName([string] $Name, [string] $Notes, [string] $Type) {
    $found = Get-VMSwitch | Where-Object { $_.Name -eq $Name }
    if ($found -and $found.Notes -ne $Notes) { Add-TakenName "virtual switch named $Name" 'SWI018' }
    elseif ($found -and "$($found.SwitchType)" -ne $Type) {
        Add-Problem ("SWI022: The switch $Name is of type $($found.SwitchType) and must become $Type. Networks stand " +
            'on it, so it is made anew: run the teardown script of the older design, then this one.')
    }
}
""",
    "Assert-Feature": """\
function Assert-Feature([string] $Name, [string] $Rule) {
    if (-not (Test-Feature $Name)) {
        Add-Problem ("${Rule}: The feature $Name is missing. " +
            "Run: Install-WindowsFeature $Name -IncludeManagementTools -Restart")
    }
}
""",
    "Assert-OptionalFeature": """\
function Assert-OptionalFeature([string] $Name, [string] $Rule) {
    if (-not (Test-OptionalFeature $Name)) {
        Add-Problem ("${Rule}: The feature $Name is off. " +
            "Run: Enable-WindowsOptionalFeature -Online -FeatureName $Name -All")
    }
}
""",
    "Assert-IPv6": """\
function Assert-IPv6 {
    # HNS makes no network while the IPv6 components of Windows are switched off.
    if (Get-IPv6Setting) {
        Add-Problem ("HST005: IPv6 is off, and HNS needs it. Remove the value DisabledComponents from $ipv6Key and " +
            'restart Windows.')
    }
}
""",
    "Assert-Adapter": """\
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
""",
    "Assert-Service": """\
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
""",
    "Assert-SharingService": """\
function Assert-SharingService {
    $service = Get-Service -Name SharedAccess -ErrorAction SilentlyContinue
    if (-not $service -or "$($service.StartType)" -eq 'Disabled') {
        Add-Problem ('HST015: The service SharedAccess is disabled, and networks of this design stand on it. Run: ' +
            'Set-Service SharedAccess -StartupType Manual')
    }
}
""",
    "Assert-HyperVTools": """\
function Assert-HyperVTools {
    if (-not (Get-Command -Name New-VMSwitch -ErrorAction SilentlyContinue)) {
        Add-Problem ('SWI024: The PowerShell module of Hyper-V is missing. Run: ' +
            'Install-WindowsFeature Hyper-V-PowerShell')
    }
}
""",
    "Get-SwitchOn": """\
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
""",
    "Assert-AdapterUnswitched": """\
function Assert-AdapterUnswitched([string] $Adapter, [string] $Notes) {
    foreach ($switch in Get-SwitchOn $Adapter) {
        if ($switch.Notes -ne $Notes) {
            Add-Problem ("SWI001: The switch $($switch.Name) already holds the adapter $Adapter, which has room for " +
                'one switch only. Remove that switch, or choose another adapter in the design.')
        }
    }
}
""",
    "Assert-AdapterKnown": """\
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
""",
    "Assert-Stopped": """\
function Assert-Stopped([string] $Name, [string] $Joined, [string] $Rule, [switch] $ContainerdOnly) {
    # A container that runs cannot join a further network.
    if (-not (Test-Docker container $Name 'status=running') -or (Test-Docker container $Name $Joined)) { return }
    if ($ContainerdOnly -and (docker info --format '{{.DefaultRuntime}}') -notlike 'io.containerd*') { return }
    $shown = $Name.Trim('^$')
    Add-Problem "${Rule}: The container $shown runs and has to join a further network. Run: docker stop $shown"
}
""",
    "Assert-SwarmManager": """\
function Assert-SwarmManager([string] $For) {
    $state = docker info --format '{{.Swarm.LocalNodeState}} {{.Swarm.ControlAvailable}}'
    if ($state -eq 'active false') {
        Add-Problem ("OVL002: This host is a worker of a swarm, and only a manager can make $For. Run on a manager: " +
            "docker node promote $env:COMPUTERNAME")
    }
}
""",
    "Assert-Memory": """\
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
""",
    "ConvertTo-Number": """\
function ConvertTo-Number([string] $Address) {
    # An IPv4 address as a number, to compare prefixes.
    $bytes = ([Net.IPAddress] $Address).GetAddressBytes()
    [Array]::Reverse($bytes)
    [BitConverter]::ToUInt32($bytes, 0)
}
""",
    "Assert-PrefixFree": """\
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
""",
    "Assert-PortFree": """\
function Assert-PortFree([string] $Protocol, [int] $Port, [string] $For) {
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    $user = if ($Protocol -eq 'udp') {
        Get-NetUDPEndpoint -LocalPort $Port -ErrorAction SilentlyContinue
    } else {
        Get-NetTCPConnection -LocalPort $Port -State Listen -ErrorAction SilentlyContinue
    }
    if ($user) { Add-Problem "PRT006: Port $Port/$Protocol, which $For publishes, is in use; stop its user." }
    foreach ($line in netsh interface ipv4 show excludedportrange "protocol=$Protocol") {
        if ($line -match '^\\s*(\\d+)\\s+(\\d+)' -and $Port -ge [int] $Matches[1] -and $Port -le [int] $Matches[2]) {
            Add-Problem ("PRT006: Windows keeps the ports $($Matches[1])-$($Matches[2])/$Protocol, so $For cannot " +
                "publish $Port. Choose another port; netsh interface ipv4 show excludedportrange lists the ranges.")
        }
    }
}
""",
    "Assert-DefaultNat": """\
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
""",
    "Assert-NatRemovable": """\
function Assert-NatRemovable {
    if (Get-Command -Name Remove-ContainerNetwork -ErrorAction SilentlyContinue) { return }
    if (-not (Find-HnsModule 'hns.psm1') -and (Test-Docker network '^nat$')) {
        Add-Problem ("Docker's own network nat has the one NAT prefix of Windows Server 2016, and nothing on this " +
            'machine can remove it. Put hns.psm1 of github.com/microsoft/SDN (Kubernetes/windows) beside this script.')
    }
}
""",
}
