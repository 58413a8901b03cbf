"""A run-book as Markdown (GitHub's kind): no text of a design can become markup.

Source: https://github.github.com/gfm/, sections 2.4 (backslash escapes), 4.5 (fences), 4.10 (tables).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from designer.export.comments import visible
from designer.export.rendered import ExportOptions, RenderedScript, TextForm
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.topology import Topology
from designer.runbook.content import contents
from designer.runbook.document import Block, Code, Heading, Paragraph, Picture, Step, Steps, Table

Line = tuple[str, EntityId | None]

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+.!|<>&~:@-])")
_HARMLESS = re.compile(r"(?<=\w)[.:-](?=\w)|(?<=\s)-(?=\s)|(?<=\w)[.:](?=\s|$)|\((?=\w)|(?<=\w)\)")


def render_markdown(topology: Topology, host: Host, options: ExportOptions) -> RenderedScript:
    """Return the run-book of a host as Markdown.

    Raises:
        ExportError: something of the design cannot be said in a script; names the element and what to change.
    """
    lines = [line for block in contents(topology, host, options) for line in _block(block)]
    return RenderedScript.of_lines(lines, TextForm.PLAIN)


def escaped(text: str) -> str:
    """Return text that Markdown shows as it is, on one line."""
    kept = {found.start() for found in _HARMLESS.finditer(text)}
    pieces = (f"\\{each}" if _MARKUP.match(each) and at not in kept else each for at, each in enumerate(text))
    return visible("".join(pieces))


def _block(block: Block) -> Iterator[Line]:
    match block:
        case Heading(text, level):
            yield f"{'#' * level} {escaped(text)}", None
        case Paragraph(text):
            yield from ((escaped(line), None) for line in text.splitlines() if line.strip())
        case Picture(caption=caption):
            yield f"*{escaped(caption)}*", None
        case Table():
            yield from _table(block)
        case Steps():
            yield from _steps(block)
        case Code(caption, text, language):
            yield from _code(caption, text, language)
        case _:
            assert_never(block)
    yield "", None


def _table(table: Table) -> Iterator[Line]:
    yield _row(table.columns), None
    yield _row(("---",) * len(table.columns), plain=True), None
    for row in table.rows:
        yield _row(row.cells), row.element


def _row(cells: tuple[str, ...], *, plain: bool = False) -> str:
    return f"| {' | '.join(cells if plain else map(escaped, cells))} |"


def _steps(steps: Steps) -> Iterator[Line]:
    for number, step in enumerate(steps.steps, start=steps.first):
        yield from ((line, step.element) for line in _step(number, step))


def _step(number: int, step: Step) -> Iterator[str]:
    indent = " " * len(f"{number}. ")
    yield f"{number}. {escaped(step.text)}"
    if step.risk:
        yield ""
        yield f"{indent}**Risk:** {escaped(step.risk)}."
    if step.command:
        yield ""
        yield from (f"{indent}{line}" for line in _fenced(step.command, "powershell"))
        yield ""


def _code(caption: str, text: str, language: str) -> Iterator[Line]:
    yield f"<details><summary>{escaped(caption)}</summary>", None
    yield "", None
    yield from ((line, None) for line in _fenced(text, language))
    yield "", None
    yield "</details>", None


def _fenced(text: str, language: str) -> list[str]:
    """Return a code block whose fence is longer than any in the text."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}{language}", *text.removesuffix("\n").split("\n"), fence]
