"""What HNS is asked for, in version 2 of its interface (HCN): settings for HcnCreateNetwork, -Endpoint, -LoadBalancer.

Source: Microsoft, HNS JSON document schemas (virtualization/api/hcn/hns_schema); microsoft/hcsshim hcn.
"""

from __future__ import annotations

from typing import Any

from designer.errors import ExportError
from designer.export.hns_plan import HnsBalancer, HnsEndpoint, HnsNetwork, hns_plan
from designer.export.json_file import Entry, json_file, without_nothing
from designer.export.network_steps import has_hcn
from designer.export.rendered import ExportOptions, RenderedScript
from designer.model.hosts import Host
from designer.model.links import AclRule, PortMapping, PortRange
from designer.model.networks import NetworkMode, Subnet
from designer.model.releases import RELEASES
from designer.model.topology import Topology

Fields = dict[str, Any]

UNDO = "delete the objects by their ids, endpoints before networks, or let the powershell teardown do it"

PROTOCOL_NUMBERS = {"icmp": 1, "tcp": 6, "udp": 17, "any": 0, "sctp": 132}

_TYPES = {
    NetworkMode.NAT: "NAT",
    NetworkMode.ICS: "ICS",
    NetworkMode.TRANSPARENT: "Transparent",
    NetworkMode.L2BRIDGE: "L2Bridge",
    NetworkMode.L2TUNNEL: "L2Tunnel",
    NetworkMode.OVERLAY: "Overlay",
    NetworkMode.PRIVATE: "Private",
    NetworkMode.INTERNAL: "Internal",
}
_VERSION = {"Major": 2, "Minor": 0}
_DEFAULT_ROUTE = {4: "0.0.0.0/0", 6: "::/0"}
_DIRECT_SERVER_RETURN = 1
_SOURCE_IP = 2
_PRESERVE_DIP = 8


def render_hcn(topology: Topology, host: Host, _options: ExportOptions) -> RenderedScript:
    """Return the settings of all HCN objects of a host as one JSON file.

    Raises:
        ExportError: the host's release has no HCN interface.
    """
    if not has_hcn(host):
        raise ExportError(
            f"“{host.name}” has {RELEASES[host.os].title}, and the HCN interface begins with Windows Server 2019. "
            "Export as hns or powershell."
        )
    found = hns_plan(topology, host)
    legs = [each for each in found.endpoints if each.compartment is not None]
    remarks = [f"host endpoint '{leg.name}': attach it to compartment {leg.compartment} once it exists" for leg in legs]
    groups: dict[str, list[Entry]] = {
        "Networks": [(network_settings(network), network.drawn.id) for network in found.networks],
        "Endpoints": [(endpoint_settings(endpoint), endpoint.element) for endpoint in found.endpoints],
        "LoadBalancers": [(balancer_settings(balancer), balancer.drawn.id) for balancer in found.balancers],
        "NotInThisFile": [(remark, None) for remark in (*remarks, *found.remarks)],
    }
    return json_file(groups)


def network_settings(network: HnsNetwork) -> Fields:
    """Return a HostComputeNetwork."""
    drawn = network.drawn
    adapter = ",".join(network.adapters)
    policies = [_policy("NetAdapterName", NetworkAdapterName=adapter)] if adapter else []
    ranges = [{"StartMacAddress": pool.first, "EndMacAddress": pool.last} for pool in drawn.mac_pools]
    dynamic = drawn.mode is NetworkMode.TRANSPARENT and not drawn.subnets
    ipams = [{"Type": "Static", "Subnets": [_subnet(network, subnet) for subnet in drawn.subnets]}]
    return without_nothing(
        {
            "ID": str(network.id),
            "Name": network.name,
            "Type": _TYPES[drawn.mode],
            "Policies": policies,
            "MacPool": {"Ranges": ranges} if ranges else None,
            "Dns": _dns(drawn.dns_suffix, drawn.dns_servers),
            "Ipams": [{"Type": "DHCP"}] if dynamic else ipams if drawn.subnets else [],
            "SchemaVersion": _VERSION,
        }
    )


def _subnet(network: HnsNetwork, subnet: Subnet) -> Fields:
    isolation = {"VLAN": network.drawn.vlan, "VSID": subnet.vni or network.drawn.vsid}
    default = _DEFAULT_ROUTE[subnet.prefix.version]
    return without_nothing(
        {
            "IpAddressPrefix": str(subnet.network),
            "Routes": [{"NextHop": str(subnet.gateway), "DestinationPrefix": default}] if subnet.gateway else [],
            "Policies": [_policy(kind, IsolationId=number) for kind, number in isolation.items() if number],
            "IpSubnets": [{"IpAddressPrefix": str(block.network)} for block in subnet.ip_blocks],
        }
    )


def endpoint_settings(endpoint: HnsEndpoint) -> Fields:
    """Return a HostComputeEndpoint."""
    address = endpoint.address
    configurations = [{"IpAddress": str(address.ip), "PrefixLength": address.network.prefixlen}] if address else []
    version = endpoint.gateway.version if endpoint.gateway is not None else 4
    route = {"NextHop": str(endpoint.gateway), "DestinationPrefix": _DEFAULT_ROUTE[version]}
    return without_nothing(
        {
            "ID": str(endpoint.id),
            "Name": endpoint.name,
            "HostComputeNetwork": str(endpoint.network),
            "IpConfigurations": configurations,
            "MacAddress": endpoint.mac,
            "Dns": _dns(endpoint.dns_suffix, endpoint.dns_servers),
            "Routes": [route] if endpoint.gateway is not None and address is not None else [],
            "Policies": _endpoint_policies(endpoint),
            "SchemaVersion": _VERSION,
        }
    )


def _endpoint_policies(endpoint: HnsEndpoint) -> list[Fields]:
    policies = [port_mapping(port) for port in endpoint.ports]
    if endpoint.outbound_nat:
        policies.append(_policy("OutBoundNAT", Exceptions=[str(prefix.network) for prefix in endpoint.exceptions]))
    policies += [acl_policy(acl) for acl in endpoint.acls]
    limit = endpoint.outbound_limit_bytes_per_second
    return [*policies, _policy("QOS", MaximumOutgoingBandwidthInBytes=limit)] if limit else policies


def port_mapping(port: PortMapping) -> Fields:
    """Return a PortMapping policy."""
    return _policy(
        "PortMapping",
        Protocol=PROTOCOL_NUMBERS[port.protocol],
        InternalPort=port.container_port,
        ExternalPort=port.host_port or None,
        VIP=str(port.host_address) if port.host_address is not None else None,
    )


def acl_policy(acl: AclRule) -> Fields:
    """Return an ACL policy; lists are joined by commas."""
    number = PROTOCOL_NUMBERS[acl.protocol]
    return _policy(
        "ACL",
        Protocols=str(number) if number else None,
        Action="Allow" if acl.action == "allow" else "Block",
        Direction="In" if acl.direction == "in" else "Out",
        RemoteAddresses=",".join(str(prefix) for prefix in acl.remote_addresses) or None,
        LocalPorts=ranges(acl.local_ports) or None,
        RemotePorts=ranges(acl.remote_ports) or None,
        RuleType="Host" if acl.enforced_by == "host" else "Switch",
        Priority=acl.priority,
    )


def ranges(found: tuple[PortRange, ...]) -> str:
    """Return ports as HNS reads them: ``80,8000-8010``."""
    return ",".join(str(each.first) if each.first == each.last else f"{each.first}-{each.last}" for each in found)


def balancer_settings(balancer: HnsBalancer) -> Fields:
    """Return a HostComputeLoadBalancer."""
    drawn = balancer.drawn
    mapping = {
        "Protocol": PROTOCOL_NUMBERS[drawn.protocol],
        "InternalPort": drawn.target_port,
        "ExternalPort": drawn.port,
        "DistributionType": _SOURCE_IP if drawn.session_affinity else None,
        "Flags": _PRESERVE_DIP if drawn.preserve_destination else None,
    }
    return without_nothing(
        {
            "ID": str(balancer.id),
            "HostComputeEndpoints": [str(endpoint) for endpoint in balancer.endpoints],
            "SourceVIP": str(drawn.source_vip) if drawn.source_vip is not None else None,
            "FrontendVIPs": [str(drawn.vip)] if drawn.vip is not None else [],
            "PortMappings": [without_nothing(mapping)],
            "Flags": _DIRECT_SERVER_RETURN if drawn.direct_server_return else None,
            "SchemaVersion": _VERSION,
        }
    )


def _policy(kind: str, **settings: object) -> Fields:
    return {"Type": kind, "Settings": without_nothing(settings)}


def _dns(suffix: str, servers: tuple[Any, ...]) -> Fields | None:
    found = without_nothing({"Domain": suffix or None, "ServerList": [str(server) for server in servers]})
    return found or None
