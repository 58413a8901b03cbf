"""Findings as text and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence, Sized
from typing import Any

import click

from designer.api import is_safe
from designer.cli.terminal import shown
from designer.model.annotations import Suppression
from designer.model.identity import EntityId
from designer.model.topology import Topology
from designer.rules.design import label
from designer.rules.registry import Judged, Rule, Severity
from designer.rules.suppressing import names

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}


def as_text(judged: Judged, topology: Topology) -> str:
    """Return one finding as lines for people: severity, rule, elements, message, fix."""
    names = ", ".join(shown(label(topology, element)) for element in judged.finding.elements)
    severity = click.style(judged.severity.value, fg=_COLORS[judged.severity], bold=True)
    line = f"{severity} {judged.rule.id} [{names}] {shown(judged.finding.message)}"
    fix = judged.finding.fix
    if fix is None:
        return line
    how = "fix with --fix" if is_safe(judged) else "possible change"
    return f"{line}\n    {how}: {shown(fix.label)}"


def as_json(judged: Judged, topology: Topology) -> dict[str, Any]:
    """Return one finding as the object."""
    fix = judged.finding.fix
    return {
        "rule": judged.rule.id,
        "severity": judged.severity.value,
        "title": judged.title,
        "message": judged.finding.message,
        "elements": elements_as_json(judged.finding.elements, topology),
        "fix": {"label": fix.label, "safe": is_safe(judged)} if fix is not None else None,
        "sources": list(judged.rule.sources),
        "os": [release.value for release in judged.rule.os],
    }


def suppressed_as_text(judged: Judged, suppression: Suppression, topology: Topology) -> str:
    """Return a finding that somebody lives with, as lines for people: what it is, and why."""
    return f"suppressed {as_text(judged, topology).splitlines()[0]}\n    because: {_why(suppression)}"


def suppression_as_text(suppression: Suppression, topology: Topology) -> str:
    """Return one suppression as a line for people."""
    place = f"[{shown(names(topology, suppression))}]" if suppression.elements else "everywhere"
    return f"suppression {suppression.rule} {place} because: {_why(suppression)}"


def _why(suppression: Suppression) -> str:
    return shown(f"{suppression.reason} ({suppression.author})" if suppression.author else suppression.reason)


def suppression_as_json(suppression: Suppression, topology: Topology) -> dict[str, Any]:
    """Return one suppression as the object."""
    return {
        "rule": suppression.rule,
        "elements": elements_as_json(suppression.elements, topology),
        "reason": suppression.reason,
        "author": suppression.author,
    }


def elements_as_json(elements: Iterable[EntityId], topology: Topology) -> list[dict[str, str]]:
    """Return elements with their names and kinds."""
    return [
        {"id": element, "name": label(topology, element), "kind": getattr(topology.get(element), "kind", "")}
        for element in elements
    ]


def counts(findings: Iterable[Judged]) -> dict[str, int]:
    """Return how many findings there are of each severity."""
    found = Counter(judged.severity for judged in findings)
    return {severity.value: found[severity] for severity in Severity}


def summary(findings: Sequence[Judged], suppressed: Sized = ()) -> str:
    """Return the counts in words: ``1 error, 2 warnings, 1 suppressed``, or ``no findings``."""
    words = {"error": "error", "warning": "warning", "info": "hint"}
    parts = [f"{number} {words[kind]}{'s' * (number != 1)}" for kind, number in counts(findings).items() if number]
    more = [f"{len(suppressed)} suppressed"] if len(suppressed) else []
    return ", ".join((parts or ["no findings"]) + more)


def rule_as_json(rule: Rule) -> dict[str, Any]:
    """Return one rule of the catalogue as the object."""
    return {
        "id": rule.id,
        "title": rule.title,
        "severity": rule.severity.value,
        "os": [release.value for release in rule.os],
        "fix_class": rule.fix_class.value,
        "sources": list(rule.sources),
        "decidable": rule.decidable,
    }
