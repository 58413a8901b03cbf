"""Quick fixes that move workloads to another network, each only where nothing else speaks of what is moved."""

from __future__ import annotations

from collections.abc import Iterable

from designer.model.changes import ChangeSet, Edit
from designer.model.flows import Flow
from designer.model.identity import EntityId
from designer.model.links import Attachment, Backend
from designer.model.modes import Feature, has
from designer.model.networks import ContainerNetwork, LoadBalancer, NetworkMode
from designer.model.workloads import ContainerBase
from designer.planning.addresses import free_address
from designer.planning.area import Area
from designer.planning.names import other_name
from designer.rules.design import Design
from designer.rules.pools import usable
from designer.rules.suggestions import fresh_id, removed

BALANCING = (NetworkMode.L2BRIDGE, NetworkMode.OVERLAY)
"""Modes in which HNS balances load on machines that are in no cloud."""


def _is_bare(link: Attachment) -> bool:
    """Whether an endpoint has nothing, but perhaps ports, that is made for its network."""
    given = (link.ip, link.mac, link.gateway, link.outbound_limit_bytes_per_second)
    return not any((link.acls, link.aliases, *given))


def _moved(design: Design, link: Attachment, network: ContainerNetwork) -> Edit | None:
    """Return the move of an endpoint; None where it has something of its own, or the network has no room."""
    there = design.attachments(network.id)
    full = network.subnets and len(there) >= usable(design, network)
    shares = any(isinstance(found, ContainerBase) for found in design.topology.referrers(link.source))
    if (
        link.ports
        or not _is_bare(link)
        or full
        or shares
        or network.mac_pools
        or any(other.source == link.source for other in there)
    ):
        return None
    return Edit(link, link.evolve(target=network.id))


def _can_carry(design: Design, container: EntityId, network: ContainerNetwork) -> bool:
    """Whether HNS balances load to a container once it is on a network."""
    host = design.host_of(container)
    if host is None or network.mode not in BALANCING or not network.subnets:
        return False
    reaches = any(found.id == host.id for found in design.hosts_of_network(network))
    joins = network.attachable or network.mode is not NetworkMode.OVERLAY
    return reaches and joins and has(network.mode, Feature.LOAD_BALANCING, host.column)


def _with_source_vip(design: Design, balancer: LoadBalancer, network: ContainerNetwork) -> tuple[Edit, ...] | None:
    """Return the edit that a load balancer needs on a network; None where no address is free."""
    if network.mode is not NetworkMode.OVERLAY or balancer.source_vip is not None:
        return ()
    free = free_address(Area.of_network(design.topology, network), network)
    return (Edit(balancer, balancer.evolve(source_vip=free)),) if free is not None else None


def onto(
    design: Design, balancer: LoadBalancer, containers: Iterable[EntityId], networks: Iterable[ContainerNetwork]
) -> ChangeSet | None:
    """Return the move of the containers behind a load balancer to the only network of some that can carry them all."""
    ends = list(containers)
    fitting = [network for network in networks if all(_can_carry(design, end, network) for end in ends)]
    if len(fitting) != 1:
        return None
    network = fitting[0]
    edits: list[Edit] = []
    for end in ends:
        links = design.attachments(end)
        edit = _moved(design, links[0], network) if len(links) == 1 else None
        if edit is None:
            return None
        edits.append(edit)
    own = _with_source_vip(design, balancer, network)
    return ChangeSet(f"Put them on {network.name}", (*edits, *own)) if own is not None else None


def one_for_each(
    design: Design, balancer: LoadBalancer, backends: Iterable[Backend], networks: list[ContainerNetwork]
) -> ChangeSet | None:
    """Return the change that gives each network but the first a load balancer of its own, with a free VIP."""
    edits: list[Edit] = []
    names = [found.name for found in design.topology.of(LoadBalancer)]
    rest = list(backends)
    for position, network in enumerate(networks):
        here = [backend for backend in rest if any(link.target == network.id for link in _links(design, backend))]
        rest = [backend for backend in rest if backend not in here]
        if position and here:
            copy = _copy(design, balancer, network, other_name(names, balancer.name))
            if copy is None:
                return None
            names.append(copy.name)
            edits.append(Edit(None, copy))
            edits += [Edit(backend, backend.evolve(source=copy.id)) for backend in here]
    return ChangeSet(f"Give each network a load balancer like {balancer.name}", tuple(edits)) if edits else None


def _links(design: Design, backend: Backend) -> list[Attachment]:
    return design.attachments(backend.target)


def _copy(design: Design, balancer: LoadBalancer, network: ContainerNetwork, name: str) -> LoadBalancer | None:
    """Return a load balancer like another one for a network; None where it finds no address that it needs."""
    area = Area.of_network(design.topology, network)
    vip = free_address(area, network) if balancer.vip is not None else None
    source = free_address(area, network, [vip] if vip is not None else ()) if balancer.source_vip is not None else None
    if (vip is None) is not (balancer.vip is None) or (source is None) is not (balancer.source_vip is None):
        return None
    new_id = fresh_id(design.topology, "balancer", balancer.id, network.id)
    return balancer.evolve(id=new_id, name=name, vip=vip, source_vip=source)


def alone_on_nat(design: Design, links: Iterable[Attachment]) -> ChangeSet | None:
    """Return the change that leaves a container its only nat network, which then publishes all of its ports.

    None where another endpoint has something of its own, or something drawn reaches the container.
    """
    found = list(links)
    nat = [link for link in found if _mode(design, link) is NetworkMode.NAT]
    others = [link for link in found if link not in nat]
    if len(nat) != 1 or not all(map(_is_bare, others)):
        return None
    container = nat[0].source
    if design.backends(container) or design.topology.links_of(container, Flow):
        return None
    ports = tuple(dict.fromkeys((*nat[0].ports, *(port for link in others for port in link.ports))))
    edits = [Edit(nat[0], nat[0].evolve(ports=ports))] if ports != nat[0].ports else []
    gone = [edit for link in others for edit in removed(design.topology, "", link.id).edits]
    label = f"Leave {design.label(container)} on {design.label(nat[0].target)} alone"
    return ChangeSet(label, (*edits, *gone))


def _mode(design: Design, link: Attachment) -> NetworkMode | None:
    network = design.network_of(link)
    return network.mode if network is not None else None
