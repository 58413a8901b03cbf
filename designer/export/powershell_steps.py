"""The steps of a setup script in PowerShell: each asks whether it is already so, and acts when it is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import singledispatch

from designer.errors import ExportError
from designer.export import statements as vocabulary
from designer.export.docker_arguments import (
    Option,
    connect_container,
    create_container,
    create_network,
    enter_swarm,
    on_names,
    settings_of,
    tag,
)
from designer.export.powershell_text import argument, name_filter, pattern, quote, quote_all
from designer.model.hosts import SwitchType
from designer.model.identity import EntityId
from designer.model.links import AclRule, PortRange

NOTES = "container-network-designer: "
"""What the notes of a switch begin with; the element's tag follows."""

PROTOCOL_NUMBERS = {"tcp": 6, "udp": 17, "icmp": 1, "sctp": 132}
"""Protocol numbers of HCN policies. Source: IANA; HCS/hcn/hcnpolicy.go."""

_CARELESS = "-WhatIf:$WhatIfPreference -ErrorAction Stop"
"""What script modules (NetNat, NetTCPIP, …) need, because the preferences of a script do not reach them."""


def guarded(condition: str, target: str, action: str, body: Iterable[str]) -> list[str]:
    """Return a step: what holds when it must act, what -WhatIf says about it, and what it does."""
    opening = f"if ({condition} -and"
    process = f"$PSCmdlet.ShouldProcess({quote(target)}, {quote(action)})) {{"
    head = [f"{opening} {process}"] if len(opening) + len(process) < 118 else [opening, f"    {process}"]
    return [*head, *(f"    {line}" for line in body), "}"]


def call(name: str, *parameters: str, careful: bool = True) -> str:
    """Return a call of a cmdlet; a careless one, of a script module, is told the preferences."""
    return " ".join([name, *parameters, *(() if careful else (_CARELESS,))])


def invoke_docker(command: Iterable[Option]) -> list[str]:
    """Return a docker call with one option on each line."""
    rows = [", ".join(map(argument, option)) for option in command]
    short = f"Invoke-Docker @({', '.join(rows)})"
    if len(short) < 100:
        return [short]
    return ["Invoke-Docker @(", *(f"    {row}," for row in rows[:-1]), f"    {rows[-1]}", ")"]


def addresses_kept(body: list[str], *, moves: bool) -> list[str]:
    """Return steps that wait, when an adapter's configuration moves, until the machine has its addresses again."""
    return ["$addresses = Get-HostAddress", *body, "Wait-HostAddress $addresses"] if moves else body


@singledispatch
def setup_step(statement: vocabulary.Statement) -> list[str]:
    """Return the lines of one step.

    Raises:
        ExportError: the statement cannot be said in PowerShell.
    """
    raise ExportError(f"PowerShell has no words for {type(statement).__name__} ({statement.reason}).")


def _step(function: Callable[..., list[str]]) -> Callable[..., list[str]]:
    setup_step.register(function)
    return function


def daemon_settings_table(statement: vocabulary.MergeDaemonSettings) -> list[str]:
    """Return the definition of ``$daemonSettings``, which the pre-flight and the step look at."""
    lines = ["$daemonSettings = [ordered] @{"]
    for key, value in statement.settings:
        shown = f"@({quote_all(value)})" if isinstance(value, tuple) else str(value)
        lines.append(f"    {quote(key)} = {quote(value) if isinstance(value, str) else shown}")
    return [*lines, "}"]


@_step
def _merge_daemon_settings(statement: vocabulary.MergeDaemonSettings) -> list[str]:
    body = ["Save-DaemonFile", "Set-Mark 'docker-restart'", "Set-DaemonSettings $daemonSettings"]
    body += [nat_removal(statement.of_2016)] if statement.replaces_nat else []
    body += ["Restart-Service -Name docker -Force", "Clear-Mark 'docker-restart'"]
    condition = "-not (Test-DaemonSettings $daemonSettings)"
    return guarded(condition, "daemon.json", "Merge settings and restart Docker", body)


def nat_removal(of_2016: bool) -> str:
    """Return the call that removes Docker's network nat; Windows Server 2016 has other commands for it."""
    return "Remove-DefaultNatOf2016" if of_2016 else "Remove-DefaultNat"


@_step
def _open_ports(statement: vocabulary.OpenPorts) -> list[str]:
    rule = quote(statement.rule)
    make = call(
        "$null = New-NetFirewallRule",
        f"-Name {rule} -DisplayName {quote(statement.title)} -Group 'Container Network Designer'",
        f"-Direction Inbound -Action Allow -Protocol {statement.protocol} -LocalPort {statement.port}",
        careful=False,
    )
    condition = f"-not (Test-FirewallRule {rule})"
    return guarded(condition, statement.title, "Create firewall rule", [make])


@_step
def _enter_swarm(statement: vocabulary.EnterSwarm) -> list[str]:
    body = ["Set-Mark 'swarm'"]
    if statement.managers:
        options = [", ".join(map(argument, option)) for option in enter_swarm(statement)]
        where = f"{statement.managers[0]}:2377"
        body.append(f"Invoke-Docker @({', '.join(options)}, '--token', $JoinToken, {argument(where)})")
    else:
        body += invoke_docker(enter_swarm(statement))
    action = "Join the swarm" if statement.managers else "Found a swarm"
    condition = "(docker info --format '{{.Swarm.LocalNodeState}}') -ne 'active'"
    return guarded(condition, "Docker Swarm", action, body)


@_step
def _create_switch(statement: vocabulary.CreateSwitch) -> list[str]:
    name, notes = quote(statement.name), quote(NOTES + tag(statement.element))
    parameters = [f"-Name {name}"]
    if statement.adapters:
        parameters.append(f"-NetAdapterName {quote_all(statement.adapters)}")
        parameters.append(f"-AllowManagementOS ${str(statement.allow_management_os).lower()}")
        parameters += ["-EnableEmbeddedTeaming $true"] if statement.teaming else []
    elif statement.switch_type is SwitchType.EXTERNAL:
        raise ExportError(
            f"The external switch “{statement.name}” has no adapter; connect it to one, or make it internal or private."
        )
    else:
        parameters.append(f"-SwitchType {statement.switch_type.value.capitalize()}")
    if statement.bandwidth_mode != "default":
        parameters.append(f"-MinimumBandwidthMode {statement.bandwidth_mode.capitalize()}")
    make = [call("$null = New-VMSwitch", *parameters, f"-Notes {notes}")]
    moves = bool(statement.adapters) and statement.allow_management_os
    condition = f"-not (Test-Switch {name} {notes})"
    lines = guarded(
        condition,
        statement.name,
        f"Create {statement.switch_type.value} switch",
        addresses_kept(make, moves=moves),
    )
    if statement.teaming and statement.algorithm:
        team = f"Get-VMSwitchTeam -Name {pattern(statement.name)} -ErrorAction SilentlyContinue"
        same = f"Where-Object {{ $_.LoadBalancingAlgorithm -eq '{statement.algorithm}' }}"
        change = f"Set-VMSwitchTeam -Name {pattern(statement.name)} -LoadBalancingAlgorithm {statement.algorithm}"
        lines += guarded(f"-not ({team} | {same})", statement.name, "Set load balancing of the team", [change])
    return lines


@_step
def _adopt_switch(statement: vocabulary.AdoptSwitch) -> list[str]:
    mark = quote(f"adopted-{tag(statement.element)}")
    body = ["Restart-Service -Name hns -Force", "Restart-Service -Name docker -Force", f"Set-Mark {mark}"]
    return guarded(f"-not (Test-Mark {mark})", statement.switch, "Restart HNS and Docker", body)


@_step
def _create_host_vnic(statement: vocabulary.CreateHostVNic) -> list[str]:
    name = quote(statement.name)
    if statement.automatic:
        make = f"Rename-VMNetworkAdapter -ManagementOS -Name {pattern(statement.switch)} -NewName {name}"
    else:
        mac = f" -StaticMacAddress '{statement.mac.replace('-', '')}'" if statement.mac else ""
        make = f"Add-VMNetworkAdapter -ManagementOS -SwitchName {pattern(statement.switch)} -Name {name}{mac}"
    body = [f"Set-Mark {quote(vnic_mark(statement.element))}", make]
    lines = guarded(f"-not (Test-HostVNic {name})", statement.name, "Create host vNIC", body)
    if statement.vlan is not None:
        adapter = f"-ManagementOS -VMNetworkAdapterName {pattern(statement.name)}"
        state = f"Get-VMNetworkAdapterVlan {adapter} -ErrorAction SilentlyContinue"
        same = f"Where-Object {{ $_.AccessVlanId -eq {statement.vlan} }}"
        change = f"Set-VMNetworkAdapterVlan {adapter} -Access -VlanId {statement.vlan}"
        lines += guarded(f"-not ({state} | {same})", statement.name, f"Set VLAN {statement.vlan}", [change])
    return lines


@_step
def _set_address(statement: vocabulary.SetAddress) -> list[str]:
    interface, address = quote(statement.interface), str(statement.address.ip)
    gateway = f" -DefaultGateway '{statement.gateway}'" if statement.gateway else ""
    make = call(
        "$null = New-NetIPAddress",
        f"-InterfaceAlias {interface} -IPAddress '{address}'",
        f"-PrefixLength {statement.address.network.prefixlen}{gateway}",
        careful=False,
    )
    return guarded(
        f"-not (Test-Address {interface} '{address}')", statement.interface, f"Set address {address}", [make]
    )


@_step
def _enable_forwarding(statement: vocabulary.EnableForwarding) -> list[str]:
    interface = f"-InterfaceAlias {pattern(statement.interface)} -AddressFamily IPv4"
    change = call("Set-NetIPInterface", interface, "-Forwarding Enabled", careful=False)
    condition = f"-not (Test-Forwarding {quote(statement.interface)})"
    return guarded(condition, statement.interface, "Enable forwarding", [change])


@_step
def _create_nat(statement: vocabulary.CreateNat) -> list[str]:
    name = quote(statement.name)
    make = call(
        "$null = New-NetNat",
        f"-Name {name} -InternalIPInterfaceAddressPrefix '{statement.prefix}'",
        careful=False,
    )
    body = [f"Set-Mark {quote(nat_mark(statement.element))}", make]
    return guarded(f"-not (Test-Nat {name})", statement.name, f"Create NAT for {statement.prefix}", body)


@_step
def _add_static_mapping(statement: vocabulary.AddStaticMapping) -> list[str]:
    mapping, name = statement.mapping, quote(statement.nat)
    protocol = mapping.protocol.upper()
    make = call(
        "$null = Add-NetNatStaticMapping",
        f"-NatName {name} -Protocol {protocol} -ExternalIPAddress '0.0.0.0' -ExternalPort {mapping.external_port}",
        f"-InternalIPAddress '{mapping.internal_address}' -InternalPort {mapping.internal_port}",
        careful=False,
    )
    condition = f"-not (Test-NatMapping {name} '{protocol}' {mapping.external_port})"
    return guarded(condition, statement.nat, f"Map {protocol} port {mapping.external_port}", [make])


@_step
def _create_network(statement: vocabulary.CreateNetwork) -> list[str]:
    command = create_network(statement)
    body = addresses_kept(invoke_docker(command), moves=statement.risk is vocabulary.Risk.CUTS_CONNECTION)
    condition = f"-not ({current('network', statement.name, command)})"
    return guarded(condition, statement.name, f"Create {statement.driver} network", body)


@_step
def _create_host_endpoint(statement: vocabulary.CreateHostEndpoint) -> list[str]:
    name = quote(statement.name)
    mac = f" -MacAddress '{statement.mac}'" if statement.mac else ""
    parameters = (
        f"-NetworkId (Get-NetworkId {argument(statement.network)}) -Name {name} -IPAddress '{statement.address.ip}' "
        f"-PrefixLength {statement.address.network.prefixlen}{mac}"
    )
    mark = quote(endpoint_mark(statement.element))
    make = [
        f"Set-Mark {mark}",
        call("$null = New-HnsEndpoint", parameters, "-GatewayAddress '0.0.0.0' -ErrorAction Stop"),
    ]
    attach = [f"Attach-HnsHostEndpoint -EndpointID (Get-HostEndpoint {name}).ID -CompartmentID 1 -ErrorAction Stop"]
    attached = f"Test-Address {quote(f'vEthernet ({statement.name})')}"
    return [
        *guarded(f"-not (Get-HostEndpoint {name})", statement.name, "Create HNS endpoint of the host", make),
        *guarded(f"-not ({attached})", statement.name, "Attach the endpoint to the host", attach),
    ]


@_step
def _create_container(statement: vocabulary.CreateContainer) -> list[str]:
    command = create_container(statement)
    condition = f"-not ({current('container', statement.name, command)})"
    return guarded(condition, statement.name, "Create container", invoke_docker(command))


@_step
def _connect_container(statement: vocabulary.ConnectContainer) -> list[str]:
    joined = argument(f"network={statement.network}")
    condition = f"-not (Test-Docker container {name_filter(statement.container)} {joined})"
    action = f"Connect to {statement.network}"
    return guarded(condition, statement.container, action, invoke_docker(connect_container(statement)))


@_step
def _start_container(statement: vocabulary.StartContainer) -> list[str]:
    condition = f"-not (Test-Docker container {name_filter(statement.name)} 'status=running')"
    return guarded(condition, statement.name, "Start container", invoke_docker(on_names(("start",), statement.name)))


@_step
def _apply_policies(statement: vocabulary.ApplyPolicies) -> list[str]:
    limit = statement.outbound_limit_bytes_per_second
    rows = [_acl(rule) for rule in statement.acls]
    rows += [f"@{{ Type = 'QOS'; Settings = @{{ MaximumOutgoingBandwidthInBytes = {limit} }} }}"] if limit else []
    place = f"{name_filter(statement.container)} {quote(statement.network)}"
    body = [
        f"$endpoint = Get-ContainerEndpoint {place}",
        "Add-HnsEndpointPolicy -Endpoints $endpoint.ID -Policies $missing -ErrorAction Stop",
    ]
    return [
        "$policies = @(",
        *(f"    {row}" for row in rows),
        ")",
        f"$missing = @(Get-MissingPolicy {place} $policies)",
        *guarded("$missing.Count -gt 0", statement.container, "Add endpoint policies", body),
    ]


def _acl(rule: AclRule) -> str:
    settings = [f"Action = '{rule.action.capitalize()}'", f"Direction = '{rule.direction.capitalize()}'"]
    if rule.protocol != "any":
        settings.append(f"Protocols = '{PROTOCOL_NUMBERS[rule.protocol]}'")
    if rule.remote_addresses:
        settings.append(f"RemoteAddresses = {quote(','.join(str(each.network) for each in rule.remote_addresses))}")
    if rule.local_ports:
        settings.append(f"LocalPorts = {quote(_ports(rule.local_ports))}")
    if rule.remote_ports:
        settings.append(f"RemotePorts = {quote(_ports(rule.remote_ports))}")
    settings += [f"RuleType = '{rule.enforced_by.capitalize()}'", f"Priority = {rule.priority}"]
    return f"@{{ Type = 'ACL'; Settings = @{{ {'; '.join(settings)} }} }}"


def _ports(ranges: tuple[PortRange, ...]) -> str:
    return ",".join(str(each.first) if each.first == each.last else f"{each.first}-{each.last}" for each in ranges)


@_step
def _create_load_balancer(statement: vocabulary.CreateLoadBalancer) -> list[str]:
    protocol = PROTOCOL_NUMBERS[statement.protocol]
    key = f"'{statement.vip}' {statement.port} {protocol}"
    ends = [f"(Get-ContainerEndpoint {name_filter(name)} {quote(statement.network)}).ID" for name in statement.backends]
    parameters = [
        f"-Endpoints @({', '.join(ends)}) -Vip '{statement.vip}'",
        f"-ExternalPort {statement.port} -InternalPort {statement.target_port} -Protocol {protocol}",
    ]
    parameters += [f"-SourceVip '{statement.source_vip}'"] if statement.source_vip else []
    parameters += ["-DSR"] if statement.direct_server_return else []
    parameters += ["-LoadBalancerDistribution SourceIP"] if statement.session_affinity else []
    body = [
        f"Set-Mark {quote(balancer_mark(statement.element))}",
        call("$null = New-HnsLoadBalancer", *parameters, "-ErrorAction Stop"),
    ]
    return guarded(f"-not (Find-LoadBalancer {key})", statement.name, "Create load balancer", body)


def current(kind: str, name: str, command: tuple[Option, ...]) -> str:
    """Return the test whether Docker has an object as the command would make it."""
    return f"Test-Current {kind} {name_filter(name)} '{settings_of(command)}'"


def vnic_mark(element: EntityId) -> str:
    """Return the name of the mark of a host vNIC."""
    return f"vnic-{tag(element)}"


def nat_mark(element: EntityId) -> str:
    """Return the name of the mark of a NAT."""
    return f"nat-{tag(element)}"


def endpoint_mark(element: EntityId) -> str:
    """Return the name of the mark of a host endpoint."""
    return f"endpoint-{tag(element)}"


def balancer_mark(element: EntityId) -> str:
    """Return the name of the mark of a load balancer."""
    return f"balancer-{tag(element)}"
