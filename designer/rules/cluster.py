"""Rules about swarms as a whole: updates, address pools, the MTU of overlay networks (OVL, IPA, MTU, PRT)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.addressing import IpInterface, IpNetwork, overlaps
from designer.model.changes import ChangeSet
from designer.model.fabric import Segment
from designer.model.hosts import Host, PhysicalNic, SetTeam
from designer.model.links import Attachment, Cable, Uplink
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.releases import OsRelease
from designer.model.workloads import ContainerBase
from designer.planning.area import Area
from designer.planning.known import PRIVATE_POOLS
from designer.planning.prefixes import free_prefix
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.hosts import engine_version
from designer.rules.overlay import REACHED
from designer.rules.registry import Finding, FixClass, Only, Severity, rule, same_host, wire
from designer.rules.suggestions import changed
from designer.simulate.frames import VXLAN_BYTES

OVERLAYS = Only(modes=(NetworkMode.OVERLAY,))
PATH = wire(Attachment, Uplink, ContainerBase, PhysicalNic, SetTeam, Host, Cable, Segment)

REGRESSION_FIRST, REGRESSION_FIXED = 1217, 1554
"""Revisions of 17763 with KB4551853 (May 2020) and KB4580390 (October 2020). Source: moby#40998."""


@rule(
    "OVL016",
    Severity.WARNING,
    subject=ContainerNetwork,
    fix=FixClass.MANUAL,
    sources=("moby/moby#40998",),
    reads=REACHED,
    os=(OsRelease.WS2019,),
    only=OVERLAYS,
)
def ingress_regression(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """Updates of 2020 that break ingress.

    Why: with KB4551853 published ports of services stop answering on Windows Server 2019, until KB4580390.
    Bad: 17763.1339.
    Good: 17763.1554 or later.
    """
    for host in design.hosts_of_network(network):
        revision = host.update_revision
        if host.build_number == 17763 and revision is not None and REGRESSION_FIRST <= revision < REGRESSION_FIXED:
            yield Finding(
                (network.id, host.id),
                f"“{network.name}”: published ports may not answer on {host.name} (17763.{revision}); install "
                "KB4580390 or later.",
            )


EARLY_RESERVATION = 1397
"""Revision of 17763 of August 2020 (KB4565349), from which on HNS reserves published ports early."""


def site_prefixes(design: Design, host: Host) -> list[IpNetwork]:
    """Return the prefixes outside the containers that a host knows: of its adapters and their physical networks."""
    found: list[IpNetwork] = []
    for nic in design.inside(host.id, PhysicalNic):
        found += [address.network for address in nic.addresses]
        segment = design.segment_of(nic.id)
        if segment is not None:
            found += [subnet.prefix.network for subnet in segment.subnets]
    return list(dict.fromkeys(found))


@rule(
    "IPA032",
    Severity.WARNING,
    subject=Host,
    fix=FixClass.QUICK,
    sources=("inferred from " + src.SWARM_INIT,),
    reads=same_host(PhysicalNic, SetTeam, Cable, Segment, ContainerNetwork, Attachment, Uplink),
    only=Only("swarm_pools"),
)
def swarm_pool_overlaps(design: Design, host: Host) -> Iterator[Finding]:
    """A pool of the swarm that the site uses.

    Why: overlay subnets are cut from the pool, and one that covers the site hides it from the containers.
    Bad: --default-addr-pool 10.0.0.0/8 on a site in 10.0.0.0/24.
    Good: --default-addr-pool 172.20.0.0/16.
    """
    for pool in host.swarm_pools:
        clash = next((prefix for prefix in site_prefixes(design, host) if overlaps(pool.network, prefix)), None)
        if clash is not None:
            yield Finding(
                (host.id,),
                f"{host.name}: the pool {pool.network} of the swarm overlaps {clash} of the site; take another.",
                "swarm_pools",
                _other_pool(design, host, pool),
            )


def _other_pool(design: Design, host: Host, pool: IpInterface) -> ChangeSet | None:
    free = free_prefix(Area.around(design.topology, host), PRIVATE_POOLS, 16)
    if free is None or pool.version != 4 or any(overlaps(free, found.network) for found in host.swarm_pools):
        return None
    fresh = type(pool)((free.network_address, free.prefixlen))
    pools = tuple(fresh if found == pool else found for found in host.swarm_pools)
    return changed(f"Use the pool {free}", host, swarm_pools=pools)


def _least_mtu(design: Design, network: ContainerNetwork) -> tuple[int, str] | None:
    """Return the smallest MTU on the way of a network and whose it is; None when no adapter is drawn."""
    found = [(nic.mtu, nic.name) for nic in design.nics_under(network)]
    found += [(segment.mtu, segment.name) for segment in design.segments_under(network)]
    return min(found, default=None)


@rule(
    "MTU001",
    Severity.WARNING,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=("moby/moby#33596", src.HCN_POLICY),
    reads=PATH,
    only=OVERLAYS,
)
def no_room_for_vxlan(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """The physical network has no room for VXLAN.

    Why: VXLAN adds 50 bytes to each packet; what then does not fit is dropped or fragmented. Unless the design says
    otherwise the containers send 1450 bytes.
    Bad: an overlay network over adapters with MTU 1450.
    Good: an MTU of 1400 in the containers there, or 1550 and more on the wire.
    """
    least = _least_mtu(design, network)
    inner = network.mtu or 1500 - VXLAN_BYTES
    if least is not None and inner + VXLAN_BYTES > least[0]:
        room = least[0] - VXLAN_BYTES
        yield Finding(
            (network.id,),
            f"“{network.name}”: packets of {inner} bytes and {VXLAN_BYTES} for VXLAN do not fit into the {least[0]} of "
            f"“{least[1]}”; use an MTU of {room} in the containers.",
            "mtu",
            changed(f"Use an MTU of {room}", network, mtu=room) if room >= 576 else None,
        )


@rule(
    "MTU003",
    Severity.WARNING,
    subject=ContainerNetwork,
    fix=FixClass.MANUAL,
    sources=("moby/moby#33596",),
    reads=PATH,
    only=OVERLAYS,
)
def mixed_overlay(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """An overlay network of Windows and Linux nodes without room on the wire.

    Why: the Linux side keeps 1450 bytes, and with 1500 on the wire packets above about 1434 bytes are lost.
    Bad: a swarm with Linux nodes, and adapters with MTU 1500.
    Good: adapters and physical network with MTU 1550 or more.
    """
    mixed = next((host for host in design.hosts_of_network(network) if host.linux_nodes), None)
    least = _least_mtu(design, network)
    if mixed is not None and least is not None and least[0] < 1500 + VXLAN_BYTES:
        yield Finding(
            (network.id, mixed.id),
            f"“{network.name}” also spans Linux nodes, and “{least[1]}” takes {least[0]} bytes; raise its MTU to 1550.",
        )


@rule(
    "PRT023",
    Severity.ERROR,
    subject=Attachment,
    fix=FixClass.MANUAL,
    sources=("microsoft/hcsshim#1370", "moby/moby#43634"),
    os=(OsRelease.WS2019,),
    only=Only("ports", modes=(NetworkMode.OVERLAY,), host=lambda host: host.build_number == 17763),
)
def port_reserved_twice(design: Design, link: Attachment) -> Iterator[Finding]:
    """A port published on an overlay network with an old engine.

    Why: since the updates of August 2020 HNS reserves the port before the engine does, and the engine then finds it
    taken. Engines from 23.0 on, and late ones of 20.10, tell HNS not to; with 20.10 it is not known, and nothing said.
    Bad: Engine 19.03 on 17763.1397 with 8080:80 on an overlay network.
    Good: Engine 23.0 there.
    """
    host = design.host_of_link(link)
    version = engine_version(host) if host is not None else None
    if host is None or version is None or version >= (20, 10) or host.build_number != 17763:
        return
    if host.update_revision is not None and host.update_revision >= EARLY_RESERVATION:
        yield Finding(
            (link.id, host.id),
            f"{design.label(link.source)}: Engine {host.engine_version} on {host.name} (17763.{host.update_revision}) "
            "publishes no port on an overlay network; update the engine.",
            "ports",
        )
