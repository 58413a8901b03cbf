"""Free addresses of container networks."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from designer.model.addressing import IpAddress, IpNetwork
from designer.model.hosts import HostVNic, PhysicalNic
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork, NetworkMode, Subnet
from designer.planning.area import Area, on_the_wire
from designer.planning.gaps import Span, first_gap, singles


def free_address(area: Area, network: ContainerNetwork, also_taken: Collection[IpAddress] = ()) -> IpAddress | None:
    """Return the first address that a new endpoint of a network can have; None without a subnet or when all are taken.

    Left out: network and broadcast address, gateway, the host endpoint of an l2bridge network, addresses that the
    network holds back, everything with a fixed address, virtual addresses of load balancers, and on networks that
    share the wire the routers, devices and DHCP ranges there.
    """
    held = [*also_taken, *_fixed(area, network)]
    for subnet in network.subnets:
        prefix = subnet.network
        first, last = _block(network, prefix)
        taken = [*singles(int(found) for found in held if found.version == prefix.version)]
        taken += singles(_reserved(network, subnet))
        taken += _dhcp_spans(area, network, prefix.version)
        found = first_gap(taken, first, last)
        if found is not None:
            return type(prefix.network_address)(found)
    return None


def taken_addresses(area: Area, network: ContainerNetwork) -> Iterator[IpAddress]:
    """Yield the addresses that something has where a network reaches; see `free_address`."""
    for subnet in network.subnets:
        yield from (subnet.gateway,) if subnet.gateway is not None else ()
        if network.mode is NetworkMode.L2BRIDGE and subnet.network.num_addresses > 4:
            yield subnet.network[2]
    yield from _fixed(area, network)


def _block(network: ContainerNetwork, prefix: IpNetwork) -> Span:
    """Return the addresses to choose from: the range of the network inside the subnet, else the subnet."""
    first = int(prefix.network_address)
    last = first + prefix.num_addresses - 1
    if network.ip_range is None or network.ip_range.version != prefix.version:
        return first, last
    inner = network.ip_range.network
    low = max(first, int(inner.network_address))
    high = min(last, int(inner.network_address) + inner.num_addresses - 1)
    return (low, high) if low <= high else (first, last)


def _reserved(network: ContainerNetwork, subnet: Subnet) -> Iterator[int]:
    """Yield what is never free in a subnet.

    Source: microsoft/hcsshim hcn/hcnnetwork.go; microsoft/SDN Kubernetes/windows/start-kubelet.ps1.
    """
    prefix = subnet.network
    first = int(prefix.network_address)
    yield from (first, first + prefix.num_addresses - 1)
    yield int(subnet.gateway) if subnet.gateway is not None else first + 1
    if network.mode is NetworkMode.L2BRIDGE and prefix.num_addresses > 4:
        yield first + 2


def _fixed(area: Area, network: ContainerNetwork) -> Iterator[IpAddress]:
    """Yield what has an address in a network or, where it shares the wire, beside it."""
    yield from network.aux_addresses
    shares = on_the_wire(network)
    for other in area.networks:
        if other.id == network.id or (shares and on_the_wire(other)):
            yield from _endpoints(area, other)
    for balancer in area.balancers:
        yield from (found for found in (balancer.vip, balancer.source_vip) if found is not None)
    if shares:
        yield from _devices(area)


def _endpoints(area: Area, network: ContainerNetwork) -> Iterator[IpAddress]:
    for link in area.topology.links_of(network.id, Attachment):
        if link.ip is not None:
            yield link.ip
        leg = area.topology.find(link.source, HostVNic)
        yield from (address.ip for address in leg.addresses) if leg is not None else ()


def _devices(area: Area) -> Iterator[IpAddress]:
    yield from (interface.ip for interface in area.interfaces())
    for device in area.devices:
        if isinstance(device, PhysicalNic) and device.gateway is not None:
            yield device.gateway
    for segment in area.segments:
        yield from (subnet.router for subnet in segment.subnets if subnet.router is not None)
        yield from segment.dns_servers


def _dhcp_spans(area: Area, network: ContainerNetwork, version: int) -> Iterator[Span]:
    if on_the_wire(network):
        scopes = (subnet.dhcp for segment in area.segments for subnet in segment.subnets)
        yield from (
            (int(scope.first), int(scope.last))
            for scope in scopes
            if scope is not None and scope.first.version == version
        )
