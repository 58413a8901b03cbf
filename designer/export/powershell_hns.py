"""PowerShell for what only HNS can do: host endpoints, endpoint policies, load balancers."""

from __future__ import annotations

from designer.export.powershell_blocks import call, guarded, indented, mark
from designer.export.powershell_text import argument, name_filter, quote
from designer.export.removals import RemoveHostEndpoint, RemoveLoadBalancer
from designer.export.statements import ApplyPolicies, CreateHostEndpoint, CreateLoadBalancer
from designer.model.links import AclRule, PortRange

_PROTOCOLS = {"tcp": 6, "udp": 17, "icmp": 1, "sctp": 132}
"""Protocol numbers of HCN policies. Source: IANA; HCS/hcn/hcnpolicy.go."""


def create_host_endpoint(statement: CreateHostEndpoint) -> list[str]:
    """Return the steps that make the host's endpoint in a network and attach it to compartment 1."""
    name = quote(statement.name)
    parameters = {
        "NetworkId": f"(Get-NetworkId {argument(statement.network)})",
        "Name": name,
        "IPAddress": quote(str(statement.address.ip)),
        "PrefixLength": str(statement.address.network.prefixlen),
        "GatewayAddress": "'0.0.0.0'",
    }
    parameters |= {"MacAddress": quote(statement.mac)} if statement.mac else {}
    make = call("$null = New-HnsEndpoint", parameters | {"ErrorAction": "'Stop'"})
    body = [f"Set-Mark {mark('endpoint', statement.element)}", *make]
    attach = {"EndpointID": f"(Get-HostEndpoint {name}).ID", "CompartmentID": "1", "ErrorAction": "'Stop'"}
    attached = f"Test-Address {quote(f'vEthernet ({statement.name})')}"
    return [
        *guarded(f"-not (Get-HostEndpoint {name})", statement.name, "Create HNS endpoint of the host", body),
        *guarded(
            f"-not ({attached})",
            statement.name,
            "Attach the endpoint to the host",
            call("$null = Attach-HnsHostEndpoint", attach),
        ),
    ]


def remove_host_endpoint(statement: RemoveHostEndpoint) -> list[str]:
    """Return the step that removes an endpoint of ours."""
    marked = mark("endpoint", statement.element)
    body = [
        f"Get-HostEndpoint {quote(statement.name)} |",
        "    ForEach-Object { Remove-HnsEndpoint -InputObjects $_ -ErrorAction Stop }",
        f"Clear-Mark {marked}",
    ]
    return guarded(f"(Test-Mark {marked})", statement.name, "Remove HNS endpoint of the host", body)


def apply_policies(statement: ApplyPolicies) -> list[str]:
    """Return the step that adds the policies which the endpoint of a container lacks."""
    rows = [line for rule in statement.acls for line in _acl(rule)]
    if statement.outbound_limit_bytes_per_second:
        limit = f"MaximumOutgoingBandwidthInBytes = {statement.outbound_limit_bytes_per_second}"
        rows.append(f"@{{ Type = 'QOS'; Settings = @{{ {limit} }} }}")
    place = f"{name_filter(statement.container)} {quote(statement.network)}"
    body = [
        f"$endpoint = Get-ContainerEndpoint {place}",
        "Add-HnsEndpointPolicy -Endpoints $endpoint.ID -Policies $missing -ErrorAction Stop",
    ]
    return [
        "$policies = @(",
        *indented(rows),
        ")",
        f"$missing = @(Get-MissingPolicy {place} $policies)",
        *guarded("$missing.Count -gt 0", statement.container, "Add endpoint policies", body),
    ]


def _acl(rule: AclRule) -> list[str]:
    settings = [f"Action = {quote(rule.action.capitalize())}", f"Direction = {quote(rule.direction.capitalize())}"]
    if rule.protocol != "any":
        settings.append(f"Protocols = '{_PROTOCOLS[rule.protocol]}'")
    if rule.remote_addresses:
        settings.append(f"RemoteAddresses = {quote(','.join(str(each.network) for each in rule.remote_addresses))}")
    if rule.local_ports:
        settings.append(f"LocalPorts = {quote(_ports(rule.local_ports))}")
    if rule.remote_ports:
        settings.append(f"RemotePorts = {quote(_ports(rule.remote_ports))}")
    settings += [f"RuleType = {quote(rule.enforced_by.capitalize())}", f"Priority = {rule.priority}"]
    line = f"@{{ Type = 'ACL'; Settings = @{{ {'; '.join(settings)} }} }}"
    if len(line) < 110:
        return [line]
    return ["@{", "    Type = 'ACL'", "    Settings = @{", *indented(indented(settings)), "    }", "}"]


def _ports(ranges: tuple[PortRange, ...]) -> str:
    return ",".join(str(each.first) if each.first == each.last else f"{each.first}-{each.last}" for each in ranges)


def create_load_balancer(statement: CreateLoadBalancer) -> list[str]:
    """Return the step that makes a load balancer over the endpoints of its back ends."""
    ends = [f"(Get-ContainerEndpoint {name_filter(name)} {quote(statement.network)}).ID" for name in statement.backends]
    parameters = {
        "Endpoints": "$backEnds",
        "Vip": quote(str(statement.vip)),
        "ExternalPort": str(statement.port),
        "InternalPort": str(statement.target_port),
        "Protocol": str(_PROTOCOLS[statement.protocol]),
    }
    parameters |= {"SourceVip": quote(str(statement.source_vip))} if statement.source_vip else {}
    parameters |= {"DSR": ""} if statement.direct_server_return else {}
    parameters |= {"PreserveDip": ""} if statement.preserve_destination else {}
    parameters |= {"LoadBalancerDistribution": "'SourceIP'"} if statement.session_affinity else {}
    body = [
        "$backEnds = @(",
        *indented(ends),
        ")",
        f"Set-Mark {mark('balancer', statement.element)}",
        *call("$null = New-HnsLoadBalancer", parameters | {"ErrorAction": "'Stop'"}),
    ]
    return guarded(f"-not ({find_load_balancer(statement)})", statement.name, "Create load balancer", body)


def remove_load_balancer(statement: RemoveLoadBalancer) -> list[str]:
    """Return the step that removes a load balancer of ours."""
    marked = mark("balancer", statement.element)
    body = [
        f"{find_load_balancer(statement)} |",
        "    ForEach-Object { Remove-HnsPolicyList -InputObjects $_ -ErrorAction Stop }",
        f"Clear-Mark {marked}",
    ]
    return guarded(f"(Test-Mark {marked})", f"{statement.vip}:{statement.port}", "Remove load balancer", body)


def find_load_balancer(statement: CreateLoadBalancer | RemoveLoadBalancer) -> str:
    """Return the call that looks for a load balancer."""
    return f"Find-LoadBalancer '{statement.vip}' {statement.port} {_PROTOCOLS[statement.protocol]}"
