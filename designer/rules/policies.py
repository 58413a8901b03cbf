"""Rules about ACLs, QoS and load balancers (ACL, QOS, LBL)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.addressing import IpAddress
from designer.model.changes import ChangeSet
from designer.model.hosts import Host, SetTeam, VSwitch
from designer.model.identity import EntityId
from designer.model.links import AclRule, Attachment, Backend, Uplink
from designer.model.modes import COLUMNS, MODES, Feature, has
from designer.model.networks import ContainerNetwork, LoadBalancer, NetworkMode
from designer.model.releases import OsRelease
from designer.model.workloads import ContainerBase, HyperVContainer
from designer.planning.addresses import free_address
from designer.planning.area import Area
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.moves import BALANCING, one_for_each, onto
from designer.rules.registry import Finding, FixClass, Group, Index, Only, Reach, Severity, group_rule, links, rule
from designer.rules.repairs import single_values
from designer.rules.spans import BEFORE_2019, BEFORE_2022, FROM_1709
from designer.rules.suggestions import changed

BACKEND_LIMIT = 1024
"""Back ends of one load balancer. Source: Kubernetes, Windows networking."""

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


def _backend_hosts(design: Design, balancer: LoadBalancer) -> list[Host]:
    found = {host.id: host for backend in design.backends(balancer.id) if (host := design.host_of(backend.target))}
    return [found[host_id] for host_id in sorted(found)]


def _networks_behind(design: Design, container: EntityId) -> list[ContainerNetwork]:
    found = (design.network_of(link) for link in design.attachments(container))
    return [network for network in found if network is not None]


@rule(
    "LBL001",
    Severity.ERROR,
    subject=Backend,
    fix=FixClass.QUICK,
    sources=(src.ARCHITECTURE,),
    reads=links(Attachment, ContainerNetwork, ContainerBase, LoadBalancer),
)
def balancer_without_vfp(design: Design, backend: Backend) -> Iterator[Finding]:
    """A load balancer on a network without VFP.

    Why: HNS balances with VFP, which only l2bridge, l2tunnel and overlay networks have, and from version 1709 on.
    Bad: a load balancer over containers on nat0.
    Good: the containers on an l2bridge or overlay network.
    """
    networks = _networks_behind(design, backend.target)
    host = design.host_of(backend.target)
    release = host.column if host is not None else COLUMNS[-1]
    if not networks or any(has(network.mode, Feature.LOAD_BALANCING, release) for network in networks):
        return
    if any(MODES[network.mode].uses_vfp for network in networks) and host is not None:
        yield Finding(
            (backend.source, backend.target, host.id),
            f"“{design.label(backend.source)}” balances to {design.label(backend.target)} on {host.name} (build "
            f"{host.build_number}); VFP balances from version 1709 on.",
        )
        return
    soft = all(network.mode is NetworkMode.TRANSPARENT for network in networks)
    names = ", ".join(f"“{network.name}” ({network.mode.value})" for network in networks)
    yield Finding(
        (backend.source, backend.target, *(network.id for network in networks)),
        f"“{design.label(backend.source)}” balances to {design.label(backend.target)} on {names}; HNS does that on "
        "l2bridge and overlay networks only.",
        fix=_onto_balanced_network(design, backend),
        severity=Severity.WARNING if soft else None,
    )


def _onto_balanced_network(design: Design, backend: Backend) -> ChangeSet | None:
    """Return the move of the container to the network of the other back ends, else to the only one that balances."""
    host, balancer = design.host_of(backend.target), design.topology.find(backend.source, LoadBalancer)
    if host is None or balancer is None:
        return None
    others = [found for other in design.backends(balancer.id) for found in _networks_behind(design, other.target)]
    used = {network.id: network for network in others if network.mode in BALANCING}
    return onto(design, balancer, [backend.target], used.values() or design.networks_on(host.id))


def _balancer_of(_design: Design, backend: Backend) -> Iterator[EntityId]:
    yield backend.source


BEHIND = Index("back ends of a load balancer", (Backend,), _balancer_of, Reach.LINKS, least=1)


def _balancer(design: Design, group: Group) -> tuple[LoadBalancer | None, list[ContainerNetwork]]:
    networks = {
        network.id: network for backend in group.members for network in _networks_behind(design, backend.target)
    }
    return design.topology.find(group.key, LoadBalancer), [networks[found] for found in sorted(networks)]


@group_rule(
    "LBL002", Severity.ERROR, index=BEHIND, fix=FixClass.QUICK, sources=("inferred from " + src.SERVICE_WINDOWS,)
)
def backends_on_several_networks(design: Design, group: Group) -> Iterator[Finding]:
    """The back ends of a load balancer are on several networks.

    Why: HNS applies the policy to the endpoints of one network.
    Bad: a load balancer over a container on net1 and one on net2.
    Good: all back ends on one network.
    """
    balancer, networks = _balancer(design, group)
    usable = [network for network in networks if MODES[network.mode].uses_vfp]
    if balancer is not None and len(usable) > 1:
        names = ", ".join(f"“{network.name}”" for network in usable)
        yield Finding(
            (balancer.id, *(network.id for network in usable)),
            f"“{balancer.name}” has back ends on {names}; HNS balances within one network.",
            fix=one_for_each(design, balancer, group.members, usable),
        )


@group_rule(
    "LBL003",
    Severity.ERROR,
    index=BEHIND,
    fix=FixClass.QUICK,
    sources=(src.SERVICE_WINDOWS,),
    os=FROM_1709,
)
def no_source_vip(design: Design, group: Group) -> Iterator[Finding]:
    """An overlay load balancer without a source VIP.

    Why: answers have to come back to the node that balanced; the source VIP is the address for that.
    Bad: a load balancer over an overlay network without a source VIP.
    Good: an address of the overlay subnet reserved for it.
    """
    balancer, networks = _balancer(design, group)
    overlays = [network for network in networks if network.mode is NetworkMode.OVERLAY]
    if balancer is None or balancer.source_vip is not None or not overlays:
        return
    free = free_address(Area.of_network(design.topology, overlays[0]), overlays[0])
    yield Finding(
        (balancer.id, overlays[0].id),
        f"“{balancer.name}” balances on the overlay network “{overlays[0].name}” and needs a source VIP.",
        "source_vip",
        changed(f"Reserve {free} as source VIP", balancer, source_vip=free) if free is not None else None,
    )


@rule(
    "LBL004",
    Severity.ERROR,
    subject=LoadBalancer,
    fix=FixClass.QUICK,
    sources=(src.HCN_GLOBALS,),
    reads=links(Backend, ContainerBase, Host),
    only=Only("direct_server_return"),
    os=BEFORE_2019,
)
def dsr_too_early(design: Design, balancer: LoadBalancer) -> Iterator[Finding]:
    """Direct server return before Windows Server 2019.

    Why: HNS knows DSR from version 9.3 on.
    Bad: DSR on Windows Server 2016.
    Good: DSR on an updated Windows Server 2019.
    """
    for host in _backend_hosts(design, balancer):
        if host.build_number < 17763:
            yield Finding(
                (balancer.id, host.id),
                f"“{balancer.name}”: {host.name} (build {host.build_number}) has no direct server return; turn it off.",
                "direct_server_return",
                changed("Turn direct server return off", balancer, direct_server_return=False),
            )
            return


@rule(
    "LBL005",
    Severity.ERROR,
    subject=LoadBalancer,
    fix=FixClass.QUICK,
    sources=(src.HCN_GLOBALS, src.KUBERNETES),
    reads=links(Backend, ContainerBase, Host),
    only=Only("session_affinity"),
    os=BEFORE_2022,
)
def affinity_too_early(design: Design, balancer: LoadBalancer) -> Iterator[Finding]:
    """Session affinity before Windows Server 2022.

    Why: HNS knows session affinity from version 12.0 on.
    Bad: session affinity on Windows Server 2019.
    Good: session affinity on Windows Server 2022.
    """
    for host in _backend_hosts(design, balancer):
        if host.build_number < 20348:
            yield Finding(
                (balancer.id, host.id),
                f"“{balancer.name}”: {host.name} (build {host.build_number}) has no session affinity; turn it off.",
                "session_affinity",
                changed("Turn session affinity off", balancer, session_affinity=False),
            )
            return


@rule(
    "LBL006", Severity.ERROR, subject=LoadBalancer, fix=FixClass.MANUAL, sources=(src.KUBERNETES,), reads=links(Backend)
)
def too_many_backends(design: Design, balancer: LoadBalancer) -> Iterator[Finding]:
    """More back ends than HNS takes.

    Why: one load balancer has at most 1024 back ends.
    Bad: 1100 containers behind one VIP.
    Good: two services.
    """
    number = len(design.backends(balancer.id))
    if number > BACKEND_LIMIT:
        yield Finding((balancer.id,), f"“{balancer.name}” has {number} back ends; {BACKEND_LIMIT} is the most.")


def _vips(_design: Design, balancer: LoadBalancer) -> Iterator[tuple[IpAddress, str, int]]:
    if balancer.vip is not None:
        yield balancer.vip, balancer.protocol, balancer.port


VIPS = Index("VIPs", (LoadBalancer,), _vips, Reach.SELF)


@group_rule("LBL008", Severity.ERROR, index=VIPS, fix=FixClass.QUICK, sources=("inferred from " + src.HCN_RESULT,))
def vip_used_twice(design: Design, group: Group) -> Iterator[Finding]:
    """A VIP used twice.

    Why: an address, protocol and port lead to one load balancer (0x803b0012).
    Bad: two load balancers with 10.100.0.50:80/tcp.
    Good: an address or port each.
    """
    first = group.members[0]
    for balancer in group.members[1:]:
        free = _free_vip(design, balancer)
        yield Finding(
            (balancer.id, first.id),
            f"“{balancer.name}” and “{first.name}” both have {balancer.vip}:{balancer.port}/{balancer.protocol}.",
            "vip",
            changed(f"Use the VIP {free}", balancer, vip=free) if free is not None else None,
        )


def _free_vip(design: Design, balancer: LoadBalancer) -> IpAddress | None:
    """Return a free address of the network that the VIP of a load balancer is in."""
    for backend in design.backends(balancer.id):
        for network in _networks_behind(design, backend.target):
            if any(balancer.vip in subnet.network for subnet in network.subnets):
                return free_address(Area.of_network(design.topology, network), network)
    return None
