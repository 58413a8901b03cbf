"""Reading and writing for all commands: files, ``-`` for the standard streams, progress of long work."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from designer import api
from designer.cli.terminal import shown
from designer.errors import FileAccessError
from designer.storage import files
from designer.storage.document import MAX_BYTES

STANDARD = "-"
STANDARD_INPUT = "standard input"


def read_design(name: str) -> api.Document:
    """Return the design in a file or on standard input; what could not be read is noted on standard error."""
    with working(f"Reading {shown(name)}"):
        document = api.parse(read_bytes(name), STANDARD_INPUT) if name == STANDARD else api.load(named(name))
    for note in document.notes:
        click.echo(f"note: {note}", err=True)
    return document


def read_bytes(name: str, wanted: str = "a design") -> bytes:
    """Return the content of a file or of standard input."""
    if name != STANDARD:
        return files.read(named(name), MAX_BYTES)
    if sys.stdin is None:
        raise FileAccessError(STANDARD_INPUT, "it is closed", f"Send {wanted} to it, or name a file.")
    with files.explained(STANDARD_INPUT):
        return sys.stdin.buffer.read(MAX_BYTES + 1)


def write_bytes(name: str, content: bytes) -> None:
    """Write a file in one step, or to standard output."""
    if name == STANDARD:
        if sys.stdout is None:
            raise FileAccessError("standard output", "it is closed", "Name a file with -o.")
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        files.write({Path(named_file(name)): content})


def write_design(document: api.Document, name: str) -> None:
    """Save a design, or write it to standard output."""
    if name == STANDARD:
        write_bytes(name, api.to_bytes(document))
    else:
        api.save(document, named_file(name))


def named(name: str) -> str:
    """Return the name of a file or folder if there is one; an empty name would mean the folder of the moment.

    Raises:
        FileAccessError: the name is empty.
    """
    if not name:
        raise FileAccessError("“”", "the name is empty", "Name a file.")
    return name


def is_folder_name(name: str) -> bool:
    """Whether a name ends in a slash, so that it can only be a folder."""
    return name.endswith(("/", os.sep, os.altsep or "/"))


def named_file(name: str) -> str:
    """Return the name of a file to write.

    Raises:
        FileAccessError: the name is empty, or that of a folder.
    """
    if is_folder_name(name):
        raise FileAccessError(name, "this is a folder, not a file", "Name a file in it.")
    return named(name)


@contextmanager
def working(what: str, after_seconds: float = 1.0) -> Iterator[None]:
    """Say on standard error what is going on when it takes longer than a second."""
    timer = threading.Timer(after_seconds, lambda: click.echo(f"{what} …", err=True))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
