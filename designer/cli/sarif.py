"""Findings as SARIF 2.1.0, which code hosts and editors show beside the file.

Source: OASIS SARIF 2.1.0, sections 3.13 (log), 3.14 (run), 3.27 (result), 3.28 (location).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from designer import __version__
from designer.model.identity import EntityId
from designer.model.topology import Topology
from designer.rules.design import label
from designer.rules.registry import Judged, Rule, Severity

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


class Checked(NamedTuple):
    """The findings in one file.

    Attributes:
        lines: the line at which each element begins, by id.
    """

    name: str
    topology: Topology
    findings: Sequence[Judged]
    lines: Mapping[str, int]


def log(checked: Sequence[Checked]) -> dict[str, Any]:
    """Return one SARIF log for all files."""
    rules = {judged.rule.id: judged.rule for file in checked for judged in file.findings}
    order = {rule_id: index for index, rule_id in enumerate(sorted(rules))}
    driver = {
        "name": "Container Network Designer",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_descriptor(rules[rule_id]) for rule_id in order],
    }
    results = [_result(judged, file, order[judged.rule.id]) for file in checked for judged in file.findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _descriptor(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why or rule.title},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "help": {"text": rule.as_page()},
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
