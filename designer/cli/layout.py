"""``designer layout``: a place for what has none."""

from __future__ import annotations

from dataclasses import replace

import click

from designer import api
from designer.cli.streams import read_design, working, write_design


@click.command(
    short_help="Place what has no position.",
    epilog="\b\nExample:\n  designer layout design.cnd -o placed.cnd",
)
@click.argument("name", metavar="FILE")
@click.option(
    "-o", "--output", "output", metavar="OUT", required=True, help="Where to write it; - for standard output."
)
@click.option("--all", "everything", is_flag=True, help="Place everything anew, not only what has no position.")
def command(name: str, output: str, everything: bool) -> None:
    """Place what has no position and write the design."""
    document = read_design(name)
    with working("Placing"):
        topology = api.layout(document.topology, everything=everything)
    write_design(replace(document, topology=topology), output)
