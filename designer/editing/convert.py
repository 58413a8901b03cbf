"""Turning a Windows container into a Hyper-V container and back."""

from __future__ import annotations

from collections.abc import Iterable

from designer.editing.draft import Draft, created
from designer.editing.labels import subject
from designer.editing.moving import position
from designer.model.annotations import Placement
from designer.model.changes import ChangeSet
from designer.model.identity import EntityId
from designer.model.realisation import PartKey
from designer.model.topology import Topology
from designer.model.workloads import Compartment, ContainerBase, HyperVContainer, WindowsContainer

_OWN_PART = {WindowsContainer: "compartment", HyperVContainer: "utility-vm"}


def convert_isolation(topology: Topology, ids: Iterable[EntityId]) -> ChangeSet:
    """Give each container the other isolation; ids, names, links and all settings stay.

    A container that leaves process isolation leaves its compartment as well, for the host, at the same place of the
    canvas. Where its own compartment stood, its utility VM stands, and the other way round.
    """
    draft = Draft(topology)
    named = [
        found for found in dict.fromkeys(ids) if isinstance(topology.get(found), WindowsContainer | HyperVContainer)
    ]
    for container_id in named:
        _convert(draft, container_id)
    return draft.change_set(f"Change isolation of {subject(topology, named)}")


def _convert(draft: Draft, container_id: EntityId) -> None:
    topology = draft.topology
    container = topology.get(container_id)
    assert isinstance(container, ContainerBase), "only containers have an isolation"
    new_type = HyperVContainer if isinstance(container, WindowsContainer) else WindowsContainer
    fields = {name: getattr(container, name) for name in ContainerBase.model_fields}
    compartment = topology.find(container.parent, Compartment)
    if new_type is HyperVContainer and compartment is not None:
        fields["parent"] = compartment.parent
        (x, y), (dx, dy) = (position(topology, PartKey(found)) for found in (container_id, compartment.id))
        draft.set_placement(container_id, x=x + dx, y=y + dy)
    draft.put(created(new_type, **fields))
    placement = topology.placement(container_id, _OWN_PART[type(container)])
    if isinstance(placement, Placement):
        kept = placement.model_dump(exclude={"id", "element", "part", "kind"})
        draft.remove(placement.id)
        draft.set_placement(container_id, _OWN_PART[new_type], **kept)
