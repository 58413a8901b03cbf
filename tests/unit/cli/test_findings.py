"""Findings as text and as JSON."""

from __future__ import annotations

from dataclasses import replace

import click
import pytest

from designer.cli.findings import (
    as_json,
    as_text,
    counts,
    rule_as_json,
    summary,
    suppressed_as_text,
    suppression_as_json,
    suppression_as_text,
)
from designer.model.annotations import Suppression
from designer.model.changes import ChangeSet, Edit
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.releases import OsRelease
from designer.model.topology import Topology
from designer.rules.registry import Finding, FixClass, Judged, Rule, Severity
from designer.rules.runner import INTERNAL

HOST = Host(id=EntityId("h"), name="HOST\x1b01")
TOPOLOGY = Topology.of_entities([HOST])
RULE: Rule = replace(INTERNAL, id="HST001", title="Old", fix_class=FixClass.QUICK, os=(OsRelease.WS2016,))
FIX = ChangeSet("Rename it", (Edit(HOST, HOST.evolve(name="HOST01")),))


def judged(severity: Severity, fix: ChangeSet | None = None, rule: Rule = RULE) -> Judged:
    return Judged(rule, Finding((HOST.id,), "HOST\x1b01 is old.", severity=severity, fix=fix), "h", ())


def test_text_names_severity_rule_elements_message_and_fix() -> None:
    text = click.unstyle(as_text(judged(Severity.ERROR, FIX), TOPOLOGY))

    assert text == "error HST001 [HOST\ufffd01] HOST\ufffd01 is old.\n    fix with --fix: Rename it"


def test_a_fix_that_is_not_safe_is_only_named() -> None:
    manual = replace(RULE, fix_class=FixClass.MANUAL)

    assert "possible change: Rename it" in as_text(judged(Severity.ERROR, FIX, manual), TOPOLOGY)
    assert as_json(judged(Severity.ERROR, FIX, manual), TOPOLOGY)["fix"] == {"label": "Rename it", "safe": False}


def test_json_is_as_promised() -> None:
    assert as_json(judged(Severity.WARNING, FIX), TOPOLOGY) == {
        "rule": "HST001",
        "severity": "warning",
        "title": "Old",
        "message": "HOST\x1b01 is old.",
        "elements": [{"id": "h", "name": "HOST\x1b01", "kind": "host"}],
        "fix": {"label": "Rename it", "safe": True},
        "sources": ["designer/rules/runner.py"],
        "os": ["ws2016"],
    }
    assert as_json(judged(Severity.WARNING), TOPOLOGY)["fix"] is None


@pytest.mark.parametrize(
    ("severities", "text"),
    [
        ([], "no findings"),
        ([Severity.ERROR], "1 error"),
        ([Severity.INFO, Severity.ERROR, Severity.ERROR, Severity.INFO], "2 errors, 2 hints"),
        ([Severity.WARNING], "1 warning"),
    ],
)
def test_summary(severities: list[Severity], text: str) -> None:
    assert summary([judged(severity) for severity in severities]) == text


def test_counts_name_every_severity() -> None:
    assert counts([judged(Severity.INFO)]) == {"error": 0, "warning": 0, "info": 1}


def test_a_rule_as_json() -> None:
    assert rule_as_json(RULE) == {
        "id": "HST001",
        "title": "Old",
        "severity": "warning",
        "os": ["ws2016"],
        "fix_class": "quick",
        "sources": ["designer/rules/runner.py"],
        "decidable": True,
    }


def test_suppressions_say_where_they_hold_and_why() -> None:
    one = Suppression(id=EntityId("s"), rule="HST001", elements=(HOST.id,), reason="It is\x1b old.", author="Ada")
    rule = Suppression(id=EntityId("r"), rule="HST001", reason="All are old.")

    assert suppression_as_text(one, TOPOLOGY) == ("suppression HST001 [HOST\ufffd01] because: It is\ufffd old. (Ada)")
    assert suppression_as_text(rule, TOPOLOGY) == "suppression HST001 everywhere because: All are old."
    assert suppression_as_json(rule, TOPOLOGY) == {
        "rule": "HST001",
        "elements": [],
        "reason": "All are old.",
        "author": "",
    }
    text = click.unstyle(suppressed_as_text(judged(Severity.ERROR, FIX), rule, TOPOLOGY))
    assert text == "suppressed error HST001 [HOST\ufffd01] HOST\ufffd01 is old.\n    because: All are old."


def test_what_is_suppressed_is_counted_apart() -> None:
    assert summary([judged(Severity.ERROR)], ["one"]) == "1 error, 1 suppressed"
    assert summary([], ["one", "two"]) == "no findings, 2 suppressed"
