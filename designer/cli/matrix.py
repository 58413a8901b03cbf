"""``designer matrix``: who reaches whom."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping

import click

from designer import api
from designer.cli.streams import read_design
from designer.cli.terminal import shown
from designer.simulate.drops import DROPS
from designer.simulate.matrix import Cell, Matrix, Reach

MARKS: Mapping[Reach, str] = {
    Reach.YES: "✓",
    Reach.PUBLISHED: "P",
    Reach.ONE_WAY: "~",
    Reach.NO: "✗",
    Reach.SELF: "·",
}
"""A mark for each kind of cell; shapes, so that no colour is needed."""

LEGEND = "✓ reaches it, P by a published port, ~ reaches it but gets no answer, ✗ does not, · itself"


@click.command(
    short_help="Say who reaches whom.",
    epilog="\b\nExamples:\n  designer matrix design.cnd\n  designer matrix design.cnd --format csv > matrix.csv",
)
@click.argument("name", metavar="FILE")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv", "markdown", "json"]),
    default="text",
    help="Form of output.",
)
def command(name: str, form: str) -> None:
    """Send a packet from every container, service, host and client to every other one, and say what becomes of it.

    Each target is asked at the first port that it publishes or listens on, else at port 80.
    """
    found = api.matrix(read_design(name).topology)
    click.echo(FORMS[form](found), nl=False)


def _pairs(found: Matrix) -> Iterator[Cell]:
    return (cell for row in found.rows for cell in row if cell.reach is not Reach.SELF)


def as_text(found: Matrix) -> str:
    """Return a table with a numbered column for each target, and what the marks and codes mean."""
    if not found.targets:
        return "The design has nothing that could send a packet.\n"
    numbers = [str(number) for number in range(1, len(found.targets) + 1)]
    width = len(numbers[-1])
    names = [shown(found.names[source]) for source in found.sources]
    left = max((len(name) for name in names), default=0)
    lines = [
        f"{number:>{width}} {shown(found.names[target])}" for number, target in zip(numbers, found.targets, strict=True)
    ]
    lines += ["", " " * left + "  " + " ".join(f"{number:>{width}}" for number in numbers)]
    for name, row in zip(names, found.rows, strict=True):
        lines.append(f"{name:<{left}}  " + " ".join(f"{MARKS[cell.reach]:>{width}}" for cell in row))
    lines += ["", LEGEND]
    codes = sorted({cell.code for cell in _pairs(found) if cell.code})
    lines += [f"{code}: {DROPS[code].meaning}" for code in codes]
    return "\n".join(lines) + "\n"


def as_markdown(found: Matrix) -> str:
    """Return a table of Markdown with the code of each drop in its cell."""
    lines = [
        "| from \\ to | " + " | ".join(_escaped(found.names[target]) for target in found.targets) + " |",
        "|---|" + "---|" * len(found.targets),
    ]
    for source, row in zip(found.sources, found.rows, strict=True):
        cells = " | ".join(_marked(cell) for cell in row)
        lines.append(f"| {_escaped(found.names[source])} | {cells} |")
    return "\n".join([*lines, "", LEGEND]) + "\n"


def _marked(cell: Cell) -> str:
    port = f" {cell.port}" if cell.reach is Reach.PUBLISHED else ""
    code = f" {cell.code}" if cell.code else ""
    return MARKS[cell.reach] + port + code


def _escaped(name: str) -> str:
    return shown(name).replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")


FIELDS = ("from", "to", "reach", "port", "code", "path", "sentence")


def _records(found: Matrix) -> list[dict[str, str | int | None]]:
    return [
        {
            "from": found.names[cell.source],
            "to": found.names[cell.target],
            "reach": cell.reach.value,
            "port": cell.port,
            "code": cell.code,
            "path": cell.row,
            "sentence": cell.sentence,
        }
        for cell in _pairs(found)
    ]


def as_csv(found: Matrix) -> str:
    """Return a line for each pair; a spreadsheet takes no cell for a formula."""
    out = io.StringIO()
    writer = csv.DictWriter(out, FIELDS, lineterminator="\n")
    writer.writeheader()
    for record in _records(found):
        writer.writerow({key: _harmless(value) for key, value in record.items()})
    return out.getvalue()


def _harmless(value: str | int | None) -> str | int | None:
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value


def as_json(found: Matrix) -> str:
    """Return the ends and the pairs."""
    names = [found.names[source] for source in found.sources]
    targets = [found.names[target] for target in found.targets]
    content = {"sources": names, "targets": targets, "pairs": _records(found)}
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


FORMS: Mapping[str, Callable[[Matrix], str]] = {
    "text": as_text,
    "csv": as_csv,
    "markdown": as_markdown,
    "json": as_json,
}
