"""Rules about load balancers and the hosts and subnets that carry them (LBL, IPA)."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network

from designer.model.addressing import IpAddress
from designer.model.base import EntityBase
from designer.model.changes import ChangeSet, Edit
from designer.model.identity import EntityId
from designer.model.links import Backend
from designer.model.networks import ContainerNetwork, LoadBalancer, NetworkMode, Subnet
from designer.model.releases import OsRelease
from designer.model.services import Service
from designer.model.workloads import ContainerBase
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.pools import endpoints
from designer.rules.registry import Finding, FixClass, Group, Index, Only, Reach, Severity, group_rule, links, rule
from designer.rules.suggestions import changed, with_subnet

DYNAMIC_PORTS, BLOCK = 16_384, 64
"""Ports of the dynamic range, and how many of them a load balancer without DSR reserves on each host."""

NEARLY = int(DYNAMIC_PORTS / BLOCK * 0.8)


def _host(design: Design, backend: Backend) -> Iterator[EntityId]:
    host = design.host_of(backend.target)
    if host is not None:
        yield host.id


ON_HOST = Index("back ends on a host", (Backend,), _host, Reach.LINKS, least=NEARLY)


@group_rule("LBL007", Severity.WARNING, index=ON_HOST, fix=FixClass.QUICK, sources=(src.KUBERNETES_PROBLEMS,))
def port_blocks_exhausted(design: Design, group: Group) -> Iterator[Finding]:
    """Load balancers use up the dynamic ports.

    Why: each load balancer without DSR reserves blocks of 64 ports; when none is left HNS reports “The specified port
    already exists”.
    Bad: 250 load balancers without DSR on one host.
    Good: direct server return.
    """
    found = {backend.source for backend in group.members}
    balancers = [design.topology.find(balancer, LoadBalancer) for balancer in sorted(found)]
    using = [balancer for balancer in balancers if balancer is not None and not balancer.direct_server_return]
    host = design.host_of(group.key)
    if host is not None and len(using) >= NEARLY:
        edits = tuple(Edit(balancer, balancer.evolve(direct_server_return=True)) for balancer in using)
        old = any(_oldest(design, balancer) < 17763 for balancer in using)
        yield Finding(
            (host.id,),
            f"{host.name} carries {len(using)} load balancers without DSR, which reserve {len(using) * BLOCK} of "
            f"{DYNAMIC_PORTS} dynamic ports; turn DSR on.",
            fix=None if old else ChangeSet("Turn direct server return on", edits),
        )


def _oldest(design: Design, balancer: LoadBalancer) -> int:
    hosts = (design.host_of(backend.target) for backend in design.backends(balancer.id))
    return min((host.build_number for host in hosts if host is not None), default=0)


@rule(
    "LBL009",
    Severity.WARNING,
    subject=LoadBalancer,
    fix=FixClass.QUICK,
    sources=("microsoft/SDN: Kubernetes/windows/hns.v2.psm1",),
    os=(OsRelease.WS2022, OsRelease.WS23H2, OsRelease.WS2025, OsRelease.WIN10, OsRelease.WIN11),
    reads=links(Backend, ContainerBase),
    only=Only("preserve_destination"),
)
def destination_without_dsr(_design: Design, balancer: LoadBalancer) -> Iterator[Finding]:
    """The destination is to be kept without DSR.

    Why: back ends see the VIP only when their answers bypass the load balancer; otherwise the flag is ignored.
    Bad: preserve-DIP without direct server return.
    Good: both, or none.
    """
    if not balancer.direct_server_return:
        yield Finding(
            (balancer.id,),
            f"“{balancer.name}” keeps the destination address only with direct server return; clear the flag.",
            "preserve_destination",
            changed(f"Let {balancer.name} translate the destination", balancer, preserve_destination=False),
        )


@rule(
    "LBL010",
    Severity.WARNING,
    subject=LoadBalancer,
    fix=FixClass.MANUAL,
    sources=(src.KUBERNETES_PROBLEMS,),
    reads=links(Backend, ContainerBase),
    only=Only("local_backends_only"),
)
def no_local_backend(design: Design, balancer: LoadBalancer) -> Iterator[Finding]:
    """A load balancer for local back ends without one on its host.

    Why: with the external policy local a host drops what it has no back end of its own for.
    Bad: the load balancer in HOST01, and all back ends on HOST02.
    Good: a back end on each host that clients reach.
    """
    host = design.host_of(balancer.id)
    if host is None:
        return
    owners = (design.host_of(backend.target) for backend in design.backends(balancer.id))
    if not any(owner is not None and owner.id == host.id for owner in owners):
        yield Finding(
            (balancer.id, host.id),
            f"“{balancer.name}” answers with back ends on {host.name} only, and none is there.",
            "local_backends_only",
        )


def _overlay_behind(design: Design, user: EntityBase) -> Iterator[EntityId]:
    """Yield the overlay networks of a service, or of the container behind a load balancer."""
    for link in design.attachments(user.target if isinstance(user, Backend) else user.id):
        network = design.network_of(link)
        if network is not None and network.mode is NetworkMode.OVERLAY:
            yield network.id


BALANCED: Index[EntityBase] = Index(
    "balanced overlay networks", (Backend, Service), _overlay_behind, Reach.LINKS, least=1
)


@group_rule("IPA031", Severity.WARNING, index=BALANCED, fix=FixClass.QUICK, sources=(src.NETWORK_CREATE,))
def large_overlay_with_vips(design: Design, group: Group) -> Iterator[Finding]:
    """A large overlay subnet with VIPs.

    Why: Docker advises /24 for overlay networks whose services have a VIP; larger ones make the nodes slow.
    Bad: an overlay network 10.9.0.0/16 behind a load balancer, or with a service of endpoint mode vip.
    Good: 10.9.0.0/24.
    """
    network = design.topology.find(group.key, ContainerNetwork)
    vips = [member for member in group.members if _has_vip(design, member)]
    for subnet in network.subnets if network is not None and vips else ():
        if network is not None and isinstance(subnet.network, IPv4Network) and subnet.network.prefixlen < 24:
            yield Finding(
                (network.id,),
                f"“{network.name}” has VIPs in {subnet.network}; use a /24 for it.",
                "subnets",
                _as_24(design, network, subnet),
            )


def _has_vip(design: Design, user: Backend | Service) -> bool:
    if isinstance(user, Service):
        return user.endpoint_mode == "vip"
    balancer = design.topology.find(user.source, LoadBalancer)
    return balancer is not None and balancer.vip is not None


def _as_24(design: Design, network: ContainerNetwork, subnet: Subnet) -> ChangeSet | None:
    """Return the /24 in a subnet that has everything that is in use; None when there is none."""
    used: set[IpAddress] = set(design.addresses_in(network))
    first = min((address for address in used if address in subnet.network), default=subnet.network[0], key=int)
    assert isinstance(first, IPv4Address)
    small = IPv4Network((int(first) & ~0xFF, 24))
    if endpoints(design, network) > 200 or any(found not in small for found in used if found in subnet.network):
        return None
    prefix = type(subnet.prefix)((small.network_address, 24))
    return changed(f"Use {small}", network, **with_subnet(network, subnet, subnet.evolve(prefix=prefix)))
