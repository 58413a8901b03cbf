"""Rules about virtual switches and the host's part in them (SWI)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.base import Element
from designer.model.hosts import Host, HostVNic, PhysicalNic, SetTeam, SwitchType, VSwitch, WinNat
from designer.model.links import Attachment, Uplink
from designer.model.modes import MODES
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.workloads import Compartment, HyperVContainer, WindowsContainer
from designer.planning.names import other_name
from designer.rules import sources as src
from designer.rules.design import Design
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
    same_host,
)
from designer.rules.suggestions import changed, removable, removed


@rule(
    "SWI004",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.TOPOLOGIES, src.SEED),
    reads=links(VSwitch, Uplink),
    only=Only("switch"),
)
def switch_does_not_fit_mode(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """The switch does not fit the mode of the network.

    Why: nat, internal and ics stand on an internal switch, private on a private one, all others on an external one.
    Bad: a transparent network on an internal switch.
    Good: a transparent network on an external switch.
    """
    switch = design.topology.find(network.switch, VSwitch)
    needed = MODES[network.mode].switch
    if switch is None or switch.switch_type is needed:
        return
    users = [found for found in design.topology.referrers(switch.id) if isinstance(found, ContainerNetwork)]
    external = needed is SwitchType.EXTERNAL
    vnics = bool(design.attachments(switch.id))
    safe = len(users) == 1 and bool(design.uplinks(switch.id)) is external
    safe = safe and not (needed is SwitchType.PRIVATE and vnics)
    yield Finding(
        (network.id, switch.id),
        f"“{network.name}” is a {network.mode.value} network and needs an {needed.value} switch; “{switch.name}” is "
        f"{switch.switch_type.value}.",
        "switch",
        changed(f"Make {switch.name} {needed.value}", switch, switch_type=needed) if safe else None,
    )


@rule(
    "SWI005",
    Severity.ERROR,
    subject=HostVNic,
    fix=FixClass.QUICK,
    sources=(src.INTERNAL_THREAD, src.NEW_VMSWITCH),
    reads=links(Attachment, VSwitch, ContainerNetwork),
)
def host_port_on_private_switch(design: Design, vnic: HostVNic) -> Iterator[Finding]:
    """The host has a vNIC on a private switch.

    Why: a private switch joins what is attached to it and leaves the host out.
    Bad: a management vNIC on a private switch.
    Good: an internal switch, when the host has to take part.
    """
    for link in design.attachments(vnic.id):
        target = design.topology.entities[link.target]
        private = (isinstance(target, VSwitch) and target.switch_type is SwitchType.PRIVATE) or (
            isinstance(target, ContainerNetwork) and target.mode is NetworkMode.PRIVATE
        )
        if private:
            yield Finding(
                (vnic.id, link.target),
                f"“{vnic.name}” cannot be on the private switch of “{design.label(link.target)}”; remove it.",
                fix=removed(design.topology, f"Remove {vnic.name}", vnic.id),
            )


@rule(
    "SWI015",
    Severity.WARNING,
    subject=VSwitch,
    fix=FixClass.QUICK,
    sources=(src.NEW_VMSWITCH,),
    reads=same_host(Uplink, PhysicalNic, SetTeam, HostVNic, Attachment),
)
def host_loses_network(design: Design, switch: VSwitch) -> Iterator[Finding]:
    """The host loses its network.

    Why: an external switch that the host may not use takes the adapter away from the host.
    Bad: a switch without management vNIC on the only adapter of the host.
    Good: management by the host allowed, or a second adapter.
    """
    host = design.host_of(switch.id)
    if switch.allow_management_os or switch.switch_type is not SwitchType.EXTERNAL or host is None:
        return
    held = {nic.id for adapter in design.adapters(switch.id) for nic in design.members(adapter)}
    others = [nic for nic in design.inside(host.id, PhysicalNic) if nic.id not in held and nic.link_up]
    if held and not others and not design.attachments(switch.id):
        yield Finding(
            (switch.id, host.id),
            f"“{switch.name}” holds the only connected adapter of {host.name} and gives the host no vNIC; allow the "
            "management operating system to share it.",
            "allow_management_os",
            changed(f"Give {host.name} a vNIC on {switch.name}", switch, allow_management_os=True),
        )


def _switch_names(design: Design, switch: VSwitch) -> Iterator[tuple[str, str]]:
    host = design.host_of(switch.id)
    if host is not None:
        yield host.id, switch.name.casefold()


SWITCH_NAMES = Index("switch names", (VSwitch,), _switch_names, Reach.SELF)


@group_rule(
    "SWI018",
    Severity.WARNING,
    index=SWITCH_NAMES,
    fix=FixClass.QUICK,
    sources=("inferred from " + src.NEW_VMSWITCH,),
)
def duplicate_switch_name(design: Design, group: Group) -> Iterator[Finding]:
    """Two switches with one name.

    Why: Hyper-V allows it, and every command that names the switch then means both.
    Bad: two switches named External on one host.
    Good: External1 and External2.
    """
    host = design.host_of(group.members[0].id)
    assert host is not None
    names = [switch.name for switch in design.inside(host.id, VSwitch)]
    for switch in group.members[1:]:
        fresh = other_name(names, switch.name)
        yield Finding(
            (switch.id, group.members[0].id),
            f"{host.name} has two switches named “{switch.name}”; rename one.",
            "name",
            changed(f"Rename to {fresh}", switch, name=fresh),
        )


@rule(
    "SWI020",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.SCRIPT,
    sources=(src.DEBUG_HOST,),
    reads=links(Attachment, HostVNic),
    only=Only(modes=(NetworkMode.NAT,)),
)
def nat_gateway_on_no_vnic(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """The gateway of a nat network is on no host vNIC.

    Why: the containers' gateway is the address of the host's vNIC on the internal switch.
    Bad: nat0 with gateway 172.16.0.1 whose drawn host vNIC has 172.16.0.5.
    Good: the host vNIC has 172.16.0.1.
    """
    if network.mode is not NetworkMode.NAT:
        return
    vnics = [
        vnic
        for link in design.attachments(network.id)
        if isinstance(vnic := design.topology.entities[link.source], HostVNic)
    ]
    held = {address.ip for vnic in vnics for address in vnic.addresses}
    for subnet in network.subnets:
        if vnics and subnet.gateway is not None and subnet.gateway not in held:
            length = subnet.network.prefixlen
            yield Finding(
                (network.id, vnics[0].id),
                f"The gateway {subnet.gateway} of “{network.name}” is on no host vNIC; give it to “{vnics[0].name}”.",
                "subnets",
                script_step=f"New-NetIPAddress -IPAddress {subnet.gateway} -PrefixLength {length} "
                "-InterfaceAlias <name of the host vNIC>",
            )


USABLE = (
    NetworkMode.NAT,
    NetworkMode.TRANSPARENT,
    NetworkMode.L2BRIDGE,
    NetworkMode.L2TUNNEL,
    NetworkMode.OVERLAY,
)
"""Modes that lead out of the host."""


@rule(
    "SWI021",
    Severity.WARNING,
    subject=Host,
    fix=FixClass.QUICK,
    sources=(src.DEBUG_HOST,),
    reads=same_host(ContainerNetwork, WindowsContainer, HyperVContainer, Compartment, WinNat, Attachment, Uplink),
    only=Only(host=lambda host: not host.daemon.default_nat),
)
def no_usable_network(design: Design, host: Host) -> Iterator[Finding]:
    """A host without a network that leads out.

    Why: with Docker's own nat network switched off, containers have only what is drawn.
    Bad: containers and an internal network on a host with "bridge": "none".
    Good: Docker's nat network left on, or a nat, transparent or l2bridge network.
    """
    workloads = [found for found in design.containers_on(host.id) if not found.network_none]
    if host.daemon.default_nat or not workloads or _leads_out(design, host):
        return
    foreign = host.build_number < 16299 and bool(design.inside(host.id, WinNat))
    daemon = host.daemon.evolve(default_nat=True)
    yield Finding(
        (host.id, workloads[0].id),
        f"{host.name} has containers but no network that leads out; add a nat network, or let Docker make its own.",
        "daemon",
        None if foreign else changed(f"Let Docker make its nat network on {host.name}", host, daemon=daemon),
    )


def _leads_out(design: Design, host: Host) -> bool:
    """Whether a network of a host leads out; overlays, which take longer to find, are looked for last."""
    own = any(network.mode in USABLE for network in design.inside(host.id, ContainerNetwork))
    return own or any(network.mode in USABLE for network in design.networks_on(host.id))


@rule(
    "SWI024",
    Severity.ERROR,
    subject=Host,
    fix=FixClass.SCRIPT,
    sources=("inferred from " + src.INSTALL_FEATURE,),
    reads=same_host(VSwitch, HostVNic, Compartment),
)
def switch_tools_missing(design: Design, host: Host) -> Iterator[Finding]:
    """Switches drawn by hand need the Hyper-V tools.

    Why: New-VMSwitch and its kin come with the Hyper-V module; HNS alone needs only the feature Containers.
    Bad: a drawn virtual switch on a host without Hyper-V.
    Good: Hyper-V with its tools, or a network whose switch HNS makes.
    """
    if host.hyperv_role:
        return
    drawn: list[Element] = [child for kind in (VSwitch, HostVNic) for child in design.inside(host.id, kind)]
    if drawn:
        yield Finding(
            (host.id, drawn[0].id),
            f"“{drawn[0].name}” is made with Hyper-V cmdlets, which {host.name} does not have; install Hyper-V with "
            "its tools, or let Docker make the switch.",
            "hyperv_role",
            script_step="Install-WindowsFeature -Name Hyper-V -IncludeManagementTools",
        )


@rule(
    "TOP006",
    Severity.INFO,
    subject=VSwitch,
    fix=FixClass.QUICK,
    sources=("inferred: nothing uses it",),
    reads=links(ContainerNetwork, Attachment),
)
def orphan_switch(design: Design, switch: VSwitch) -> Iterator[Finding]:
    """A switch that nothing uses.

    Why: it holds an adapter or a name without carrying anything.
    Bad: a virtual switch without network and host vNIC.
    Good: a network on it, or no switch.
    """
    if design.attachments(switch.id):
        return
    if any(isinstance(found, ContainerNetwork) for found in design.topology.referrers(switch.id)):
        return
    fix = removed(design.topology, f"Delete {switch.name}", switch.id)
    yield Finding(
        (switch.id,),
        f"The switch “{switch.name}” carries no network and no host vNIC.",
        fix=fix if removable(design.topology, switch.id) else None,
    )
