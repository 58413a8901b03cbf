"""Rules about the addresses of endpoints (IPA)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.base import EntityBase
from designer.model.fabric import Client, Router, Segment
from designer.model.hosts import HostVNic, PhysicalNic, SetTeam, VSwitch
from designer.model.identity import EntityId
from designer.model.links import Attachment, Cable, Uplink
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.planning.addresses import free_address
from designer.planning.area import Area
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.l2bridge import custom_subnets
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
from designer.rules.subnets import is_edge
from designer.rules.suggestions import changed, handed_out

ON_WIRE = (NetworkMode.TRANSPARENT, NetworkMode.L2BRIDGE)
IN_NETWORK = links(ContainerNetwork)
CARRIERS = wire(Uplink, PhysicalNic, SetTeam, VSwitch, Cable, Segment, ContainerNetwork)


def _other_address(design: Design, link: Attachment, network: ContainerNetwork, problem: str) -> Finding:
    """Return a finding about the fixed address of an endpoint, with the next free one as its fix."""
    free = free_address(Area.of_network(design.topology, network), network)
    advice = f"; use {free}" if free is not None else "; choose another address"
    return Finding(
        (link.id, network.id),
        f"{design.label(link.source)}: {problem}{advice}.",
        "ip",
        changed(f"Use {free} for {design.label(link.source)}", link, ip=free) if free is not None else None,
    )


@rule(
    "IPA004",
    Severity.ERROR,
    subject=Attachment,
    fix=FixClass.QUICK,
    sources=(src.CONTAINER_OPERATIONS,),
    reads=IN_NETWORK,
    only=Only("ip"),
)
def address_outside_subnet(design: Design, link: Attachment) -> Iterator[Finding]:
    """A fixed address outside the subnets of its network.

    Why: the engine and HNS (0x803b001e) refuse an address that no subnet of the network has.
    Bad: 10.2.0.5 in a network with 10.1.0.0/24.
    Good: 10.1.0.5.
    """
    network = design.network_of(link)
    if network is None or not network.subnets or link.ip is None:
        return
    for subnet in network.subnets:
        if link.ip in subnet.network:
            break
    else:
        prefixes = " or ".join(str(subnet.network) for subnet in network.subnets)
        yield _other_address(design, link, network, f"{link.ip} is not in {prefixes} of “{network.name}”")


@rule(
    "IPA005",
    Severity.ERROR,
    subject=Attachment,
    fix=FixClass.QUICK,
    sources=(src.HCN_RESULT,),
    reads=IN_NETWORK,
    only=Only("ip"),
)
def address_is_gateway(design: Design, link: Attachment) -> Iterator[Finding]:
    """A fixed address that is the gateway.

    Why: the gateway's address is reserved; HNS refuses it for an endpoint (0x803b002F).
    Bad: web01 with 172.16.0.1 where the gateway is 172.16.0.1.
    Good: web01 with 172.16.0.10.
    """
    network = design.network_of(link)
    if network is None or isinstance(design.topology.entities[link.source], HostVNic):
        return
    for subnet in network.subnets:
        if subnet.gateway == link.ip:
            yield _other_address(design, link, network, f"{link.ip} is the gateway of “{network.name}”")
            return


@rule(
    "IPA006",
    Severity.ERROR,
    subject=Attachment,
    fix=FixClass.QUICK,
    sources=(src.HCN_RESULT, src.MULTI_SUBNET),
    reads=IN_NETWORK,
    only=Only("ip"),
)
def address_is_edge(design: Design, link: Attachment) -> Iterator[Finding]:
    """A fixed address that is the network or broadcast address.

    Why: the first and the last address of a subnet belong to no machine.
    Bad: web01 with 172.16.15.255 in 172.16.0.0/20.
    Good: web01 with 172.16.0.10.
    """
    network = design.network_of(link)
    if network is None or link.ip is None:
        return
    for subnet in network.subnets:
        if is_edge(link.ip, subnet.network):
            kind = "network" if link.ip == subnet.network[0] else "broadcast"
            yield _other_address(design, link, network, f"{link.ip} is the {kind} address of {subnet.network}")


def _network_addresses(_design: Design, link: Attachment) -> Iterator[tuple[EntityId, int]]:
    if link.ip is not None:
        yield link.target, int(link.ip)


NETWORK_ADDRESSES = Index("addresses in a network", (Attachment,), _network_addresses, Reach.SELF, field="ip")


@group_rule("IPA007", Severity.ERROR, index=NETWORK_ADDRESSES, fix=FixClass.QUICK, sources=(src.INFERRED,))
def duplicate_address(design: Design, group: Group) -> Iterator[Finding]:
    """Two endpoints with one address.

    Why: HNS refuses the second one; on a shared wire both would answer.
    Bad: web01 and app01 both with 172.16.0.10.
    Good: 172.16.0.10 and 172.16.0.11.
    """
    first = group.members[0]
    for link in group.members[1:]:
        network = design.network_of(link)
        if network is not None:
            other = design.label(first.source)
            yield _other_address(design, link, network, f"{link.ip} in “{network.name}” is the address of {other} too")


Device = Attachment | PhysicalNic | HostVNic | Router | Client | Segment


def _wire_addresses(design: Design, device: Device) -> Iterator[int]:
    if isinstance(device, Attachment):
        network = design.network_of(device)
        if device.ip is not None and network is not None and network.mode in ON_WIRE:
            yield int(device.ip)
    elif isinstance(device, Segment):
        yield from (int(subnet.router) for subnet in device.subnets if subnet.router is not None)
    else:
        yield from (int(address.ip) for address in device.addresses)


WIRE_ADDRESSES: Index[EntityBase] = Index(
    "addresses on the wire",
    (Attachment, PhysicalNic, HostVNic, Router, Client, Segment),
    _wire_addresses,  # type: ignore[arg-type]  # called only with the kinds named before it
    Reach.WIRE,
    field="ip",
)


def _segments(design: Design, device: EntityBase) -> set[EntityId]:
    """Return the physical networks that a device has its addresses on."""
    if isinstance(device, Segment):
        return {device.id}
    if isinstance(device, Attachment):
        network = design.network_of(device)
        return {segment.id for segment in design.segments_under(network)} if network is not None else set()
    if isinstance(device, HostVNic):
        found: set[EntityId] = set()
        for link in design.attachments(device.id):
            for adapter in design.adapters(link.target):
                found |= {segment.id for nic in design.members(adapter) if (segment := design.segment_of(nic.id))}
        return found
    return {cable.target for cable in design.cables(device.id)}


@group_rule("IPA008", Severity.ERROR, index=WIRE_ADDRESSES, fix=FixClass.QUICK, sources=(src.INFERRED,))
def address_of_a_device(design: Design, group: Group) -> Iterator[Finding]:
    """A container takes the address of another machine on the wire.

    Why: transparent and l2bridge containers are on the physical network; two machines with one address disturb both.
    Bad: app01 on a transparent network with the address of the router.
    Good: app01 with an address that nothing else has.
    """
    seen: list[EntityBase] = sorted(group.members, key=lambda device: isinstance(device, Attachment))
    for position, link in enumerate(seen):
        if not isinstance(link, Attachment):
            continue
        network = design.network_of(link)
        mine = _segments(design, link)
        for other in seen[:position]:
            if isinstance(other, Attachment) and other.target == link.target:
                continue
            if network is not None and mine & _segments(design, other) and not _own_gateway(network, link, other):
                name = design.label(other.source) if isinstance(other, Attachment) else design.label(other.id)
                yield _other_address(design, link, network, f"{link.ip} is the address of “{name}” on the wire")
                break


def _own_gateway(network: ContainerNetwork, link: Attachment, other: EntityBase) -> bool:
    """Whether the clash is the one with the gateway, which rule IPA005 speaks of."""
    return not isinstance(other, Attachment) and any(subnet.gateway == link.ip for subnet in network.subnets)


@rule(
    "IPA009",
    Severity.WARNING,
    subject=Attachment,
    fix=FixClass.MANUAL,
    sources=(src.INFERRED,),
    reads=CARRIERS,
    only=Only("ip", modes=ON_WIRE),
)
def address_in_dhcp_scope(design: Design, link: Attachment) -> Iterator[Finding]:
    """A fixed address inside a DHCP scope.

    Why: the DHCP server may give the same address to another machine.
    Bad: app01 with 10.0.0.120, and DHCP hands out 10.0.0.100 to 10.0.0.199.
    Good: app01 with 10.0.0.20, or the address excluded from the scope.
    """
    network = design.network_of(link)
    if network is None or network.mode not in ON_WIRE or link.ip is None:
        return
    for segment in design.segments_under(network):
        for subnet in segment.subnets:
            if subnet.dhcp is not None and handed_out(subnet, link.ip):
                yield Finding(
                    (link.id, segment.id),
                    f"{design.label(link.source)}: {link.ip} is inside the DHCP range {subnet.dhcp.first} to "
                    f"{subnet.dhcp.last} of “{segment.name}”; exclude it there or choose another.",
                    "ip",
                )


@rule(
    "IPA011",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.ADVANCED, "moby/moby#34777"),
    reads=wire(Uplink, PhysicalNic, SetTeam, VSwitch, Attachment),
    only=Only(modes=(NetworkMode.TRANSPARENT,)),
)
def transparent_static_without_subnet(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """Fixed addresses in a transparent network without subnet and gateway.

    Why: Docker checks fixed addresses against the subnet, and without the gateway the network is refused.
    Bad: app01 with 10.0.0.20 on a transparent network without subnet.
    Good: the network with subnet 10.0.0.0/24 and gateway 10.0.0.1.
    """
    if network.mode is not NetworkMode.TRANSPARENT:
        return
    fixed = [link for link in design.attachments(network.id) if link.ip is not None]
    lacking = "subnet" if not network.subnets else "gateway"
    if not fixed or (network.subnets and all(subnet.gateway for subnet in network.subnets)):
        return
    fix = None
    for nic in design.nics_under(network):
        for address in nic.addresses:
            prefix = address.network
            taken = {link.ip for link in fixed}
            fits = all(ip in prefix and not is_edge(ip, prefix) for ip in taken if ip is not None)
            if nic.gateway is not None and fits and nic.gateway in prefix and nic.gateway not in taken:
                bare = type(address)((prefix.network_address, prefix.prefixlen))
                subnet = {"prefix": bare, "gateway": nic.gateway}
                fix = changed(f"Use {prefix} of {nic.name}", network, subnets=(subnet,))
    yield Finding(
        (network.id, fixed[0].id),
        f"“{network.name}” has fixed addresses such as {fixed[0].ip} but no {lacking}; give it the subnet "
        "and gateway of the physical network.",
        "subnets",
        fix if fix is None or not address_taken(design, network) else None,
    )


def address_taken(design: Design, network: ContainerNetwork) -> bool:
    """Whether a fixed address of the network is one of the host's own."""
    own = {address.ip for nic in design.nics_under(network) for address in nic.addresses}
    return any(link.ip in own for link in design.attachments(network.id))


@rule(
    "IPA026",
    Severity.WARNING,
    subject=Attachment,
    fix=FixClass.QUICK,
    sources=(src.WIN_BRIDGE,),
    reads=wire(Uplink, PhysicalNic, SetTeam, VSwitch, Cable, Segment, ContainerNetwork, HostVNic, Attachment),
    only=Only("gateway", modes=(NetworkMode.L2BRIDGE,)),
)
def gateway_of_hns(design: Design, link: Attachment) -> Iterator[Finding]:
    """The container's gateway is the one of HNS.

    Why: in an l2bridge subnet of its own HNS keeps .1; the way out is the host endpoint.
    Bad: a container with gateway 10.244.1.1 where the host endpoint is 10.244.1.2.
    Good: gateway 10.244.1.2.
    """
    network = design.network_of(link)
    if network is None or network.mode is not NetworkMode.L2BRIDGE or not link.gateway:
        return
    for subnet in custom_subnets(design, network):
        legs = [
            address.ip
            for other in design.attachments(network.id)
            if isinstance(vnic := design.topology.entities[other.source], HostVNic)
            for address in vnic.addresses
            if address.ip in subnet.network
        ]
        if legs and link.gateway == subnet.network[1] and link.gateway not in legs:
            yield Finding(
                (link.id, network.id),
                f"{design.label(link.source)}: gateway {link.gateway} belongs to HNS; use the host endpoint {legs[0]}.",
                "gateway",
                changed(f"Use gateway {legs[0]}", link, gateway=legs[0]),
            )


@rule(
    "IPA019",
    Severity.ERROR,
    subject=Attachment,
    fix=FixClass.QUICK,
    sources=("docker/cli: cli/command/network/create.go",),
    reads=links(ContainerNetwork),
    only=Only("gateway"),
)
def gateway_without_subnet(design: Design, link: Attachment) -> Iterator[Finding]:
    """A gateway of an endpoint that no subnet contains.

    Why: a gateway is reached on-link; one outside all subnets of the network is refused.
    Bad: web01 with the gateway 10.9.0.1 on nat0 172.16.0.0/20.
    Good: the gateway of the subnet, which is taken when none is given.
    """
    network = design.network_of(link)
    if network is not None and not any(link.gateway in subnet.network for subnet in network.subnets):
        known = ", ".join(str(subnet.network) for subnet in network.subnets) or "no subnet"
        yield Finding(
            (link.id, network.id),
            f"{design.label(link.source)} has the gateway {link.gateway}, and “{network.name}” has {known}; drop it.",
            "gateway",
            changed("Take the gateway of the subnet", link, gateway=None),
        )
