"""A host's networks as CNI configurations for the plug-ins nat, sdnbridge, sdnoverlay, win-bridge and win-overlay.

The plug-ins sdnbridge and sdnoverlay speak HCN, so hosts before Windows Server 2019 get win-bridge and win-overlay with
version 1 of the interface; these expect that the network exists.

Source: microsoft/windows-container-networking cni; containernetworking/plugins plugins/main/windows.
"""

from __future__ import annotations

import json
from typing import Any

from designer.errors import ExportError, NothingToExportError, listed
from designer.export.hns_plan import HnsNetwork, hns_plan, host_leg
from designer.export.json_file import json_list, without_nothing
from designer.export.network_steps import has_hcn
from designer.export.rendered import ExportOptions, RenderedScript, TextForm
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.networks import NetworkMode
from designer.model.topology import Topology

Fields = dict[str, Any]
Line = tuple[str, EntityId | None]

UNDO = "delete the file from the folder of CNI configurations, and the network with the hcn or powershell export"

_VERSION = "0.3.1"
_DEFAULT_ROUTE = "0.0.0.0/0"
_TYPES = {NetworkMode.NAT: ("nat", "nat"), NetworkMode.L2BRIDGE: ("sdnbridge", "win-bridge")}
_TYPES[NetworkMode.OVERLAY] = ("sdnoverlay", "win-overlay")
"""The plug-in for each mode: with HCN, and before."""


def render_cni(topology: Topology, host: Host, _options: ExportOptions) -> RenderedScript:
    """Return the configuration of the only network of a host, or a list with one for each network.

    Raises:
        ExportError: the host has no network, or one that no CNI plug-in makes.
    """
    networks = hns_plan(topology, host).networks
    if not networks:
        raise NothingToExportError(f"“{host.name}” has no network for CNI to configure. Add a network to it.")
    strange = [network.drawn for network in networks if network.drawn.mode not in _TYPES]
    if strange:
        names = listed([f"{network.name} ({network.mode.value})" for network in strange])
        raise ExportError(
            f"No CNI plug-in of Windows makes {names} on “{host.name}”: they know nat, l2bridge and overlay. Change "
            "the mode, or export as hcn or powershell."
        )
    found = [(configuration(topology, host, network), network.drawn.id) for network in networks]
    return RenderedScript.of_lines(_lines(found), TextForm.PLAIN)


def _lines(found: list[tuple[Fields, EntityId]]) -> list[Line]:
    if len(found) == 1:
        ((fields, element),) = found
        return [(line, element) for line in json.dumps(fields, indent=2).split("\n")]
    return json_list(found)


def configuration(topology: Topology, host: Host, network: HnsNetwork) -> Fields:
    """Return the CNI configuration of a network."""
    drawn = network.drawn
    modern = has_hcn(host)
    capabilities = {"portMappings": True if drawn.cni_port_mappings else None, "dns": True}
    old = drawn.mode is not NetworkMode.NAT and not modern
    dns = {"Nameservers": [str(server) for server in drawn.dns_servers], "Domain": drawn.dns_suffix or None}
    return without_nothing(
        {
            "cniVersion": _VERSION,
            "name": network.name,
            "type": _TYPES[drawn.mode][0 if modern else 1],
            "apiVersion": 1 if old else None,
            "capabilities": without_nothing(capabilities),
            "ipam": _ipam(topology, host, network) or None,
            "dns": without_nothing(dns) or None,
            "policies" if old else "AdditionalArgs": _policies(network, old=old),
        }
    )


def _ipam(topology: Topology, host: Host, network: HnsNetwork) -> Fields:
    subnets = network.drawn.subnets
    if not subnets:
        return {}
    leg = host_leg(topology, host, network.drawn) if network.drawn.mode is NetworkMode.L2BRIDGE else None
    gateway = leg or subnets[0].gateway
    block = subnets[0].ip_blocks[0].network if subnets[0].ip_blocks else subnets[0].network
    routes = [{"dst": _DEFAULT_ROUTE, "GW": str(gateway)}] if gateway is not None else []
    return without_nothing({"subnet": str(block), "routes": routes})


def _policies(network: HnsNetwork, *, old: bool) -> list[Fields]:
    drawn = network.drawn
    if not drawn.outbound_nat and drawn.mode is not NetworkMode.OVERLAY:
        return []
    prefixes = drawn.outbound_nat_exceptions or tuple(subnet.prefix for subnet in drawn.subnets)
    exceptions = [str(prefix.network) for prefix in prefixes]
    if old:
        return [{"name": "EndpointPolicy", "value": {"Type": "OutBoundNAT", "ExceptionList": exceptions}}]
    policy = {"Type": "OutBoundNAT", "Settings": {"Exceptions": exceptions}}
    return [{"Name": "EndpointPolicy", "Value": policy}]
