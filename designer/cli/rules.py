"""``designer rules``: the catalogue of rules, a family of them, or one rule in full."""

from __future__ import annotations

import json

import click

from designer import api
from designer.cli import findings
from designer.rules import pages
from designer.rules.registry import Rule, Severity

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
_MARKS = {True: " ", False: "*"}


@click.command(
    short_help="Show the catalogue of rules, or one rule in full.",
    epilog="\b\nExamples:\n  designer rules\n  designer rules NAT\n  designer rules NAT001\n"
    "  designer rules --format markdown\n  designer rules --modes",
)
@click.argument("name", metavar="[ID]", required=False)
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", help="Form of output."
)
@click.option("--modes", is_flag=True, help="Show in Markdown what each mode can do on each release, as the rules say.")
def command(name: str | None, form: str, modes: bool) -> None:
    """Show the catalogue of rules, or one rule in full with its sources.

    ID is that of a rule (NAT001) or the beginning of a family (NAT). In the list, * marks what no design can show; its
    page says where it is caught instead.
    """
    if modes:
        if name:
            raise click.UsageError("--modes asks all rules; leave the ID out.")
        click.echo(api.mode_tables(), nl=False)
        return
    family = name.upper() if name and name.upper() in pages.FAMILIES else None
    one = api.rule_of(name) if name and not family else None
    rules = (one,) if one else tuple(rule for rule in api.catalogue() if family in (None, pages.family_of(rule)))
    if form == "json":
        click.echo(json.dumps([findings.rule_as_json(rule) for rule in rules], indent=2, ensure_ascii=False))
    elif form == "markdown":
        click.echo(pages.as_markdown(one) if one else pages.reference(rules), nl=False)
    else:
        click.echo(pages.as_text(one) if one else _listed(rules), nl=False)


def _listed(rules: tuple[Rule, ...]) -> str:
    """Return a line for each rule, below the name of its family."""
    lines: list[str] = []
    for family, members in pages.by_family(rules).items():
        lines += [click.style(f"{pages.FAMILIES[family]}", bold=True)]
        for rule in members:
            severity = click.style(f"{rule.severity.value:<7}", fg=_COLORS[rule.severity])
            lines.append(f"  {rule.id}{_MARKS[rule.decidable]} {severity}  {rule.fix_class.value:<6}  {rule.title}")
        lines.append("")
    undecided = sum(not rule.decidable for rule in rules)
    return "\n".join([*lines, f"{len(rules)} rules; * {undecided} that no design can show.", ""])
