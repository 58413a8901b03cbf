"""Rules about the ways that packets take: forwarding containers, loops, prefixes that hide others (MHM, TOP, IPA)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.addressing import IpAddress, IpNetwork, contains, overlaps
from designer.model.fabric import Route, Router, Segment
from designer.model.hosts import Host, PhysicalNic, SetTeam, VSwitch
from designer.model.identity import EntityId
from designer.model.links import Attachment, Cable, Uplink
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.workloads import Compartment, ContainerBase
from designer.rules import sources as src
from designer.rules.cluster import site_prefixes
from designer.rules.design import Design
from designer.rules.registry import (
    Finding,
    FixClass,
    Group,
    Index,
    Only,
    Reach,
    Severity,
    group_rule,
    links,
    rule,
    same_host,
)

LAYERED = (NetworkMode.L2BRIDGE, NetworkMode.L2TUNNEL, NetworkMode.OVERLAY)


@rule(
    "MHM005",
    Severity.WARNING,
    subject=ContainerBase,
    fix=FixClass.MANUAL,
    sources=(src.INFERRED,),
    reads=links(Attachment, ContainerNetwork, Compartment),
    only=Only("forwards"),
)
def container_as_router(design: Design, container: ContainerBase) -> Iterator[Finding]:
    """A container as a router.

    Why: forwarding is off in a container, and HNS drops what an endpoint sends with an address that is not its own.
    Bad: a container on nat0 and corp that is to pass packets between them.
    Good: a router, or an application that answers on one side and asks on the other.
    """
    networks = [network for link in design.attachments(container.id) if (network := design.network_of(link))]
    if len(networks) > 1:
        names = " and ".join(f"“{network.name}”" for network in networks)
        yield Finding(
            (container.id, *(network.id for network in networks)),
            f"{container.name} cannot pass packets between {names}; Windows forwards none, and HNS filters them.",
            "forwards",
        )


def _forwarder(design: Design, link: Attachment) -> Iterator[EntityId]:
    if getattr(design.topology.entities[link.source], "forwards", False):
        yield link.source


FORWARDERS = Index("endpoints of a forwarding container", (Attachment,), _forwarder, Reach.WIRE)


@group_rule("TOP008", Severity.ERROR, index=FORWARDERS, fix=FixClass.MANUAL, sources=(src.INFERRED,))
def layer_2_loop(design: Design, group: Group) -> Iterator[Finding]:
    """A loop of layer 2.

    Why: Hyper-V switches run no spanning tree; frames that come back to where they were circle for ever.
    Bad: a container that forwards between two external networks of one VLAN on one physical network.
    Good: one of the two, or another VLAN.
    """
    networks = [network for link in group.members if (network := design.network_of(link)) is not None]
    wires = [
        (segment, network.vlan, network)
        for network in networks
        if design.shares_wire(network)
        for segment in design.segments_under(network)
    ]
    for position, (segment, vlan, network) in enumerate(wires):
        for other_segment, other_vlan, other in wires[:position]:
            if segment.id == other_segment.id and vlan == other_vlan and network.id != other.id:
                yield Finding(
                    (group.key, network.id, other.id, segment.id),
                    f"{design.label(group.key)} joins “{network.name}” and “{other.name}”, which are both on "
                    f"“{segment.name}”; frames would circle.",
                )


def _all_routers(_design: Design, router: Router) -> Iterator[str]:
    if router.routes:
        yield "routers"


ROUTERS = Index("routers", (Router,), _all_routers, Reach.SELF)


@group_rule("TOP011", Severity.ERROR, index=ROUTERS, fix=FixClass.MANUAL, sources=(src.INFERRED,))
def routing_loop(_design: Design, group: Group) -> Iterator[Finding]:
    """Routes that lead in a circle.

    Why: a packet that comes back to a router it has passed circles until its hop limit ends it.
    Bad: Router1 sends 10.5.0.0/16 to Router2, and Router2 sends it back.
    Good: the router at 10.5.0.0/16 as the last next hop.
    """
    owners = {address.ip: router for router in group.members for address in router.addresses}
    told: set[tuple[EntityId, ...]] = set()
    for router in group.members:
        for route in router.routes:
            circle = _circle(router, route.destination.network, owners)
            key = tuple(sorted(found.id for found in circle))
            if circle and key not in told:
                told.add(key)
                names = ", ".join(f"“{found.name}”" for found in circle)
                yield Finding(
                    tuple(found.id for found in circle),
                    f"{names} send {route.destination.network} in a circle; end it at the router that has it.",
                    "routes",
                )


def _circle(router: Router, destination: IpNetwork, owners: dict[IpAddress, Router]) -> tuple[Router, ...]:
    """Return the routers of the circle that packets to a destination end up in; none when they leave."""
    passed: list[Router] = []
    current: Router | None = router
    while current is not None:
        if current in passed:
            return tuple(passed[passed.index(current) :])
        passed.append(current)
        route = _route_to(current, destination)
        current = owners.get(route.next_hop) if route is not None else None
    return ()


def _route_to(router: Router, destination: IpNetwork) -> Route | None:
    """Return the route that a router takes; None when it is on the destination itself, or knows no way."""
    if any(overlaps(address.network, destination) for address in router.addresses):
        return None
    fitting = [route for route in router.routes if contains(route.destination.network, destination)]
    return max(fitting, key=lambda route: route.destination.network.prefixlen, default=None)


@rule(
    "IPA035",
    Severity.WARNING,
    subject=Host,
    fix=FixClass.MANUAL,
    sources=("flannel-io/flannel#1405", "kubernetes-sigs/sig-windows-tools#141"),
    reads=same_host(ContainerNetwork, Attachment, Uplink, PhysicalNic, SetTeam, VSwitch, Cable, Segment),
)
def prefix_hides_the_site(design: Design, host: Host) -> Iterator[Finding]:
    """A container prefix that covers addresses of the site.

    An l2bridge or l2tunnel network in the subnet of its own adapter is meant to be there.

    Why: the containers look for these addresses among themselves and never reach the machines outside.
    Bad: an overlay network 10.0.0.0/16 on hosts in 10.0.0.0/24.
    Good: an overlay network 10.244.0.0/16 there.
    """
    networks = [network for network in design.networks_on(host.id) if network.mode in LAYERED and network.subnets]
    site = site_prefixes(design, host) if networks else []
    for network in networks:
        for subnet in network.subnets:
            clash = next((found for found in site if _hides(network, subnet.network, found)), None)
            if clash is not None:
                yield Finding(
                    (network.id, host.id),
                    f"“{network.name}” has {subnet.network}, which covers {clash} at {host.name}; containers do not "
                    "reach machines there.",
                    "subnets",
                )


def _hides(network: ContainerNetwork, prefix: IpNetwork, site: IpNetwork) -> bool:
    if network.mode is not NetworkMode.OVERLAY and contains(site, prefix):
        return False
    return overlaps(prefix, site)
