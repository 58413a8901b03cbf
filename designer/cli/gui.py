"""``designer gui``: the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from designer.cli.main import Session


@click.command(short_help="Open the window.", epilog="\b\nExample:\n  designer gui examples/seed.cnd")
@click.argument("name", metavar="[FILE]", required=False)
@click.pass_obj
def command(session: Session, name: str | None) -> int:
    """Open the window, with a design or an empty one."""
    return session.open_window(name)
