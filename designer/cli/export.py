"""``designer export``: scripts that set the design up or take it down."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import click

from designer import api
from designer.cli.streams import STANDARD, is_folder_name, named, read_design, working, write_bytes
from designer.cli.terminal import shown
from designer.errors import ExportError, FileAccessError, listed
from designer.model.hosts import Host
from designer.storage import files


@click.command(
    short_help="Write scripts that set the design up or take it down.",
    epilog="\b\nExamples:\n  designer export design.cnd --to powershell -o out/\n"
    "  designer export design.cnd --to powershell --host HOST01 -o setup.ps1\n"
    "  designer export design.cnd --to docker --teardown -o -",
)
@click.argument("name", metavar="FILE")
@click.option("--to", "target", metavar="FORMAT", required=True, help=f"One of: {', '.join(api.export_formats())}.")
@click.option("--host", metavar="NAME", help="Only this host.")
@click.option(
    "-o",
    "--output",
    "output",
    metavar="PATH",
    default=STANDARD,
    help="A folder (it exists or ends in a slash): one file for each host. A file or -: one host.",
)
@click.option("--teardown", is_flag=True, help="The script that takes everything down again.")
@click.option("--what-if", is_flag=True, help="A script that says what it would do and changes nothing.")
@click.option("--force", is_flag=True, help="Export although the design has errors.")
def command(name: str, target: str, host: str | None, output: str, teardown: bool, what_if: bool, force: bool) -> None:
    """Write scripts that set the design up on its hosts, or take it down.

    Without -o the script goes to standard output.
    """
    topology = read_design(name).topology
    with working("Exporting"):
        scripts = api.export(topology, target, host, force=force, teardown=teardown, what_if=what_if)
    if _is_folder(output):
        folder = Path(output)
        _write_into(folder, {folder / script.file_name: script.script.encoded() for script in scripts})
        for script in scripts:
            click.echo(f"{shown(script.host)}: {shown(str(folder / script.file_name))}", err=True)
        for idle in sorted({each.name for each in topology.of(Host)} - {script.host for script in scripts}):
            if host is None:
                click.echo(f"{shown(idle)}: nothing to write as {target}", err=True)
        return
    if len(scripts) > 1:
        names = listed([script.host for script in scripts])
        raise ExportError(f"The design has several hosts ({names}). Choose one with --host, or a folder with -o.")
    write_bytes(output, scripts[0].script.encoded())


def _is_folder(output: str) -> bool:
    with files.explained(output):
        return output != STANDARD and (is_folder_name(output) or Path(named(output)).is_dir())


def _write_into(folder: Path, contents: dict[Path, bytes]) -> None:
    """Write the files; folders that were made for them go again when they cannot be written."""
    with files.explained(folder):
        missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        with files.explained(folder):
            folder.mkdir(parents=True, exist_ok=True)
        files.write(contents)
    except FileAccessError:
        for path in missing:
            with suppress(OSError):
                path.rmdir()
        raise
