"""``designer render``: the picture of a design."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from math import isnan
from pathlib import PurePath
from typing import Any

import click

from designer import api
from designer.cli.layers import LAYERS, PROBLEMS, only, parse
from designer.cli.streams import STANDARD, read_design, working, write_bytes
from designer.errors import MissingPartError
from designer.model.topology import Topology

_QT = "{form} needs PySide6. Install it with: python -m pip install PySide6-Essentials. SVG works without it."
LARGEST_SCALE = 16.0


class Scale(click.FloatRange):
    """A number in a range; what is no number is in no range."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number, or say what is wrong with it."""
        number = float(super().convert(value, param, ctx))
        if isnan(number):
            self.fail(f"{value} is no number.", param, ctx)
        return number


@click.command(
    short_help="Draw the picture as SVG, PNG or PDF.",
    epilog="\b\nExamples:\n  designer render design.cnd -o design.svg\n"
    "  designer render design.cnd -o design.png --theme dark --scale 2",
)
@click.argument("name", metavar="FILE")
@click.option(
    "-o",
    "--output",
    "output",
    metavar="OUT",
    required=True,
    help="A file that ends in .svg, .png or .pdf; - for SVG on standard output.",
)
@click.option("--theme", metavar="NAME", default="light", show_default=True, help="light, dark or high-contrast.")
@click.option(
    "--scale",
    type=Scale(0.1, LARGEST_SCALE),
    default=1.0,
    show_default=True,
    help="Pixels for each unit of the drawing (PNG).",
)
@click.option("--layers", "layers", metavar="LIST", help=f"Show only these of: {', '.join(LAYERS)}.")
def command(name: str, output: str, theme: str, scale: float, layers: str | None) -> None:
    """Draw the picture of a design. The same design gives the same picture on every machine.

    Hosts, networks and containers are always shown.
    """
    draw = _FORMS.get(".svg" if output == STANDARD else PurePath(output).suffix.lower())
    if draw is None:
        raise click.UsageError(f"“{output}” must end in .svg, .png or .pdf.")
    shown = parse(layers) if layers is not None else frozenset(LAYERS)
    document = read_design(name)
    topology = document.topology if layers is None else only(document.topology, shown)
    with working("Drawing"):
        content = draw(topology, theme, scale, PROBLEMS in shown)
    write_bytes(output, content)


def _svg(topology: Topology, theme: str, _scale: float, problems: bool) -> bytes:
    return api.render_svg(topology, theme, badges=problems).encode()


def _png(topology: Topology, theme: str, scale: float, problems: bool) -> bytes:
    _need_qt("PNG")
    from designer.painting.image import render_png  # noqa: PLC0415 - Qt, for these two forms only

    return render_png(api.scene(topology, badges=problems), api.theme(theme), scale)


def _pdf(topology: Topology, theme: str, _scale: float, problems: bool) -> bytes:
    _need_qt("PDF")
    from designer.painting.image import render_pdf  # noqa: PLC0415 - Qt, for these two forms only

    return render_pdf(api.scene(topology, badges=problems), api.theme(theme), api.title_of(topology))


def _need_qt(form: str) -> None:
    if find_spec("PySide6") is None:
        raise MissingPartError(_QT.format(form=form))


_FORMS: dict[str, Callable[[Topology, str, float, bool], bytes]] = {".svg": _svg, ".png": _png, ".pdf": _pdf}
