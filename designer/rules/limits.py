"""Rules about bandwidth, and about the details of access lists and exceptions (QOS, ACL)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.addressing import contains
from designer.model.changes import ChangeSet
from designer.model.hosts import HostVNic, PhysicalNic, SetTeam, VSwitch
from designer.model.links import AclRule, Attachment, Uplink
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.l2bridge import CUSTOM, custom_subnets, routed
from designer.rules.registry import Finding, FixClass, Only, Severity, links, rule, same_host
from designer.rules.spans import FROM_1709
from designer.rules.suggestions import changed

WITH_PORTS = ("tcp", "udp")


@rule(
    "QOS002",
    Severity.WARNING,
    subject=Attachment,
    fix=FixClass.MANUAL,
    sources=(src.HCN_POLICY,),
    only=Only("inbound_limit_bytes_per_second"),
)
def inbound_limit(design: Design, link: Attachment) -> Iterator[Finding]:
    """A limit on what an endpoint receives.

    Why: the QoS policy of HNS caps what an endpoint sends, and there is none for the other direction.
    Bad: an inbound limit of 10 MB/s at web01.
    Good: an outbound limit at those who send to it, or a limit in the physical network.
    """
    yield Finding(
        (link.id,),
        f"{design.label(link.source)}: HNS limits only what an endpoint sends; set the limit where the traffic starts.",
        "inbound_limit_bytes_per_second",
    )


@rule(
    "QOS003",
    Severity.WARNING,
    subject=Attachment,
    fix=FixClass.QUICK,
    sources=(src.HCN_POLICY, src.SET_VMNETWORKADAPTER),
    reads=same_host(PhysicalNic, SetTeam, Uplink, ContainerNetwork),
    only=Only("outbound_limit_bytes_per_second"),
)
def limit_in_bits(design: Design, link: Attachment) -> Iterator[Finding]:
    """A limit that looks like bits per second.

    Why: HNS counts bytes; a limit above what the adapters carry in bytes, but not in bits, is eight times too large.
    Bad: 100000000 behind an adapter of 100 Mbit/s.
    Good: 12500000 bytes per second.
    """
    host, limit = design.host_of_link(link), link.outbound_limit_bytes_per_second
    speeds = [nic.speed_mbps for nic in design.inside(host.id, PhysicalNic) if nic.speed_mbps] if host else []
    if limit is None or not speeds:
        return
    bits = max(speeds) * 1_000_000
    if bits / 8 < limit <= bits:
        yield Finding(
            (link.id,),
            f"{design.label(link.source)}: {limit} bytes/s is more than the adapters carry; it looks like bits, which "
            f"are {limit // 8} bytes/s.",
            "outbound_limit_bytes_per_second",
            changed(f"Limit to {limit // 8} bytes/s", link, outbound_limit_bytes_per_second=limit // 8),
        )


def _needed_mode(vnic: HostVNic) -> str:
    """Return the bandwidth mode that a vNIC asks its switch for; empty for none."""
    if vnic.minimum_bandwidth_weight is not None:
        return "weight"
    return "absolute" if vnic.minimum_bandwidth_bits_per_second is not None else ""


@rule(
    "QOS004",
    Severity.ERROR,
    subject=HostVNic,
    fix=FixClass.QUICK,
    sources=(src.NEW_VMSWITCH,),
    reads=links(Attachment, VSwitch, HostVNic),
)
def bandwidth_in_other_mode(design: Design, vnic: HostVNic) -> Iterator[Finding]:
    """A minimum bandwidth that the switch does not count in.

    Why: a switch counts minimum bandwidth in weights or in bits per second, chosen when it is made; weight is the
    default.
    Bad: a weight of 50 on a switch in mode absolute.
    Good: the switch in mode weight.
    """
    needed = _needed_mode(vnic)
    for link in design.attachments(vnic.id) if needed else ():
        switch = design.topology.find(link.target, VSwitch)
        if switch is None or switch.bandwidth_mode == needed:
            continue
        if needed == "weight" and switch.bandwidth_mode == "default":
            continue
        yield Finding(
            (vnic.id, switch.id),
            f"“{vnic.name}” has a minimum bandwidth in mode {needed}, and “{switch.name}” has mode "
            f"{switch.bandwidth_mode}; make the switch with mode {needed}.",
            f"minimum_bandwidth_{'weight' if needed == 'weight' else 'bits_per_second'}",
            _with_mode(design, switch, needed),
        )


def _with_mode(design: Design, switch: VSwitch, mode: str) -> ChangeSet | None:
    """Return the switch in another bandwidth mode, unless one of its vNICs needs the present one."""
    vnics = (design.topology.find(link.source, HostVNic) for link in design.attachments(switch.id))
    if any(vnic is not None and _needed_mode(vnic) not in ("", mode) for vnic in vnics):
        return None
    return changed(f"Make {switch.name} with bandwidth mode {mode}", switch, bandwidth_mode=mode)


@rule(
    "ACL010",
    Severity.ERROR,
    subject=Attachment,
    fix=FixClass.QUICK,
    sources=("MicrosoftDocs/windows-powershell-docs: Hyper-V/Add-VMNetworkAdapterExtendedAcl.md",),
    only=Only("acls"),
)
def ports_without_protocol(design: Design, link: Attachment) -> Iterator[Finding]:
    """Ports in an ACL entry that is not for TCP or UDP.

    Why: only TCP and UDP have ports; the entry is refused.
    Bad: allow any protocol on port 80.
    Good: allow TCP on port 80.
    """
    wrong = [entry for entry in link.acls if _has_ports(entry)]
    if wrong:
        acls = tuple(clean for entry in link.acls for clean in _with_protocol(entry))
        yield Finding(
            (link.id,),
            f"{design.label(link.source)}: an access list entry names ports for protocol {wrong[0].protocol}; say TCP "
            "or UDP.",
            "acls",
            changed("Say TCP and UDP where ports are named", link, acls=acls),
        )


def _has_ports(entry: AclRule) -> bool:
    return entry.protocol not in WITH_PORTS and bool(entry.local_ports or entry.remote_ports)


def _with_protocol(entry: AclRule) -> tuple[AclRule, ...]:
    """Return the entry for TCP and for UDP when it is for any protocol; a protocol without ports loses them."""
    if not _has_ports(entry):
        return (entry,)
    if entry.protocol == "any":
        return tuple(entry.evolve(protocol=protocol) for protocol in WITH_PORTS)
    return (entry.evolve(local_ports=(), remote_ports=()),)


@rule(
    "ACL012",
    Severity.WARNING,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.KUBERNETES_PROBLEMS,),
    reads=CUSTOM,
    only=Only("outbound_nat_exceptions", modes=(NetworkMode.L2BRIDGE,)),
    os=FROM_1709,
)
def exception_covers_the_site(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """An exception of OutboundNAT that covers the physical network.

    Why: what goes to an excepted prefix keeps the container's address, and machines there have no way back to it.
    Bad: OutboundNAT for 10.244.1.0/24 with the exception 10.0.0.0/8, on a site in 10.0.0.0/24 without routes.
    Good: the exception 10.244.0.0/16.
    """
    own = custom_subnets(design, network) if network.outbound_nat else []
    if not own or all(routed(design, network, subnet.network) for subnet in own):
        return
    site = [address.network for nic in design.nics_under(network) for address in nic.addresses]
    wrong = [
        found for found in network.outbound_nat_exceptions if any(contains(found.network, prefix) for prefix in site)
    ]
    if wrong:
        kept = [found for found in network.outbound_nat_exceptions if found not in wrong]
        needed = [
            type(subnet.prefix)((subnet.network.network_address, subnet.network.prefixlen))
            for subnet in own
            if not any(contains(found.network, subnet.network) for found in kept)
        ]
        yield Finding(
            (network.id,),
            f"“{network.name}”: the exception {wrong[0].network} covers the network of the host, which then sees "
            "container addresses; remove it.",
            "outbound_nat_exceptions",
            changed(f"Remove the exception {wrong[0].network}", network, outbound_nat_exceptions=(*kept, *needed)),
        )
