"""Rules about containers with several networks, and about IPv6 (MHM, IPV)."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv6Network

from designer.model.addressing import overlaps
from designer.model.hosts import HostRole
from designer.model.identity import EntityId
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.workloads import Compartment, ContainerBase
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.moves import alone_on_nat
from designer.rules.ports import listed
from designer.rules.registry import Finding, FixClass, Group, Index, Only, Reach, Severity, group_rule, links, rule
from designer.rules.repairs import elsewhere
from designer.rules.spans import BEFORE_2022, FROM_2022
from designer.rules.suggestions import changed, removed

NETWORKS = links(Attachment, ContainerNetwork, Compartment)
FIRST_DUAL_STACK = 20348
"""The build whose HNS knows dual stack (11.10)."""

_LOCAL = (NetworkMode.L2BRIDGE, NetworkMode.L2TUNNEL, NetworkMode.INTERNAL, NetworkMode.PRIVATE, NetworkMode.ICS)
"""The modes that no other rule on IPv6 speaks of: all are made by one Docker driver, which refuses IPv6 subnets."""

WITHOUT_GATEWAY = (NetworkMode.PRIVATE, NetworkMode.INTERNAL)


def _networks(design: Design, container: ContainerBase) -> list[ContainerNetwork]:
    found = (design.network_of(link) for link in design.attachments(container.id))
    return [network for network in found if network is not None]


@rule(
    "MHM001",
    Severity.ERROR,
    subject=ContainerBase,
    fix=FixClass.QUICK,
    sources=(src.CONTAINER_OPERATIONS,),
    reads=NETWORKS,
    only=Only("network_none"),
)
def none_and_another(design: Design, container: ContainerBase) -> Iterator[Finding]:
    """Network none together with another network.

    Why: none means no network; Docker refuses to connect such a container.
    Bad: web01 with --network none on nat0.
    Good: one of the two.
    """
    networks = _networks(design, container)
    if networks:
        yield Finding(
            (container.id, networks[0].id),
            f"{container.name} has network none and is on “{networks[0].name}”; take none back.",
            "network_none",
            changed(f"Take network none of {container.name} back", container, network_none=False),
        )


def _pair(_design: Design, link: Attachment) -> Iterator[tuple[EntityId, EntityId]]:
    yield link.source, link.target


def _workload(_design: Design, link: Attachment) -> Iterator[EntityId]:
    yield link.source


ENDPOINTS = Index("endpoints of a workload", (Attachment,), _workload, Reach.LINKS)
"""Workloads that have several endpoints."""


def container_of(design: Design, group: Group) -> ContainerBase | None:
    """Return the container whose endpoints a group holds; None when they belong to something else."""
    return design.topology.find(group.key, ContainerBase)


PAIRS = Index("endpoints of a workload on a network", (Attachment,), _pair, Reach.SELF)


@group_rule("MHM002", Severity.ERROR, index=PAIRS, fix=FixClass.QUICK, sources=(src.LIBNETWORK,))
def two_endpoints_on_one_network(design: Design, group: Group) -> Iterator[Finding]:
    """Two endpoints on one network.

    Why: a container has at most one endpoint on a network.
    Bad: web01 attached to nat0 twice.
    Good: web01 attached to nat0 once.
    """
    for link in group.members[1:]:
        workload, network = design.label(link.source), design.label(link.target)
        yield Finding(
            (link.id, link.source, link.target),
            f"{workload} is attached to “{network}” twice; remove one.",
            fix=removed(design.topology, f"Remove an attachment of {workload}", link.id),
        )


@group_rule(
    "MHM003",
    Severity.WARNING,
    index=ENDPOINTS,
    fix=FixClass.MANUAL,
    sources=("inferred from " + src.HNS_ENDPOINT,),
)
def two_default_gateways(design: Design, group: Group) -> Iterator[Finding]:
    """A container with two default gateways.

    Why: the route with the lower metric wins, and answers may leave by another way than the question came.
    Bad: web01 on nat0 and corp, both with a gateway.
    Good: one network with a gateway, the other internal or private.
    """
    container = container_of(design, group)
    if container is None:
        return
    leading = [network for network in _networks(design, container) if network.mode not in WITHOUT_GATEWAY]
    if len({network.id for network in leading}) > 1:
        names = " and ".join(f"“{network.name}”" for network in leading)
        yield Finding(
            (container.id, *(network.id for network in leading)),
            f"{container.name} has a default gateway on {names}; answers may take the other way.",
        )


@group_rule("MHM004", Severity.ERROR, index=ENDPOINTS, fix=FixClass.QUICK, sources=(src.INFERRED,))
def networks_overlap(design: Design, group: Group) -> Iterator[Finding]:
    """Two networks of a container overlap.

    Why: the container cannot know through which endpoint an address is reached.
    Bad: web01 on two networks with 172.16.0.0/20 and 172.16.4.0/24.
    Good: networks that share no address.
    """
    container = container_of(design, group)
    if container is None:
        return
    networks = _networks(design, container)
    for position, network in enumerate(networks):
        for other in networks[:position]:
            for left in network.subnets if other.id != network.id else ():
                if any(overlaps(left.network, right.network) for right in other.subnets):
                    yield Finding(
                        (container.id, network.id, other.id),
                        f"{container.name} is on “{network.name}” and “{other.name}”, which overlap at {left.network}.",
                        fix=elsewhere(design, network) or elsewhere(design, other),
                    )


@rule(
    "MHM006",
    Severity.ERROR,
    subject=ContainerBase,
    fix=FixClass.QUICK,
    sources=(src.CONTAINER_OPERATIONS,),
    reads=NETWORKS,
    only=Only("shares_network_of"),
)
def shared_and_own_network(design: Design, container: ContainerBase) -> Iterator[Finding]:
    """A shared network together with one of its own.

    Why: a container that uses another one's network has no endpoints.
    Bad: web02 with the network of web01 and on nat0.
    Good: one of the two.
    """
    networks = _networks(design, container)
    if networks:
        yield Finding(
            (container.id, networks[0].id),
            f"{container.name} uses another container's network and is on “{networks[0].name}” too; choose one.",
            "shares_network_of",
            changed(f"Give {container.name} its own network only", container, shares_network_of=None)
            if design.topology.find(container.parent, Compartment) is None
            else None,
        )


@group_rule(
    "PRT013",
    Severity.WARNING,
    index=ENDPOINTS,
    fix=FixClass.QUICK,
    sources=(src.ENGINE_NETWORK, src.CONTAINER_OPERATIONS),
)
def multi_homed_publisher(design: Design, group: Group) -> Iterator[Finding]:
    """A container with several networks publishes ports.

    Why: the mapping is applied at one endpoint only, and which one is not defined.
    Bad: web01 on nat0 and corp publishes 8080:80.
    Good: web01 on nat0 alone.
    """
    container = container_of(design, group)
    publishing = [link for link in group.members if link.ports]
    if container is not None and publishing:
        yield Finding(
            (container.id, *(link.target for link in group.members)),
            f"{container.name} publishes {listed(publishing[0])} and has {len(group.members)} networks; only one "
            "endpoint gets the mapping.",
            fix=alone_on_nat(design, group.members),
        )


def _ipv6(network: ContainerNetwork) -> list[str]:
    return [str(subnet.network) for subnet in network.subnets if isinstance(subnet.network, IPv6Network)]


def _drop_ipv6(network: ContainerNetwork) -> tuple[object, ...]:
    return tuple(subnet for subnet in network.subnets if not isinstance(subnet.network, IPv6Network))


@rule(
    "IPV001",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.ARCHITECTURE,),
    only=Only("subnets"),
)
def ipv6_on_nat_or_overlay(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """IPv6 on a nat or overlay network.

    Why: WinNAT and the Windows overlay carry IPv4 only.
    Bad: nat0 with fd00::/64.
    Good: nat0 with 172.16.0.0/20.
    """
    found = _ipv6(network)
    if found and network.mode in (NetworkMode.NAT, NetworkMode.OVERLAY):
        yield Finding(
            (network.id,),
            f"“{network.name}” is a {network.mode.value} network and carries no IPv6 ({found[0]}); remove that subnet.",
            "subnets",
            changed(f"Remove {found[0]}", network, subnets=_drop_ipv6(network)),
        )


@rule(
    "IPV002",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.MANUAL,
    sources=(src.ARCHITECTURE, src.HCN_GLOBALS),
    only=Only("subnets"),
    os=BEFORE_2022,
)
def ipv6_too_early(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """IPv6 on l2bridge before Windows Server 2022.

    Why: HNS knows dual stack from version 11.10 on.
    Bad: an l2bridge network with fd00::/64 on Windows Server 2019.
    Good: the same on Windows Server 2022.
    """
    host = design.host_of(network.id)
    found = _ipv6(network)
    if not found or host is None or host.build_number >= FIRST_DUAL_STACK:
        return
    if network.mode is NetworkMode.TRANSPARENT:
        yield Finding(
            (network.id, host.id),
            f"“{network.name}” has {found[0]}; IPv6 on transparent networks is documented from Windows Server 2022 on, "
            f"and {host.name} has build {host.build_number}.",
            "subnets",
            severity=Severity.WARNING,
        )
    elif network.mode in _LOCAL:
        yield Finding(
            (network.id, host.id),
            f"“{network.name}” has {found[0]}; {host.name} (build {host.build_number}) has no dual stack.",
            "subnets",
        )


@rule(
    "IPV003",
    Severity.WARNING,
    subject=ContainerNetwork,
    fix=FixClass.MANUAL,
    sources=(src.ARCHITECTURE,),
    only=Only("subnets"),
    os=FROM_2022,
)
def ipv6_on_transparent(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """An IPv6 subnet on a transparent network.

    Why: HNS assigns no IPv6 address there; only what the containers assign themselves works.
    Bad: a transparent network with fd00::/64.
    Good: router advertisements on the physical network, and no IPv6 subnet in the design.
    """
    found = _ipv6(network)
    if found and network.mode is NetworkMode.TRANSPARENT:
        yield Finding(
            (network.id,),
            f"“{network.name}”: HNS gives no addresses of {found[0]}; only self-assigned IPv6 works.",
            "subnets",
        )


@rule(
    "IPV004",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.MANUAL,
    sources=(src.WINDOWS_DRIVER, "microsoft/windows-container-networking: README.md"),
    only=Only("subnets"),
    os=FROM_2022,
)
def dual_stack_through_docker(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """Dual stack through Docker.

    Why: the Windows drivers of Docker refuse IPv6 subnets; only HNS itself or a CNI plug-in makes such a network.
    Bad: an l2bridge network with an IPv6 subnet on a host with Docker.
    Good: the same on a Kubernetes node, made by CNI.
    """
    host = design.host_of(network.id)
    if host is None or host.role is HostRole.KUBERNETES_NODE or network.mode not in _LOCAL:
        return
    found = _ipv6(network)
    if found and host.build_number >= FIRST_DUAL_STACK:
        yield Finding(
            (network.id, host.id),
            f"“{network.name}” has {found[0]}, which Docker refuses; make the network with HNS or CNI.",
            "subnets",
        )
