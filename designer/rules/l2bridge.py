"""Rules about the subnets of l2bridge and l2tunnel networks (IPA)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.addressing import IpNetwork, contains, first_usable, overlaps
from designer.model.changes import ChangeSet, Edit
from designer.model.fabric import Router, Segment
from designer.model.hosts import Host, HostVNic, Machine, PhysicalNic, SetTeam, VSwitch
from designer.model.links import Attachment, Cable, Uplink
from designer.model.modes import Feature, has
from designer.model.networks import ContainerNetwork, NetworkMode, Subnet
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.pools import host_endpoints
from designer.rules.registry import Finding, FixClass, Group, Index, Only, Reach, Severity, group_rule, rule, wire
from designer.rules.repairs import free_sibling, shifted
from designer.rules.subnets import L2
from designer.rules.suggestions import changed, fresh_id, prefixes_of_host

CARRIERS = wire(Uplink, PhysicalNic, SetTeam, VSwitch, Cable, Segment)


@rule(
    "IPA023",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.DRIVERS_TEST,),
    reads=CARRIERS,
    only=Only(modes=L2),
)
def l2bridge_without_subnet(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """An l2bridge or l2tunnel network without a subnet.

    Why: HNS makes the network, but no endpoint in it (0x803b0005).
    Bad: an l2bridge network without a subnet.
    Good: the prefix of its adapter.
    """
    if network.mode not in L2 or network.subnets:
        return
    fix = None
    for nic in design.nics_under(network):
        if nic.addresses and not design.attachments(network.id):
            prefix = nic.addresses[0].network
            interface = type(nic.addresses[0])((prefix.network_address, prefix.prefixlen))
            subnet = Subnet(prefix=interface, gateway=nic.gateway or first_usable(prefix))
            fix = changed(f"Use {prefix} of {nic.name}", network, subnets=(subnet,))
            break
    yield Finding(
        (network.id,), f"“{network.name}” is an {network.mode.value} network and needs a subnet.", "subnets", fix
    )


def custom_subnets(design: Design, network: ContainerNetwork) -> list[Subnet]:
    """Return the subnets of an l2bridge network that are not on the wire under it; none while that is unknown."""
    known = [address.network for nic in design.nics_under(network) for address in nic.addresses]
    known += [subnet.prefix.network for segment in design.segments_under(network) for subnet in segment.subnets]
    if not known:
        return []
    return [subnet for subnet in network.subnets if not any(overlaps(subnet.network, prefix) for prefix in known)]


CUSTOM = wire(Uplink, PhysicalNic, SetTeam, VSwitch, Cable, Segment, Router, Attachment, HostVNic)


@rule(
    "IPA024",
    Severity.WARNING,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.TOPOLOGIES, src.START_KUBELET),
    reads=CUSTOM,
    only=Only("subnets", modes=(NetworkMode.L2BRIDGE,)),
)
def no_host_endpoint(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """An l2bridge subnet of its own without a host endpoint.

    Why: no router is on that subnet; the host forwards for it through a host endpoint (.2 by custom).
    Bad: l2bridge 10.244.1.0/24 on an adapter in 10.0.0.0/24, without a host vNIC in it.
    Good: a host vNIC 10.244.1.2 with forwarding.
    """
    if network.mode is not NetworkMode.L2BRIDGE:
        return
    legs = [address.ip for vnic in host_endpoints(design, network) for address in vnic.addresses]
    for subnet in custom_subnets(design, network):
        if not any(leg in subnet.network for leg in legs):
            yield Finding(
                (network.id,),
                f"“{network.name}”: {subnet.network} is not the subnet of the adapter; attach a host vNIC such as "
                f"{subnet.network[2]} with forwarding, or nothing leaves it.",
                "subnets",
                _with_leg(design, network, subnet),
            )


def _with_leg(design: Design, network: ContainerNetwork, subnet: Subnet) -> ChangeSet | None:
    """Return the change that gives the host a forwarding vNIC in a subnet, at .2 by custom."""
    host, address = design.host_of(network.id), subnet.network[2]
    if host is None or not host.hyperv_role:
        return None
    if subnet.network.num_addresses < 8 or address in design.addresses_in(network):
        return None
    vnic = HostVNic(
        id=fresh_id(design.topology, "host_vnic", network.id),
        name=f"vEthernet ({network.name})"[:64],
        parent=host.id,
        role="host-endpoint",
        addresses=(type(subnet.prefix)((address, subnet.network.prefixlen)),),
        forwarding=True,
    )
    link = Attachment(id=fresh_id(design.topology, "attachment", vnic.id), source=vnic.id, target=network.id)
    return ChangeSet(f"Give {host.name} a leg in {network.name}", (Edit(None, vnic), Edit(None, link)))


@rule(
    "IPA025",
    Severity.ERROR,
    subject=HostVNic,
    fix=FixClass.QUICK,
    sources=(src.START_KUBELET,),
    reads=wire(Uplink, PhysicalNic, SetTeam, VSwitch, Cable, Segment, Attachment, ContainerNetwork),
)
def host_endpoint_without_forwarding(design: Design, vnic: HostVNic) -> Iterator[Finding]:
    """A host endpoint that does not forward.

    Why: it is the gateway of an l2bridge subnet of its own; without forwarding the host drops what it should pass on.
    Bad: host endpoint 10.244.1.2 with forwarding off.
    Good: forwarding on.
    """
    if vnic.forwarding:
        return
    for link in design.attachments(vnic.id):
        network = design.network_of(link)
        if network is not None and network.mode is NetworkMode.L2BRIDGE and custom_subnets(design, network):
            yield Finding(
                (vnic.id, network.id),
                f"“{vnic.name}” is the way out of “{network.name}” and does not forward; turn forwarding on.",
                "forwarding",
                changed(f"Turn forwarding on at {vnic.name}", vnic, forwarding=True),
                script_step="Set-NetIPInterface -InterfaceAlias <name of the host vNIC> -Forwarding Enabled",
            )


@rule(
    "IPA028",
    Severity.WARNING,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.ADVANCED, src.KUBERNETES_PROBLEMS),
    reads=CUSTOM,
    only=Only("subnets", modes=(NetworkMode.L2BRIDGE,)),
)
def missing_return_route(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """Nothing routes back to an l2bridge subnet of its own.

    Why: without OutboundNAT the packets carry container addresses, and the answers need a route to the host.
    Bad: l2bridge 10.244.1.0/24 without OutboundNAT, and no router knows the prefix.
    Good: OutboundNAT, or a route on the router of the physical network.
    """
    host = design.host_of(network.id)
    if network.mode is not NetworkMode.L2BRIDGE or network.outbound_nat or host is None:
        return
    if host.machine is Machine.AZURE_VM:
        return  # the fabric routes there, and AZR003 speaks of it
    for subnet in custom_subnets(design, network):
        if not routed(design, network, subnet.network):
            possible = has(network.mode, Feature.OUTBOUND_NAT, host.column)
            exceptions = tuple(found.prefix for found in network.subnets)
            yield Finding(
                (network.id,),
                f"“{network.name}”: no router knows {subnet.network}; turn on OutboundNAT or add a route to the host.",
                "outbound_nat",
                changed(
                    f"Turn on OutboundNAT for {network.name}",
                    network,
                    outbound_nat=True,
                    outbound_nat_exceptions=tuple(dict.fromkeys((*network.outbound_nat_exceptions, *exceptions))),
                )
                if possible
                else None,
            )
            return


@rule(
    "AZR003",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.MANUAL,
    sources=(src.KUBERNETES_PROBLEMS,),
    reads=CUSTOM,
    only=Only("subnets", modes=(NetworkMode.L2BRIDGE,), host=lambda host: host.machine is Machine.AZURE_VM),
)
def no_route_in_azure(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """An l2bridge prefix in Azure without a route.

    Why: the virtual network delivers what its route table knows; container prefixes need a user-defined route. With
    OutboundNAT only the traffic between hosts is lost, which is a warning.
    Bad: l2bridge 10.244.1.0/24 on an Azure VM, and no route for it.
    Good: a user-defined route to the VM, drawn as a route of the router.
    """
    host = design.host_of(network.id)
    for subnet in custom_subnets(design, network) if host is not None else ():
        if host is not None and not routed(design, network, subnet.network):
            yield Finding(
                (network.id, host.id),
                f"“{network.name}”: Azure has no route for {subnet.network}; add one that leads to {host.name}.",
                "subnets",
                severity=Severity.WARNING if network.outbound_nat else None,
            )


def routed(design: Design, network: ContainerNetwork, prefix: IpNetwork) -> bool:
    """Whether a router on the physical networks under a network has a route that covers a prefix."""
    for segment in design.segments_under(network):
        for cable in design.cables(segment.id):
            routes = getattr(design.topology.entities[cable.source], "routes", ())
            if any(contains(route.destination.network, prefix) for route in routes):
                return True
    return False


def _custom_prefixes(design: Design, network: ContainerNetwork) -> Iterator[IpNetwork]:
    if network.mode is NetworkMode.L2BRIDGE and network.subnets:
        yield from (subnet.network for subnet in custom_subnets(design, network))


CUSTOM_PREFIXES = Index("l2bridge prefixes", (ContainerNetwork,), _custom_prefixes, Reach.WIRE)


@group_rule("IPA027", Severity.ERROR, index=CUSTOM_PREFIXES, fix=FixClass.QUICK, sources=(src.INFERRED,))
def same_prefix_on_two_hosts(design: Design, group: Group) -> Iterator[Finding]:
    """Two hosts use the same l2bridge prefix.

    Why: routing between the hosts needs to know which one has an address; each host needs a prefix of its own.
    Bad: 10.244.1.0/24 on HOST01 and on HOST02.
    Good: 10.244.1.0/24 on HOST01 and 10.244.2.0/24 on HOST02.
    """
    first = group.members[0]
    for network in group.members[1:]:
        own, other = design.host_of(network.id), design.host_of(first.id)
        if own is not None and other is not None and own.id != other.id:
            yield Finding(
                (network.id, first.id),
                f"“{network.name}” on {own.name} and “{first.name}” on {other.name} both have {group.key}; give each "
                "host a prefix of its own.",
                "subnets",
                _own_prefix(design, own, network, group.key),
            )


def _own_prefix(design: Design, host: Host, network: ContainerNetwork, prefix: IpNetwork) -> ChangeSet | None:
    """Return the move of a subnet and its addresses to a prefix that no host on the same physical network has."""
    if routed(design, network, prefix):
        return None
    hosts = {host.id: host}
    for segment in design.segments_under(network):
        found = (design.host_of(cable.source) for cable in design.cables(segment.id))
        hosts |= {each.id: each for each in found if each is not None}
    known = [known for each in hosts.values() for known in prefixes_of_host(design, each)]
    free = free_sibling(prefix, known)
    subnet = next(found for found in network.subnets if found.network == prefix)
    return shifted(design, network, subnet, free) if free is not None else None
