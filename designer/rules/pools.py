"""Rules about the room in subnets (IPA)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.hosts import HostVNic
from designer.model.links import Attachment, Uplink
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.registry import Finding, FixClass, Only, Severity, links, rule
from designer.rules.repairs import widened


def usable(design: Design, network: ContainerNetwork) -> int:
    """Return how many endpoints the subnets of a network have room for.

    Source: connectivity rules of reserved addresses: network, broadcast, gateway, the host endpoint of l2bridge, one
    load-balancer address for each node of an overlay.
    """
    total = 0
    for subnet in network.subnets:
        total += subnet.network.num_addresses - 3
    if network.mode is NetworkMode.L2BRIDGE and host_endpoints(design, network):
        total -= 1
    if network.mode is NetworkMode.OVERLAY:
        total -= len(design.hosts_of_network(network))
    return max(total, 0)


def host_endpoints(design: Design, network: ContainerNetwork) -> list[HostVNic]:
    """Return the host vNICs that are attached to a network."""
    ends = (design.topology.entities[link.source] for link in design.attachments(network.id))
    return [vnic for vnic in ends if isinstance(vnic, HostVNic)]


POOL = links(Attachment, HostVNic, Uplink)


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
    if len(design.attachments(network.id)) <= room:
        return
    number = len(design.workloads_on(network.id))
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
    if len(design.attachments(network.id)) < room * 0.8:
        return
    number = len(design.workloads_on(network.id))
    if 0 < number <= room and number >= room * 0.8:
        yield Finding((network.id,), f"“{network.name}” uses {number} of {room} addresses.", "subnets")
