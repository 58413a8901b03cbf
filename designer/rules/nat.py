"""Rules about nat networks and WinNAT (NAT)."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Interface, IPv4Network

from designer.model.addressing import IpNetwork, contains, overlaps
from designer.model.changes import ChangeSet
from designer.model.fabric import Segment
from designer.model.hosts import Host, HostRole, HostVNic, PhysicalNic, SetTeam, WinNat
from designer.model.links import Attachment, Cable
from designer.model.networks import ContainerNetwork, NetworkMode, Subnet
from designer.model.releases import OsRelease
from designer.model.workloads import Compartment, ContainerBase
from designer.planning.known import RESERVED
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.registry import Finding, FixClass, Only, Severity, links, rule, same_host
from designer.rules.repairs import one_winnat
from designer.rules.spans import FROM_2019
from designer.rules.suggestions import changed, is_private, prefixes_of_host, renumbered

NATS = same_host(ContainerNetwork, WinNat, Compartment)


def _nat_networks(design: Design, host: Host) -> list[ContainerNetwork]:
    found = design.inside(host.id, ContainerNetwork)
    return sorted((net for net in found if net.mode is NetworkMode.NAT), key=lambda net: (not net.predefined, net.id))


@rule(
    "NAT001",
    Severity.ERROR,
    subject=Host,
    fix=FixClass.QUICK,
    sources=(src.ADVANCED,),
    reads=NATS,
    os=(OsRelease.WS2016,),
)
def outside_winnat_prefix(design: Design, host: Host) -> Iterator[Finding]:
    """A nat subnet outside the WinNAT prefix.

    Why: Windows Server 2016 has one WinNAT with one internal prefix, and every nat network is a part of it.
    Bad: nat0 172.16.0.0/20 and nat1 192.168.5.0/24 on one host.
    Good: a WinNAT for 172.16.0.0/12 with both networks inside.
    """
    if host.build_number >= 16299:
        return
    networks = [network for network in _nat_networks(design, host) if network.subnets]
    drawn = [nat.internal_prefix.network for nat in design.inside(host.id, WinNat) if nat.internal_prefix is not None]
    if not networks or (not drawn and len(networks) < 2):
        return
    outer: IpNetwork = drawn[0] if drawn else networks[0].subnets[0].network
    for network in networks if drawn else networks[1:]:
        subnet = network.subnets[0]
        if not contains(outer, subnet.network):
            yield Finding(
                (network.id, host.id),
                f"“{network.name}” has {subnet.network}, but WinNAT on {host.name} translates {outer} only; choose a "
                "prefix inside, or a wider WinNAT.",
                "subnets",
                renumbered(design, host, network) if drawn else None,
            )


@rule("NAT002", Severity.ERROR, subject=Host, fix=FixClass.QUICK, sources=(src.ADVANCED,), reads=NATS)
def nat_networks_overlap(design: Design, host: Host) -> Iterator[Finding]:
    """Two nat networks overlap.

    Why: the host's routing table can send a destination to one of the two switches only.
    Bad: nat0 172.16.0.0/16 and nat1 172.16.4.0/24 on one host.
    Good: nat0 172.16.0.0/20 and nat1 172.16.16.0/20.
    """
    networks = _nat_networks(design, host)
    for position, network in enumerate(networks):
        for other in networks[:position]:
            clash = _common(network, other)
            if clash is not None:
                yield Finding(
                    (network.id, other.id),
                    f"“{network.name}” ({clash[0]}) overlaps “{other.name}” ({clash[1]}); choose a free prefix.",
                    "subnets",
                    renumbered(design, host, network),
                )


def _common(network: ContainerNetwork, other: ContainerNetwork) -> tuple[IpNetwork, IpNetwork] | None:
    for subnet in network.subnets:
        for foreign in other.subnets:
            if overlaps(subnet.network, foreign.network):
                return subnet.network, foreign.network
    return None


@rule(
    "NAT003",
    Severity.ERROR,
    subject=Host,
    fix=FixClass.QUICK,
    sources=(src.DEBUG_HOST,),
    reads=same_host(ContainerNetwork, PhysicalNic, SetTeam, HostVNic, Cable, Segment, Compartment),
)
def nat_overlaps_host_networks(design: Design, host: Host) -> Iterator[Finding]:
    """A nat prefix overlaps another network of the host.

    Why: addresses that are inside and outside at once are unreachable on one of the two sides.
    Bad: nat0 10.0.0.0/16 on a host with the address 10.0.0.11/24.
    Good: nat0 172.16.0.0/20 there.
    """
    networks = [network for network in _nat_networks(design, host) if network.subnets]
    if not networks:
        return
    interfaces, sites = _surroundings(design, host)
    for network in networks:
        for subnet in network.subnets:
            foreign = (entry for entry in interfaces if not (entry[2] and entry[0] == subnet.network))
            hit = next((entry for entry in foreign if overlaps(entry[0], subnet.network)), None)
            site = next((entry for entry in sites if overlaps(entry[0], subnet.network)), None)
            found = hit or site
            if found is not None:
                yield Finding(
                    (network.id, host.id),
                    f"“{network.name}” ({subnet.network}) overlaps {found[0]} of “{found[1]}”; choose a free prefix.",
                    "subnets",
                    renumbered(design, host, network),
                    None if hit else Severity.WARNING,
                )
                break


Known = list[tuple[IpNetwork, str, bool]]
"""A prefix, whose it is, and whether that is a vNIC of the host, which may be the one of the nat network itself."""


def _surroundings(design: Design, host: Host) -> tuple[Known, Known]:
    """Return the prefixes of the host's other interfaces, and those of the sites behind its adapters, with names."""
    interfaces: Known = []
    sites: Known = []
    for nic in design.inside(host.id, PhysicalNic):
        interfaces += [(address.network, nic.name, False) for address in nic.addresses]
        segment = design.segment_of(nic.id)
        if segment is not None:
            sites += [(subnet.prefix.network, segment.name, False) for subnet in segment.subnets]
    for vnic in design.inside(host.id, HostVNic):
        interfaces += [(address.network, vnic.name, True) for address in vnic.addresses]
    for network in design.inside(host.id, ContainerNetwork):
        if network.mode is not NetworkMode.NAT:
            interfaces += [(subnet.network, network.name, False) for subnet in network.subnets]
    return interfaces, sites


@rule(
    "NAT004",
    Severity.WARNING,
    subject=Host,
    fix=FixClass.SCRIPT,
    sources=("moby/moby#29207", "moby/moby#30280", "docker/for-win#598"),
    reads=NATS,
)
def foreign_winnat(design: Design, host: Host) -> Iterator[Finding]:
    """A WinNAT that HNS does not own.

    Why: HNS makes its own NetNat for a nat network; on Windows Server 2016 a foreign one makes that fail.
    Bad: a NetNat made by hand beside nat0.
    Good: only the one of HNS.
    """
    networks = _nat_networks(design, host)
    if not networks:
        return
    for nat in design.inside(host.id, WinNat):
        if nat.owner == "user":
            yield Finding(
                (nat.id, networks[0].id),
                f"The WinNAT “{nat.name}” on {host.name} is in the way of “{networks[0].name}”; remove it before the "
                "network is made.",
                "owner",
                severity=Severity.ERROR if host.build_number < 16299 else None,
                script_step="Get-NetNat | Where-Object Name -EQ <name of the NetNat> | Remove-NetNat -Confirm:$false",
            )


@rule(
    "NAT005",
    Severity.WARNING,
    subject=Host,
    fix=FixClass.MANUAL,
    sources=(src.NAT_GUIDE,),
    reads=same_host(WinNat, Compartment),
)
def several_manual_nats(design: Design, host: Host) -> Iterator[Finding]:
    """More than one WinNAT made by hand.

    Why: one NetNat for each host is the supported number.
    Bad: two NetNat objects made with New-NetNat.
    Good: one, whose prefix is split among the switches.
    """
    drawn = [nat for nat in design.inside(host.id, WinNat) if nat.owner == "user"]
    if len(drawn) > 1:
        names = ", ".join(f"“{nat.name}”" for nat in drawn)
        yield Finding(
            tuple(nat.id for nat in drawn), f"{host.name} has {len(drawn)} WinNATs ({names}); keep one and split it."
        )


@rule(
    "NAT006",
    Severity.WARNING,
    subject=ContainerBase,
    fix=FixClass.QUICK,
    sources=(src.CONTAINER_OPERATIONS,),
    reads=links(Attachment, ContainerNetwork, Compartment),
    only=Only(host=lambda host: not host.daemon.default_nat),
)
def default_nat_switched_off(design: Design, container: ContainerBase) -> Iterator[Finding]:
    """The default nat network is switched off but used.

    Why: with “bridge”: “none” Docker makes no network named nat, and a container without another one has none.
    Bad: web01 on Docker's own nat network, and the daemon has “bridge”: “none”.
    Good: web01 on a network that the design makes.
    """
    host = design.host_of(container.id)
    if host is None or host.daemon.default_nat:
        return
    for link in design.attachments(container.id):
        network = design.network_of(link)
        if network is not None and network.predefined and network.mode is NetworkMode.NAT:
            yield Finding(
                (container.id, network.id, host.id),
                f"{container.name} uses Docker's own “{network.name}”, which the daemon of {host.name} does not make.",
                fix=changed("Let Docker make its nat network", host, daemon=host.daemon.evolve(default_nat=True)),
            )


@rule(
    "NAT007",
    Severity.WARNING,
    subject=ContainerNetwork,
    fix=FixClass.SCRIPT,
    sources=(src.CONFIGURE_DAEMON, src.DAEMON_WINDOWS),
    only=Only("predefined"),
)
def fixed_cidr_differs(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """The daemon's fixed-cidr differs from the default network.

    Why: Docker keeps the network nat that exists; a new fixed-cidr counts only after the old network is gone.
    Bad: fixed-cidr 192.168.5.0/24 and nat with 172.16.0.0/20.
    Good: both equal.
    """
    host = design.host_of(network.id)
    if host is None or host.daemon.fixed_cidr is None or not network.subnets:
        return
    wanted, present = host.daemon.fixed_cidr.network, network.subnets[0].network
    if wanted != present:
        yield Finding(
            (network.id, host.id),
            f"“{network.name}” has {present}, the daemon of {host.name} asks for {wanted}; remove the old network and "
            "restart docker.",
            "subnets",
            script_step="Stop-Service docker; Get-HnsNetwork | Where-Object Name -EQ 'nat' | Remove-HnsNetwork; "
            "Start-Service docker",
        )


@rule(
    "NAT010",
    Severity.WARNING,
    subject=ContainerNetwork,
    fix=FixClass.SCRIPT,
    sources=(src.TOPOLOGIES,),
    only=Only(
        modes=(NetworkMode.NAT,),
        host=lambda host: host.role is HostRole.KUBERNETES_NODE and host.build_number >= 17763,
    ),
    os=FROM_2019,
)
def nat_not_persistent(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """A nat network that is gone after a restart.

    Why: from Windows Server 2019 on HNS forgets nat networks at a restart; Docker makes its own again, CNI does not.
    Bad: a nat network that a script makes in HNS on a Kubernetes node.
    Good: a task at start that makes it again.
    """
    host = design.host_of(network.id)
    if host is not None and network.mode is NetworkMode.NAT:
        yield Finding(
            (network.id, host.id),
            f"“{network.name}” is made in HNS directly and lost when {host.name} restarts; make it at each start.",
            script_step="Register-ScheduledTask -TaskName <name> -Trigger (New-ScheduledTaskTrigger -AtStartup) "
            "-Action <run the script again>",
        )


@rule(
    "NAT016",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=("inferred from " + src.DEBUG_HOST,),
    only=Only(modes=(NetworkMode.NAT,), host=lambda host: host.outer_nat_prefix is not None),
)
def nested_nat_overlaps(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """A nat prefix that the NAT around the host has too.

    Why: the host's own addresses are in the outer prefix, so that packets to its router stay inside.
    Bad: nat0 with 172.31.0.0/20 in a VM behind a NAT switch with 172.31.0.0/16.
    Good: nat0 with another private prefix.
    """
    host = design.host_of(network.id)
    if host is None or host.outer_nat_prefix is None or network.mode is not NetworkMode.NAT:
        return
    outer = host.outer_nat_prefix.network
    for subnet in network.subnets:
        if overlaps(subnet.network, outer):
            yield Finding(
                (network.id, host.id),
                f"“{network.name}” has {subnet.network}, and {host.name} is behind a NAT for {outer}; choose another.",
                "subnets",
                renumbered(design, host, network),
            )


@rule(
    "NAT013",
    Severity.INFO,
    subject=Attachment,
    fix=FixClass.QUICK,
    sources=("moby/moby#25097", src.DEBUG_HOST),
    reads=links(ContainerNetwork),
    only=Only("ip", modes=(NetworkMode.NAT,)),
)
def unpredictable_prefix(design: Design, link: Attachment) -> Iterator[Finding]:
    """A fixed address in a nat network without a subnet.

    Why: HNS picks the prefix of a nat network, so whether the address fits shows only when it is made.
    Bad: web01 with 172.16.0.10 on a nat network that leaves its subnet to HNS.
    Good: the network with subnet 172.16.0.0/20.
    """
    network = design.network_of(link)
    if network is None or network.mode is not NetworkMode.NAT or network.subnets:
        return
    host = design.host_of(network.id)
    if host is None or (network.predefined and host.daemon.fixed_cidr is not None):
        return
    yield Finding(
        (link.id, network.id),
        f"{design.label(link.source)} has the fixed address {link.ip} in “{network.name}”, which leaves its subnet to "
        "HNS; set the subnet.",
        "ip",
        _with_subnet(design, host, network),
    )


def _with_subnet(design: Design, host: Host, network: ContainerNetwork) -> ChangeSet | None:
    """Return the private /20 around the fixed addresses of a network, where the host does not know it yet."""
    fixed = [link.ip for link in design.attachments(network.id) if link.ip is not None]
    if network.predefined or one_winnat(design, host) or not all(isinstance(ip, IPv4Address) for ip in fixed):
        return None
    prefix = IPv4Network((int(fixed[0]) & ~0xFFF, 20))
    known = prefixes_of_host(design, host)
    free = is_private(prefix) and not any(overlaps(prefix, found) for found in known)
    edges = {prefix[0], prefix[1], prefix[-1]}
    if not free or any(ip in edges or ip not in prefix for ip in fixed):
        return None
    subnet = Subnet(prefix=IPv4Interface((prefix.network_address, 20)), gateway=prefix[1])
    return changed(f"Use {prefix} for {network.name}", network, subnets=(subnet,))


@rule(
    "NAT014",
    Severity.WARNING,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=("inferred from RFC 1918 and RFC 6598",),
    reads=same_host(PhysicalNic, ContainerNetwork, Attachment, WinNat),
)
def public_nat_prefix(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """A nat prefix outside private address space.

    Why: the real owners of these addresses become unreachable for the containers and for the host.
    Bad: nat0 with 8.8.8.0/24.
    Good: nat0 with 172.16.0.0/20.
    """
    host = design.host_of(network.id)
    if network.mode is not NetworkMode.NAT or host is None:
        return
    for subnet in network.subnets:
        if not is_private(subnet.network) and not any(overlaps(subnet.network, block) for block in RESERVED):
            yield Finding(
                (network.id,),
                f"“{network.name}” uses {subnet.network}, which others on the internet have; use a private prefix.",
                "subnets",
                renumbered(design, host, network),
            )
