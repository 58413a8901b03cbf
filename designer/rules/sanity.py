"""Rules about the drawing as a whole (TOP)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.base import Element, Link
from designer.model.changes import ChangeSet
from designer.model.fabric import Segment
from designer.model.flows import Flow
from designer.model.hosts import Host, HostVNic, PhysicalNic, SetTeam, VSwitch
from designer.model.identity import EntityId
from designer.model.links import Attachment, Backend, Cable, Uplink
from designer.model.networks import ContainerNetwork, LoadBalancer, NetworkMode
from designer.model.workloads import Compartment, ContainerBase, HyperVContainer, WindowsContainer
from designer.rules import sources as src
from designer.rules.connect import link_is_possible
from designer.rules.design import Design
from designer.rules.moves import onto
from designer.rules.nesting import spoken
from designer.rules.pools import usable
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
    wire,
)
from designer.rules.suggestions import attached, changed, removable, removed

HOSTED = (WindowsContainer, HyperVContainer, VSwitch, ContainerNetwork, Compartment, PhysicalNic, SetTeam, HostVNic)


@rule(
    "TOP001",
    Severity.WARNING,
    subject=ContainerBase,
    fix=FixClass.QUICK,
    sources=(src.ARCHITECTURE,),
    reads=links(Attachment, Compartment),
)
def container_without_network(design: Design, container: ContainerBase) -> Iterator[Finding]:
    """A container without a network.

    Why: Docker then puts it on the default nat network, which the drawing does not show.
    Bad: web01 attached to nothing.
    Good: web01 on nat0, or with network none.
    """
    if container.network_none or container.shares_network_of is not None or design.attachments(container.id):
        return
    outer = design.topology.find(container.parent, Compartment)
    if outer is not None and design.attachments(outer.id):
        return
    host = design.host_of(container.id)
    default = host is None or host.daemon.default_nat
    result = "Docker puts it on its own nat network" if default else "it starts without a network"
    own = design.inside(host.id, ContainerNetwork) if host is not None else []
    nat = next((network for network in own if network.mode is NetworkMode.NAT), None)
    yield Finding(
        (container.id,),
        f"{container.name} is attached to no network; {result}. Attach it, or set network none.",
        fix=attached(design.topology, container, nat)
        if nat is not None and _can_join(design, container, nat)
        else None,
    )


def _can_join(design: Design, container: ContainerBase, network: ContainerNetwork) -> bool:
    """Whether a network has room for one more, and nothing that is drawn speaks of the container as it is."""
    full = network.subnets and len(design.attachments(network.id)) >= usable(design, network)
    sharers = (found for found in design.topology.referrers(container.id) if isinstance(found, ContainerBase))
    ends = (container.id, *(sharer.id for sharer in sharers))
    spoken_of = any(design.backends(end) or design.topology.links_of(end, Flow) for end in ends)
    return not full and not network.mac_pools and not spoken_of


@rule("TOP002", Severity.ERROR, subject=HOSTED, fix=FixClass.MANUAL, sources=("inferred from " + src.ARCHITECTURE,))
def outside_a_host(design: Design, element: Element) -> Iterator[Finding]:
    """Something that belongs in a host stands outside.

    Why: containers, switches and local networks exist on a Windows host only.
    Bad: a nat network on the canvas.
    Good: the nat network in HOST01; only overlay networks span hosts.
    """
    if design.host_of(element.id) is not None:
        return
    if isinstance(element, ContainerNetwork) and element.mode is NetworkMode.OVERLAY:
        return
    yield Finding((element.id,), f"The {spoken(type(element))} “{element.name}” is in no host; move it into one.")


@rule(
    "TOP003",
    Severity.ERROR,
    subject=(Attachment, Uplink),
    fix=FixClass.MANUAL,
    sources=("inferred from " + src.TOPOLOGIES,),
    reads=links(ContainerNetwork),
)
def link_across_hosts(design: Design, link: Link) -> Iterator[Finding]:
    """A link crosses hosts.

    Why: an endpoint, its network and its adapter are on one host; only overlay networks reach over several.
    Bad: web01 on HOST01 attached to nat0 on HOST02.
    Good: web01 attached to a network of HOST01.
    """
    upper, lower = design.host_of(link.source), design.host_of(link.target)
    if upper is None or lower is None or upper.id == lower.id:
        return
    network = design.topology.find(link.target, ContainerNetwork)
    if network is not None and network.mode is NetworkMode.OVERLAY:
        return
    yield Finding(
        (link.id, link.source, link.target),
        f"“{design.label(link.source)}” is on {upper.name} and “{design.label(link.target)}” on {lower.name}; a link "
        "crosses no host.",
    )


@rule(
    "TOP004",
    Severity.ERROR,
    subject=Attachment,
    fix=FixClass.QUICK,
    sources=(src.ARCHITECTURE,),
    reads=links(VSwitch),
    only=Only(modes=(None,)),
)
def direct_wire_to_switch(design: Design, link: Attachment) -> Iterator[Finding]:
    """A container wired to a switch directly.

    Why: HNS makes endpoints on networks; a switch alone has none for a container.
    Bad: web01 joined to a virtual switch.
    Good: web01 on a network that is laid on the switch.
    """
    source, target = design.topology.entities[link.source], design.topology.entities[link.target]
    if isinstance(target, VSwitch) and not isinstance(source, HostVNic):
        yield Finding(
            (link.id, link.source, link.target),
            f"“{design.label(link.source)}” is wired to the switch “{target.name}”; attach it to a network on it.",
            fix=_through_network(design, link),
        )


def _through_network(design: Design, link: Attachment) -> ChangeSet | None:
    """Return the change that leads an attachment to the only network on its switch."""
    networks = [found for found in design.topology.referrers(link.target) if isinstance(found, ContainerNetwork)]
    if len(networks) != 1 or any(other.target == networks[0].id for other in design.attachments(link.source)):
        return None
    if not link_is_possible(design.topology, link.evolve(target=networks[0].id)):
        return None
    return changed(f"Attach it to {networks[0].name}", link, target=networks[0].id, ip=None)


@rule(
    "TOP005",
    Severity.INFO,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=("inferred: nothing uses it",),
    reads=links(Attachment),
)
def idle_network(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """A network without endpoints.

    Why: it takes a prefix, and perhaps an adapter, for nothing.
    Bad: a network that nothing is attached to.
    Good: a container on it, or no network.
    """
    if network.predefined or design.attachments(network.id):
        return
    fix = removed(design.topology, f"Delete {network.name}", network.id)
    yield Finding(
        (network.id,),
        f"Nothing is attached to “{network.name}”.",
        fix=fix if removable(design.topology, network.id) else None,
    )


def _multi_host(design: Design, backend: Backend) -> Iterator[EntityId]:
    yield backend.source


BACKENDS = Index("back ends", (Backend,), _multi_host, Reach.LINKS)


@group_rule("TOP012", Severity.WARNING, index=BACKENDS, fix=FixClass.QUICK, sources=(src.TOPOLOGIES,))
def nat_for_several_hosts(design: Design, group: Group) -> Iterator[Finding]:
    """A service over several hosts on nat networks.

    Why: addresses behind NAT are known on their own host only.
    Bad: a load balancer over containers on the nat networks of two hosts.
    Good: an overlay network over both hosts.
    """
    hosts = {host.id: host for backend in group.members if (host := design.host_of(backend.target)) is not None}
    networks = {
        network.id: network
        for backend in group.members
        for link in design.attachments(backend.target)
        if (network := design.network_of(link)) is not None
    }
    balancer, ends = design.topology.find(group.key, LoadBalancer), [backend.target for backend in group.members]
    if balancer is None or len(hosts) < 2 or not networks:
        return
    if all(network.mode is NetworkMode.NAT for network in networks.values()):
        names = ", ".join(sorted(host.name for host in hosts.values()))
        yield Finding(
            (balancer.id, *sorted(networks)),
            f"“{balancer.name}” spreads over {names} on nat networks, which end at their host; use an overlay network.",
            fix=onto(design, balancer, ends, design.topology.children(None, ContainerNetwork)),
        )


@rule(
    "TOP013",
    Severity.INFO,
    subject=Segment,
    fix=FixClass.QUICK,
    sources=(src.TOPOLOGIES,),
    reads=wire(Cable, PhysicalNic, Uplink, ContainerNetwork),
)
def many_addresses_on_the_wire(design: Design, segment: Segment) -> Iterator[Finding]:
    """Transparent networks of several hosts on one physical network.

    Why: each container shows its own MAC address there; switches with port security block the second one.
    Bad: transparent networks on two hosts behind switches with port security.
    Good: l2bridge networks, which show the host's address only.
    """
    hosts: dict[EntityId, Host] = {}
    networks: dict[EntityId, ContainerNetwork] = {}
    for cable in design.cables(segment.id):
        host = design.host_of(cable.source)
        for link in design.uplinks(cable.source):
            user = design.topology.entities[link.source]
            if isinstance(user, ContainerNetwork) and user.mode is NetworkMode.TRANSPARENT and host is not None:
                hosts[host.id] = host
                networks[user.id] = user
    if len(hosts) > 1:
        names = ", ".join(sorted(host.name for host in hosts.values()))
        yield Finding(
            (segment.id, *sorted(hosts)),
            f"{names} put containers on “{segment.name}” with MAC addresses of their own; l2bridge hides them.",
            fix=_as_l2bridge(design, list(networks.values())),
        )


def _as_l2bridge(design: Design, networks: list[ContainerNetwork]) -> ChangeSet | None:
    """Return the change of transparent networks to l2bridge; None where one of them takes addresses from DHCP."""
    for network in networks:
        alone = all(len(design.uplinks(adapter.id)) == 1 for adapter in design.adapters(network.id))
        if len(network.subnets) != 1 or not alone or any(link.ports for link in design.attachments(network.id)):
            return None
    edits = [changed("", network, mode=NetworkMode.L2BRIDGE).edits[0] for network in networks]
    return ChangeSet("Make l2bridge networks of them", tuple(edits))
