"""Deleting, with everything that cannot stay without what is deleted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from designer.editing.draft import Draft
from designer.editing.labels import subject
from designer.model.annotations import Placement, Suppression
from designer.model.base import Element, Link
from designer.model.changes import ChangeSet
from designer.model.entities import Entity
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.networks import ContainerNetwork
from designer.model.topology import Topology
from designer.model.workloads import HyperVContainer, WindowsContainer


def delete(topology: Topology, ids: Iterable[EntityId]) -> ChangeSet:
    """Remove elements and links, with the contents, links and placements of the elements.

    What refers to a deleted element stays and forgets it: networks their switch, containers whose network they share.
    Ids that the design does not have are ignored.
    """
    named = [entity_id for entity_id in dict.fromkeys(ids) if isinstance(topology.get(entity_id), Element | Link)]
    draft = Draft(topology)
    doomed = _with_contents(topology, named)
    for entity_id in doomed:
        if isinstance(topology.get(entity_id), Host):
            for placement in _placements_on_host(topology, entity_id):
                draft.remove(placement.id)
    remove_with_dependents(draft, doomed)
    return draft.change_set(f"Delete {subject(topology, named)}")


def _placements_on_host(topology: Topology, host: EntityId) -> Iterator[Placement]:
    """Yield the placements of what networks across hosts have on one host: ``vnic:host-1``."""
    for network in topology.children(None, ContainerNetwork):
        for referrer in topology.referrers(network.id):
            if isinstance(referrer, Placement) and referrer.part.endswith(f":{host}"):
                yield referrer


def _with_contents(topology: Topology, ids: Iterable[EntityId]) -> dict[EntityId, None]:
    found: dict[EntityId, None] = {}
    for entity_id in ids:
        found[entity_id] = None
        if isinstance(topology.get(entity_id), Element):
            found.update((inner.id, None) for inner in topology.descendants(entity_id))
    return found


def remove_with_dependents(draft: Draft, ids: Iterable[EntityId]) -> None:
    """Remove entities with the links and placements that need them; what else refers to them forgets it."""
    gone = dict.fromkeys(ids)
    waiting = list(gone)
    while waiting:
        for referrer in draft.topology.referrers(waiting.pop()):
            if referrer.id in gone:
                continue
            if isinstance(referrer, Link | Placement | Suppression):
                gone[referrer.id] = None
                waiting.append(referrer.id)
            else:
                _forget(draft, referrer)
    for entity_id in reversed(gone):
        draft.remove(entity_id)


def _forget(draft: Draft, referrer: Entity) -> None:
    match referrer:
        case ContainerNetwork():
            draft.update(referrer, switch=None)
        case WindowsContainer() | HyperVContainer():
            draft.update(referrer, shares_network_of=None)
