"""Plans what is free: names, prefixes, addresses, host ports, VXLAN ids."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from ipaddress import IPv4Network

from designer.model.addressing import IpAddress, IpInterface, IpNetwork, Protocol, overlaps
from designer.model.base import Element
from designer.model.fabric import Client, Router, Segment
from designer.model.hosts import Host, HostRole, HostVNic, PhysicalNic, WinNat
from designer.model.identity import EntityId
from designer.model.links import Attachment
from designer.model.modes import MODES
from designer.model.networks import ContainerNetwork, LoadBalancer, NetworkMode
from designer.model.realisation import containers_on, host_of
from designer.model.topology import Topology
from designer.model.workloads import Compartment, HyperVContainer, WindowsContainer

SWARM_PORTS = (2377, 7946)
"""What a swarm node listens on besides its data path port. Source: Microsoft, getting started with swarm mode."""

DOCKER_POOLS = (IPv4Network("10.0.0.0/24"), IPv4Network("10.255.0.0/16"))
"""What Docker gives the ingress network of a swarm, today and before engine 18.09. Source: docker swarm init."""

FIRST_VNI, LAST_VNI = 4096, 16_777_215
"""The VXLAN ids that Windows takes. Source: moby overlay driver, ovmanager.go."""

FIRST_DYNAMIC_PORT = 49_152
"""Where Windows takes ports for outgoing connections from. Source: RFC 6335 section 6."""

MAX_NAME = 64
MAX_PATTERN = 1000

_RANGE = re.compile(r"\{(\d{1,9})\.\.(\d{1,9})\}")
_TRAILING_NUMBER = re.compile(r"^(.*?)(\d{1,9})$", re.DOTALL)
_CONTAINERS = (WindowsContainer, HyperVContainer)


def expand(pattern: str) -> tuple[str, ...]:
    """Return the names that a pattern stands for: ``web{01..12}`` gives web01 to web12, other text itself.

    At most 1000 names; numbers are as wide as the first one is written.
    """
    found = _RANGE.search(pattern)
    if found is None:
        return (pattern,)
    first, last = int(found[1]), int(found[2])
    step = 1 if last >= first else -1
    numbers = list(range(first, last + step, step)) if abs(last - first) < MAX_PATTERN else []
    width = len(found[1])
    return tuple(f"{pattern[: found.start()]}{number:0{width}}{pattern[found.end() :]}" for number in numbers)


class Names:
    """Gives out names that no comparable element has, without asking the design again for each.

    Windows and Docker names are compared without case. Adapters and vNICs are compared with those of their host only
    (each host has its “Ethernet”), containers of both isolations with each other, all others with their own kind.
    """

    def __init__(self, topology: Topology) -> None:
        self._topology = topology
        self._taken: dict[object, set[str]] = {}

    def take(self, element_type: type[Element], wanted: str, parent: EntityId | None = None) -> str:
        """Return the wanted name, or the next number at its end that is free, and hold it."""
        taken = self._comparable(element_type, parent)
        name = next(name for name in _numbered(wanted) if name.casefold() not in taken)
        taken.add(name.casefold())
        return name

    def _comparable(self, element_type: type[Element], parent: EntityId | None) -> set[str]:
        types: tuple[type[Element], ...] = _CONTAINERS if issubclass(element_type, _CONTAINERS) else (element_type,)
        place = parent
        if parent is not None and issubclass(element_type, PhysicalNic | HostVNic):
            host = host_of(self._topology, parent)
            place = host.id if host is not None else parent
            found = (inner for inner in self._topology.descendants(place) if isinstance(inner, types))
        else:
            place = None
            found = (element for kind in types for element in self._topology.of(kind))
        key = (types, place)
        if key not in self._taken:
            self._taken[key] = {element.name.casefold() for element in found}
        return self._taken[key]


def free_name(
    topology: Topology,
    element_type: type[Element],
    wanted: str,
    parent: EntityId | None = None,
    also_taken: Collection[str] = (),
) -> str:
    """Return a name that no comparable element has: the wanted one, else the next number at its end; see `Names`."""
    names = Names(topology)
    for name in also_taken:
        names.take(element_type, name, parent)
    return names.take(element_type, wanted, parent)


def _numbered(wanted: str) -> Iterator[str]:
    yield wanted
    found = _TRAILING_NUMBER.match(wanted)
    stem, number, width = (found[1], int(found[2]), len(found[2])) if found else (f"{wanted} ", 1, 1)
    while True:
        number += 1
        digits = f"{number:0{width}}"
        yield stem[: MAX_NAME - len(digits)] + digits


def used_prefixes(topology: Topology) -> Iterator[IpNetwork]:
    """Yield every prefix that the design speaks of, and those that Docker takes by itself."""
    yield from DOCKER_POOLS
    for network in topology.of(ContainerNetwork):
        yield from (subnet.network for subnet in network.subnets)
    for segment in topology.of(Segment):
        yield from (subnet.prefix.network for subnet in segment.subnets)
    for router in topology.of(Router):
        yield from (route.destination.network for route in router.routes if route.destination.network.prefixlen)
    for nat in topology.of(WinNat):
        yield from (nat.internal_prefix.network,) if nat.internal_prefix else ()
    for host in topology.of(Host):
        yield from (host.daemon.fixed_cidr.network,) if host.daemon.fixed_cidr else ()
    yield from (interface.network for interface in device_interfaces(topology))


def device_interfaces(topology: Topology) -> Iterator[IpInterface]:
    """Yield the addresses of adapters, host vNICs, routers and clients."""
    for nic in topology.of(PhysicalNic):
        yield from nic.addresses
    for vnic in topology.of(HostVNic):
        yield from vnic.addresses
    for router in topology.of(Router):
        yield from router.addresses
    for client in topology.of(Client):
        yield from client.addresses


def free_prefix(topology: Topology, pool: IPv4Network, length: int) -> IPv4Network | None:
    """Return the first prefix of a length in a pool that overlaps nothing in the design; None when it is full."""
    size = 1 << (32 - length)
    spans = sorted(
        (int(used.network_address), int(used.broadcast_address))
        for used in used_prefixes(topology)
        if isinstance(used, IPv4Network) and used.overlaps(pool)
    )
    start, end = int(pool.network_address), int(pool.broadcast_address)
    for first, last in spans:
        if first >= start + size:
            break
        if last >= start:
            start = (last // size + 1) * size
    return IPv4Network((start, length)) if start + size - 1 <= end else None


def free_address(topology: Topology, network_id: EntityId, also_taken: Collection[IpAddress] = ()) -> IpAddress | None:
    """Return the first address that a new endpoint of a network can have; None without a subnet or when all are taken.

    Left out: network and broadcast address, gateway, the host endpoint of an l2bridge network, addresses that the
    network holds back, everything with a fixed address, and on networks that share the wire the routers, devices and
    DHCP ranges there.
    """
    network = topology.find(network_id, ContainerNetwork)
    if network is None:
        return None
    for subnet in network.subnets:
        block = network.ip_range.network if network.ip_range is not None else subnet.network
        if not overlaps(block, subnet.network):
            block = subnet.network
        taken = {int(address) for address in (*also_taken, *_fixed_addresses(topology, network, subnet.network))}
        taken.update((int(subnet.network.network_address), int(subnet.network.broadcast_address)))
        taken.add(int(subnet.gateway if subnet.gateway is not None else subnet.network.network_address + 1))
        spans = sorted(_dhcp_spans(topology, network, subnet.network))
        found = _first_free(int(block.network_address), int(block.broadcast_address), taken, spans)
        if found is not None:
            return type(subnet.network.network_address)(found)
    return None


def taken_addresses(topology: Topology, network_id: EntityId) -> Iterator[IpAddress]:
    """Yield the addresses that something has where a network reaches; see `free_address`."""
    network = topology.find(network_id, ContainerNetwork)
    if network is None:
        return
    for subnet in network.subnets:
        yield from (subnet.gateway,) if subnet.gateway is not None else ()
        yield from _fixed_addresses(topology, network, subnet.network)


def _first_free(first: int, last: int, taken: set[int], spans: list[tuple[int, int]]) -> int | None:
    candidate = first
    while candidate <= last:
        span = next((span for span in spans if span[0] <= candidate <= span[1]), None)
        if span is not None:
            candidate = span[1] + 1
        elif candidate in taken:
            candidate += 1
        else:
            return candidate
    return None


def _on_the_wire(network: ContainerNetwork) -> bool:
    return MODES[network.mode].needs_uplink and network.mode is not NetworkMode.OVERLAY


def _fixed_addresses(topology: Topology, network: ContainerNetwork, prefix: IpNetwork) -> Iterator[IpAddress]:
    yield from network.aux_addresses
    if network.mode is NetworkMode.L2BRIDGE:
        yield prefix.network_address + 2
    sharing: Iterable[ContainerNetwork] = (network,)
    if _on_the_wire(network):
        sharing = (other for other in topology.of(ContainerNetwork) if other is network or _on_the_wire(other))
        yield from (interface.ip for interface in device_interfaces(topology))
        yield from (nic.gateway for nic in topology.of(PhysicalNic) if nic.gateway is not None)
        for segment in topology.of(Segment):
            yield from (subnet.router for subnet in segment.subnets if subnet.router is not None)
            yield from segment.dns_servers
    for other in sharing:
        for link in topology.links_of(other.id, Attachment):
            if link.ip is not None and link.ip.version == prefix.version:
                yield link.ip
    for balancer in topology.of(LoadBalancer):
        yield from (address for address in (balancer.vip, balancer.source_vip) if address is not None)


def _dhcp_spans(topology: Topology, network: ContainerNetwork, prefix: IpNetwork) -> Iterator[tuple[int, int]]:
    if _on_the_wire(network):
        for segment in topology.of(Segment):
            for subnet in segment.subnets:
                if subnet.dhcp is not None and subnet.dhcp.first.version == prefix.version:
                    yield int(subnet.dhcp.first), int(subnet.dhcp.last)


def free_port(
    topology: Topology,
    host_id: EntityId,
    wanted: int = 8080,
    protocol: Protocol = "tcp",
    also_taken: Collection[int] = (),
) -> int | None:
    """Return the first host port from the wanted one on that nothing on the host has; None when all are taken.

    Counted as taken: published ports of all containers of the host, its listening services, static mappings of its
    WinNATs, and what its swarm uses. Ports that Windows gives to outgoing connections are not offered.
    """
    taken = set(also_taken) | set(host_ports(topology, host_id, protocol))
    return next((port for port in range(max(wanted, 1), FIRST_DYNAMIC_PORT) if port not in taken), None)


def host_ports(topology: Topology, host_id: EntityId, protocol: Protocol) -> Iterator[int]:
    """Yield the ports of a host that something has; see `free_port`."""
    host = topology.find(host_id, Host)
    if host is None:
        return
    yield from (listening.port for listening in host.listening if listening.protocol in (protocol, "any"))
    if host.swarm or host.role in (HostRole.SWARM_MANAGER, HostRole.SWARM_WORKER):
        yield from (*SWARM_PORTS, host.vxlan_port)
    for nat in (inner for inner in topology.descendants(host_id) if isinstance(inner, WinNat)):
        yield from (mapping.external_port for mapping in nat.mappings if mapping.protocol == protocol)
    for workload in (*containers_on(topology, host_id), *topology.children(host_id, Compartment)):
        for link in topology.links_of(workload.id, Attachment):
            yield from (port.host_port for port in link.ports if port.protocol == protocol)


def free_vni(topology: Topology, also_taken: Collection[int] = ()) -> int | None:
    """Return the first VXLAN id that no overlay subnet of the design has; None when all are taken."""
    taken = set(also_taken)
    for network in topology.of(ContainerNetwork):
        taken.update(subnet.vni for subnet in network.subnets if subnet.vni is not None)
        taken.update((network.vsid,) if network.vsid is not None else ())
    return next((vni for vni in range(FIRST_VNI, LAST_VNI + 1) if vni not in taken), None)
