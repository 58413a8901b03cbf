"""Findings that the exported script takes care of, once somebody has consented to its step on the machine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from designer.errors import ChangeError
from designer.model.base import Link
from designer.model.changes import ChangeSet, Edit
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.realisation import host_of
from designer.model.topology import Topology
from designer.rules.registry import Judged, Severity

SCRIPTED = frozenset(
    {
        *("HST002", "HST005", "ISO005", "NAT004", "NAT010", "PRT020", "PRT022", "SET006", "SET009"),
        *("SWI012", "SWI020", "SWI024"),
    }
)
"""Rules whose step a script can run on the host of the finding."""


def host_of_finding(topology: Topology, elements: Iterable[EntityId]) -> Host | None:
    """Return the host that a finding about some elements is on: the one of the first that stands on a host."""
    for element in elements:
        entity = topology.get(element)
        host = host_of(topology, entity.source if isinstance(entity, Link) else element)
        if host is not None:
            return host
    return None


def is_consented(topology: Topology, judged: Judged) -> bool:
    """Whether the script of the host runs the step that mends a finding."""
    if judged.rule.id not in SCRIPTED:
        return False
    host = host_of_finding(topology, judged.finding.elements)
    return host is not None and judged.rule.id in host.script_steps


def can_consent(topology: Topology, judged: Judged) -> bool:
    """Whether there is a step for a finding that nobody has consented to yet."""
    return (
        judged.rule.id in SCRIPTED
        and host_of_finding(topology, judged.finding.elements) is not None
        and not is_consented(topology, judged)
    )


def consent(topology: Topology, judged: Judged, *, given: bool = True) -> ChangeSet:
    """Return the change that lets the script of the host run the step of a rule, or takes that back.

    Raises:
        ChangeError: no script has a step for the finding.
    """
    host, rule = host_of_finding(topology, judged.finding.elements), judged.rule.id
    if host is None or rule not in SCRIPTED:
        raise ChangeError(f"No script has a step for {rule} here; what has to be done is in its explanation.")
    steps = {*host.script_steps, rule} if given else set(host.script_steps) - {rule}
    label = f"Let the script of {host.name} mend {rule}" if given else f"Take the step for {rule} out of {host.name}"
    return ChangeSet(label, (Edit(host, host.evolve(script_steps=tuple(sorted(steps)))),))


def as_hint(judged: Judged) -> Judged:
    """Return a finding as the hint that the script takes care of it."""
    message = f"{judged.finding.message} The exported script takes care of this."
    finding = replace(judged.finding, message=message, severity=Severity.INFO, fix=None)
    return judged._replace(finding=finding, order=(Severity.INFO.rank, *judged.order[1:]))
