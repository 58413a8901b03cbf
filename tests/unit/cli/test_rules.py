"""The catalogue on the command line."""

from __future__ import annotations

import json

from designer import api
from tests.unit.cli.conftest import Designer


def test_text_has_a_line_for_each_rule(designer: Designer) -> None:
    lines = designer("rules").out.splitlines()

    assert [line.split()[0] for line in lines] == [rule.id for rule in api.catalogue()]


def test_json_has_the_promised_keys(designer: Designer) -> None:
    rules = json.loads(designer("rules", "--format", "json").out)

    assert len(rules) == len(api.catalogue())
    for rule in rules:
        assert set(rule) == {"id", "title", "severity", "os", "fix_class", "sources", "decidable"}
        assert rule["severity"] in {"error", "warning", "info"}


def test_markdown_is_a_table_with_a_row_for_each_rule(designer: Designer) -> None:
    lines = designer("rules", "--format", "markdown").out.splitlines()

    assert lines[0] == "| Rule | Title | Severity | Fix |"
    assert len(lines) == 2 + len(api.catalogue())


def test_one_rule_in_full(designer: Designer) -> None:
    rule = api.catalogue()[0]

    text = designer("rules", rule.id.lower()).out
    page = designer("rules", rule.id, "--format", "markdown").out

    assert text == rule.as_page()
    for part in (rule.id, rule.title, rule.why, rule.bad, rule.good, *rule.sources):
        assert part in page
