"""Free prefixes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ipaddress import IPv4Interface, IPv4Network

from designer.model.addressing import IpInterface, IpNetwork
from designer.model.hosts import Host
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.realisation import host_of
from designer.model.releases import OsRelease
from designer.model.swarm import in_swarm
from designer.planning.area import Area
from designer.planning.gaps import Span, first_gap
from designer.planning.known import (
    NAT_LENGTH,
    NAT_POOL,
    NEVER,
    OF_DOCKER,
    OF_SMALL_SITES,
    OF_TOOLS,
    PRIVATE_POOLS,
    SWARM_LENGTH,
    SWARM_POOL,
    span_of,
)


def free_prefix(area: Area, pools: Iterable[IPv4Network], length: int) -> IPv4Network | None:
    """Return a prefix of a length that overlaps nothing, from the first pool that has one; None when all are full.

    What HNS, Docker and small routers may choose by themselves is taken only where nothing else is left.
    """
    hard = [*NEVER, *OF_DOCKER, *_spans(taken_prefixes(area))]
    size = 1 << (32 - length)
    spans = [span_of(pool) for pool in pools]
    for taken in ([*hard, *guesses(area)], hard):
        for first, last in spans:
            start = first_gap(taken, first, last, size)
            if start is not None:
                return IPv4Network((start, length))
    return None


def is_free(area: Area, prefix: IPv4Network) -> bool:
    """Whether a prefix overlaps nothing that the design speaks of."""
    first, last = span_of(prefix)
    taken = (*NEVER, *OF_DOCKER, *_spans(taken_prefixes(area)))
    return all(last < other_first or other_last < first for other_first, other_last in taken)


def taken_prefixes(area: Area) -> Iterator[IpNetwork]:
    """Yield every prefix that the elements of an area speak of."""
    for network in area.networks:
        yield from (subnet.prefix.network for subnet in network.subnets)
    for segment in area.segments:
        yield from (subnet.prefix.network for subnet in segment.subnets)
    for device in area.devices:
        yield from (address.network for address in device.addresses)
        routes = getattr(device, "routes", ())
        yield from (route.destination.network for route in routes if route.destination.network.prefixlen)
    for nat in area.nats:
        yield from _networks(nat.internal_prefix)
    for host in area.hosts:
        yield from _networks(host.daemon.fixed_cidr, host.outer_nat_prefix)


def guesses(area: Area) -> list[Span]:
    """Return what is likely to be chosen by others where the new thing will stand, without a word in the design."""
    found = [*OF_TOOLS, *OF_SMALL_SITES]
    for host in area.place:
        if _hns_chooses_nat(area, host):
            found.append(span_of(NAT_POOL))
        if in_swarm(host):
            found += _spans(pool.network for pool in host.swarm_pools)
    if any(in_swarm(host) and not host.swarm_pools for host in area.place):
        found.append(_next_of_swarm(area))
    return found


def _hns_chooses_nat(area: Area, host: Host) -> bool:
    """Whether HNS picks a piece of its pool for Docker's own nat network, or for the Default Switch of a client."""
    if host.daemon.default_nat and host.daemon.fixed_cidr is None and host.column is not OsRelease.WS2016:
        own = (found for found in area.networks if found.predefined and found.parent == host.id)
        return not any(found.subnets for found in own)
    return not host.is_server


def _next_of_swarm(area: Area) -> Span:
    """Return the subnets that a swarm cuts for the overlay networks whose subnet is left to it."""
    open_ones = sum(1 for network in area.networks if _is_left_to_swarm(network))
    first = span_of(SWARM_POOL)[0]
    return first, first + (open_ones + 1) * (1 << (32 - SWARM_LENGTH)) - 1


def _is_left_to_swarm(network: ContainerNetwork) -> bool:
    return network.mode is NetworkMode.OVERLAY and not network.subnets


def _networks(*interfaces: IpInterface | None) -> Iterator[IpNetwork]:
    return (interface.network for interface in interfaces if interface is not None)


def _spans(prefixes: Iterable[IpNetwork]) -> Iterator[Span]:
    return (span_of(prefix) for prefix in prefixes if isinstance(prefix, IPv4Network))


def free_nat_prefix(area: Area, host: Host, length: int = NAT_LENGTH) -> IPv4Network | None:
    """Return a private prefix that a host does not know; on Windows Server 2016 one inside its drawn WinNAT.

    Source: MicrosoftDocs/Virtualization-Documentation container-networking/advanced.md.
    """
    nats = [
        nat
        for nat in area.nats
        if isinstance(nat.internal_prefix, IPv4Interface) and host_of(area.topology, nat.id) is host
    ]
    if not nats or host.column is not OsRelease.WS2016:
        return free_prefix(area, PRIVATE_POOLS, length)
    pools = [nat.internal_prefix.network for nat in nats if isinstance(nat.internal_prefix, IPv4Interface)]
    length = max(length, 24, *(pool.prefixlen + 1 for pool in pools))
    others = area._replace(nats=tuple(nat for nat in area.nats if nat not in nats))
    return free_prefix(others, pools, length) if length <= 30 else None
