"""A run-book as one HTML file: no script, nothing from elsewhere, fit for print and for both colour schemes."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import assert_never

from designer.export.comments import visible
from designer.export.rendered import ExportOptions, RenderedScript, TextForm
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.topology import Topology
from designer.runbook.content import contents
from designer.runbook.document import Block, Code, Heading, Paragraph, Picture, Row, Step, Steps, Table

Line = tuple[str, EntityId | None]

_STYLE = (
    ":root{color-scheme:light dark;--line:#8886;--faint:#8882;--warn:#b45309}",
    "body{font:15px/1.5 Inter,'Segoe UI',system-ui,sans-serif;max-width:64rem;margin:2.5rem auto;padding:0 1.5rem}",
    "h1{font-size:1.7rem;margin:0 0 1rem}h2{font-size:1.2rem;margin:2.2rem 0 .6rem}",
    "table{border-collapse:collapse;width:100%;font-size:.92em}",
    "th,td{text-align:left;vertical-align:top;padding:.35rem .7rem;border-bottom:1px solid var(--line)}",
    "th{font-weight:600}",
    "pre{background:var(--faint);padding:.7rem .9rem;border-radius:6px;overflow-x:auto;font-size:.87em}",
    "code,pre{font-family:'JetBrains Mono',Consolas,monospace}",
    "li{margin:.45rem 0}",
    "li pre{white-space:pre-wrap;overflow-wrap:anywhere}.risk{color:var(--warn)}summary{cursor:pointer;margin:.5rem 0}",
    "figure{margin:1.2rem 0}figure svg{width:100%;height:auto;border:1px solid var(--line);border-radius:8px}",
    "@media print{body{margin:0;max-width:none}h2,li,tr{break-inside:avoid}pre{white-space:pre-wrap}}",
)


def render_html(topology: Topology, host: Host, options: ExportOptions) -> RenderedScript:
    """Return the run-book of a host as HTML.

    Raises:
        ExportError: something of the design cannot be said in a script; names the element and what to change.
    """
    head = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{_text(f'Run-book: {host.name}')}</title>",
        "<style>",
        *_STYLE,
        "</style>",
        "</head>",
        "<body>",
    ]
    lines: list[Line] = [(line, None) for line in head]
    lines += [line for block in contents(topology, host, options) for line in _block(block)]
    lines += [("</body>", None), ("</html>", None)]
    return RenderedScript.of_lines(lines, TextForm.PLAIN)


def _text(text: str) -> str:
    return escape(visible(text))


def _block(block: Block) -> Iterator[Line]:
    match block:
        case Heading(text, level):
            yield f"<h{level}>{_text(text)}</h{level}>", None
        case Paragraph(text):
            yield from ((f"<p>{_text(line)}</p>", None) for line in text.splitlines() if line.strip())
        case Picture(svg):
            drawing = svg[svg.index("<svg") :]
            yield from ((line, None) for line in ("<figure>", *drawing.removesuffix("\n").split("\n"), "</figure>"))
        case Table():
            yield from _table(block)
        case Steps():
            yield from _steps(block)
        case Code(caption, text):
            yield f"<details><summary>{_text(caption)}</summary>", None
            yield from ((line, None) for line in _pre(text))
            yield "</details>", None
        case _:
            assert_never(block)


def _table(table: Table) -> Iterator[Line]:
    yield "<table>", None
    if any(table.columns):
        yield f"<thead><tr>{''.join(f'<th>{_text(column)}</th>' for column in table.columns)}</tr></thead>", None
    yield "<tbody>", None
    yield from ((_row(row), row.element) for row in table.rows)
    yield "</tbody></table>", None


def _row(row: Row) -> str:
    return f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in row.cells)}</tr>"


def _steps(steps: Steps) -> Iterator[Line]:
    yield f'<ol start="{steps.first}">', None
    for step in steps.steps:
        yield from ((line, step.element) for line in _step(step))
    yield "</ol>", None


def _step(step: Step) -> Iterator[str]:
    risk = f' <strong class="risk">Risk: {_text(step.risk)}.</strong>' if step.risk else ""
    yield f"<li>{_text(step.text)}{risk}"
    if step.command:
        yield from _pre(step.command)
    yield "</li>"


def _pre(text: str) -> list[str]:
    lines = escape(text.removesuffix("\n")).split("\n")
    return (
        [*f"<pre><code>{lines[0]}".split("\n"), *lines[1:-1], f"{lines[-1]}</code></pre>"]
        if len(lines) > 1
        else [f"<pre><code>{lines[0]}</code></pre>"]
    )
