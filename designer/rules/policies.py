"""Rules about ACLs, QoS and load balancers (ACL, QOS, LBL)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.hosts import SetTeam, VSwitch
from designer.model.links import AclRule, Attachment, Uplink
from designer.model.modes import MODES
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.releases import OsRelease
from designer.model.workloads import ContainerBase, HyperVContainer
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.registry import Finding, FixClass, Only, Severity, links, rule
from designer.rules.repairs import single_values
from designer.rules.suggestions import changed

ENDS = links(ContainerNetwork, ContainerBase)
WALLS = (NetworkMode.NAT, NetworkMode.TRANSPARENT)
EARLY = (OsRelease.WS2016, OsRelease.WS1709)


@rule(
    "ACL001",
    Severity.ERROR,
    subject=Attachment,
    fix=FixClass.QUICK,
    sources=(src.ISOLATION,),
    reads=ENDS,
    only=Only("acls", modes=WALLS),
)
def acl_not_configurable(design: Design, link: Attachment) -> Iterator[Finding]:
    """An ACL that cannot be set.

    Why: the firewall of a Hyper-V container on nat or transparent is inside its utility VM and allows everything.
    Bad: api01 (Hyper-V) on a transparent network with an access list.
    Good: process isolation, or an l2bridge network.
    """
    network, workload = design.network_of(link), design.topology.entities[link.source]
    if network is not None and network.mode in WALLS and isinstance(workload, HyperVContainer):
        yield Finding(
            (link.id, workload.id, network.id),
            f"{workload.name} has Hyper-V isolation, and “{network.name}” ({network.mode.value}) enforces no access "
            "list for it; remove the list, or use l2bridge.",
            "acls",
            changed(f"Remove the access list of {workload.name}", link, acls=()),
        )


def _enforced(link: Attachment, by: str) -> tuple[AclRule, ...]:
    return tuple(entry.evolve(enforced_by=by) for entry in link.acls)


@rule(
    "ACL002",
    Severity.WARNING,
    subject=Attachment,
    fix=FixClass.QUICK,
    sources=(src.ISOLATION,),
    reads=ENDS,
    only=Only("acls"),
)
def host_rule_for_hyperv(design: Design, link: Attachment) -> Iterator[Finding]:
    """A Windows Firewall rule for a Hyper-V endpoint.

    Why: the traffic of the utility VM passes the switch, not the firewall of the host.
    Bad: an access list of rule type Host at a Hyper-V container on l2bridge.
    Good: rule type Switch.
    """
    network, workload = design.network_of(link), design.topology.entities[link.source]
    if network is None or not MODES[network.mode].uses_vfp or not isinstance(workload, HyperVContainer):
        return
    if any(entry.enforced_by == "host" for entry in link.acls):
        yield Finding(
            (link.id, workload.id),
            f"{workload.name}: the host's firewall does not see a Hyper-V container; enforce the list at the switch.",
            "acls",
            changed("Enforce the list at the switch", link, acls=_enforced(link, "switch")),
        )


@rule(
    "ACL003",
    Severity.WARNING,
    subject=Attachment,
    fix=FixClass.QUICK,
    sources=(src.ISOLATION,),
    reads=ENDS,
    only=Only("acls", modes=WALLS),
)
def switch_rule_without_vfp(design: Design, link: Attachment) -> Iterator[Finding]:
    """A switch rule where no VFP is.

    Why: on nat and transparent networks Windows Firewall enforces access lists; a rule of type Switch does nothing.
    Bad: an access list of rule type Switch at web01 on nat0.
    Good: rule type Host.
    """
    network, workload = design.network_of(link), design.topology.entities[link.source]
    if network is None or network.mode not in WALLS or isinstance(workload, HyperVContainer):
        return
    if any(entry.enforced_by == "switch" for entry in link.acls):
        yield Finding(
            (link.id, network.id),
            f"{design.label(link.source)}: “{network.name}” has no VFP, so a rule at the switch does nothing; enforce "
            "it at the host.",
            "acls",
            changed("Enforce the list at the host", link, acls=_enforced(link, "host")),
        )


@rule(
    "ACL004",
    Severity.ERROR,
    subject=Attachment,
    fix=FixClass.QUICK,
    sources=(src.HCN_SUPPORT,),
    os=EARLY,
    only=Only("acls", host=lambda host: host.build_number < 17134),
)
def lists_too_early(design: Design, link: Attachment) -> Iterator[Finding]:
    """Address lists or port ranges in an ACL before version 1803.

    Why: HNS takes lists and ranges from version 7.2 on.
    Bad: an access list with ports 8000 to 8100 on Windows Server 2016.
    Good: an entry for each port.
    """
    host = design.host_of(link.source)
    if host is None or host.build_number >= 17134:
        return
    for entry in link.acls:
        ranges = (*entry.local_ports, *entry.remote_ports)
        many = len(entry.remote_addresses) > 1 or len(entry.local_ports) > 1 or len(entry.remote_ports) > 1
        if many or any(ports.first != ports.last for ports in ranges):
            split = [single_values(found) for found in link.acls]
            acls = tuple(single for found in split if found is not None for single in found)
            yield Finding(
                (link.id, host.id),
                f"{design.label(link.source)}: {host.name} (build {host.build_number}) takes one address and one port "
                "in an access list entry; split it.",
                "acls",
                changed("Split the entries of the access list", link, acls=acls) if None not in split else None,
            )
            return


@rule(
    "ACL007",
    Severity.WARNING,
    subject=Attachment,
    fix=FixClass.QUICK,
    sources=("inferred from " + src.HCN_POLICY,),
    only=Only("acls"),
)
def priority_clash(design: Design, link: Attachment) -> Iterator[Finding]:
    """Two ACL entries of one priority disagree.

    Why: which of the two is looked at first is not defined.
    Bad: allow and block, both inbound with priority 100.
    Good: block with 100, allow with 200.
    """
    seen: dict[tuple[str, int], str] = {}
    used = {entry.priority for entry in link.acls}
    for position, entry in enumerate(link.acls):
        key = entry.direction, entry.priority
        if seen.setdefault(key, entry.action) != entry.action:
            fresh = next(number for number in range(entry.priority + 1, 131_072) if number not in used)
            acls = list(link.acls)
            acls[position] = entry.evolve(priority=fresh) if fresh <= 65_535 else entry
            yield Finding(
                (link.id,),
                f"{design.label(link.source)}: two {entry.direction}bound entries with priority {entry.priority} "
                "disagree; give one another priority.",
                "acls",
                changed(f"Use priority {fresh} for the second", link, acls=tuple(acls)) if fresh <= 65_535 else None,
            )
            return


@rule(
    "QOS005",
    Severity.WARNING,
    subject=Attachment,
    fix=FixClass.SCRIPT,
    sources=(src.OVERLAY_ENDPOINT,),
    reads=ENDS,
    only=Only("outbound_limit_bytes_per_second", modes=(NetworkMode.OVERLAY,)),
)
def qos_on_overlay(design: Design, link: Attachment) -> Iterator[Finding]:
    """A bandwidth limit on an overlay network.

    Why: Docker's overlay driver sends no QoS policy; the limit needs a policy set in HNS.
    Bad: a limit at an endpoint of an overlay network, made by Docker alone.
    Good: the limit as a policy that a script sets in HNS.
    """
    network, host = design.network_of(link), design.host_of(link.source)
    if network is None or network.mode is not NetworkMode.OVERLAY or host is None:
        return
    if host.role.value != "kubernetes-node":
        yield Finding(
            (link.id, network.id),
            f"{design.label(link.source)}: Docker sets no limit on “{network.name}”; set it in HNS.",
            "outbound_limit_bytes_per_second",
            script_step="Add-HnsEndpointPolicy -Endpoints <id of the endpoint> "
            "-Policies @{ Type = 'QOS'; Settings = @{ MaximumOutgoingBandwidthInBytes = <bytes> } }",
        )


@rule(
    "QOS006",
    Severity.WARNING,
    subject=VSwitch,
    fix=FixClass.MANUAL,
    sources=(src.SET_PAGE,),
    reads=links(Uplink, SetTeam),
)
def qos_on_team(design: Design, switch: VSwitch) -> Iterator[Finding]:
    """A bandwidth mode on a switch over a SET team.

    Why: minimum bandwidth over several active adapters does not add up to what was asked for.
    Bad: bandwidth mode weight on a SET switch.
    Good: no bandwidth mode there.
    """
    if switch.bandwidth_mode not in ("weight", "absolute"):
        return
    if any(isinstance(adapter, SetTeam) for adapter in design.adapters(switch.id)):
        yield Finding(
            (switch.id,),
            f"“{switch.name}” stands on a SET team, where the bandwidth mode {switch.bandwidth_mode} is unpredictable.",
            "bandwidth_mode",
        )
