"""Rules about the room in subnets (IPA)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.hosts import HostVNic
from designer.model.links import Attachment, Uplink
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.services import Service
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.registry import Finding, FixClass, Only, Severity, links, rule
from designer.rules.repairs import widened


def usable(design: Design, network: ContainerNetwork) -> int:
    """Return how many endpoints the subnets of a network have room for.

    Source: connectivity rules of reserved addresses: network, broadcast, gateway, the host endpoint of l2bridge, one
    load-balancer address for each node of an overlay and one for each service with a virtual IP.
    """
    total = 0
    for subnet in network.subnets:
        total += subnet.network.num_addresses - 3
    if network.mode is NetworkMode.L2BRIDGE and host_endpoints(design, network):
        total -= 1
    if network.mode is NetworkMode.OVERLAY:
        total -= len(design.hosts_of_network(network))
        total -= sum(service.endpoint_mode == "vip" for service in services_on(design, network))
    return max(total, 0)


def services_on(design: Design, network: ContainerNetwork) -> list[Service]:
    """Return the services that are attached to a network."""
    if not design.topology.of(Service):
        return []
    ends = (design.topology.entities[link.source] for link in design.attachments(network.id))
    return [end for end in ends if isinstance(end, Service)]


def endpoints(design: Design, network: ContainerNetwork) -> int:
    """Return how many endpoints a network gets: one for each container and compartment, and for each task of a service.

    A service that runs once on each node counts for the nodes that the network reaches.
    """
    services = services_on(design, network)
    nodes = len(design.hosts_of_network(network)) if services else 0
    tasks = sum(service.replicas if service.mode == "replicated" else nodes for service in services)
    return len(design.workloads_on(network.id)) - len(services) + tasks


def host_endpoints(design: Design, network: ContainerNetwork) -> list[HostVNic]:
    """Return the host vNICs that are attached to a network."""
    ends = (design.topology.entities[link.source] for link in design.attachments(network.id))
    return [vnic for vnic in ends if isinstance(vnic, HostVNic)]


POOL = links(Attachment, HostVNic, Uplink, Service)


@rule(
    "IPA014",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=("inferred from " + src.HNS_SCHEMA,),
    reads=POOL,
    only=Only("subnets"),
)
def pool_exhausted(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """More endpoints than addresses.

    Why: network, broadcast and gateway addresses are never free; the endpoint after the last free address fails.
    Bad: four containers in a /29 whose fifth to eighth address are taken, or seven in any /29.
    Good: a prefix with room to spare.
    """
    room = usable(design, network)
    if len(design.attachments(network.id)) <= room and not design.topology.of(Service):
        return
    number = endpoints(design, network)
    if number > room:
        yield Finding(
            (network.id,),
            f"“{network.name}” has {number} endpoints and room for {room}; use a wider prefix.",
            "subnets",
            widened(design, network, number),
        )


@rule(
    "IPA015",
    Severity.INFO,
    subject=ContainerNetwork,
    fix=FixClass.MANUAL,
    sources=("inferred from " + src.HNS_SCHEMA,),
    reads=POOL,
    only=Only("subnets"),
)
def pool_nearly_full(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """The addresses of a network are nearly used up.

    Why: the prefix of a network cannot change while endpoints use it.
    Bad: 12 endpoints in a /28.
    Good: fewer than four fifths of the addresses in use.
    """
    room = usable(design, network)
    if len(design.attachments(network.id)) < room * 0.8 and not design.topology.of(Service):
        return
    number = endpoints(design, network)
    if 0 < number <= room and number >= room * 0.8:
        yield Finding((network.id,), f"“{network.name}” uses {number} of {room} addresses.", "subnets")
