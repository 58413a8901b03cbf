"""Asks the rules whether things may stand in each other or be linked, and says no as an error."""

from __future__ import annotations

from designer.errors import ChangeError
from designer.model.base import Element
from designer.model.identity import EntityId
from designer.model.topology import Topology
from designer.rules.connect import Verdict, can_connect, can_contain, can_flow


def require_containable(topology: Topology, parent: EntityId | None, child: type[Element] | EntityId) -> None:
    """Raise when a container cannot hold an element.

    Raises:
        ChangeError: the reason.
    """
    verdict = can_contain(topology, parent, child)
    if not verdict.ok:
        raise ChangeError(verdict.reason)


def require_connectable(topology: Topology, a: EntityId, b: EntityId) -> Verdict:
    """Return the verdict on a link that is possible.

    Raises:
        ChangeError: the reason why it is not.
    """
    verdict = can_connect(topology, a, b)
    if not verdict.ok or verdict.link is None:
        raise ChangeError(verdict.reason)
    return verdict


def require_flow(topology: Topology, source: EntityId, target: EntityId) -> Verdict:
    """Return the verdict on traffic that can be declared.

    Raises:
        ChangeError: the reason why it cannot.
    """
    verdict = can_flow(topology, source, target)
    if not verdict.ok:
        raise ChangeError(verdict.reason)
    return verdict
