"""Rules about the subnets and gateways of container networks (IPA)."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network

from designer.model.addressing import IpAddress, IpNetwork, first_usable, overlaps
from designer.model.changes import ChangeSet
from designer.model.fabric import Segment, SegmentSubnet
from designer.model.hosts import PhysicalNic, SetTeam, VSwitch
from designer.model.links import Attachment, Cable, Uplink
from designer.model.modes import Feature, has
from designer.model.networks import ContainerNetwork, NetworkMode, Subnet
from designer.model.releases import OsRelease
from designer.planning.known import NEVER, RESERVED, span_of
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.registry import Finding, FixClass, Only, Severity, links, rule, wire
from designer.rules.repairs import elsewhere, split
from designer.rules.spans import BEFORE_2022
from designer.rules.suggestions import changed, reshaped, with_subnet

L2 = (NetworkMode.L2BRIDGE, NetworkMode.L2TUNNEL)


def is_edge(address: IpAddress, prefix: IpNetwork) -> bool:
    """Whether an address is the network or broadcast address of an IPv4 prefix that has them."""
    return (
        isinstance(prefix, IPv4Network)
        and prefix.prefixlen < 31
        and (address in (prefix.network_address, prefix.broadcast_address))
    )


def _moved(design: Design, network: ContainerNetwork, old: Subnet, label: str, **fields: object) -> ChangeSet | None:
    """Return the change of one subnet, unless a fixed address depends on what it was."""
    new = old.evolve(**fields)
    fixed = [link.ip for link in design.attachments(network.id) if link.ip is not None]
    if new.gateway in fixed:
        return None
    return changed(label, network, **with_subnet(network, old, new))


@rule(
    "IPA001",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.ENGINE_NETWORK,),
    only=Only("subnets"),
)
def host_bits_in_prefix(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """A prefix with host bits.

    Why: Docker refuses a subnet that is not written as its network address.
    Bad: subnet 10.1.0.7/24.
    Good: subnet 10.1.0.0/24.
    """
    for subnet in network.subnets:
        if subnet.prefix.ip != subnet.network.network_address:
            clean = type(subnet.prefix)((subnet.network.network_address, subnet.network.prefixlen))
            yield Finding(
                (network.id,),
                f"“{network.name}”: {subnet.prefix} has host bits set; write {subnet.network}.",
                "subnets",
                changed(
                    f"Write {subnet.network}", network, **with_subnet(network, subnet, subnet.evolve(prefix=clean))
                ),
            )


@rule(
    "IPA002",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.ENGINE_NETWORK,),
    reads=links(Attachment),
    only=Only("subnets"),
)
def gateway_outside_subnet(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """The gateway is outside its subnet.

    Why: a container reaches its gateway on-link; Docker refuses one that lies outside the subnet.
    Bad: subnet 10.1.0.0/24 with gateway 10.2.0.1.
    Good: gateway 10.1.0.1.
    """
    for subnet in network.subnets:
        if subnet.gateway is not None and subnet.gateway not in subnet.network:
            first = first_usable(subnet.network)
            yield Finding(
                (network.id,),
                f"“{network.name}”: gateway {subnet.gateway} is not in {subnet.network}; use {first}.",
                "subnets",
                _moved(design, network, subnet, f"Use gateway {first}", gateway=first),
            )


@rule(
    "IPA003",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=("inferred from " + src.HCN_RESULT,),
    reads=links(Attachment),
    only=Only("subnets"),
)
def gateway_is_edge(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """The gateway is the network or broadcast address.

    Why: the first and the last address of a subnet belong to no machine.
    Bad: subnet 10.1.0.0/24 with gateway 10.1.0.255.
    Good: gateway 10.1.0.1.
    """
    for subnet in network.subnets:
        if subnet.gateway is not None and is_edge(subnet.gateway, subnet.network):
            first = first_usable(subnet.network)
            kind = "network" if subnet.gateway == subnet.network[0] else "broadcast"
            yield Finding(
                (network.id,),
                f"“{network.name}”: gateway {subnet.gateway} is the {kind} address of {subnet.network}; use {first}.",
                "subnets",
                _moved(design, network, subnet, f"Use gateway {first}", gateway=first),
            )


def _wire_subnets(design: Design, network: ContainerNetwork) -> list[SegmentSubnet]:
    """Return the subnets on the physical networks under a network, those of its VLAN when one is set."""
    found = [subnet for segment in design.segments_under(network) for subnet in segment.subnets]
    if network.vlan:
        return [subnet for subnet in found if subnet.vlan == network.vlan]
    return found


@rule(
    "IPA012",
    Severity.WARNING,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.ADVANCED,),
    reads=wire(Uplink, PhysicalNic, SetTeam, VSwitch, Cable, Segment, Attachment),
    only=Only("subnets", modes=(NetworkMode.TRANSPARENT,)),
)
def transparent_differs_from_wire(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """The subnet of a transparent network is not the one on the wire.

    Why: transparent containers are machines of the physical network; in another subnet they find no gateway there.
    Bad: transparent 10.5.0.0/24 on a physical network 10.0.0.0/24.
    Good: transparent 10.0.0.0/24.
    """
    if network.mode is not NetworkMode.TRANSPARENT:
        return
    on_wire = _wire_subnets(design, network)
    subnet = network.subnets[0]
    if not on_wire or any(found.prefix.network == subnet.network for found in on_wire):
        return
    prefixes = ", ".join(str(found.prefix.network) for found in on_wire)
    fixed = any(link.ip is not None for link in design.attachments(network.id))
    fix = None
    if len(on_wire) == 1 and not fixed:
        real = on_wire[0]
        copied = reshaped(subnet, real.prefix.network).evolve(gateway=real.router or first_usable(real.prefix.network))
        fix = changed(f"Use {real.prefix.network}", network, **with_subnet(network, subnet, copied))
    yield Finding(
        (network.id,),
        f"“{network.name}” has {subnet.network}, but the physical network has {prefixes}; use the prefix of the wire.",
        "subnets",
        fix,
    )


@rule(
    "IPA013",
    Severity.WARNING,
    subject=ContainerNetwork,
    fix=FixClass.MANUAL,
    sources=(src.INFERRED,),
    reads=wire(Uplink, PhysicalNic, SetTeam, VSwitch, Cable, Segment, Attachment),
    only=Only(modes=(NetworkMode.TRANSPARENT,)),
)
def no_dhcp_server(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """No DHCP server for a transparent network.

    Why: without a subnet the containers ask the wire for an address, and get 169.254.x.x when nobody answers.
    Bad: a transparent network without subnet on a physical network without DHCP.
    Good: a subnet and fixed addresses, or a DHCP server.
    """
    if network.mode is not NetworkMode.TRANSPARENT or network.subnets or not design.attachments(network.id):
        return
    segments = design.segments_under(network)
    on_wire = _wire_subnets(design, network)
    if segments and not any(subnet.dhcp for subnet in on_wire):
        yield Finding(
            (network.id, segments[0].id),
            f"“{network.name}” takes addresses from DHCP, and “{segments[0].name}” has no DHCP server; set a subnet.",
            "subnets",
        )


@rule(
    "IPA016",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.MULTI_SUBNET,),
    only=Only("subnets"),
)
def several_subnets_in_mode(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """Several subnets in a mode that has one.

    Why: only l2bridge, l2tunnel and overlay networks can have several subnets.
    Bad: a nat network with 172.16.0.0/24 and 172.16.1.0/24.
    Good: a network for each.
    """
    versions = [subnet.network.version for subnet in network.subnets]
    if versions.count(4) > 1 and not has(network.mode, Feature.SEVERAL_SUBNETS, OsRelease.WS2025):
        yield Finding(
            (network.id,),
            f"“{network.name}” is a {network.mode.value} network with {len(versions)} subnets; it takes one.",
            "subnets",
            split(design, network) if len(versions) == versions.count(4) else None,
        )


@rule(
    "IPA017",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.MANUAL,
    sources=(src.MULTI_SUBNET,),
    only=Only("subnets", modes=L2),
    os=BEFORE_2022,
)
def several_subnets_too_early(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """Several subnets before Windows Server 2022.

    Why: HNS takes several subnets in an l2bridge or l2tunnel network from build 20348 on.
    Bad: an l2bridge network with two subnets on Windows Server 2019.
    Good: the same on Windows Server 2022, or two networks.
    """
    host = design.host_of(network.id)
    if network.mode not in L2 or host is None or len(network.subnets) < 2:
        return
    if not has(network.mode, Feature.SEVERAL_SUBNETS, host.column):
        yield Finding(
            (network.id, host.id),
            f"“{network.name}” has {len(network.subnets)} subnets; {host.name} (build {host.build_number}) takes one.",
            "subnets",
        )


@rule(
    "IPA018",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.NETWORK_CREATE,),
    only=Only("subnets"),
)
def subnets_overlap(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """Subnets of one network overlap.

    Why: an address would belong to two subnets; Docker refuses the network.
    Bad: 10.1.0.0/16 and 10.1.4.0/24 in one network.
    Good: 10.1.0.0/24 and 10.1.1.0/24.
    """
    for position, subnet in enumerate(network.subnets):
        for other in network.subnets[:position]:
            if overlaps(subnet.network, other.network) and not _two_gateways(subnet, other):
                inner = subnet if subnet.network.prefixlen >= other.network.prefixlen else other
                kept = tuple(found for found in network.subnets if found is not inner)
                yield Finding(
                    (network.id,),
                    f"“{network.name}”: {subnet.network} overlaps {other.network}; keep one, or choose another prefix.",
                    "subnets",
                    changed(f"Remove {inner.network}", network, subnets=kept),
                )


def _two_gateways(subnet: Subnet, other: Subnet) -> bool:
    """Whether two entries are one subnet with two gateways, which rule IPA020 speaks of."""
    differ = None not in (subnet.gateway, other.gateway) and subnet.gateway != other.gateway
    return differ and subnet.network == other.network


@rule(
    "IPA020",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=("docker/cli: cli/command/network/create.go",),
    only=Only("subnets"),
)
def two_gateways(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """Two gateways for one subnet.

    Why: docker network create takes one gateway for each subnet.
    Bad: 10.1.0.0/24 with the gateways 10.1.0.1 and 10.1.0.254.
    Good: 10.1.0.0/24 with the gateway 10.1.0.1.
    """
    for position, subnet in enumerate(network.subnets):
        if any(_two_gateways(subnet, other) for other in network.subnets[:position]):
            kept = tuple(found for found in network.subnets if found is not subnet)
            yield Finding(
                (network.id,),
                f"“{network.name}”: {subnet.network} has a second gateway, {subnet.gateway}; keep one.",
                "subnets",
                changed(f"Remove the gateway {subnet.gateway}", network, subnets=kept),
            )


@rule(
    "IPA021",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=("inferred from " + src.HCN_RESULT,),
    only=Only("subnets"),
)
def reserved_prefix(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """A prefix from a reserved range.

    Why: loopback, link-local, multicast and experimental addresses are no addresses of machines.
    Bad: subnet 169.254.10.0/24.
    Good: subnet 172.16.0.0/20.
    """
    for subnet in network.subnets:
        prefix = subnet.network
        if prefix.prefixlen == 0 or not isinstance(prefix, IPv4Network):
            continue
        first, last = span_of(prefix)
        spans = zip(RESERVED, NEVER, strict=True)
        block = next((found for found, span in spans if span[0] <= last and first <= span[1]), None)
        if block is not None:
            yield Finding(
                (network.id,),
                f"“{network.name}”: {prefix} lies in the reserved range {block}; choose another.",
                "subnets",
                elsewhere(design, network),
            )


@rule(
    "IPA022",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.INFERRED,),
    only=Only("subnets"),
)
def prefix_too_small(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """The prefix has no room for a container.

    Why: network address, broadcast address and gateway take three addresses; a /31 or /32 leaves none.
    Bad: nat0 with 172.16.0.0/31.
    Good: nat0 with 172.16.0.0/29 or shorter.
    """
    if network.mode not in (NetworkMode.NAT, NetworkMode.TRANSPARENT, NetworkMode.OVERLAY):
        return
    for subnet in network.subnets:
        if isinstance(subnet.network, IPv4Network) and subnet.network.prefixlen > 30:
            yield Finding(
                (network.id,),
                f"“{network.name}”: {subnet.network} has no room for a gateway and a container; use /29 or shorter.",
                "subnets",
                elsewhere(design, network),
            )
