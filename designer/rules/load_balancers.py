"""Rules about load balancers: networks, releases, VIPs (LBL)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.addressing import IpAddress
from designer.model.changes import ChangeSet
from designer.model.hosts import Host, HostVNic
from designer.model.identity import EntityId
from designer.model.links import Attachment, Backend
from designer.model.modes import COLUMNS, MODES, Feature, has
from designer.model.networks import ContainerNetwork, LoadBalancer, NetworkMode
from designer.model.workloads import ContainerBase, HyperVContainer, WindowsContainer
from designer.planning.addresses import free_address
from designer.planning.area import Area
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.moves import BALANCING, one_for_each, onto
from designer.rules.registry import (
    Finding,
    FixClass,
    Group,
    Index,
    Only,
    Reach,
    Severity,
    anywhere,
    group_rule,
    links,
    part,
    rule,
)
from designer.rules.spans import BEFORE_2019, BEFORE_2022, FROM_1709
from designer.rules.suggestions import changed

BACKEND_LIMIT = 1024
"""Back ends of one load balancer. Source: Kubernetes, Windows networking."""


def _backend_hosts(design: Design, balancer: LoadBalancer) -> list[Host]:
    found = {host.id: host for backend in design.backends(balancer.id) if (host := design.host_of(backend.target))}
    return [found[host_id] for host_id in sorted(found)]


def _networks_behind(design: Design, container: EntityId) -> list[ContainerNetwork]:
    found = (design.network_of(link) for link in design.attachments(container))
    return [network for network in found if network is not None]


@rule(
    "LBL001",
    Severity.ERROR,
    subject=Backend,
    fix=FixClass.QUICK,
    sources=(src.ARCHITECTURE,),
    reads=links(Attachment, ContainerNetwork, ContainerBase, LoadBalancer),
)
def balancer_without_vfp(design: Design, backend: Backend) -> Iterator[Finding]:
    """A load balancer on a network without VFP.

    Why: HNS balances with VFP, which only l2bridge, l2tunnel and overlay networks have, and from version 1709 on.
    Bad: a load balancer over containers on nat0.
    Good: the containers on an l2bridge or overlay network.
    """
    networks = _networks_behind(design, backend.target)
    host = design.host_of(backend.target)
    release = host.column if host is not None else COLUMNS[-1]
    if not networks or any(has(network.mode, Feature.LOAD_BALANCING, release) for network in networks):
        return
    if any(MODES[network.mode].uses_vfp for network in networks) and host is not None:
        yield Finding(
            (backend.source, backend.target, host.id),
            f"“{design.label(backend.source)}” balances to {design.label(backend.target)} on {host.name} (build "
            f"{host.build_number}); VFP balances from version 1709 on.",
        )
        return
    soft = all(network.mode is NetworkMode.TRANSPARENT for network in networks)
    names = ", ".join(f"“{network.name}” ({network.mode.value})" for network in networks)
    yield Finding(
        (backend.source, backend.target, *(network.id for network in networks)),
        f"“{design.label(backend.source)}” balances to {design.label(backend.target)} on {names}; HNS does that on "
        "l2bridge and overlay networks only.",
        fix=_onto_balanced_network(design, backend),
        severity=Severity.WARNING if soft else None,
    )


def _onto_balanced_network(design: Design, backend: Backend) -> ChangeSet | None:
    """Return the move of the container to the network of the other back ends, else to the only one that balances."""
    host, balancer = design.host_of(backend.target), design.topology.find(backend.source, LoadBalancer)
    if host is None or balancer is None:
        return None
    others = [found for other in design.backends(balancer.id) for found in _networks_behind(design, other.target)]
    used = {network.id: network for network in others if network.mode in BALANCING}
    return onto(design, balancer, [backend.target], used.values() or design.networks_on(host.id))


def _balancer_of(_design: Design, backend: Backend) -> Iterator[EntityId]:
    yield backend.source


BEHIND = Index("back ends of a load balancer", (Backend,), _balancer_of, Reach.LINKS, least=1)


def _balancer(design: Design, group: Group) -> tuple[LoadBalancer | None, list[ContainerNetwork]]:
    networks = {
        network.id: network for backend in group.members for network in _networks_behind(design, backend.target)
    }
    return design.topology.find(group.key, LoadBalancer), [networks[found] for found in sorted(networks)]


@group_rule(
    "LBL002", Severity.ERROR, index=BEHIND, fix=FixClass.QUICK, sources=("inferred from " + src.SERVICE_WINDOWS,)
)
def backends_on_several_networks(design: Design, group: Group) -> Iterator[Finding]:
    """The back ends of a load balancer are on several networks.

    Why: HNS applies the policy to the endpoints of one network.
    Bad: a load balancer over a container on net1 and one on net2.
    Good: all back ends on one network.
    """
    balancer, networks = _balancer(design, group)
    usable = [network for network in networks if MODES[network.mode].uses_vfp]
    if balancer is not None and len(usable) > 1:
        names = ", ".join(f"“{network.name}”" for network in usable)
        yield Finding(
            (balancer.id, *(network.id for network in usable)),
            f"“{balancer.name}” has back ends on {names}; HNS balances within one network.",
            fix=one_for_each(design, balancer, group.members, usable),
        )


@group_rule(
    "LBL003",
    Severity.ERROR,
    index=BEHIND,
    fix=FixClass.QUICK,
    sources=(src.SERVICE_WINDOWS,),
    os=FROM_1709,
)
def no_source_vip(design: Design, group: Group) -> Iterator[Finding]:
    """An overlay load balancer without a source VIP.

    Why: answers have to come back to the node that balanced; the source VIP is the address for that.
    Bad: a load balancer over an overlay network without a source VIP.
    Good: an address of the overlay subnet reserved for it.
    """
    balancer, networks = _balancer(design, group)
    overlays = [network for network in networks if network.mode is NetworkMode.OVERLAY]
    if balancer is None or balancer.source_vip is not None or not overlays:
        return
    free = free_address(Area.of_network(design.topology, overlays[0]), overlays[0])
    yield Finding(
        (balancer.id, overlays[0].id),
        f"“{balancer.name}” balances on the overlay network “{overlays[0].name}” and needs a source VIP.",
        "source_vip",
        changed(f"Reserve {free} as source VIP", balancer, source_vip=free) if free is not None else None,
    )


@rule(
    "LBL004",
    Severity.ERROR,
    subject=LoadBalancer,
    fix=FixClass.QUICK,
    sources=(src.HCN_GLOBALS,),
    reads=links(Backend, ContainerBase, Host),
    only=Only("direct_server_return"),
    os=BEFORE_2019,
)
def dsr_too_early(design: Design, balancer: LoadBalancer) -> Iterator[Finding]:
    """Direct server return before Windows Server 2019.

    Why: HNS knows DSR from version 9.3 on.
    Bad: DSR on Windows Server 2016.
    Good: DSR on an updated Windows Server 2019.
    """
    for host in _backend_hosts(design, balancer):
        if host.build_number < 17763:
            yield Finding(
                (balancer.id, host.id),
                f"“{balancer.name}”: {host.name} (build {host.build_number}) has no direct server return; turn it off.",
                "direct_server_return",
                changed("Turn direct server return off", balancer, direct_server_return=False),
            )
            return


@rule(
    "LBL005",
    Severity.ERROR,
    subject=LoadBalancer,
    fix=FixClass.QUICK,
    sources=(src.HCN_GLOBALS, src.KUBERNETES),
    reads=links(Backend, ContainerBase, Host),
    only=Only("session_affinity"),
    os=BEFORE_2022,
)
def affinity_too_early(design: Design, balancer: LoadBalancer) -> Iterator[Finding]:
    """Session affinity before Windows Server 2022.

    Why: HNS knows session affinity from version 12.0 on.
    Bad: session affinity on Windows Server 2019.
    Good: session affinity on Windows Server 2022.
    """
    for host in _backend_hosts(design, balancer):
        if host.build_number < 20348:
            yield Finding(
                (balancer.id, host.id),
                f"“{balancer.name}”: {host.name} (build {host.build_number}) has no session affinity; turn it off.",
                "session_affinity",
                changed("Turn session affinity off", balancer, session_affinity=False),
            )
            return


@rule(
    "LBL006", Severity.ERROR, subject=LoadBalancer, fix=FixClass.MANUAL, sources=(src.KUBERNETES,), reads=links(Backend)
)
def too_many_backends(design: Design, balancer: LoadBalancer) -> Iterator[Finding]:
    """More back ends than HNS takes.

    Why: one load balancer has at most 1024 back ends.
    Bad: 1100 containers behind one VIP.
    Good: two services.
    """
    number = len(design.backends(balancer.id))
    if number > BACKEND_LIMIT:
        yield Finding((balancer.id,), f"“{balancer.name}” has {number} back ends; {BACKEND_LIMIT} is the most.")


def _vips(_design: Design, balancer: LoadBalancer) -> Iterator[tuple[IpAddress, str, int]]:
    if balancer.vip is not None:
        yield balancer.vip, balancer.protocol, balancer.port


VIPS = Index("VIPs", (LoadBalancer,), _vips, Reach.SELF)


@group_rule("LBL008", Severity.ERROR, index=VIPS, fix=FixClass.QUICK, sources=("inferred from " + src.HCN_RESULT,))
def vip_used_twice(design: Design, group: Group) -> Iterator[Finding]:
    """A VIP used twice, or one that an endpoint or gateway has.

    Why: an address, protocol and port lead to one load balancer (0x803b0012), and an address to one machine.
    Bad: two load balancers with 10.100.0.50:80/tcp, or one whose VIP is the address of web01.
    Good: an address or port each.
    """
    first = group.members[0]
    for balancer in group.members[1:]:
        free = _free_vip(design, balancer)
        yield Finding(
            (balancer.id, first.id),
            f"“{balancer.name}” and “{first.name}” both have {balancer.vip}:{balancer.port}/{balancer.protocol}.",
            "vip",
            changed(f"Use the VIP {free}", balancer, vip=free) if free is not None else None,
        )


def _free_vip(design: Design, balancer: LoadBalancer) -> IpAddress | None:
    """Return a free address of the network that the VIP of a load balancer is in."""
    for backend in design.backends(balancer.id):
        for network in _networks_behind(design, backend.target):
            if any(balancer.vip in subnet.network for subnet in network.subnets):
                return free_address(Area.of_network(design.topology, network), network)
    return None


@part(
    "LBL008",
    subject=LoadBalancer,
    reads=anywhere(Attachment, Backend, ContainerNetwork, HostVNic, WindowsContainer, HyperVContainer),
)
def vip_of_an_endpoint(design: Design, balancer: LoadBalancer) -> Iterator[Finding]:
    """Find a VIP or source VIP that an endpoint, the leg of a host or a gateway of the balanced networks has."""
    networks = {
        network.id: network
        for backend in design.backends(balancer.id)
        for network in _networks_behind(design, backend.target)
    }
    for field in ("vip", "source_vip"):
        address: IpAddress | None = getattr(balancer, field)
        owners = ((network, _owner(design, network, address)) for network in networks.values()) if address else ()
        network, owner = next((found for found in owners if found[1] is not None), (None, None))
        if network is not None and owner is not None:
            free = free_address(Area.of_network(design.topology, network), network)
            yield Finding(
                (balancer.id, owner),
                f"“{balancer.name}”: {address} belongs to {_spoken(design, network, owner)}; take another address.",
                field,
                changed(f"Use {free}", balancer, **{field: free}) if free is not None else None,
            )


def _owner(design: Design, network: ContainerNetwork, address: IpAddress | None) -> EntityId | None:
    """Return the endpoint with an address, or the network itself when it is a gateway; None when it is free."""
    if any(subnet.gateway == address for subnet in network.subnets):
        return network.id
    for link in design.attachments(network.id):
        leg = design.topology.find(link.source, HostVNic)
        if link.ip == address or (leg is not None and any(found.ip == address for found in leg.addresses)):
            return link.source
    return None


def _spoken(design: Design, network: ContainerNetwork, owner: EntityId) -> str:
    return f"the gateway of “{network.name}”" if owner == network.id else f"{design.label(owner)} on “{network.name}”"
