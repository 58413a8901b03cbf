"""What the run-book of a host says."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from designer.drawing import svg
from designer.drawing.scene import Scene
from designer.export import powershell
from designer.export.plan import plan
from designer.export.rendered import ExportOptions
from designer.export.script import Risk, Script, Section
from designer.model.annotations import DESIGN_ID, DesignInfo
from designer.model.base import Link
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.realisation import host_of
from designer.model.releases import RELEASES
from designer.model.topology import Topology
from designer.rules.design import label
from designer.rules.registry import Judged
from designer.rules.runner import judge
from designer.rules.suppressing import Sifted, sift
from designer.runbook.commands import command_of
from designer.runbook.document import Block, Code, Heading, Paragraph, Picture, Row, Step, Steps, Table
from designer.runbook.surroundings import surroundings
from designer.runbook.tables import endpoints, flows, networks, ports, switches

_TABLES: tuple[tuple[str, Callable[[Topology, Host], Table]], ...] = (
    ("Networks", networks),
    ("Switches and NAT", switches),
    ("Addresses", endpoints),
    ("Published ports", ports),
    ("Traffic that must work", flows),
)


def contents(topology: Topology, host: Host, options: ExportOptions) -> Iterator[Block]:
    """Yield the run-book of a host.

    Raises:
        ExportError: something of the design cannot be said in a script; names the element and what to change.
    """
    script = plan(topology, host.id, options.spoken)
    yield Heading(f"Run-book: {host.name}", 1)
    yield from _about(topology, host, script)
    yield Picture(
        svg.render(Scene.build(surroundings(topology, host))),
        "The design as a picture: designer render FILE -o picture.svg",
    )
    for title, table in _TABLES:
        found = table(topology, host)
        if found.rows:
            yield Heading(title)
            yield found.without_empty_columns()
    yield from _findings(topology, options.sifted or sift(topology, judge(topology)), host)
    yield from _steps(script)
    yield from _scripts(script)


def _about(topology: Topology, host: Host, script: Script) -> Iterator[Block]:
    info = topology.find(DESIGN_ID, DesignInfo)
    if info is not None and info.description:
        yield Paragraph(info.description)
    facts = (
        ("Design", script.design or "without a title"),
        ("Host", host.name),
        ("Windows", f"{RELEASES[host.os].title}, build {script.build}"),
        ("Machine", host.machine.value.replace("-", " ")),
        ("Role", host.role.value.replace("-", " ")),
        ("Docker Engine", host.engine_version or "not stated"),
    )
    yield Table(("", ""), tuple(Row(fact, host.id) for fact in facts))


def _findings(topology: Topology, sifted: Sifted, host: Host) -> Iterator[Block]:
    yield Heading("What the rules say")
    rows = [_finding(topology, judged, "") for judged in sifted.active if _concerns(topology, judged, host)]
    for judged, because in sifted.suppressed:
        if _concerns(topology, judged, host):
            rows.append(_finding(topology, judged, f"suppressed: {because.reason}"))
    if not rows:
        yield Paragraph("No rule has anything to say about this host.")
        return
    yield Table(("Rule", "Severity", "Finding", "About", "Decision"), tuple(rows)).without_empty_columns()


def _concerns(topology: Topology, judged: Judged, host: Host) -> bool:
    """Whether a finding is about a host, or about nothing on any host."""
    about = [host_of(topology, end) for element in judged.finding.elements for end in _ends(topology, element)]
    return host in about or not any(about)


def _ends(topology: Topology, element: EntityId) -> tuple[EntityId, ...]:
    link = topology.find(element, Link)
    return (link.source, link.target) if link is not None else (element,)


def _finding(topology: Topology, judged: Judged, decision: str) -> Row:
    first = judged.finding.elements[0] if judged.finding.elements else None
    about = label(topology, first) if first is not None else ""
    return Row((judged.rule.id, judged.severity.value, judged.finding.message, about, decision), first)


def _steps(script: Script) -> Iterator[Block]:
    number = 1
    section: Section | None = None
    waiting: list[Step] = []
    for statement in script.statements:
        if statement.section is not section:
            yield from _section(section, waiting, number)
            number += len(waiting)
            section, waiting = statement.section, []
        risk = "" if statement.risk is Risk.NONE else statement.risk.value
        waiting.append(Step(statement.reason, risk, command_of(statement), statement.element))
    yield from _section(section, waiting, number)


def _section(section: Section | None, steps: list[Step], first: int) -> Iterator[Block]:
    if section is not None and steps:
        yield Heading(section.value)
        yield Steps(tuple(steps), first)


def _scripts(script: Script) -> Iterator[Block]:
    yield Heading("Scripts")
    yield Paragraph(
        "Both scripts can run again at any time; with -WhatIf they only say what they would do. The teardown removes "
        "exactly what the setup made."
    )
    for caption, options in (("Setup", ExportOptions()), ("Teardown", ExportOptions(teardown=True))):
        yield Code(caption, powershell.render(script, options).text)
