"""What an edit can affect: the subjects that have to be judged again, by how far a rule looks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from designer.model.annotations import DesignInfo, Placement, Suppression
from designer.model.base import Element, EntityBase, Link
from designer.model.changes import ChangeSet, Edit
from designer.model.fabric import Router, Segment
from designer.model.flows import Flow
from designer.model.hosts import Host, HostVNic, PhysicalNic, SetTeam, VSwitch, WinNat
from designer.model.identity import EntityId
from designer.model.links import Attachment, Backend, Cable, Uplink
from designer.model.networks import ContainerNetwork, LoadBalancer
from designer.model.services import Service
from designer.model.workloads import Compartment, HyperVContainer, WindowsContainer
from designer.rules.design import Design
from designer.rules.registry import Reach
from designer.rules.selection import host_of

UNJUDGED = (Placement, Suppression, DesignInfo)
"""Kinds that no rule reads."""

_WIRING = (ContainerNetwork, VSwitch, PhysicalNic, SetTeam, HostVNic)


@dataclass(frozen=True, slots=True)
class Affected:
    """Ids of the subjects that an edit can affect.

    Attributes:
        by_reach: for each reach the subjects whose rules of that reach may answer differently now.
        kinds: kinds of what was edited.
        hosts: the hosts that the edit concerns.
        renamed: nothing but names and remarks was edited, so that what was true stays true.
        old_names: what things were called before, which messages may still say.
        quiet: nothing but what containers are was edited, on which no free address, port or prefix depends.
    """

    by_reach: dict[Reach, frozenset[EntityId]]
    kinds: frozenset[type[EntityBase]]
    hosts: frozenset[EntityId]
    renamed: bool
    old_names: frozenset[str]
    quiet: bool

    def __bool__(self) -> bool:
        """Whether any rule can answer differently."""
        return bool(self.by_reach[Reach.SELF])


def affected(before: Design, after: Design, change: ChangeSet) -> Affected:
    """Return what a change can affect, seen from the design before and after it."""
    edits = [edit for edit in change.edits if not isinstance(edit.before or edit.after, UNJUDGED)]
    touched = {edit.id for edit in edits}
    kinds: set[type[EntityBase]] = {
        type(entity) for edit in edits for entity in (edit.before, edit.after) if entity is not None
    }
    renamed = all(_only_renames(edit) for edit in edits)
    for edit in edits:
        if _changes_hosts(edit) and not renamed:
            inner = set(_with_contents(after, edit.id))
            touched |= inner
            kinds |= {type(after.topology[found]) for found in inner}
    sides = (before, after)
    if any(_spans(side, entity) for side in sides for entity in touched):
        kinds.add(ContainerNetwork)
    links = touched | {found for side in sides for entity in touched for found in _neighbours(side, entity)}
    wire = links | {found for side in sides for entity in touched for found in _upwards(side, entity)}
    hosts = {host for side in sides for entity in links for host in _hosts(side, entity)}
    return Affected(
        {
            Reach.SELF: frozenset(touched),
            Reach.LINKS: frozenset(links),
            Reach.WIRE: frozenset(wire),
            Reach.HOST: frozenset(hosts | links).union(_beside(sides, hosts, links, kinds)),
            Reach.ANYWHERE: frozenset(touched),
        },
        frozenset(kinds),
        frozenset(hosts),
        renamed,
        _old_names(edits),
        quiet=all(_only_changes_container(edit) for edit in edits),
    )


def _spans(design: Design, entity_id: EntityId) -> bool:
    """Whether a link brings a network outside all hosts to a host."""
    link = design.topology.get(entity_id)
    if not isinstance(link, Attachment | Uplink):
        return False
    ends = (design.topology.find(end, ContainerNetwork) for end in (link.source, link.target))
    return any(network is not None and design.host_of(network.id) is None for network in ends)


def _only_renames(edit: Edit) -> bool:
    """Whether all that an edit changes is a name or a remark."""
    before, after = edit.before, edit.after
    if before is None or after is None or type(before) is not type(after):
        return False
    return all(
        getattr(before, name) == getattr(after, name)
        for name in type(before).model_fields
        if name not in ("name", "remark")
    )


def _only_changes_container(edit: Edit) -> bool:
    """Whether an edit changes fields of a container, and neither its name nor where it stands or what it shares."""
    before, after = edit.before, edit.after
    if not isinstance(before, WindowsContainer | HyperVContainer) or type(before) is not type(after):
        return False
    kept = ("name", "parent", "shares_network_of")
    return all(getattr(before, name) == getattr(after, name) for name in kept)


def _old_names(edits: list[Edit]) -> frozenset[str]:
    """Return the names that something no longer has."""
    pairs = ((getattr(edit.before, "name", ""), getattr(edit.after, "name", None)) for edit in edits)
    return frozenset(before for before, after in pairs if before and before != after)


_CONTENDED = (PhysicalNic, SetTeam, VSwitch, HostVNic, WinNat, ContainerNetwork, Attachment, Uplink, Host)
"""Kinds that concern what else stands on a host: who has which adapter, which prefix."""


def _beside(
    sides: tuple[Design, ...], hosts: set[EntityId], links: set[EntityId], kinds: set[type[EntityBase]]
) -> Iterator[EntityId]:
    """Yield the networks, their attachments and the switches on hosts on which something is edited that they share.

    Also those that stand on a linked adapter from another host, as only a hand-made design has it.
    """
    if kinds.isdisjoint(_CONTENDED):
        return
    for side in sides:
        for entity in links:
            yield from (uplink.source for uplink in side.uplinks(entity))
        for host in hosts:
            yield from (switch.id for switch in side.inside(host, VSwitch))
            for network in side.networks_on(host):
                yield network.id
                yield from (link.id for link in side.attachments(network.id))


def _changes_hosts(edit: Edit) -> bool:
    """Whether what stands inside the element finds another host, or its host changed."""
    if not isinstance(edit.before, Element) or not isinstance(edit.after, Element):
        return False
    return isinstance(edit.after, Host) or edit.before.parent != edit.after.parent


def _with_contents(design: Design, entity_id: EntityId) -> Iterator[EntityId]:
    for inner in design.topology.descendants(entity_id):
        yield inner.id
        yield from (link.id for link in design.topology.links_of(inner.id))
    yield from (link.id for link in design.topology.links_of(entity_id))


def _neighbours(design: Design, entity_id: EntityId) -> Iterator[EntityId]:
    """Yield what is linked to an entity, refers to it or contains it, is referred to by it, or shares its team."""
    entity = design.topology.get(entity_id)
    if isinstance(entity, Link):
        yield from (entity.source, entity.target)
        yield from _contents(design, (entity.source, entity.target))
        yield from _backends(design, entity)
    elif isinstance(entity, Element):
        for referrer in design.topology.referrers(entity_id):
            yield referrer.id
            if isinstance(referrer, Link):
                ends = (referrer.source, referrer.target)
                yield from ends
                yield from _contents(design, ends)
                yield from _backends(design, referrer)
        yield from entity.references()
        yield from _contents(design, (entity_id,))
        outer = design.topology.find(entity.parent, Element)
        if outer is not None:
            yield outer.id
            yield from _contents(design, (outer.id,))


def _backends(design: Design, link: Link) -> Iterator[EntityId]:
    """Yield what balances to the ends of an attachment, with its links: it looks at the networks of a workload."""
    if isinstance(link, Attachment) and design.topology.of(Backend):
        for end in (link.source, link.target):
            for backend in design.backends(end):
                yield from (backend.id, backend.source)


def _contents(design: Design, ids: Iterable[EntityId]) -> Iterator[EntityId]:
    """Yield what stands in teams and compartments, and the teams and compartments that things stand in."""
    for entity_id in ids:
        entity = design.topology.get(entity_id)
        if isinstance(entity, SetTeam | Compartment):
            yield from (child.id for child in design.topology.children(entity_id))
        elif isinstance(entity, Element) and isinstance(design.topology.get(entity.parent), SetTeam | Compartment):
            assert entity.parent is not None
            yield entity.parent


def _upwards(design: Design, entity_id: EntityId) -> Iterator[EntityId]:
    """Yield all that an entity carries: from a physical network up to the endpoints over it."""
    waiting = list(_grounded(design, entity_id))
    seen: set[EntityId] = set()
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        yield current
        waiting.extend(_carried(design, current))


def _grounded(design: Design, entity_id: EntityId) -> Iterator[EntityId]:
    """Yield what carries others the way that an entity does: the upper end of a wire, the network of a host's leg.

    A router carries what is on its physical networks.
    """
    entity = design.topology.get(entity_id)
    if isinstance(entity, Cable | Uplink):
        yield entity.source
        if isinstance(design.topology.get(entity.source), Router):
            yield entity.target
        return
    yield entity_id
    if isinstance(entity, Attachment) and isinstance(design.topology.get(entity.source), HostVNic):
        yield entity.target
    elif isinstance(entity, HostVNic):
        yield from (link.target for link in design.attachments(entity_id))
    elif isinstance(entity, Router):
        yield from (cable.target for cable in design.cables(entity_id))


def _carried(design: Design, entity_id: EntityId) -> Iterator[EntityId]:
    """Yield what stands directly on an entity."""
    entity = design.topology.get(entity_id)
    if isinstance(entity, PhysicalNic):
        team = design.topology.find(entity.parent, SetTeam)
        if team is not None:
            yield team.id
    for referrer in design.topology.referrers(entity_id):
        if isinstance(referrer, Link):
            yield referrer.id
            if referrer.target == entity_id:
                yield from (found for found in (referrer.source,) if _is_wiring(design, found))
        elif isinstance(referrer, ContainerNetwork):
            yield referrer.id


def _is_wiring(design: Design, entity_id: EntityId) -> bool:
    return isinstance(design.topology.get(entity_id), _WIRING)


def _hosts(design: Design, entity_id: EntityId) -> Iterator[EntityId]:
    entity = design.topology.get(entity_id)
    ends = (entity.source, entity.target) if isinstance(entity, Link) else (entity_id,)
    for end in ends:
        host = design.host_of(end)
        if host is not None:
            yield host.id
        network = design.topology.find(end, ContainerNetwork)
        if network is not None and host is None:
            yield from (reached.id for reached in design.hosts_of_network(network))


def grounds_of(design: Design, entity_id: EntityId) -> tuple[EntityId | None, ...]:
    """Return where something stands: its host; None and itself when that is outside all hosts, or gone."""
    entity = design.topology.get(entity_id)
    host = host_of(design, entity) if entity is not None else None
    return (host.id,) if host is not None else (None, entity_id)


_FAR: tuple[type[EntityBase], ...] = (LoadBalancer, Service, Flow)
"""Kinds that stand on no host and whose fixes take addresses and ports of hosts and networks."""


def neighbourhood(sides: tuple[Design, ...], reached: Affected) -> frozenset[EntityId | None]:
    """Return the grounds near an edit, before and after it: hosts, and what stands on none.

    Near are the hosts and links of the edit, all that is on the same physical networks, what takes addresses and ports
    elsewhere, and with services all hosts, which share the ports of a swarm; an edit outside all hosts is near
    everything there.
    """
    links = reached.by_reach[Reach.LINKS]
    found: set[EntityId | None] = {*reached.hosts, *links}
    for design in sides:
        for entity in reached.by_reach[Reach.SELF]:
            found.update(grounds_of(design, entity) if entity in design.topology else ())
        nics = (nic.id for host in reached.hosts for nic in design.inside(host, PhysicalNic))
        segments = {entity for entity in links if isinstance(design.topology.get(entity), Segment)}
        segments.update(wire.id for nic in nics if (wire := design.segment_of(nic)) is not None)
        found.update(far.id for kind in _FAR for far in design.topology.of(kind))
        if design.topology.of(Service) and not reached.kinds.isdisjoint((Service, Host)):
            found.update(host.id for host in design.topology.of(Host))
        for segment in segments:
            ends = [cable.source for cable in design.cables(segment)]
            hosts = map(design.host_of, ends)
            found.update((segment, *ends), (host.id for host in hosts if host is not None))
    return frozenset(found)
