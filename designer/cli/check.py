"""``designer check``: all findings of one or more designs."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, NamedTuple

import click

from designer import api
from designer.cli import findings, sarif
from designer.cli.streams import STANDARD, STANDARD_INPUT, read_bytes, working, write_design
from designer.cli.terminal import shown
from designer.errors import DesignerError
from designer.rules.registry import Judged, Severity
from designer.storage.json_text import element_lines


class _Checked(NamedTuple):
    name: str
    content: bytes
    document: api.Document
    findings: tuple[Judged, ...]
    fixed: tuple[Judged, ...]


@click.command(
    short_help="Say what cannot work, and why.",
    epilog="\b\nExamples:\n  designer check design.cnd\n  designer check *.cnd --format sarif --fail-on warning\n"
    "  designer check design.cnd --fix",
)
@click.argument("names", metavar="FILE...", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", help="Form of output.")
@click.option(
    "--fail-on",
    type=click.Choice([severity.value for severity in Severity]),
    default=Severity.ERROR.value,
    help="The mildest severity that makes the exit code 1.",
)
@click.option("--fix", is_flag=True, help="Apply the safe quick fixes and save the files.")
@click.option("--rule", "rules", metavar="ID", multiple=True, help="Only this rule; can be given several times.")
def command(names: tuple[str, ...], form: str, fail_on: str, fix: bool, rules: tuple[str, ...]) -> int:
    """Say what cannot work in designs, why, and how to mend it.

    Exit code 0: nothing of severity error (see --fail-on); 1: something; 2: a file cannot be read. FILE can be - for
    standard input. In JSON, one file is an object and several are a list; what --fix did is under "fixed".
    """
    if fix and STANDARD in names:
        raise click.UsageError("--fix saves the design, so it needs a file and not standard input.")
    checked = [_check(name, content, document, rules, fix=fix) for name, content, document in _read_all(names)]
    if fix:
        for found in checked:
            if found.fixed:
                write_design(found.document, found.name)
    click.echo(_FORMS[form](checked))
    worst = Severity(fail_on).rank
    return int(any(judged.severity.rank <= worst for found in checked for judged in found.findings))


def _read_all(names: tuple[str, ...]) -> list[tuple[str, bytes, api.Document]]:
    """Read all files before anything is done; every one that cannot be read is named."""
    read: list[tuple[str, bytes, api.Document]] = []
    failures: list[DesignerError] = []
    for name in names:
        try:
            content = read_bytes(name)
            title = STANDARD_INPUT if name == STANDARD else name
            with working(f"Reading {shown(title)}"):
                document = api.parse(content, title)
        except DesignerError as error:
            failures.append(error)
            continue
        for note in document.notes:
            click.echo(f"note: {note}", err=True)
        read.append((title, content, document))
    for failure in failures[:-1]:
        click.echo(f"error: {' '.join(str(failure).split())}", err=True)
    if failures:
        raise failures[-1]
    return read


def _check(name: str, content: bytes, document: api.Document, rules: tuple[str, ...], *, fix: bool) -> _Checked:
    with working(f"Checking {shown(name)}"):
        if not fix:
            return _Checked(name, content, document, api.check(document.topology, rules), ())
        result = api.fix(document.topology, rules)
        return _Checked(name, content, replace(document, topology=result.topology), result.left, result.fixed)


def _as_text(checked: list[_Checked]) -> str:
    lines: list[str] = []
    for found in checked:
        lines.append(f"{click.style(shown(found.name), bold=True)}: {findings.summary(found.findings)}")
        lines += [
            f"  fixed {judged.rule.id}: {shown(judged.finding.fix.label)}"
            for judged in found.fixed
            if judged.finding.fix
        ]
        for judged in found.findings:
            text = findings.as_text(judged, found.document.topology)
            lines += [f"  {line}" for line in text.splitlines()]
    return "\n".join(lines)


def _as_json(checked: list[_Checked]) -> str:
    files = [_file_as_json(found) for found in checked]
    return json.dumps(files[0] if len(files) == 1 else files, indent=2, ensure_ascii=False)


def _file_as_json(found: _Checked) -> dict[str, Any]:
    result: dict[str, Any] = {
        "file": found.name,
        "format": ".".join(map(str, found.document.format)),
        "findings": [findings.as_json(judged, found.document.topology) for judged in found.findings],
        "counts": findings.counts(found.findings),
    }
    if found.fixed:
        result["fixed"] = [findings.as_json(judged, found.document.topology) for judged in found.fixed]
    return result


def _as_sarif(checked: list[_Checked]) -> str:
    log = sarif.log(
        [
            sarif.Checked(
                found.name,
                found.document.topology,
                found.findings,
                element_lines((api.to_bytes(found.document) if found.fixed else found.content).decode()),
            )
            for found in checked
        ]
    )
    return json.dumps(log, indent=2, ensure_ascii=False)


_FORMS = {"text": _as_text, "json": _as_json, "sarif": _as_sarif}
