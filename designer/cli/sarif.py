"""Findings as SARIF 2.1.0, which code hosts and editors show beside the file.

Source: OASIS SARIF 2.1.0, sections 3.13 (log), 3.14 (run), 3.27 (result), 3.28 (location), 3.35 (suppression).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from designer import __version__
from designer.model.annotations import Suppression
from designer.model.identity import EntityId
from designer.model.topology import Topology
from designer.rules.design import label
from designer.rules.pages import as_text
from designer.rules.registry import Judged, Rule, Severity

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


class Checked(NamedTuple):
    """The findings in one file.

    Attributes:
        lines: the line at which each element begins, by id.
        suppressed: the findings that somebody lives with, and why.
    """

    name: str
    topology: Topology
    findings: Sequence[Judged]
    lines: Mapping[str, int]
    suppressed: Sequence[tuple[Judged, Suppression]] = ()


def log(checked: Sequence[Checked]) -> dict[str, Any]:
    """Return one SARIF log for all files."""
    told: list[tuple[Checked, Judged, Suppression | None]] = [
        (file, judged, None) for file in checked for judged in file.findings
    ]
    told += [(file, judged, suppression) for file in checked for judged, suppression in file.suppressed]
    rules = {judged.rule.id: judged.rule for _, judged, _ in told}
    order = {rule_id: index for index, rule_id in enumerate(sorted(rules))}
    driver = {
        "name": "Container Network Designer",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_descriptor(rules[rule_id]) for rule_id in order],
    }
    results = [_result(judged, file, order[judged.rule.id]) for file, judged, _ in told]
    if any(suppression is not None for _, _, suppression in told):
        for result, (file, _, suppression) in zip(results, told, strict=True):
            result["suppressions"] = [_suppression(file, suppression)] if suppression is not None else []
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _descriptor(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why or rule.title},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "help": {"text": as_text(rule)},
        "properties": {"sources": list(rule.sources), "os": [release.value for release in rule.os]},
    }


def _result(judged: Judged, file: Checked, index: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": judged.rule.id,
        "ruleIndex": index,
        "level": _LEVELS[judged.severity],
        "message": {"text": judged.finding.message},
        "locations": [_location(file, element) for element in judged.finding.elements[:1]] or [_location(file, "")],
        "relatedLocations": [_location(file, element) for element in judged.finding.elements[1:]],
    }
    if judged.finding.fix is not None:
        result["properties"] = {"fix": judged.finding.fix.label}
    return result


def _suppression(file: Checked, suppression: Suppression) -> dict[str, Any]:
    """Return why a result does not count; it is kept in the file that was checked, hence "in the source"."""
    return {
        "kind": "inSource",
        "status": "accepted",
        "justification": suppression.reason,
        "location": _location(file, suppression.id),
    }


def _location(file: Checked, element: str) -> dict[str, Any]:
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(file.name)},
            "region": {"startLine": file.lines.get(element, 1)},
        }
    }
    entity = file.topology.get(EntityId(element))
    if entity is not None:
        location["logicalLocations"] = [
            {"name": label(file.topology, entity.id), "fullyQualifiedName": element, "kind": entity.kind}
        ]
    return location


def _uri(name: str) -> str:
    path = Path(name)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
