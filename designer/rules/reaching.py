"""Rules about flows that do not reach what they are for (TOP, VLN)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.changes import ChangeSet
from designer.model.entities import ELEMENT_TYPES
from designer.model.flows import Flow
from designer.model.hosts import Host, HostVNic, PhysicalNic, VSwitch
from designer.model.identity import EntityId
from designer.model.links import Attachment, Backend, Cable, Uplink
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.services import Service
from designer.model.workloads import Compartment, ContainerBase
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.flow_ends import ends_of, spoken
from designer.rules.registry import (
    RULES,
    Finding,
    FixClass,
    Group,
    Index,
    Reach,
    Severity,
    anywhere,
    group_rule,
    rule,
    whole,
)
from designer.rules.suggestions import changed
from designer.simulate.drops import DROPS
from designer.simulate.trace import Trace

EVERYTHING = anywhere(*ELEMENT_TYPES, Attachment, Uplink, Cable, Backend, Flow, names=True)
"""Reads whatever a packet may meet."""

TAGGED = (NetworkMode.TRANSPARENT, NetworkMode.L2BRIDGE)

SAYING_IT_ALL = ("NAT008", "NAT009", "NAT011", "OVL012", "OVL014", "OVL015", "ACL006", "ACL009")
"""Rules on flows after which a drop needs no further word, whatever its code."""


@rule(
    "VLN004",
    Severity.WARNING,
    subject=Flow,
    fix=FixClass.QUICK,
    sources=(src.INFERRED,),
    reads=anywhere(Flow, ContainerBase, Compartment, Attachment, ContainerNetwork, Host, HostVNic, VSwitch),
)
def host_in_another_vlan(design: Design, flow: Flow) -> Iterator[Finding]:
    """A flow between a container and its host in different VLANs.

    Why: the switch joins ports of one VLAN only, so that the packets go round by a router of the site, if there is one.
    Bad: app01 on a transparent network in VLAN 20 sends to its host, whose vNIC is untagged.
    Good: the vNIC of the host in VLAN 20 too.
    """
    ends = ends_of(design, flow)
    inner, outer = (ends.source, ends.target) if ends.source.is_container else (ends.target, ends.source)
    if not inner.is_container or not isinstance(outer.element, Host) or not ends.on_one_host:
        return
    if not inner.only_on(TAGGED):
        return
    network = inner.networks[0]
    vnics = _management(design, network)
    vlans = {vnic.vlan for vnic in vnics if vnic.port_vlan is None and vnic.isolation == "none"}
    if not vnics and _gives_host_a_vnic(design, network):
        vlans = {None}
    if vlans and network.vlan not in vlans:
        other = next(iter(vlans))
        where = f"in VLAN {other}" if other is not None else "untagged"
        place = f"in VLAN {network.vlan}" if network.vlan is not None else "untagged"
        yield Finding(
            (flow.id, network.id, *(vnic.id for vnic in vnics)),
            f"{spoken(design, flow)}: “{network.name}” is {place}, and {outer.element.name} is {where} on that switch; "
            "use one VLAN.",
            fix=_aligned(network, vnics),
        )


def _management(design: Design, network: ContainerNetwork) -> list[HostVNic]:
    ends = (design.topology.find(link.source, HostVNic) for link in design.attachments(design.carrier(network).id))
    return [vnic for vnic in ends if vnic is not None and vnic.role == "management"]


def _gives_host_a_vnic(design: Design, network: ContainerNetwork) -> bool:
    carrier = design.carrier(network)
    return not isinstance(carrier, VSwitch) or carrier.allow_management_os


def _aligned(network: ContainerNetwork, vnics: list[HostVNic]) -> ChangeSet | None:
    if len(vnics) != 1:
        return None
    where = f"VLAN {network.vlan}" if network.vlan is not None else "no VLAN"
    return changed(f"Put {vnics[0].name} into {where}", vnics[0], vlan=network.vlan)


def _left_host(design: Design, flow: Flow) -> Iterator[EntityId | None]:
    """Yield the host that a flow leaves; None for one that leaves none."""
    ends = ends_of(design, flow)
    leaves = ends.source.host is not None and not ends.on_one_host and ends.apart
    yield ends.source.host.id if leaves and ends.source.host is not None else None


LEAVING = Index("flows that leave a host", (Flow,), _left_host, Reach.ANYWHERE, least=1)


@group_rule("TOP007", Severity.WARNING, index=LEAVING, fix=FixClass.MANUAL, sources=(src.INFERRED,))
def isolated_host(design: Design, group: Group) -> Iterator[Finding]:
    """A host without a connected adapter, from which a flow leaves.

    Why: what is to arrive elsewhere has to go over an adapter with a link and a cable.
    Bad: web01 sends to a client, and no adapter of its host has a cable.
    Good: an adapter with a cable to the physical network.
    """
    host = design.host_of(group.key) if group.key is not None else None
    if host is None or _is_connected(design, host.id):
        return
    first = spoken(design, group.members[0])
    more = f" and {len(group.members) - 1} more" if len(group.members) > 1 else ""
    yield Finding(
        (host.id, *(flow.id for flow in group.members)),
        f"{host.name} has no adapter with a link and a cable, and {first}{more} leaves it; connect an adapter.",
    )


def _is_connected(design: Design, host: EntityId) -> bool:
    return any(nic.link_up and design.cables(nic.id) for nic in design.inside(host, PhysicalNic))


@rule(
    "TOP009",
    Severity.WARNING,
    subject=Flow,
    fix=FixClass.MANUAL,
    sources=(src.TOPOLOGIES, src.ISOLATION, src.SEED),
    reads=EVERYTHING,
)
def unreachable(design: Design, flow: Flow) -> Iterator[Finding]:
    """A declared flow does not arrive.

    Why: the simulator follows the packet through compartments, switches, translations and the physical network, and
    it is dropped on the way.
    Bad: a client sends to a transparent container whose adapter has no cable.
    Good: every flow of the design is delivered.
    """
    found = design.traces.of(flow)
    if found.delivered or not _is_possible(flow) or _is_told(design, flow, found):
        return
    yield Finding(_elements(flow, found), f"{spoken(design, flow)} does not arrive {_because(design, found)}")


@rule("TOP010", Severity.WARNING, subject=Flow, fix=FixClass.MANUAL, sources=(src.INFERRED,), reads=EVERYTHING)
def one_way(design: Design, flow: Flow) -> Iterator[Finding]:
    """A declared flow arrives, and its answer does not.

    Why: each direction finds its own way; a router that does not know the prefix of the containers drops the answer.
    Bad: an l2bridge network with a prefix of its own, no OutboundNAT, and a router without a route to it.
    Good: a route back, or OutboundNAT.
    """
    found = design.traces.of(flow)
    reply = found.reply
    if found.delivered and reply is not None and not reply.delivered and _is_possible(flow):
        yield Finding(
            _elements(flow, reply),
            f"{spoken(design, flow)} arrives, and the answer does not come back {_because(design, reply)}",
        )


def _is_possible(flow: Flow) -> bool:
    """Whether a flow joins two different things; TOP015 tells about others."""
    return flow.source != flow.target


def _elements(flow: Flow, found: Trace) -> tuple[EntityId, ...]:
    return (flow.id,) if found.where is None else tuple(dict.fromkeys((flow.id, found.where)))


def _because(design: Design, lost: Trace) -> str:
    """Return the code of a drop, its sentence, and the rules that tell more about it."""
    others = [found for found in _predicting(design, lost) if found not in ("TOP009", "TOP010")]
    see = f" See {' and '.join(others)}." if others else ""
    return f"({lost.code}): {lost.sentence.removeprefix(f'Dropped ({lost.code}): ')}{see}"


def _predicting(design: Design, lost: Trace) -> tuple[str, ...]:
    """Return the rules that predict a drop; none for a service without tasks, which they do not speak of."""
    at = design.topology.get(lost.where) if lost.where is not None else None
    if lost.code not in DROPS or (lost.code in ("D-LB", "D-NONE") and isinstance(at, Service)):
        return ()
    return DROPS[lost.code].rules


def _is_told(design: Design, flow: Flow, found: Trace) -> bool:
    """Whether a rule that knows more about the drop speaks of this flow already."""
    left = next(_left_host(design, flow))
    if found.code == "D-NOLINK" and left is not None and not _is_connected(design, left):
        return True  # TOP007 says so of the host
    known = (
        part
        for rule_id in (*_predicting(design, found), *SAYING_IT_ALL)
        if rule_id in RULES
        for part in whole(RULES[rule_id])
    )
    checks = (part.check for part in known if part.subject is Flow and part.check not in (unreachable, one_way))
    return any(next(check(design, flow), None) is not None for check in checks)
