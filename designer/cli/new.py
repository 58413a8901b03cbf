"""``designer new``: a design to start from."""

from __future__ import annotations

from pathlib import Path

import click

from designer import api
from designer.cli.streams import STANDARD, named_file, write_design
from designer.errors import FileAccessError
from designer.storage import files


@click.command(
    short_help="Make a design to start from.",
    epilog="\b\nExamples:\n  designer new --list\n  designer new --template nat -o design.cnd",
)
@click.option("--template", "template", metavar="NAME", default="blank", show_default=True, help="What to start from.")
@click.option("-o", "--output", "output", metavar="FILE", help="Where to write it; - for standard output.")
@click.option("--list", "listed", is_flag=True, help="Name the templates.")
@click.option("--force", is_flag=True, help="Replace an existing file; a backup of it is kept.")
def command(template: str, output: str | None, listed: bool, force: bool) -> None:
    """Make a design to start from: an empty one, or one of the examples."""
    if listed:
        width = max(len(found.name) for found in api.templates())
        for found in api.templates():
            click.echo(f"{found.name:<{width}}  {found.title}")
        return
    if output is None:
        raise click.UsageError("Say where to write the design: -o FILE.")
    document = api.new(template)
    with files.explained(output):
        if output != STANDARD and not force and Path(named_file(output)).exists():
            raise FileAccessError(output, "the file exists", "Choose another name, or use --force.")
    write_design(document, output)
