"""The catalogue on the command line."""

from __future__ import annotations

import json

from designer import api
from designer.rules.pages import FAMILIES, as_markdown, as_text, reference
from tests.unit.cli.conftest import Designer


def test_text_has_a_line_for_each_rule_below_its_family(designer: Designer) -> None:
    lines = designer("rules").out.splitlines()
    rows = [line.split() for line in lines if line.startswith("  ")]

    assert sorted(row[0].rstrip("*") for row in rows) == [rule.id for rule in api.catalogue()]
    assert {row[0].rstrip("*") for row in rows if row[0].endswith("*")} == {
        rule.id for rule in api.catalogue() if not rule.decidable
    }
    assert [line for line in lines[:-1] if line and not line.startswith(" ")] == list(FAMILIES.values())
    assert lines[-1].startswith(f"{len(api.catalogue())} rules; ")


def test_json_has_the_promised_keys(designer: Designer) -> None:
    rules = json.loads(designer("rules", "--format", "json").out)

    assert [rule["id"] for rule in rules] == [rule.id for rule in api.catalogue()]
    for rule in rules:
        assert set(rule) == {"id", "title", "severity", "os", "fix_class", "sources", "decidable"}
        assert rule["severity"] in {"error", "warning", "info"}


def test_markdown_is_the_reference(designer: Designer) -> None:
    assert designer("rules", "--format", "markdown").out == reference(api.catalogue())


def test_one_rule_in_full(designer: Designer) -> None:
    rule = api.catalogue()[0]

    assert designer("rules", rule.id.lower()).out == as_text(rule)
    assert designer("rules", rule.id, "--format", "markdown").out == as_markdown(rule)
    assert [found["id"] for found in json.loads(designer("rules", rule.id, "--format", "json").out)] == [rule.id]


def test_a_family_can_be_named(designer: Designer) -> None:
    found = json.loads(designer("rules", "set", "--format", "json").out)

    assert [rule["id"] for rule in found] == [rule.id for rule in api.catalogue() if rule.id.startswith("SET")]
    assert "SET teams" in designer("rules", "SET").out.splitlines()


def test_the_tables_of_modes_are_made_from_all_rules(designer: Designer) -> None:
    assert designer("rules", "--modes").out.startswith("# Modes\n")
    assert designer("rules", "NAT001", "--modes").code == 2


def test_an_unknown_rule_is_code_2_with_a_close_one(designer: Designer) -> None:
    result = designer("rules", "NAT01")

    assert result.code == 2
    assert "Did you mean “NAT0" in result.err
