"""What HNS is asked for, in version 1 of its interface: the requests of HNSCall, in order.

Source: microsoft/hcsshim internal/hns; moby/moby daemon/libnetwork/drivers/windows.
"""

from __future__ import annotations

from typing import Any

from designer.errors import ExportError
from designer.export.hcn import PROTOCOL_NUMBERS, ranges
from designer.export.hns_plan import HnsBalancer, HnsEndpoint, HnsNetwork, hns_plan
from designer.export.json_file import Entry, json_file, without_nothing
from designer.export.rendered import ExportOptions, RenderedScript
from designer.model.hosts import Host
from designer.model.links import AclRule
from designer.model.networks import NetworkMode, Subnet
from designer.model.topology import Topology

Fields = dict[str, Any]

UNDO = "DELETE the objects by their ids, endpoints before networks, or let the powershell teardown do it"


def render_hns(topology: Topology, host: Host, _options: ExportOptions) -> RenderedScript:
    """Return the requests for all HNS objects of a host as one JSON file.

    Raises:
        ExportError: a load balancer wants what only version 2 has.
    """
    found = hns_plan(topology, host)
    requests: list[Entry] = [(_post("/networks/", network_body(each)), each.drawn.id) for each in found.networks]
    for endpoint in found.endpoints:
        requests.append((_post("/endpoints/", endpoint_body(endpoint)), endpoint.element))
        if endpoint.compartment is not None:
            body = {"SystemType": "Host", "CompartmentId": endpoint.compartment}
            requests.append((_post(f"/endpoints/{endpoint.id}/attach", body), endpoint.element))
    requests += [(_post("/policylists/", balancer_body(each)), each.drawn.id) for each in found.balancers]
    return json_file({"Requests": requests, "NotInThisFile": [(remark, None) for remark in found.remarks]})


def _post(path: str, body: Fields) -> Fields:
    return {"Method": "POST", "Path": path, "Body": body}


def network_body(network: HnsNetwork) -> Fields:
    """Return a Network of version 1."""
    drawn = network.drawn
    policies: list[Fields] = [{"Type": "VLAN", "VLAN": drawn.vlan}] if drawn.vlan else []
    policies += [{"Type": "VSID", "VSID": drawn.vsid}] if drawn.vsid else []
    pools = [{"StartMacAddress": pool.first, "EndMacAddress": pool.last} for pool in drawn.mac_pools]
    return without_nothing(
        {
            "ID": str(network.id),
            "Name": network.name,
            "Type": drawn.mode.value,
            "NetworkAdapterName": ",".join(network.adapters) or None,
            "Subnets": [_subnet(subnet) for subnet in drawn.subnets],
            "MacPools": pools,
            "DNSSuffix": drawn.dns_suffix or None,
            "DNSServerList": ",".join(map(str, drawn.dns_servers)) or None,
            "AutomaticDNS": True if drawn.mode is NetworkMode.OVERLAY else None,
            "Policies": policies,
        }
    )


def _subnet(subnet: Subnet) -> Fields:
    return without_nothing(
        {
            "AddressPrefix": str(subnet.network),
            "GatewayAddress": str(subnet.gateway) if subnet.gateway is not None else None,
            "Policies": [{"Type": "VSID", "VSID": subnet.vni}] if subnet.vni else [],
        }
    )


def endpoint_body(endpoint: HnsEndpoint) -> Fields:
    """Return an Endpoint of version 1."""
    address = endpoint.address
    return without_nothing(
        {
            "ID": str(endpoint.id),
            "Name": endpoint.name,
            "VirtualNetwork": str(endpoint.network),
            "IPAddress": str(address.ip) if address is not None else None,
            "PrefixLength": address.network.prefixlen if address is not None else None,
            "GatewayAddress": str(endpoint.gateway) if endpoint.gateway is not None and address is not None else None,
            "MacAddress": endpoint.mac,
            "DNSSuffix": endpoint.dns_suffix or None,
            "DNSServerList": ",".join(map(str, endpoint.dns_servers)) or None,
            "EnableInternalDNS": True if endpoint.internal_dns else None,
            "Policies": _policies(endpoint),
        }
    )


def _policies(endpoint: HnsEndpoint) -> list[Fields]:
    policies: list[Fields] = []
    for port in endpoint.ports:
        mapping = {
            "Protocol": port.protocol,
            "InternalPort": port.container_port,
            "ExternalPort": port.host_port or None,
        }
        policies.append(without_nothing({"Type": "NAT", **mapping, "ExternalPortReserved": True}))
    if endpoint.outbound_nat:
        exceptions = [str(prefix.network) for prefix in endpoint.exceptions]
        policies.append(without_nothing({"Type": "OutBoundNAT", "ExceptionList": exceptions}))
    policies += [_acl(acl) for acl in endpoint.acls]
    limit = endpoint.outbound_limit_bytes_per_second
    return [*policies, {"Type": "QOS", "MaximumOutgoingBandwidthInBytes": limit}] if limit else policies


def _acl(acl: AclRule) -> Fields:
    return without_nothing(
        {
            "Type": "ACL",
            "Action": "Allow" if acl.action == "allow" else "Block",
            "Direction": "In" if acl.direction == "in" else "Out",
            "Protocol": PROTOCOL_NUMBERS[acl.protocol] or None,
            "RemoteAddresses": ",".join(str(prefix) for prefix in acl.remote_addresses) or None,
            "LocalPorts": ranges(acl.local_ports) or None,
            "RemotePorts": ranges(acl.remote_ports) or None,
            "RuleType": "Host" if acl.enforced_by == "host" else "Switch",
            "Priority": acl.priority,
        }
    )


def balancer_body(balancer: HnsBalancer) -> Fields:
    """Return a PolicyList with an ELB policy.

    Raises:
        ExportError: the load balancer wants what only version 2 has.
    """
    drawn = balancer.drawn
    if drawn.session_affinity or drawn.preserve_destination:
        wanted = "session affinity" if drawn.session_affinity else "to keep the destination address"
        raise ExportError(
            f"“{drawn.name}” wants {wanted}, which version 1 of the HNS interface has not. Export as hcn or powershell."
        )
    policy = without_nothing(
        {
            "Type": "ELB",
            "SourceVIP": str(drawn.source_vip) if drawn.source_vip is not None else None,
            "VIPs": [str(drawn.vip)] if drawn.vip is not None else [],
            "IsDSR": True if drawn.direct_server_return else None,
            "Protocol": PROTOCOL_NUMBERS[drawn.protocol],
            "InternalPort": drawn.target_port,
            "ExternalPort": drawn.port,
        }
    )
    references = [f"/endpoints/{endpoint}" for endpoint in balancer.endpoints]
    return {"ID": str(balancer.id), "References": references, "Policies": [policy]}
