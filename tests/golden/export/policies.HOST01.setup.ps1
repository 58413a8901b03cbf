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

function Test-Address([string] $Interface, [string] $Address) {
    # Whether an interface has an address; without one, whether it has any.
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    [bool] (Get-NetIPAddress -ErrorAction Stop |
            Where-Object { $_.InterfaceAlias -eq $Interface -and (-not $Address -or $_.IPAddress -eq $Address) })
}

function Test-Forwarding([string] $Interface) {
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    [bool] (Get-NetIPInterface -AddressFamily IPv4 -ErrorAction Stop |
            Where-Object { $_.InterfaceAlias -eq $Interface -and $_.Forwarding -eq 'Enabled' })
}

function Find-HnsModule([string] $Name) {
    # The path of a module of github.com/microsoft/SDN: beside this script, in C:\k, or in Program Files.
    $folders = $PSScriptRoot, 'C:\k', (Join-Path $env:ProgramFiles 'ContainerNetworkDesigner')
    $folders | ForEach-Object { Join-Path $_ $Name } | Where-Object { Test-Path -LiteralPath $_ } |
        Select-Object -First 1
}

function Import-HnsModule {
    # Brings in hns.v2.psm1, which speaks to HNS where Docker has no command.
    if (Find-HnsModule 'hns.v2.psm1') {
        Import-Module (Find-HnsModule 'hns.v2.psm1') -DisableNameChecking -Scope Global
    } else {
        Add-Problem 'Put hns.v2.psm1 of github.com/microsoft/SDN (Kubernetes/windows) beside this script.'
    }
}

function Get-ContainerEndpoint([string] $Container, [string] $Network) {
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    Set-StrictMode -Off  # HNS leaves out what is not set
    # The HNS endpoint of a running container on a network: the one with its address. Nothing if there is none yet.
    if (-not (Test-Docker container $Container 'status=running')) { return }
    $id = docker container ls --quiet --filter "name=$Container"
    $inspected = docker inspect $id | Out-String | ConvertFrom-Json
    $networks = @($inspected)[0].NetworkSettings.Networks.PSObject.Properties
    $address = ($networks | Where-Object { $_.Name -eq $Network }).Value.IPAddress
    Get-HnsEndpoint -ErrorAction Stop | Where-Object { $_.IpConfigurations.IpAddress -contains $address }
}

function Get-MissingPolicy([string] $Container, [string] $Network, $Policies) {
    Set-StrictMode -Off  # HNS leaves out what is not set
    # Those of the policies that the endpoint does not have.
    $endpoint = Get-ContainerEndpoint $Container $Network
    foreach ($policy in $Policies) {
        $same = foreach ($candidate in @($endpoint | ForEach-Object { $_.Policies })) {
            $settings = $candidate.Settings
            $differences = @($policy.Settings.Keys | Where-Object { "$($settings.$_)" -ne "$($policy.Settings[$_])" })
            if ($candidate.Type -eq $policy.Type -and $differences.Count -eq 0) { $candidate }
        }
        if (-not $same) { $policy }
    }
}

function Find-LoadBalancer([string] $Vip, [int] $Port, [int] $Protocol) {
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    Set-StrictMode -Off  # HNS leaves out what is not set
    # The load balancer with this address and port, in the words of either schema of HNS.
    foreach ($list in Get-HnsPolicyList -ErrorAction Stop) {
        $vips = @($list.FrontendVIPs) + @($list.Policies | ForEach-Object { $_.VIPs })
        $ports = @($list.PortMappings) + @($list.Policies) |
            Where-Object { $_.ExternalPort -eq $Port -and $_.Protocol -eq $Protocol }
        if ($ports -and $vips -contains $Vip) { $list }
    }
}

function Get-HostEndpoint([string] $Name) {
    $WhatIfPreference = $false  # this only reads; script modules would take the preference for a change
    Get-HnsEndpoint -ErrorAction Stop | Where-Object { $_.Name -eq $Name }
}

function Get-NetworkId([string] $Name) {
    # The id that HNS has for a Docker network.
    $inspected = docker network inspect $Name | Out-String | ConvertFrom-Json
    @($inspected)[0].Options.'com.docker.network.windowsshim.hnsid'
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
Assert-Adapter 'Ethernet'
$service = Get-Service -Name docker -ErrorAction SilentlyContinue
if (-not $service -or $service.Status -ne 'Running') {
    Add-Problem 'Docker does not run. Install Docker Engine, or run: Start-Service docker'
} elseif ((docker version --format '{{.Server.Os}}') -ne 'windows') {
    Add-Problem 'Docker does not answer as a Windows engine. Look at: docker version'
}
Import-HnsModule
Stop-OnProblem

Assert-DockerName network '^bridge0$' '11ebd71f7094' 'bridge0'
if (-not (Test-Current network '^bridge0$' '11ebd71f7094')) {
    Assert-AdapterKnown 'Ethernet' 'bridge0'
}
if ((Get-HostEndpoint 'bridge0-host') -and -not (Test-Mark 'endpoint-endpoint')) {
    Add-TakenName 'HNS endpoint named bridge0-host'
}
Assert-DockerName container '^web01$' '7aa7c647d3b2' 'web01'
Assert-DockerName container '^web02$' '28524f110d8f' 'web02'
if ((Find-LoadBalancer '10.61.1.100' 80 6) -and -not (Test-Mark 'balancer-balancer')) {
    Add-TakenName 'load balancer at 10.61.1.100:80' 'LBL011'
}
Stop-OnProblem

# ---- Container networks --------------------------------------------------------------------------------------------

# bridge0: l2bridge network 10.61.1.0/24 on Ethernet
# RISK: the IP configuration of an adapter moves, so the management connection can drop.
if (-not (Test-Current network '^bridge0$' '11ebd71f7094') -and
    $PSCmdlet.ShouldProcess('bridge0', 'Create l2bridge network')) {
    $addresses = @(Get-HostAddress)
    Invoke-Docker @(
        'network', 'create',
        '--driver', 'l2bridge',
        '--subnet', '10.61.1.0/24',
        '--gateway', '10.61.1.1',
        '--opt', 'com.docker.network.windowsshim.interface=Ethernet',
        '--opt', 'com.docker.network.windowsshim.enable_outboundnat=true',
        '--label', 'container-network-designer.element=bridge0',
        '--label', 'container-network-designer.settings=11ebd71f7094',
        'bridge0'
    )
    Wait-HostAddress $addresses
}

# bridge0-host: the host's own endpoint 10.61.1.2/24 in bridge0
if (-not (Get-HostEndpoint 'bridge0-host') -and
    $PSCmdlet.ShouldProcess('bridge0-host', 'Create HNS endpoint of the host')) {
    Set-Mark 'endpoint-endpoint'
    $null = New-HnsEndpoint `
        -NetworkId (Get-NetworkId 'bridge0') `
        -Name 'bridge0-host' `
        -IPAddress '10.61.1.2' `
        -PrefixLength 24 `
        -GatewayAddress '0.0.0.0' `
        -ErrorAction 'Stop'
}
if (-not (Test-Address 'vEthernet (bridge0-host)') -and
    $PSCmdlet.ShouldProcess('bridge0-host', 'Attach the endpoint to the host')) {
    $null = Attach-HnsHostEndpoint `
        -EndpointID (Get-HostEndpoint 'bridge0-host').ID `
        -CompartmentID 1 `
        -ErrorAction 'Stop'
}

# IP forwarding at vEthernet (bridge0-host)
if (-not (Test-Forwarding 'vEthernet (bridge0-host)') -and
    $PSCmdlet.ShouldProcess('vEthernet (bridge0-host)', 'Enable forwarding')) {
    Set-NetIPInterface `
        -InterfaceAlias 'vEthernet (bridge0-host)' `
        -AddressFamily 'IPv4' `
        -Forwarding 'Enabled' `
        -WhatIf:$WhatIfPreference -ErrorAction Stop
}

# ---- Containers ----------------------------------------------------------------------------------------------------

# web01: Windows container on bridge0 at 10.61.1.20
if (-not (Test-Current container '^web01$' '7aa7c647d3b2') -and
    $PSCmdlet.ShouldProcess('web01', 'Create container')) {
    Invoke-Docker @(
        'create',
        '--name', 'web01',
        '--isolation', 'process',
        '--network', 'bridge0',
        '--ip', '10.61.1.20',
        '--label', 'container-network-designer.element=web01',
        '--label', 'container-network-designer.settings=7aa7c647d3b2',
        'mcr.microsoft.com/windows/servercore:ltsc2022'
    )
}

# start web01
if (-not (Test-Docker container '^web01$' 'status=running') -and
    $PSCmdlet.ShouldProcess('web01', 'Start container')) {
    Invoke-Docker @('start', 'web01')
}

# web02: Windows container on bridge0 at 10.61.1.21
if (-not (Test-Current container '^web02$' '28524f110d8f') -and
    $PSCmdlet.ShouldProcess('web02', 'Create container')) {
    Invoke-Docker @(
        'create',
        '--name', 'web02',
        '--isolation', 'process',
        '--network', 'bridge0',
        '--ip', '10.61.1.21',
        '--label', 'container-network-designer.element=web02',
        '--label', 'container-network-designer.settings=28524f110d8f',
        'mcr.microsoft.com/windows/servercore:ltsc2022'
    )
}

# start web02
if (-not (Test-Docker container '^web02$' 'status=running') -and
    $PSCmdlet.ShouldProcess('web02', 'Start container')) {
    Invoke-Docker @('start', 'web02')
}

# ---- Policies and load balancers -----------------------------------------------------------------------------------

# access list and bandwidth limit of web01 on bridge0; Docker drops them when the container stops, so run this
# script again after a restart
$policies = @(
    @{
        Type = 'ACL'
        Settings = @{
            Action = 'Allow'
            Direction = 'In'
            Protocols = '6'
            RemoteAddresses = '10.61.0.0/16'
            LocalPorts = '80,8000-8010'
            RuleType = 'Switch'
            Priority = 100
        }
    }
    @{ Type = 'ACL'; Settings = @{ Action = 'Block'; Direction = 'In'; RuleType = 'Switch'; Priority = 200 } }
    @{ Type = 'QOS'; Settings = @{ MaximumOutgoingBandwidthInBytes = 12500000 } }
)
$missing = @(Get-MissingPolicy '^web01$' 'bridge0' $policies)
if ($missing.Count -gt 0 -and $PSCmdlet.ShouldProcess('web01', 'Add endpoint policies')) {
    $endpoint = Get-ContainerEndpoint '^web01$' 'bridge0'
    Add-HnsEndpointPolicy -Endpoints $endpoint.ID -Policies $missing -ErrorAction Stop
}

# shop: 10.61.1.100:80/tcp spread over web01, web02
if (-not (Find-LoadBalancer '10.61.1.100' 80 6) -and $PSCmdlet.ShouldProcess('shop', 'Create load balancer')) {
    $backEnds = @(
        (Get-ContainerEndpoint '^web01$' 'bridge0').ID
        (Get-ContainerEndpoint '^web02$' 'bridge0').ID
    )
    Set-Mark 'balancer-balancer'
    $null = New-HnsLoadBalancer `
        -Endpoints $backEnds `
        -Vip '10.61.1.100' `
        -ExternalPort 80 `
        -InternalPort 80 `
        -Protocol 6 `
        -SourceVip '10.61.1.250' `
        -DSR `
        -LoadBalancerDistribution 'SourceIP' `
        -ErrorAction 'Stop'
}

