"""Which values of a field could not work, asked of the rules themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from designer.editing.commands import set_fields
from designer.errors import DesignerError
from designer.model.hosts import VSwitch
from designer.model.networks import ContainerNetwork
from designer.model.realisation import containers_on, host_of
from designer.model.workloads import ContainerBase
from designer.rules.registry import Severity
from designer.rules.runner import rejudge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from designer.model.base import EntityBase
    from designer.model.identity import EntityId
    from designer.model.topology import Topology
    from designer.rules.registry import Judged


def why_not(topology: Topology, judged: tuple[Judged, ...], ids: Sequence[EntityId], field: str, value: Any) -> str:
    """Return the error that a value of a field would bring about at that field; empty when there is none."""
    try:
        change = set_fields(topology, ids, **{field: value})
        after = topology.apply(change)
    except DesignerError as error:
        return str(error)
    known = {_signature(found) for found in judged}
    for found in rejudge(after, change, judged):
        about = found.finding
        if (
            found.severity is Severity.ERROR
            and about.field.partition(".")[0] == field
            and about.elements[0] in ids
            and _signature(found) not in known
        ):
            return about.message
    return ""


def candidates(topology: Topology, entity: EntityBase, field: str) -> list[tuple[EntityId | None, str]]:
    """Return what a field that refers to another element can refer to, with their names; first nothing."""
    host = host_of(topology, entity.id)
    if host is None:
        return []
    found: list[tuple[EntityId | None, str]] = []
    if isinstance(entity, ContainerNetwork) and field == "switch":
        found += [(switch.id, switch.name) for switch in topology.children(host.id, VSwitch)]
    if isinstance(entity, ContainerBase) and field == "shares_network_of":
        found += [(other.id, other.name) for other in containers_on(topology, host.id) if other.id != entity.id]
    return found


def _signature(found: Judged) -> tuple[object, ...]:
    return found.rule.id, found.finding.elements, found.finding.message
