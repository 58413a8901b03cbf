"""Rules about what external switches stand on: adapters, teams, uplinks (SWI)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.base import Element
from designer.model.hosts import Host, PhysicalNic, SetTeam, SwitchType, VSwitch
from designer.model.links import Attachment, Uplink
from designer.model.modes import MODES
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.rules import sources as src
from designer.rules.adapters import ADAPTERS, LAYERED, bind, free_adapters, only_choice, unbound
from designer.rules.design import Design
from designer.rules.option_values import SHIM
from designer.rules.registry import (
    Finding,
    FixClass,
    Only,
    Severity,
    links,
    rule,
    same_host,
)
from designer.rules.spans import FROM_1709
from designer.rules.suggestions import removed

LAYERING = 16299
"""The build from which several l2bridge networks on one switch are known to work."""

INTERFACE = SHIM + "interface"
CARRIED = links(Uplink, ContainerNetwork, VSwitch, PhysicalNic, SetTeam, Attachment)
ADAPTER_CHOICE = same_host(PhysicalNic, SetTeam, Uplink, VSwitch, ContainerNetwork, Attachment)


def _networks_above(design: Design, adapter: Element) -> list[ContainerNetwork]:
    users = (design.topology.entities[link.source] for link in design.uplinks(adapter.id))
    return [user for user in users if isinstance(user, ContainerNetwork) and MODES[user.mode].needs_uplink]


def _exclusive(design: Design, adapter: Element) -> Iterator[Finding]:
    networks = _networks_above(design, adapter)
    modes = {network.mode for network in networks}
    if len(networks) < 2:
        return
    elements = (adapter.id, *(network.id for network in networks))
    names = ", ".join(f"“{network.name}” ({network.mode.value})" for network in networks)
    host = design.host_of(adapter.id)
    if len(modes) > 1 or modes & {NetworkMode.TRANSPARENT, NetworkMode.L2TUNNEL}:
        yield Finding(elements, f"“{adapter.name}” carries {names}; each needs an adapter of its own.")
    elif modes == {NetworkMode.L2BRIDGE} and host is not None and host.build_number < LAYERING:
        yield Finding(
            elements,
            f"“{adapter.name}” carries {names}; that l2bridge networks share a switch is known from version 1709 on, "
            f"and {host.name} has build {host.build_number}. Give each an adapter of its own.",
            severity=Severity.WARNING,
        )


@rule(
    "SWI001",
    Severity.ERROR,
    subject=ADAPTERS,
    fix=FixClass.MANUAL,
    sources=(src.SWARM_MODE, src.ADVANCED),
    reads=CARRIED,
)
def adapter_on_two_switches(design: Design, nic: Element) -> Iterator[Finding]:
    """An adapter on two switches.

    Why: an adapter is bound to the protocol of one switch at a time.
    Bad: the switches External1 and External2 both on the adapter Ethernet.
    Good: a switch for each adapter.
    """
    users = [design.topology.entities[link.source] for link in design.uplinks(nic.id)]
    switches = [user for user in users if isinstance(user, VSwitch)]
    unseen_by_docker = len(switches) == 1 and not switches[0].visible_to_docker
    if len(users) > 1 and switches and not unseen_by_docker:
        names = ", ".join(design.label(user.id) for user in users)
        yield Finding(
            (nic.id, *(user.id for user in users)),
            f"“{nic.name}” is the uplink of {names}; it can belong to one switch only.",
        )


@rule(
    "SWI002",
    Severity.ERROR,
    subject=(VSwitch, ContainerNetwork),
    fix=FixClass.QUICK,
    sources=(src.NEW_VMSWITCH,),
    reads=ADAPTER_CHOICE,
)
def external_switch_without_uplink(design: Design, subject: Element) -> Iterator[Finding]:
    """An external switch without an uplink.

    Why: the uplink is what makes a switch external; neither Hyper-V nor HNS makes one without an adapter.
    Bad: an external switch that no adapter is joined to, or a transparent network on a host without a free adapter.
    Good: the switch on the adapter Ethernet.
    """
    if isinstance(subject, VSwitch) and subject.switch_type is SwitchType.EXTERNAL and not design.adapters(subject.id):
        host = design.host_of(subject.id)
        choice = only_choice(design, host, subject) if host is not None else None
        yield Finding(
            (subject.id,),
            f"The external switch “{subject.name}” has no uplink; join it to a network adapter.",
            fix=bind(design, subject, choice) if choice is not None else None,
        )
    if isinstance(subject, ContainerNetwork) and subject.mode is not NetworkMode.OVERLAY:
        for host in _stranded(design, subject):
            yield Finding(
                (subject.id, host.id),
                f"“{subject.name}” is a {subject.mode.value} network and has no uplink; {host.name} has no free "
                "network adapter for it.",
            )


def _stranded(design: Design, network: ContainerNetwork) -> Iterator[Host]:
    """Yield the hosts on which a network finds no adapter: none is free, and none can be shared by layering."""
    for host in unbound(design, network):
        adapters = (child for child in design.children(host.id) if isinstance(child, ADAPTERS))
        layered = network.mode in LAYERED and any(
            other.mode is network.mode for adapter in adapters for other in _networks_above(design, adapter)
        )
        if not layered and not free_adapters(design, host):
            yield host


@rule(
    "SWI011",
    Severity.WARNING,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.ADVANCED,),
    reads=ADAPTER_CHOICE,
)
def adapter_left_open(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """No adapter is chosen for a network with an external switch.

    Why: without the option interface HNS takes a free adapter, and with several which one depends on the host.
    Bad: a transparent network that is joined to none of the two adapters of its host.
    Good: the network joined to Ethernet.
    """
    for host in () if _names_adapter(network) else unbound(design, network):
        free = free_adapters(design, host)
        if not free:
            continue
        if _is_only_user(design, host, network):
            yield Finding(
                (network.id, host.id),
                f"“{network.name}” names no adapter; HNS takes “{free[0].name}”, the only one on {host.name}.",
                fix=bind(design, network, choice) if (choice := only_choice(design, host, network)) else None,
                severity=Severity.INFO,
            )
            continue
        names = ", ".join(f"“{adapter.name}”" for adapter in free)
        taken = any(
            other.mode is NetworkMode.TRANSPARENT and other.id != network.id for other in design.networks_on(host.id)
        )
        second = taken and network.mode is NetworkMode.TRANSPARENT
        choice = only_choice(design, host, network)
        yield Finding(
            (network.id, host.id),
            f"“{network.name}” leaves its adapter on {host.name} open; join it to one of {names}.",
            fix=bind(design, network, choice) if choice is not None else None,
            severity=Severity.ERROR if second else None,
        )


def _names_adapter(network: ContainerNetwork) -> bool:
    """Whether an option says which adapter to take, although no line does."""
    return any(option.key == INTERFACE and option.value.strip() for option in network.options)


def _is_only_user(design: Design, host: Host, network: ContainerNetwork) -> bool:
    """Whether a host has one adapter to choose from and nothing else that needs one."""
    usable = [child for child in design.children(host.id) if isinstance(child, ADAPTERS)]
    usable = [child for child in usable if not (isinstance(child, PhysicalNic) and child.media == "vpn")]
    others = [
        found for found in design.networks_on(host.id) if found.id != network.id and MODES[found.mode].needs_uplink
    ]
    return len(usable) == 1 and not others and not design.inside(host.id, VSwitch)


@rule(
    "OVL006",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.MANUAL,
    sources=(src.SWARM_MODE,),
    reads=ADAPTER_CHOICE,
    only=Only(modes=(NetworkMode.OVERLAY,)),
)
def no_adapter_for_overlay(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """No adapter is free for an overlay network.

    Why: HNS needs an adapter for the external switch, and each one is held by another switch.
    Bad: an overlay network on a host whose only adapter carries a transparent network.
    Good: a second adapter for the overlay network.
    """
    if network.mode is NetworkMode.OVERLAY:
        for host in _stranded(design, network):
            yield Finding(
                (network.id, host.id),
                f"“{network.name}” needs an adapter on {host.name}, and none is free there; add a network adapter.",
            )


@rule(
    "SWI003",
    Severity.ERROR,
    subject=Uplink,
    fix=FixClass.QUICK,
    sources=(src.NEW_VMSWITCH,),
    reads=links(ContainerNetwork, VSwitch),
)
def inner_switch_with_uplink(design: Design, link: Uplink) -> Iterator[Finding]:
    """An internal or private switch with an uplink.

    Why: only an external switch has one; internal and private ones end at the host.
    Bad: an internal switch joined to the adapter Ethernet.
    Good: an external switch, or no uplink.
    """
    upper = design.topology.entities[link.source]
    if isinstance(upper, VSwitch):
        kind = upper.switch_type
    elif isinstance(upper, ContainerNetwork) and upper.mode is not NetworkMode.NAT:
        kind = MODES[upper.mode].switch
    else:
        return
    if kind is not SwitchType.EXTERNAL:
        lower = design.label(link.target)
        yield Finding(
            (upper.id, link.target, link.id),
            f"The {kind.value} switch of “{upper.name}” cannot stand on “{lower}”; drop the uplink.",
            fix=removed(design.topology, f"Drop the uplink of {upper.name}", link.id),
        )


@rule(
    "SWI008",
    Severity.WARNING,
    subject=Uplink,
    fix=FixClass.QUICK,
    sources=(src.ADVANCED,),
    reads=links(ContainerNetwork),
)
def nat_with_interface(design: Design, link: Uplink) -> Iterator[Finding]:
    """A nat network with an adapter.

    Why: the switch of a nat network is internal; the option interface does nothing there.
    Bad: nat0 joined to Ethernet.
    Good: nat0 alone; WinNAT uses the host's addresses.
    """
    network = design.topology.entities[link.source]
    if isinstance(network, ContainerNetwork) and network.mode is NetworkMode.NAT:
        yield Finding(
            (network.id, link.target, link.id),
            f"“{network.name}” is a nat network and stands on no adapter; drop the uplink to "
            f"“{design.label(link.target)}”.",
            fix=removed(design.topology, f"Drop the uplink of {network.name}", link.id),
        )


@rule(
    "SWI009",
    Severity.ERROR,
    subject=ADAPTERS,
    fix=FixClass.MANUAL,
    sources=(src.ADVANCED, src.SWARM_MODE),
    reads=CARRIED,
)
def exclusive_networks_on_adapter(design: Design, nic: Element) -> Iterator[Finding]:
    """Two networks on one adapter that do not share it.

    Why: HNS makes a switch for a transparent network and one for each other type, and an adapter has one switch.
    Bad: a transparent and an l2bridge network on Ethernet.
    Good: each on an adapter of its own.
    """
    yield from _exclusive(design, nic)


@rule(
    "SWI010",
    Severity.INFO,
    subject=ADAPTERS,
    fix=FixClass.NONE,
    sources=(src.START_KUBELET, "microsoft/SDN#277"),
    reads=CARRIED,
    os=FROM_1709,
)
def layered_networks(design: Design, nic: Element) -> Iterator[Finding]:
    """Several networks of one type are layered on an adapter.

    Why: several l2bridge or overlay networks share one switch from 1709 on, although the documentation asks for an
    adapter each.
    Bad: nothing is wrong with two overlay networks on Ethernet; know that a change to the switch concerns both.
    Good: an adapter for each network, where a change must not touch the others.
    """
    networks = _networks_above(design, nic)
    modes = {network.mode for network in networks}
    if len(networks) > 1 and len(modes) == 1 and modes <= {NetworkMode.L2BRIDGE, NetworkMode.OVERLAY}:
        names = ", ".join(f"“{network.name}”" for network in networks)
        yield Finding(
            (nic.id, *(network.id for network in networks)), f"{names} are layered on one switch on “{nic.name}”."
        )


@rule(
    "SWI012",
    Severity.ERROR,
    subject=VSwitch,
    fix=FixClass.SCRIPT,
    sources=(src.ADVANCED,),
    reads=same_host(Uplink, PhysicalNic, SetTeam, ContainerNetwork),
)
def switch_unknown_to_docker(design: Design, switch: VSwitch) -> Iterator[Finding]:
    """A switch that Docker does not see holds the adapter.

    Why: HNS learns of a switch made by hand when it starts; until then a new network on that adapter fails.
    Bad: a transparent network on Ethernet, which a switch made after the start of docker holds.
    Good: hns and docker restarted, or another adapter.
    """
    if switch.visible_to_docker or switch.switch_type is not SwitchType.EXTERNAL:
        return
    for adapter in design.adapters(switch.id):
        for network in _networks_above(design, adapter):
            yield Finding(
                (network.id, switch.id, adapter.id),
                f"“{network.name}” needs “{adapter.name}”, which the switch “{switch.name}” holds unseen by Docker; "
                "restart hns and docker, or use another adapter.",
                script_step="Restart-Service -Name hns; Restart-Service -Name docker",
            )
