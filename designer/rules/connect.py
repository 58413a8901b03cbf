"""May these two ends be joined? The canvas asks while dragging, the commands before they change, the rules on load."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from designer.model.annotations import Note
from designer.model.base import Element, Link
from designer.model.changes import ChangeSet, Edit
from designer.model.entities import AnyLink
from designer.model.fabric import Client, Router, Segment
from designer.model.flows import Flow
from designer.model.hosts import Host, HostVNic, PhysicalNic, SetTeam, SwitchType, VSwitch, WinNat
from designer.model.identity import EntityId
from designer.model.links import Attachment, Backend, Cable, Reference, Uplink
from designer.model.modes import MODES
from designer.model.networks import ContainerNetwork, LoadBalancer, NetworkMode
from designer.model.realisation import host_of, uplinks_of
from designer.model.services import Service
from designer.model.topology import Topology
from designer.model.workloads import Compartment, Container, ContainerBase, HyperVContainer, WindowsContainer
from designer.rules.nesting import can_contain, spoken
from designer.rules.verdict import YES, Verdict, careful, no

__all__ = ["Verdict", "can_connect", "can_contain", "can_flow"]

SWARM_SCOPED = frozenset({NetworkMode.NAT, NetworkMode.L2BRIDGE, NetworkMode.INTERNAL})
"""Modes that a swarm knows besides overlay. Source: moby libnetwork/cnmallocator/drivers_network_windows.go."""

LAYERED = frozenset({NetworkMode.L2BRIDGE, NetworkMode.OVERLAY})
"""Modes of which several networks can share an adapter by layering (conflict about the number per adapter: SWI010)."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two ends in the direction of the link."""

    topology: Topology
    source: Element
    target: Element


def can_connect(topology: Topology, a: EntityId, b: EntityId) -> Verdict:
    """Tell whether two elements can be linked, with which link, which way round, and why not.

    What has no link of its own is traffic from the first to the second, where that is possible. A refusal may carry a
    change that does what the person probably wants (``fix``).
    """
    first, second = topology.find(a, Element), topology.find(b, Element)
    if first is None or second is None:
        return no("missing-end", "A link joins two elements of the design.")
    if a == b:
        return no("self-link", f"“{first.name}” cannot be joined to itself.")
    for link_type, judge_pair, accepts in _LINKS:
        for source, target in ((first, second), (second, first)):
            if accepts(type(source), type(target)):
                duplicate = _duplicate(topology, link_type, source, target)
                verdict = duplicate or judge_pair(_Pair(topology, source, target))
                return replace(verdict, link=link_type, source=source.id, target=target.id)
    if FLOW_ENDS(type(first), type(second)):
        return can_flow(topology, a, b)
    return _refusal(topology, first, second)


def can_flow(topology: Topology, source: EntityId, target: EntityId) -> Verdict:
    """Tell whether one element can be declared to send to another, in this direction."""
    first, second = topology.find(source, Element), topology.find(target, Element)
    if first is None or second is None:
        return no("missing-end", "A flow joins two elements of the design.")
    if source == target:
        return no("self-link", f"“{first.name}” needs no network to reach itself.")
    if not FLOW_ENDS(type(first), type(second)):
        return no(
            "no-flow",
            f"A {spoken(type(first))} (“{first.name}”) sends nothing to a {spoken(type(second))} (“{second.name}”): "
            "containers, services, hosts and clients open connections to each other and to load balancers.",
        )
    reason = f"Declares traffic from “{first.name}” to “{second.name}”; it makes no connection by itself."
    return Verdict(ok=True, reason=reason, link=Flow, source=source, target=target)


def _duplicate(topology: Topology, link_type: type[AnyLink], source: Element, target: Element) -> Verdict | None:
    for link in topology.links_of(source.id, link_type):
        if {link.source, link.target} == {source.id, target.id}:
            code = "MHM002" if link_type is Attachment else "duplicate"
            return no(code, f"“{source.name}” and “{target.name}” are already joined.")
    return None


def _same_host(pair: _Pair) -> Verdict | None:
    """Return a refusal when both ends stand on hosts, and on different ones."""
    left, right = host_of(pair.topology, pair.source.id), host_of(pair.topology, pair.target.id)
    if left is None or right is None or left.id == right.id:
        return None
    return no(
        "TOP003",
        f"“{pair.source.name}” is on {left.name} and “{pair.target.name}” on {right.name}; "
        "only an overlay network that stands outside the hosts reaches both.",
    )


# Attachments


def _attach(pair: _Pair) -> Verdict:
    crossing = _same_host(pair)
    if crossing is not None:
        overlay = isinstance(pair.target, ContainerNetwork) and pair.target.mode is NetworkMode.OVERLAY
        if not overlay:
            return crossing
    if isinstance(pair.source, HostVNic):
        return _attach_vnic(pair, pair.source)
    if isinstance(pair.source, WindowsContainer | HyperVContainer):
        refusal = _unwilling(pair, pair.source)
        if refusal is not None:
            return refusal
    assert isinstance(pair.target, ContainerNetwork)
    return _attach_warnings(pair, pair.target)


def _unwilling(pair: _Pair, container: Container) -> Verdict | None:
    if container.network_none:
        cleared = container.evolve(network_none=False)
        return no(
            "MHM001",
            f"“{container.name}” is set to have no network (none); take that setting back first.",
            fix=ChangeSet(f"Allow networks for {container.name}", (Edit(container, cleared),)),
        )
    if container.shares_network_of is not None:
        donor = pair.topology.find(container.shares_network_of, Element)
        name = donor.name if donor is not None else container.shares_network_of
        return no("MHM006", f"“{container.name}” uses the network of “{name}” and cannot have one of its own besides.")
    return None


def _attach_service(pair: _Pair) -> Verdict:
    network = pair.target
    assert isinstance(network, ContainerNetwork)
    if network.mode is NetworkMode.OVERLAY:
        return YES
    if network.mode not in SWARM_SCOPED:
        return no(
            "SWM004",
            f"“{network.name}” is a {network.mode.value} network, which no swarm knows; “{pair.source.name}” joins an "
            "overlay network, or a nat, l2bridge or internal one that is known to the whole swarm.",
        )
    if network.scope != "swarm":
        known = network.evolve(scope="swarm")
        return no(
            "CPS008",
            f"“{network.name}” is known on its host only; services join networks that the whole swarm knows "
            "(docker network create --scope swarm).",
            fix=ChangeSet(f"Make {network.name} known to the swarm", (Edit(network, known),)),
        )
    return YES


def _attach_vnic(pair: _Pair, vnic: HostVNic) -> Verdict:
    others = pair.topology.links_of(vnic.id, Attachment)
    if others:
        return no("one-switch", f"The host vNIC “{vnic.name}” is on a switch already; remove that link first.")
    target = pair.target
    private = (isinstance(target, VSwitch) and target.switch_type is SwitchType.PRIVATE) or (
        isinstance(target, ContainerNetwork) and target.mode is NetworkMode.PRIVATE
    )
    if private:
        return no("SWI005", f"The private switch of “{target.name}” has no port for the host.")
    return YES


def _attach_warnings(pair: _Pair, network: ContainerNetwork) -> Verdict:
    host = host_of(pair.topology, pair.source.id)
    if network.mode is NetworkMode.OVERLAY and not network.attachable:
        return careful("OVL007", f"“{network.name}” is not attachable, so only services of the swarm may join it.")
    if MODES[network.mode].needs_uplink and host is not None and not _has_uplink(pair.topology, network, host.id):
        return careful("SWI002", f"“{network.name}” has no uplink on {host.name} yet; join it to a network adapter.")
    return YES


def _has_uplink(topology: Topology, network: ContainerNetwork, host: EntityId) -> bool:
    return bool(uplinks_of(topology, network.switch or network.id, host))


# Uplinks


def _uplink(pair: _Pair) -> Verdict:
    source, target = pair.source, pair.target
    crossing = _same_host(pair)
    if crossing is not None:
        return crossing
    name = source.name
    if isinstance(source, ContainerNetwork):
        if not MODES[source.mode].needs_uplink:
            kind = MODES[source.mode].switch.value
            return no(
                "SWI003",
                f"“{name}” is a {source.mode.value} network: its {kind} switch has no uplink. "
                "Choose transparent or l2bridge to reach the physical network directly.",
            )
        if source.switch is not None:
            return no("uplink-of-switch", f"“{name}” uses the uplink of its switch; join the switch to the adapter.")
    elif isinstance(source, VSwitch) and source.switch_type is not SwitchType.EXTERNAL:
        return no("SWI003", f"“{name}” is an {source.switch_type.value} switch; only an external one has an uplink.")
    host = host_of(pair.topology, target.id)
    if host is not None and uplinks_of(pair.topology, source.id, host.id):
        return no("one-uplink", f"“{name}” has an uplink on {host.name}; to use several adapters make a SET team.")
    return _adapter_state(pair, host)


def _adapter_state(pair: _Pair, host: Host | None) -> Verdict:
    target = pair.target
    if isinstance(target, PhysicalNic):
        team = pair.topology.find(target.parent, SetTeam)
        if team is not None:
            return no("SET003", f"“{target.name}” is a member of the team “{team.name}”; join the team instead.")
        if target.lbfo_team and host is not None and host.build_number >= 20348:
            return no("SWI019", f"“{target.name}” is an LBFO team, which no switch takes from Windows Server 2022 on.")
    sharing = _sharing(pair)
    if sharing is not None:
        return sharing
    if isinstance(target, PhysicalNic) and target.media == "wifi":
        return careful("SWI013", f"“{target.name}” is a Wi-Fi adapter, which often refuses.")
    if isinstance(target, PhysicalNic) and not target.link_up:
        return careful("SWI017", f"“{target.name}” has no link.")
    return YES


def _sharing(pair: _Pair) -> Verdict | None:
    users = (
        user
        for link in pair.topology.links_of(pair.target.id, Uplink)
        if (user := pair.topology.find(link.source, Element)) is not None and user.id != pair.source.id
    )
    for user in users:
        source = pair.source
        if not isinstance(source, ContainerNetwork) or not isinstance(user, ContainerNetwork):
            return no("SWI001", f"“{pair.target.name}” carries “{user.name}” and can belong to one switch only.")
        if source.mode is not user.mode or source.mode not in LAYERED:
            return no(
                "SWI009",
                f"“{pair.target.name}” carries the {user.mode.value} network “{user.name}”; "
                f"a {source.mode.value} network needs an adapter of its own.",
            )
        return careful("SWI010", f"“{pair.target.name}” carries “{user.name}” too; both are layered on one switch.")
    return None


# Cables, back ends, references


def _cable(pair: _Pair) -> Verdict:
    if not isinstance(pair.source, Router) and pair.topology.links_of(pair.source.id, Cable):
        return no("one-cable", f"“{pair.source.name}” has a cable already; remove that one first.")
    return YES


def _backend(pair: _Pair) -> Verdict:
    networks = [
        network
        for link in pair.topology.links_of(pair.target.id, Attachment)
        if (network := pair.topology.find(link.target, ContainerNetwork)) is not None
    ]
    if networks and not any(MODES[network.mode].uses_vfp for network in networks):
        names = ", ".join(f"“{network.name}” ({network.mode.value})" for network in networks)
        return careful(
            "LBL001", f"HNS balances no load on {names}; put “{pair.target.name}” on an l2bridge or overlay network."
        )
    return YES


def _reference(_pair: _Pair) -> Verdict:
    return YES


# What is no pair


def _refusal(topology: Topology, first: Element, second: Element) -> Verdict:
    for left, right in ((first, second), (second, first)):
        for accepts, refuse in _REFUSALS:
            if accepts(type(left), type(right)):
                return refuse(topology, left, right)
    return no(
        "no-link",
        f"A {spoken(type(first))} (“{first.name}”) and a {spoken(type(second))} (“{second.name}”) have no link.",
    )


def _to_switch(topology: Topology, container: Element, switch: Element) -> Verdict:
    networks = [found for found in topology.of(ContainerNetwork) if found.switch == switch.id]
    instead = f"; attach it to “{networks[0].name}” instead" if len(networks) == 1 else ""
    return no(
        "TOP004",
        f"“{container.name}” cannot be wired to the switch “{switch.name}” directly: "
        f"it joins a container network on that switch{instead}.",
    )


def _network_on_switch(topology: Topology, network: Element, switch: Element) -> Verdict:
    assert isinstance(network, ContainerNetwork)
    assert isinstance(switch, VSwitch)
    crossing = _same_host(_Pair(topology, network, switch))
    if crossing is not None:
        return crossing
    if MODES[network.mode].switch is not switch.switch_type:
        return no(
            "SWI004",
            f"“{network.name}” is a {network.mode.value} network and stands on an {MODES[network.mode].switch.value} "
            f"switch; “{switch.name}” is {switch.switch_type.value}.",
        )
    laid = network.evolve(switch=switch.id)
    return no(
        "set-switch",
        f"A network is no workload of a switch: set the switch of “{network.name}” to “{switch.name}”.",
        fix=ChangeSet(f"Lay {network.name} on {switch.name}", (Edit(network, laid),)),
    )


def _into_team(_topology: Topology, nic: Element, team: Element) -> Verdict:
    assert isinstance(nic, PhysicalNic)
    joined = nic.evolve(parent=team.id)
    return no(
        "drop-inside",
        f"Drop “{nic.name}” into the team “{team.name}” to make it a member.",
        fix=ChangeSet(f"Add {nic.name} to {team.name}", (Edit(nic, joined),)),
    )


def _needs_network(_topology: Topology, workload: Element, adapter: Element) -> Verdict:
    return no(
        "needs-network",
        f"“{workload.name}” reaches “{adapter.name}” through a container network; put one between them.",
    )


def _needs_adapter(_topology: Topology, upper: Element, segment: Element) -> Verdict:
    return no(
        "needs-adapter",
        f"“{upper.name}” reaches “{segment.name}” through a network adapter of its host; join it to the adapter.",
    )


def _needs_segment(_topology: Topology, outer: Element, inner: Element) -> Verdict:
    return no(
        "needs-segment",
        f"“{outer.name}” is outside the hosts: join it with a cable to the physical network that “{inner.name}” is on.",
    )


def _winnat(_topology: Topology, winnat: Element, other: Element) -> Verdict:
    return no("no-link", f"What “{winnat.name}” translates follows from its internal prefix, not from “{other.name}”.")


def _host_end(_topology: Topology, host: Element, other: Element) -> Verdict:
    return no("no-link", f"A host is a place: join “{other.name}” to something inside {host.name}.")


Accepts = Callable[[type[Element], type[Element]], bool]


def _pairs(
    sources: type[Element] | tuple[type[Element], ...], targets: type[Element] | tuple[type[Element], ...]
) -> Accepts:
    return lambda source, target: issubclass(source, sources) and issubclass(target, targets)


_WORKLOADS = (ContainerBase, Compartment, HostVNic)
_TALKERS = (ContainerBase, Service, Host, Client)

FLOW_ENDS = _pairs(_TALKERS, (*_TALKERS, LoadBalancer))
"""Which kinds a flow leads from and to."""

_LINKS: tuple[tuple[type[AnyLink], Callable[[_Pair], Verdict], Accepts], ...] = (
    (Reference, _reference, _pairs(Note, Element)),
    (Attachment, _attach, _pairs(_WORKLOADS, ContainerNetwork)),
    (Attachment, _attach, _pairs(HostVNic, VSwitch)),
    (Attachment, _attach_service, _pairs(Service, ContainerNetwork)),
    (Uplink, _uplink, _pairs((ContainerNetwork, VSwitch), (PhysicalNic, SetTeam))),
    (Cable, _cable, _pairs((PhysicalNic, Router, Client), Segment)),
    (Backend, _backend, _pairs(LoadBalancer, ContainerBase)),
)

_REFUSALS: tuple[tuple[Accepts, Callable[[Topology, Element, Element], Verdict]], ...] = (
    (_pairs(Host, Element), _host_end),
    (_pairs((ContainerBase, Compartment), VSwitch), _to_switch),
    (_pairs(ContainerNetwork, VSwitch), _network_on_switch),
    (_pairs(PhysicalNic, SetTeam), _into_team),
    (_pairs(_WORKLOADS, (PhysicalNic, SetTeam)), _needs_network),
    (_pairs((*_WORKLOADS, ContainerNetwork, VSwitch, SetTeam), Segment), _needs_adapter),
    (_pairs((Client, Router), (*_WORKLOADS, ContainerNetwork, VSwitch, PhysicalNic)), _needs_segment),
    (_pairs(WinNat, Element), _winnat),
)


def link_is_possible(topology: Topology, link: Link) -> bool:
    """Whether the kinds of the two ends fit the kind of a link, whatever else is wrong with it."""
    if link.source == link.target:
        return False
    source, target = topology.find(link.source, Element), topology.find(link.target, Element)
    return source is not None and target is not None and _fits(type(link), type(source), type(target))


@cache
def _fits(link: type[Link], source: type[Element], target: type[Element]) -> bool:
    if issubclass(link, Flow):
        return FLOW_ENDS(source, target)
    return any(issubclass(link, link_type) and accepts(source, target) for link_type, _, accepts in _LINKS)
