"""Functions of a script: what Docker is asked and told."""

from __future__ import annotations

FUNCTIONS: dict[str, str] = {
    "Invoke-Docker": """\
function Invoke-Docker([string[]] $Arguments) {
    # Runs docker with one argument for each string, and stops the script when docker refuses.
    $ErrorActionPreference = 'Continue'  # docker tells its progress on the error stream
    docker @Arguments | Write-Verbose
    if ($LASTEXITCODE -ne 0) {
        throw "docker $($Arguments[0]) $($Arguments[1]) failed with exit code $LASTEXITCODE; its own words are above."
    }
}
""",
    "Test-Docker": """\
function Test-Docker([string] $Kind, [string] $Name, [string[]] $Filter) {
    # Whether Docker has a network or container whose name matches and that passes the filters.
    $options = @('--filter', "name=$Name")
    foreach ($each in $Filter) { $options += @('--filter', $each) }
    if ($Kind -eq 'container') { $options += '--all' }
    $found = docker $Kind ls --quiet @options
    if ($LASTEXITCODE -ne 0) { throw "docker $Kind ls failed with exit code $LASTEXITCODE; its own words are above." }
    [bool] $found
}
""",
    "Test-Current": """\
function Test-Current([string] $Kind, [string] $Name, [string] $Settings) {
    # Whether Docker has the object exactly as this script makes it: a label tells.
    Test-Docker $Kind $Name "label=container-network-designer.settings=$Settings"
}
""",
    "Test-Service": """\
function Test-Service([string] $Name, [string] $Label) {
    # Whether the swarm has a service of this name; with a label, only one that a script of this design made so.
    if ((docker info --format '{{.Swarm.ControlAvailable}}') -ne 'true') { return $false }
    $options = @(if ($Label) { '--filter', "label=container-network-designer.$Label" })
    $found = docker service ls --format '{{.Name}}' @options
    if ($LASTEXITCODE -ne 0) { throw "docker service ls failed with exit code $LASTEXITCODE; its own words are above." }
    @($found) -ccontains $Name
}
""",
    "Wait-NoTask": """\
function Wait-NoTask([string] $Service) {
    # Waits until the tasks of a service on this node are gone, a minute at most: they hold its networks.
    foreach ($second in 1..60) {
        if (-not (docker container ls --quiet --filter "label=com.docker.swarm.service.name=$Service")) { return }
        Start-Sleep -Seconds 1
    }
    throw "Tasks of the service $Service are still here after a minute. Run: docker service ps $Service"
}
""",
    "Get-ForeignIngress": """\
function Get-ForeignIngress {
    # The name of the routing-mesh network, unless a script of this design made it.
    Set-StrictMode -Off  # networks without labels have none to ask for
    if ((docker info --format '{{.Swarm.ControlAvailable}}') -ne 'true') { return }
    foreach ($id in docker network ls --quiet --filter driver=overlay) {
        $network = @(docker network inspect $id | Out-String | ConvertFrom-Json)[0]
        if ($network.Ingress -and -not $network.Labels.'container-network-designer.element') { $network.Name }
    }
}
""",
    "Remove-Ingress": """\
function Remove-Ingress([string] $Name) {
    # Docker asks before it removes the routing-mesh network; the answer comes through the pipe.
    $ErrorActionPreference = 'Continue'  # docker tells its warning on the error stream
    'y' | docker network rm $Name | Write-Verbose
    foreach ($second in 1..30) {
        if (@(docker network ls --format '{{.Name}}') -cnotcontains $Name) { return }
        Start-Sleep -Seconds 1
    }
    throw "The network $Name is still there. Remove the services that publish ports, then run this script again."
}
""",
    "Test-Ours": """\
function Test-Ours([string] $Kind, [string] $Name, [string] $Element) {
    # Whether Docker has the object and the setup script made it: a label tells.
    Test-Docker $Kind $Name "label=container-network-designer.element=$Element"
}
""",
}
