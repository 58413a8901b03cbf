"""``designer check``: all findings of one or more designs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from textwrap import indent
from typing import Any, NamedTuple

import click

from designer import api
from designer.cli import findings, sarif
from designer.cli.streams import STANDARD, STANDARD_INPUT, read_bytes, working, write_design
from designer.cli.terminal import shown
from designer.errors import DesignerError
from designer.model.annotations import Suppression
from designer.rules.registry import Judged, Severity
from designer.rules.suppressing import Sifted, sift, unsuppress_all
from designer.storage.json_text import element_lines


class _Checked(NamedTuple):
    name: str
    content: bytes
    document: api.Document
    sifted: Sifted
    fixed: tuple[Judged, ...] = ()
    removed: tuple[Suppression, ...] = ()

    @property
    def findings(self) -> tuple[Judged, ...]:
        """What has to be looked at."""
        return self.sifted.active

    @property
    def is_changed(self) -> bool:
        """Whether the file is to be written."""
        return bool(self.fixed or self.removed)


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
@click.option("--remove-stale", is_flag=True, help="Remove suppressions whose finding is gone and save the files.")
@click.option("--show-suppressed", is_flag=True, help="Also list what is suppressed, with the reason (text only).")
@click.option("--rule", "rules", metavar="ID", multiple=True, help="Only this rule; can be given several times.")
def command(
    names: tuple[str, ...],
    form: str,
    fail_on: str,
    fix: bool,
    remove_stale: bool,
    show_suppressed: bool,
    rules: tuple[str, ...],
) -> int:
    """Say what cannot work in designs, why, and how to mend it.

    Exit code 0: nothing of severity error (see --fail-on); 1: something; 2: a file cannot be read. What is suppressed
    in the design is counted apart and never fails. FILE can be - for standard input. In JSON, one file is an object
    and several are a list; what --fix did is under "fixed".
    """
    for option, given in (("--fix", fix), ("--remove-stale", remove_stale)):
        if given and STANDARD in names:
            raise click.UsageError(f"{option} saves the design, so it needs a file and not standard input.")
    checked = [_check(name, content, document, rules, fix=fix) for name, content, document in _read_all(names)]
    if remove_stale:
        checked = [_without_stale(found) for found in checked]
    for found in checked:
        if found.is_changed:
            write_design(found.document, found.name)
    click.echo(_as_text(checked, suppressed=show_suppressed) if form == "text" else _FORMS[form](checked))
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
            return _Checked(name, content, document, api.sifted(document.topology, rules))
        result = api.fix(document.topology, rules)
        sifted = sift(result.topology, result.left, rules)
        return _Checked(name, content, replace(document, topology=result.topology), sifted, result.fixed)


def _without_stale(found: _Checked) -> _Checked:
    if not found.sifted.stale:
        return found
    topology = found.document.topology
    topology = topology.apply(unsuppress_all(topology, found.sifted.stale))
    return found._replace(
        document=replace(found.document, topology=topology),
        sifted=found.sifted._replace(stale=()),
        removed=found.sifted.stale,
    )


def _as_text(checked: list[_Checked], *, suppressed: bool) -> str:
    return "\n".join(line for found in checked for line in _file_as_text(found, suppressed=suppressed))


def _file_as_text(found: _Checked, *, suppressed: bool) -> Iterator[str]:
    topology = found.document.topology
    yield f"{click.style(shown(found.name), bold=True)}: {findings.summary(found.findings, found.sifted.suppressed)}"
    for judged in found.fixed:
        if judged.finding.fix:
            yield f"  fixed {judged.rule.id}: {shown(judged.finding.fix.label)}"
    for suppression in found.removed:
        yield f"  removed {findings.suppression_as_text(suppression, topology)}"
    for judged in found.findings:
        yield from indent(findings.as_text(judged, topology), "  ").splitlines()
    for judged, suppression in found.sifted.suppressed if suppressed else ():
        yield from indent(findings.suppressed_as_text(judged, suppression, topology), "  ").splitlines()
    for suppression in found.sifted.stale:
        yield f"  stale {findings.suppression_as_text(suppression, topology)}"
        yield "    its finding is gone: take it out with --remove-stale"


def _as_json(checked: list[_Checked]) -> str:
    files = [_file_as_json(found) for found in checked]
    return json.dumps(files[0] if len(files) == 1 else files, indent=2, ensure_ascii=False)


def _file_as_json(found: _Checked) -> dict[str, Any]:
    topology = found.document.topology
    result: dict[str, Any] = {
        "file": found.name,
        "format": ".".join(map(str, found.document.format)),
        "findings": [findings.as_json(judged, topology) for judged in found.findings],
        "counts": findings.counts(found.findings),
        "suppressed": [
            {**findings.as_json(judged, topology), "reason": suppression.reason}
            for judged, suppression in found.sifted.suppressed
        ],
        "stale_suppressions": [findings.suppression_as_json(each, topology) for each in found.sifted.stale],
    }
    if found.fixed:
        result["fixed"] = [findings.as_json(judged, topology) for judged in found.fixed]
    if found.removed:
        result["removed_suppressions"] = [findings.suppression_as_json(each, topology) for each in found.removed]
    return result


def _as_sarif(checked: list[_Checked]) -> str:
    log = sarif.log(
        [
            sarif.Checked(
                found.name,
                found.document.topology,
                found.findings,
                element_lines((api.to_bytes(found.document) if found.is_changed else found.content).decode()),
                found.sifted.suppressed,
            )
            for found in checked
        ]
    )
    return json.dumps(log, indent=2, ensure_ascii=False)


_FORMS = {"json": _as_json, "sarif": _as_sarif}
