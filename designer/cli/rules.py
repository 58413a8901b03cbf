"""``designer rules``: the catalogue of rules, or one rule in full."""

from __future__ import annotations

import json

import click

from designer import api
from designer.cli import findings
from designer.rules.registry import Rule


@click.command(
    short_help="Show the catalogue of rules, or one rule in full.",
    epilog="\b\nExamples:\n  designer rules\n  designer rules NAT001\n  designer rules --format markdown",
)
@click.argument("rule_id", metavar="[ID]", required=False)
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", help="Form of output."
)
def command(rule_id: str | None, form: str) -> None:
    """Show the catalogue of rules, or one rule in full with its sources."""
    rules = (api.rule_of(rule_id),) if rule_id else api.catalogue()
    if form == "json":
        click.echo(json.dumps([findings.rule_as_json(rule) for rule in rules], indent=2, ensure_ascii=False))
    elif form == "markdown":
        click.echo("\n".join(_markdown_page(rule) for rule in rules) if rule_id else _markdown_table(rules))
    elif rule_id:
        click.echo(rules[0].as_page(), nl=False)
    else:
        for rule in rules:
            click.echo(f"{rule.id}  {rule.severity.value:<7}  {rule.title}")


def _markdown_table(rules: tuple[Rule, ...]) -> str:
    rows = (f"| {rule.id} | {_cell(rule.title)} | {rule.severity.value} | {rule.fix_class.value} |" for rule in rules)
    return "\n".join(("| Rule | Title | Severity | Fix |", "| --- | --- | --- | --- |", *rows))


def _markdown_page(rule: Rule) -> str:
    releases = ", ".join(release.value for release in rule.os) or "all"
    sources = "\n".join(f"- {source}" for source in rule.sources)
    return (
        f"## {rule.id}: {rule.title}\n\nSeverity: {rule.severity.value}. Releases: {releases}. "
        f"Fix: {rule.fix_class.value}.\n\n{rule.why}\n\nBad: {rule.bad}\n\nGood: {rule.good}\n\nSources:\n\n{sources}"
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
