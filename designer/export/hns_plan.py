"""What HNS is asked for on a host: networks, endpoints and load balancers, for both versions of its interface.

Ids follow from the design, so that endpoints can name their network before it exists and equal designs give equal
files.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid5

from designer.export.host_steps import adapter_names, vnic_name
from designer.model.addressing import IpAddress, IpInterface, MacAddress
from designer.model.hosts import Host, HostVNic
from designer.model.identity import EntityId
from designer.model.links import AclRule, Attachment, Backend, PortMapping
from designer.model.modes import MODES
from designer.model.networks import ContainerNetwork, LoadBalancer, NetworkMode
from designer.model.realisation import HOST_COMPARTMENT, host_of, networks_on, realise, uplinks_of
from designer.model.topology import Topology
from designer.model.workloads import ContainerBase

_IDS = UUID("6f0d3a52-4f0e-5b6e-9a0c-1d1f6f1f3c11")
"""Namespace of the ids of this program."""


@dataclass(frozen=True, slots=True)
class HnsEndpoint:
    """An endpoint of a container or, with a compartment, of the host itself.

    Attributes:
        address: with the length of the subnet's prefix; None lets HNS or DHCP choose.
        outbound_nat: whether what leaves is translated, but for the exceptions.
    """

    element: EntityId
    id: UUID
    name: str
    network: UUID
    address: IpInterface | None
    gateway: IpAddress | None
    mac: MacAddress | None
    dns_servers: tuple[IpAddress, ...] = ()
    dns_suffix: str = ""
    internal_dns: bool = False
    ports: tuple[PortMapping, ...] = ()
    acls: tuple[AclRule, ...] = ()
    outbound_limit_bytes_per_second: int | None = None
    outbound_nat: bool = False
    exceptions: tuple[IpInterface, ...] = ()
    compartment: int | None = None


@dataclass(frozen=True, slots=True)
class HnsNetwork:
    """A network as the design has it, with its id and the adapters that carry it."""

    id: UUID
    drawn: ContainerNetwork
    adapters: tuple[str, ...]

    @property
    def name(self) -> str:
        """What HNS calls it."""
        return self.drawn.hns_name or self.drawn.name


@dataclass(frozen=True, slots=True)
class HnsBalancer:
    """A load balancer with the ids of the endpoints that it spreads over."""

    id: UUID
    drawn: LoadBalancer
    endpoints: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class HnsPlan:
    """Everything on a host, and what HNS has no object for."""

    networks: tuple[HnsNetwork, ...]
    endpoints: tuple[HnsEndpoint, ...]
    balancers: tuple[HnsBalancer, ...]
    remarks: tuple[str, ...]


def hns_plan(topology: Topology, host: Host) -> HnsPlan:
    """Return what HNS is asked for on a host."""
    networks = tuple(
        HnsNetwork(_id("network", network.id, host.id), network, _adapters(topology, host, network))
        for network in networks_on(topology, host.id)
    )
    legs = (leg for network in networks for leg in _legs(topology, host, network.drawn))
    endpoints = (*_container_endpoints(topology, host), *legs)
    balancers = tuple(_balancers(topology, host, endpoints))
    return HnsPlan(networks, endpoints, balancers, _remarks(topology, host))


def _id(kind: str, *entities: EntityId) -> UUID:
    return uuid5(_IDS, "\0".join((kind, *entities)))


def _adapters(topology: Topology, host: Host, network: ContainerNetwork) -> tuple[str, ...]:
    if not MODES[network.mode].needs_uplink:
        return ()
    return adapter_names(topology, uplinks_of(topology, network.switch or network.id, host.id))


def _container_endpoints(topology: Topology, host: Host) -> list[HnsEndpoint]:
    found = []
    for part in realise(topology, host.id).endpoints:
        link, network = topology.find(part.attachment, Attachment), topology.find(part.network, ContainerNetwork)
        workload = topology.find(part.workload, ContainerBase)
        if link is not None and network is not None and workload is not None:
            leg = host_leg(topology, host, network) if network.mode is NetworkMode.L2BRIDGE else None
            found.append(_endpoint(host, link, network, workload, leg))
    return found


def host_leg(topology: Topology, host: Host, network: ContainerNetwork) -> IpAddress | None:
    """Return the address of the host's endpoint in a network: where an l2bridge network of its own subnet leads out.

    Source: microsoft/SDN start-kubelet.ps1; containernetworking/plugins win-bridge.
    """
    legs = (endpoint for endpoint in _legs(topology, host, network) if endpoint.address is not None)
    return next((leg.address.ip for leg in legs if leg.address is not None), None)


def _endpoint(
    host: Host, link: Attachment, network: ContainerNetwork, workload: ContainerBase, leg: IpAddress | None
) -> HnsEndpoint:
    overlay = network.mode is NetworkMode.OVERLAY
    own = tuple(subnet.prefix for subnet in network.subnets)
    return HnsEndpoint(
        element=link.id,
        id=_id("endpoint", link.id, workload.id),
        name=f"{workload.name}_{network.name}",
        network=_id("network", network.id, host.id),
        address=_with_prefix(network, link.ip),
        gateway=link.gateway or leg or _gateway(network, link.ip),
        mac=link.mac,
        dns_servers=tuple(dict.fromkeys((*workload.dns_servers, *link.dns_servers, *network.dns_servers))),
        dns_suffix=network.dns_suffix,
        internal_dns=network.mode in (NetworkMode.NAT, NetworkMode.OVERLAY) and network.gateway_dns,
        ports=link.ports,
        acls=tuple(sorted(link.acls, key=lambda acl: acl.priority)),
        outbound_limit_bytes_per_second=link.outbound_limit_bytes_per_second,
        outbound_nat=network.outbound_nat or overlay,
        exceptions=own if overlay else network.outbound_nat_exceptions,
    )


def _legs(topology: Topology, host: Host, network: ContainerNetwork) -> list[HnsEndpoint]:
    """Return the host's own endpoints in a network."""
    found = []
    for link in topology.links_of(network.id, Attachment):
        vnic = topology.find(link.source, HostVNic)
        where = host_of(topology, vnic.id) if vnic is not None else None
        if vnic is not None and where is not None and where.id == host.id:
            found.append(
                HnsEndpoint(
                    element=vnic.id,
                    id=_id("endpoint", link.id, vnic.id),
                    name=vnic_name(vnic),
                    network=_id("network", network.id, host.id),
                    address=vnic.addresses[0] if vnic.addresses else _with_prefix(network, link.ip),
                    gateway=None,
                    mac=vnic.mac or link.mac,
                    compartment=HOST_COMPARTMENT,
                )
            )
    return found


def _with_prefix(network: ContainerNetwork, ip: IpAddress | None) -> IpInterface | None:
    subnet = next((subnet for subnet in network.subnets if ip is not None and ip in subnet.network), None)
    return type(subnet.prefix)((ip, subnet.network.prefixlen)) if subnet is not None and ip is not None else None


def _gateway(network: ContainerNetwork, ip: IpAddress | None) -> IpAddress | None:
    holding = (subnet for subnet in network.subnets if ip is None or ip in subnet.network)
    return next((subnet.gateway for subnet in holding if subnet.gateway is not None), None)


def _balancers(topology: Topology, host: Host, endpoints: tuple[HnsEndpoint, ...]) -> list[HnsBalancer]:
    by_link = {endpoint.element: endpoint.id for endpoint in endpoints}
    found = []
    for balancer in sorted(topology.of(LoadBalancer), key=lambda each: (each.name, each.id)):
        targets = [backend.target for backend in topology.links_of(balancer.id, Backend)]
        links = (link for target in targets for link in topology.links_of(target, Attachment))
        local = tuple(by_link[link.id] for link in links if link.id in by_link and _balances(topology, link))
        if local:
            found.append(HnsBalancer(_id("balancer", balancer.id, host.id), balancer, local))
    return found


def _balances(topology: Topology, link: Attachment) -> bool:
    network = topology.find(link.target, ContainerNetwork)
    return network is not None and MODES[network.mode].uses_vfp


def _remarks(topology: Topology, host: Host) -> tuple[str, ...]:
    parts = realise(topology, host.id)
    drawn = [switch.name for switch in parts.switches if not switch.key.is_derived]
    remarks = [f"virtual switch '{name}': made by Hyper-V, not by HNS" for name in drawn]
    remarks += [
        "WinNAT drawn by hand: made by New-NetNat, not by HNS" for nat in parts.winnats if not nat.key.is_derived
    ]
    containers = [topology[endpoint.workload] for endpoint in parts.endpoints]
    names = dict.fromkeys(found.name for found in containers if isinstance(found, ContainerBase))
    remarks += [f"container '{name}': the container runtime makes it and attaches its endpoints" for name in names]
    return tuple(remarks)
