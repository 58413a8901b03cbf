"""SARIF logs have the structure of the standard (OASIS SARIF 2.1.0)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from designer.cli.sarif import Checked, log
from designer.model.annotations import Suppression
from designer.model.changes import ChangeSet
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.networks import ContainerNetwork
from designer.model.topology import Topology
from designer.rules.registry import Finding, Judged, Severity
from designer.rules.runner import INTERNAL

HOST = Host(id=EntityId("h"), name="HOST01")
NETWORK = ContainerNetwork(id=EntityId("n"), name="nat0", parent=HOST.id)
TOPOLOGY = Topology.of_entities([HOST, NETWORK])
LINES = {"h": 7, "n": 12}


def judged(rule: str, severity: Severity, elements: tuple[EntityId, ...], fix: ChangeSet | None = None) -> Judged:
    return Judged(
        replace(INTERNAL, id=rule, title=f"{rule} title"), Finding(elements, "Bad.", severity=severity, fix=fix), "", ()
    )


FINDINGS = (
    judged("NAT002", Severity.ERROR, (NETWORK.id, HOST.id), ChangeSet("Mend it", ())),
    judged("HST001", Severity.WARNING, (HOST.id,)),
    judged("HST001", Severity.INFO, ()),
)


def test_a_log_with_results() -> None:
    document = log([Checked("designs/a b.cnd", TOPOLOGY, FINDINGS, LINES)])

    assert document["version"] == "2.1.0"
    assert document["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = document["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["HST001", "NAT002"]
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note"]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        for location in (*result["locations"], *result["relatedLocations"]):
            assert location["physicalLocation"]["artifactLocation"]["uri"] == "designs/a%20b.cnd"
            assert location["physicalLocation"]["region"]["startLine"] >= 1


def test_the_first_element_is_the_location_and_the_others_are_related() -> None:
    result = log([Checked("a.cnd", TOPOLOGY, FINDINGS, LINES)])["runs"][0]["results"][0]

    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 12}
    assert result["locations"][0]["logicalLocations"] == [
        {"name": "nat0", "fullyQualifiedName": "n", "kind": "network"}
    ]
    assert [place["physicalLocation"]["region"] for place in result["relatedLocations"]] == [{"startLine": 7}]
    assert result["properties"] == {"fix": "Mend it"}


def test_absolute_paths_become_uris(tmp_path: Path) -> None:
    path = tmp_path / "a.cnd"
    result = log([Checked(str(path), TOPOLOGY, FINDINGS, LINES)])["runs"][0]["results"][0]

    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == path.as_uri()


def test_a_clean_design_has_a_run_without_results() -> None:
    (run,) = log([Checked("a.cnd", TOPOLOGY, (), LINES)])["runs"]

    assert run["results"] == []


def test_a_suppressed_result_says_why_and_the_others_say_that_they_count() -> None:
    why = Suppression(id=EntityId("s"), rule="NAT002", reason="A lesson.")
    (run,) = log([Checked("a.cnd", TOPOLOGY, FINDINGS[1:], LINES | {"s": 31}, ((FINDINGS[0], why),))])["runs"]

    assert [result["ruleId"] for result in run["results"]] == ["HST001", "HST001", "NAT002"]
    assert [len(result["suppressions"]) for result in run["results"]] == [0, 0, 1]
    (suppression,) = run["results"][2]["suppressions"]
    assert suppression["justification"] == "A lesson."
    assert suppression["location"]["physicalLocation"]["region"] == {"startLine": 31}
