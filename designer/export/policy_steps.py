"""Statements for what Docker has no command for: access lists, bandwidth limits, load balancers."""

from __future__ import annotations

from collections.abc import Iterator

from designer.export.container_steps import PlacedContainer
from designer.export.network_steps import has_hcn
from designer.export.requirements import HnsModule
from designer.export.script import Statement
from designer.export.statements import ApplyPolicies, CreateLoadBalancer, Remark
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.links import Attachment, Backend
from designer.model.modes import MODES
from designer.model.networks import ContainerNetwork, LoadBalancer, NetworkMode
from designer.model.releases import RELEASES
from designer.model.topology import Topology


def policy_statements(host: Host, placed: PlacedContainer) -> Iterator[Statement]:
    """Yield the policies of a container's endpoints."""
    if placed.shares_with is not None or placed.container.network_none:
        return
    for link, network in placed.joined:
        wanted = _wanted(link)
        if not wanted:
            continue
        name = placed.container.name
        problem = _obstacle(host, network)
        if problem:
            yield Remark(element=link.id, reason=f"{wanted} of {name} on {network.name}: {problem}.")
            continue
        yield ApplyPolicies(
            element=link.id,
            reason=f"{wanted} of {name} on {network.name}; Docker drops them when the container stops, so run this "
            "script again after a restart",
            requires=(HnsModule(),),
            container=name,
            network=network.name,
            acls=tuple(sorted(link.acls, key=lambda acl: acl.priority)),
            outbound_limit_bytes_per_second=link.outbound_limit_bytes_per_second,
        )


def _wanted(link: Attachment) -> str:
    parts = ["access list"] if link.acls else []
    parts += ["bandwidth limit"] if link.outbound_limit_bytes_per_second else []
    return " and ".join(parts)


def _obstacle(host: Host, network: ContainerNetwork) -> str:
    if not has_hcn(host):
        return (
            f"{RELEASES[host.os].title} cannot change the policies of an endpoint that Docker made; "
            "that takes the HCN interface of Windows Server 2019"
        )
    if network.mode is NetworkMode.OVERLAY:
        return "Docker Swarm makes the endpoints of an overlay anew on every node and keeps their policies to itself"
    return ""


def load_balancer_statements(
    topology: Topology, host: Host, placed: tuple[PlacedContainer, ...]
) -> Iterator[Statement]:
    """Yield the load balancers that stand on the host, and those with a back end on it."""
    inside = (inner for inner in topology.descendants(host.id) if isinstance(inner, LoadBalancer))
    local: dict[LoadBalancer, list[PlacedContainer]] = {balancer: [] for balancer in inside}
    for item in placed if topology.of(Backend) else ():
        for link in topology.links_of(item.container.id, Backend):
            balancer = topology.find(link.source, LoadBalancer)
            if balancer is not None:
                local.setdefault(balancer, []).append(item)
    for balancer in sorted(local, key=lambda each: (each.name, each.id)):
        yield _load_balancer(topology, host, balancer, local[balancer])


def _load_balancer(topology: Topology, host: Host, balancer: LoadBalancer, local: list[PlacedContainer]) -> Statement:
    network = _common_network(topology, balancer, local)
    problem = _balancer_obstacle(host, balancer, network, local)
    if problem or network is None or balancer.vip is None:
        return Remark(element=balancer.id, reason=f"load balancer '{balancer.name}': {problem}.")
    backends = tuple(sorted(item.container.name for item in local))
    return CreateLoadBalancer(
        element=balancer.id,
        reason=f"{balancer.name}: {balancer.vip}:{balancer.port}/{balancer.protocol} spread over {', '.join(backends)}",
        requires=(HnsModule(),),
        name=balancer.name,
        vip=balancer.vip,
        protocol=balancer.protocol,
        port=balancer.port,
        target_port=balancer.target_port,
        network=network.name,
        backends=backends,
        source_vip=balancer.source_vip,
        direct_server_return=balancer.direct_server_return,
        session_affinity=balancer.session_affinity,
        preserve_destination=balancer.preserve_destination,
    )


def _common_network(
    topology: Topology, balancer: LoadBalancer, local: list[PlacedContainer]
) -> ContainerNetwork | None:
    drawn = topology.find(balancer.parent, ContainerNetwork)
    if drawn is not None:
        return drawn
    shared: dict[EntityId, ContainerNetwork] = {}
    for number, item in enumerate(local):
        networks = {network.id: network for _, network in item.joined if MODES[network.mode].uses_vfp}
        shared = networks if number == 0 else {found: each for found, each in shared.items() if found in networks}
    return min(shared.values(), key=lambda network: (network.name, network.id), default=None)


def _balancer_obstacle(
    host: Host, balancer: LoadBalancer, network: ContainerNetwork | None, local: list[PlacedContainer]
) -> str:
    if not local:
        return f"none of its back ends runs on {host.name}"
    if network is None:
        return "its back ends have no network with a load balancer (l2bridge, l2tunnel) in common"
    if not MODES[network.mode].uses_vfp:
        return f"a {network.mode.value} network has none: HNS spreads connections in VFP, on l2bridge and l2tunnel"
    if balancer.vip is None:
        return "it has no VIP; give it one, or publish a port of a Swarm service"
    return _obstacle(host, network)
