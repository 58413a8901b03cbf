"""``designer schema``: the JSON Schema of design files."""

from __future__ import annotations

import json

import click

from designer import api
from designer.cli.streams import STANDARD, write_bytes


@click.command(
    short_help="Print the JSON Schema of design files.",
    epilog="\b\nExample:\n  designer schema -o design.schema.json",
)
@click.option(
    "-o", "--output", "output", metavar="FILE", default=STANDARD, help="Where to write it; standard output if left out."
)
def command(output: str) -> None:
    """Print the JSON Schema (draft 2020-12) that every design file satisfies."""
    text = json.dumps(api.schema(), indent=2, ensure_ascii=False) + "\n"
    write_bytes(output, text.encode())
