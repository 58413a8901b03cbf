"""``designer explain``: which rules an error text speaks of, and what in the design it comes from."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import click

from designer import api
from designer.api import is_safe
from designer.cli import findings
from designer.cli.streams import STANDARD, read_bytes, read_design, working
from designer.cli.terminal import shown
from designer.explaining.explain import Explanation, what_next
from designer.explaining.reading import decoded
from designer.model.topology import Topology
from designer.rules.design import label

MOST_SHOWN = 5
"""So many explanations are printed as text; JSON has all."""


@click.command(
    short_help="Say what an error message of docker or Windows comes from.",
    context_settings={"ignore_unknown_options": True},
    epilog="\b\nExamples:\n  designer explain 0x803b0013\n"
    '  designer explain "The parameter is incorrect" --design design.cnd\n'
    "  docker logs web01 2>&1 | designer explain - --format json",
)
@click.argument("text", metavar="TEXT")
@click.option("--design", "name", metavar="FILE", help="The design that the message came from.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Form of output.")
def command(text: str, name: str | None, form: str) -> int:
    """Say which rules an error message of docker or Windows speaks of, the likeliest first.

    TEXT is the message or a log with it; - reads it from standard input. With a design, what is wrong in it comes
    first, with its elements and how to mend it. Exit code 0: something is known; 1: nothing; 2: a file cannot be read.
    """
    if text == name == STANDARD:
        raise click.UsageError("Only one of the text and the design can come from standard input.")
    topology = read_design(name).topology if name is not None else None
    message = decoded(read_bytes(STANDARD, "the text")) if text == STANDARD else text
    with working("Looking for explanations"):
        found = api.explain(message, topology)
    if form == "json":
        click.echo(json.dumps([_as_json(each, topology) for each in found], indent=2, ensure_ascii=False))
    elif found:
        click.echo("\n\n".join(_as_text(each, topology, name) for each in found[:MOST_SHOWN]))
        if len(found) > MOST_SHOWN:
            rest = dict.fromkeys(each.rule.id for each in found[MOST_SHOWN:])
            click.echo(f"\nLess likely: {', '.join(rest)}")
    else:
        click.echo(f"Nothing is known about this text. {_file_hint(text)}{what_next(message)}")
    return int(not found)


def _file_hint(text: str) -> str:
    """Say how a file is read, if the text is the name of one."""
    with suppress(OSError, ValueError):
        if Path(text).is_file():
            return f"It is the name of a file: designer explain - < {shown(text)} reads what is in it. "
    return ""


def _as_json(found: Explanation, topology: Topology | None) -> dict[str, object]:
    fix = f" Fix: {found.fix.label}." if found.fix is not None else ""
    return {
        "rule": found.rule.id,
        "score": found.score,
        "why": found.why + fix,
        "elements": findings.elements_as_json(found.elements, topology) if topology is not None else [],
    }


def _as_text(found: Explanation, topology: Topology | None, name: str | None) -> str:
    lines = [
        f"{click.style(found.rule.id, bold=True)} {found.rule.title} ({round(100 * found.score)} %)",
        f"  {shown(found.why)}",
    ]
    if topology is not None and found.elements:
        concerned = "Concerns" if found.judged is not None else "The text names"
        lines.append(f"  {concerned}: {', '.join(shown(label(topology, each)) for each in found.elements)}")
    if found.fix is not None and found.judged is not None:
        how = f" (designer check --fix {name})" if is_safe(found.judged) and name != STANDARD else ""
        lines.append(f"  Fix: {shown(found.fix.label)}{how}")
    elif topology is None:
        lines.append(f"  What works: {found.rule.good}")
    lines.append(f"  Read on: designer rules {found.rule.id}")
    return "\n".join(lines)
