"""What a new element starts with: a name of its own kind, and values that are legal where it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from ipaddress import IPv4Interface, IPv4Network

from designer.model.base import Element
from designer.model.fabric import Client, Router, Segment, SegmentSubnet
from designer.model.hosts import Host, HostVNic, PhysicalNic, SetTeam, VSwitch, WinNat
from designer.model.identity import EntityId
from designer.model.links import Attachment
from designer.model.modes import Feature, has
from designer.model.networks import ContainerNetwork, LoadBalancer, NetworkMode, Subnet
from designer.model.realisation import host_of, networks_on
from designer.model.releases import RELEASES, OsRelease
from designer.model.services import Service, ServicePort
from designer.model.swarm import in_swarm, nodes_of, swarm_names
from designer.model.topology import Topology
from designer.model.workloads import Compartment, HyperVContainer, WindowsContainer
from designer.planning.area import Area
from designer.planning.ids import free_vlan_of_segment, free_vni
from designer.planning.known import LOCAL_POOL, PRIVATE_POOLS, SWARM_LENGTH, SWARM_POOL
from designer.planning.ports import free_port
from designer.planning.prefixes import free_nat_prefix, free_prefix
from designer.simulate.packets import first_port
from designer.simulate.trace import Addressing

Fields = dict[str, object]

NAMES: Mapping[type[Element], str] = {
    Host: "HOST01",
    PhysicalNic: "Ethernet",
    SetTeam: "Team 1",
    VSwitch: "Switch 1",
    HostVNic: "vNIC 1",
    WinNat: "WinNAT 1",
    Compartment: "Compartment 1",
    Service: "service01",
    WindowsContainer: "web01",
    HyperVContainer: "api01",
    LoadBalancer: "lb01",
    Segment: "LAN 1",
    Router: "router01",
    Client: "client01",
}

LOCAL_LENGTH = 24
"""Length of the prefixes of networks that nobody prescribes one for."""

IMAGE = "mcr.microsoft.com/windows/servercore"

_IMAGE_TAGS: Mapping[OsRelease, tuple[str, int]] = {
    OsRelease.WS2016: ("ltsc2016", 14393),
    OsRelease.WS1709: ("1709", 16299),
    OsRelease.WS1803: ("1803", 17134),
    OsRelease.WS2019: ("ltsc2019", 17763),
    OsRelease.WS2022: ("ltsc2022", 20348),
    OsRelease.WS2025: ("ltsc2025", 26100),
}


def default_name(element_type: type[Element], fields: Mapping[str, object]) -> str:
    """Return the name that the first element of a kind gets; a network is called after its mode: nat0."""
    if issubclass(element_type, ContainerNetwork):
        return f"{NetworkMode(str(fields.get('mode', NetworkMode.NAT)))}0"
    return NAMES.get(element_type, f"{element_type.title} 1")


def default_fields(
    topology: Topology, element_type: type[Element], parent: EntityId | None, fields: Mapping[str, object]
) -> Fields:
    """Return legal values for a new element in a container; the given fields decide, and are not repeated."""
    host = host_of(topology, parent) if parent is not None else None
    if issubclass(element_type, ContainerNetwork):
        return _network_fields(topology, host, fields)
    if issubclass(element_type, WindowsContainer | HyperVContainer) and host is not None and "image" not in fields:
        tag, build = image_tag(host)
        return {"image": f"{IMAGE}:{tag}"} | ({} if "image_build" in fields else {"image_build": build})
    if issubclass(element_type, Service):
        return _service_fields(topology, fields)
    if issubclass(element_type, Segment) and "subnets" not in fields:
        return {"subnets": (next_segment_subnet(topology, Segment(id=EntityId(""), name="-")),)}
    if issubclass(element_type, WinNat) and "internal_prefix" not in fields:
        return {"internal_prefix": _winnat_prefix(topology, host)}
    return {}


def _network_fields(topology: Topology, host: Host | None, fields: Mapping[str, object]) -> Fields:
    mode = NetworkMode(str(fields.get("mode", NetworkMode.NAT)))
    if "subnets" in fields or mode not in _SUBNETS:
        return {}
    if mode is NetworkMode.NAT and host is not None and "name" not in fields and _has_room_for_one_nat(topology, host):
        return {"name": "nat", "predefined": True}
    return {"subnets": _SUBNETS[mode](topology, host)}


def _has_room_for_one_nat(topology: Topology, host: Host) -> bool:
    """Whether the first nat network can only be Docker's own: Windows Server 2016 has one WinNAT prefix, and it has it.

    Source: MicrosoftDocs/Virtualization-Documentation container-networking/advanced.md.
    """
    networks = networks_on(topology, host.id)
    return (
        host.column is OsRelease.WS2016
        and host.daemon.default_nat
        and not any(network.mode is NetworkMode.NAT for network in networks)
    )


def _service_fields(topology: Topology, fields: Mapping[str, object]) -> Fields:
    """Return what its nodes can run; of several swarms the first by name, for the only one needs no name."""
    names = swarm_names(topology)
    found: Fields = {"swarm": names[0]} if len(names) > 1 and "swarm" not in fields else {}
    nodes = nodes_of(topology, Service.model_validate({"id": "", "name": "-"} | found | dict(fields)))
    if nodes and "image" not in fields:
        tag, build = image_tag(min(nodes, key=lambda node: node.build_number))
        found |= {"image": f"{IMAGE}:{tag}"} | ({} if "image_build" in fields else {"image_build": build})
    if not _all_have(Feature.LOAD_BALANCING, nodes):
        found["endpoint_mode"] = "dnsrr"
    draft = Service.model_validate({"id": "", "name": "-"} | found | dict(fields))
    found["ports"] = (next_service_port(topology, draft),)
    return {name: value for name, value in found.items() if name not in fields}


def _all_have(feature: Feature, nodes: tuple[Host, ...]) -> bool:
    return all(has(NetworkMode.OVERLAY, feature, node.column) for node in nodes)


def next_service_port(topology: Topology, service: Service) -> ServicePort:
    """Return a port for a service to publish that is free on all its nodes, by the routing mesh where all have it.

    Tasks of a service with DNS round robin have no virtual IP that the mesh could lead to.
    """
    nodes = nodes_of(topology, service)
    taken = {port.published for other in topology.of(Service) for port in other.ports}
    meshed = service.endpoint_mode == "vip" and _all_have(Feature.ROUTING_MESH, nodes)
    published = free_port(topology, [node.id for node in nodes], also_taken=taken) or 0
    return ServicePort(published=published, mode="ingress" if meshed else "host")


def flow_fields(topology: Topology, source: EntityId, target: EntityId) -> Fields:
    """Return what new traffic starts with: the port that the target offers, in the way that the source can reach it.

    What shares no network with the target sends to a published port, where there is one.
    """
    shared = _networks(topology, source) & _networks(topology, target)
    address: Addressing = "published" if _publishes(topology, target) and not shared else "own"
    return {"address": address, "port": first_port(topology, target, "tcp", address)}


def _networks(topology: Topology, element: EntityId) -> set[EntityId]:
    return {link.target for link in topology.links_of(element, Attachment) if link.source == element}


def _publishes(topology: Topology, target: EntityId) -> bool:
    service = topology.find(target, Service)
    if service is not None:
        return any(port.protocol == "tcp" for port in service.ports)
    return any(port.protocol == "tcp" for link in topology.links_of(target, Attachment) for port in link.ports)


def image_tag(host: Host) -> tuple[str, int]:
    """Return tag and Windows build of the image that a container on the host starts from without Hyper-V."""
    release = RELEASES[host.os].column if host.build is None else host.column
    return _IMAGE_TAGS[release]


def _subnet(prefix: IPv4Network | None, *, gateway: bool = True, vni: int | None = None) -> tuple[Subnet, ...]:
    if prefix is None:
        return ()
    return (Subnet(prefix=IPv4Interface(prefix), gateway=prefix[1] if gateway else None, vni=vni),)


def _nat(topology: Topology, host: Host | None) -> tuple[Subnet, ...]:
    return _subnet(_nat_prefix(topology, host))


def _nat_prefix(topology: Topology, host: Host | None) -> IPv4Network | None:
    area = _area(topology, host)
    return free_nat_prefix(area, host) if host is not None else free_prefix(area, PRIVATE_POOLS, LOCAL_LENGTH)


def _local_prefix(topology: Topology, host: Host | None) -> IPv4Network | None:
    return free_prefix(_area(topology, host), (LOCAL_POOL, *PRIVATE_POOLS), LOCAL_LENGTH)


def _area(topology: Topology, host: Host | None) -> Area:
    return Area.whole(topology, *(() if host is None else (host,)))


def _internal(topology: Topology, host: Host | None) -> tuple[Subnet, ...]:
    return _subnet(_local_prefix(topology, host))


def _private(topology: Topology, host: Host | None) -> tuple[Subnet, ...]:
    return _subnet(_local_prefix(topology, host), gateway=False)


def _overlay(topology: Topology, host: Host | None) -> tuple[Subnet, ...]:
    prefix = free_prefix(overlay_area(topology), (SWARM_POOL, *PRIVATE_POOLS), SWARM_LENGTH)
    return _subnet(prefix, vni=free_vni(topology))


def overlay_area(topology: Topology) -> Area:
    """Return where an overlay network may reach: every node of every swarm."""
    return Area.whole(topology, *(host for host in topology.of(Host) if in_swarm(host)))


def _bridged(topology: Topology, host: Host | None) -> tuple[Subnet, ...]:
    """Return the subnet of the host's own adapter with its router, else a prefix of its own."""
    nics = [nic for nic in topology.descendants(host.id) if isinstance(nic, PhysicalNic)] if host is not None else []
    for nic in nics:
        for address in nic.addresses:
            if isinstance(address, IPv4Interface) and nic.gateway in address.network:
                return (Subnet(prefix=IPv4Interface(address.network), gateway=nic.gateway),)
    return _subnet(_local_prefix(topology, host))


_SUBNETS: Mapping[NetworkMode, Callable[[Topology, Host | None], tuple[Subnet, ...]]] = {
    NetworkMode.NAT: _nat,
    NetworkMode.L2BRIDGE: _bridged,
    NetworkMode.L2TUNNEL: _bridged,
    NetworkMode.OVERLAY: _overlay,
    NetworkMode.INTERNAL: _internal,
    NetworkMode.PRIVATE: _private,
}
"""Transparent networks start with DHCP of the physical network, ics networks with what Windows chooses."""


def next_subnet(topology: Topology, network: ContainerNetwork) -> Subnet:
    """Return a further subnet for a network: a free prefix of the size that its mode has, with its gateway.

    A VXLAN id goes with it where the others have one.
    """
    host = host_of(topology, network.id)
    vni = None
    if network.mode is NetworkMode.OVERLAY:
        prefix = free_prefix(overlay_area(topology), (SWARM_POOL, *PRIVATE_POOLS), SWARM_LENGTH)
        vni = free_vni(topology) if any(subnet.vni is not None for subnet in network.subnets) else None
    elif network.mode is NetworkMode.NAT:
        prefix = _nat_prefix(topology, host)
    else:
        prefix = _local_prefix(topology, host)
    return _subnet(prefix or IPv4Network((LOCAL_POOL[0], LOCAL_LENGTH)), vni=vni)[0]


def next_segment_subnet(topology: Topology, segment: Segment) -> SegmentSubnet:
    """Return a further subnet for a physical network: a free prefix, from the second on in a VLAN of its own."""
    prefix = _local_prefix(topology, None) or IPv4Network((LOCAL_POOL[0], LOCAL_LENGTH))
    vlan = free_vlan_of_segment(topology, segment) if segment.subnets else None
    return SegmentSubnet(prefix=IPv4Interface(prefix), router=prefix[1], vlan=vlan)


def _winnat_prefix(topology: Topology, host: Host | None) -> IPv4Interface | None:
    networks = networks_on(topology, host.id) if host is not None else ()
    for subnet in (subnet for network in networks if network.mode is NetworkMode.NAT for subnet in network.subnets):
        if isinstance(subnet.network, IPv4Network):
            return IPv4Interface(subnet.network)
    prefix = _nat_prefix(topology, host)
    return IPv4Interface(prefix) if prefix is not None else None
