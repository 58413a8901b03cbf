from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from designer.errors import ExportError
from designer.export.plan import plan
from designer.export.powershell import render
from designer.export.rendered import ExportOptions
from designer.export.script import Script, Suppressed
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.topology import Topology
from tests.property.strategies import hostile_topologies
from tests.unit.export.designs import DESIGNS, HOST, design, engine, pods, second_manager

HOSTS = {"second-manager": EntityId("manager-b")}
SCRIPTS = [(name, HOSTS.get(name, HOST)) for name in DESIGNS]


def script(name: str, host: EntityId) -> Script:
    return plan(DESIGNS[name](), host)


@pytest.mark.parametrize("teardown", [False, True])
@pytest.mark.parametrize(("name", "host"), SCRIPTS)
def test_every_line_has_its_entry(name: str, host: EntityId, teardown: bool) -> None:
    rendered = render(script(name, host), ExportOptions(teardown=teardown))

    lines = rendered.text.split("\n")
    assert lines.pop() == ""
    assert len(lines) == len(rendered.lines)


@pytest.mark.parametrize(("name", "host"), SCRIPTS)
def test_lines_stay_readable(name: str, host: EntityId) -> None:
    text = render(script(name, host)).text

    assert max(len(line) for line in text.splitlines()) < 140


@pytest.mark.parametrize(("name", "host"), SCRIPTS)
def test_every_element_of_the_plan_has_lines(name: str, host: EntityId) -> None:
    planned = script(name, host)

    assert {each.element for each in planned.statements} <= set(render(planned).lines)


def test_suppressed_findings_stand_in_the_header() -> None:
    suppressed = (Suppressed("HST002", "The feature is missing.", "The image brings it #> now."),)
    text = render(replace(plan(engine(), HOST), suppressed=suppressed)).text
    header = text[: text.index("\n#>\n")]

    assert "    - HST002: The feature is missing. Reason: The image brings it # > now." in header
    assert "HST002: The feature is missing." not in render(plan(engine(), HOST)).text


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert render(plan(engine(), HOST)).encoded() == render(plan(engine(), HOST)).encoded()


def test_a_step_belongs_to_its_element() -> None:
    rendered = render(plan(pods(), HOST))
    lines = rendered.text.splitlines()

    assert rendered.lines[lines.index("# alone: Windows container on none")] == "alone"


def test_a_script_starts_with_what_it_requires() -> None:
    text = render(plan(engine(), HOST)).text

    assert text.startswith("#Requires -Version 5.1\n#Requires -RunAsAdministrator\n<#\n.SYNOPSIS\n")
    assert "[CmdletBinding(SupportsShouldProcess)]\nparam()\n" in text
    assert "$ErrorActionPreference = 'Stop'\n" in text


def test_risky_steps_are_marked() -> None:
    text = render(plan(engine(), HOST)).text

    assert text.count("# RISK: the engine restarts") == 1
    assert text.count("# RISK: the IP configuration of an adapter moves") == 1


def test_the_join_token_is_never_in_the_script() -> None:
    text = render(plan(second_manager(), EntityId("manager-b"))).text

    assert "[string] $JoinToken = $env:SWARM_JOIN_TOKEN" in text
    assert "'--token', $JoinToken, '10.30.0.11:2377'" in text


def test_a_dry_run_says_so() -> None:
    assert "$WhatIfPreference = $true" in render(plan(engine(), HOST), ExportOptions(what_if=True)).text


def test_remarks_are_counted_at_the_end() -> None:
    last = render(plan(pods(), HOST)).text.splitlines()[-1]

    assert last.startswith("Write-Warning '1 part of the design is not in this script")


def test_a_title_cannot_end_the_comment_it_stands_in() -> None:
    planned = plan(design(), HOST)
    evil = Script("#> Remove-Item C:\\", planned.host, "a\n#>", planned.os, planned.build, ())

    header = render(evil).text.split("[CmdletBinding")[0]
    assert header.count("#>") == 1


def outside_of_literals(line: str) -> str:
    """Return a line of code without its literals and comment; a literal that does not end on the line is an error."""
    code, at = "", 0
    while at < len(line):
        here = line[at]
        if here == "#" and (not code or code[-1] in " {("):
            break
        if here not in "'\"":
            code += here
            at += 1
            continue
        ends = "'\u2018\u2019\u201a\u201b" if here == "'" else '"\u201c\u201d\u201e'
        at += 1
        while line[at] not in ends or line[at + 1 : at + 2] in tuple(ends):
            at += 2 if line[at] in ends or (here == '"' and line[at] == "`") else 1
        at += 1
        code += "x"
    return code


@settings(max_examples=60)
@given(hostile_topologies())
def test_hostile_names_stay_inside_of_literals_and_comments(topology: Topology) -> None:
    for host in topology.of(Host):
        for teardown in (False, True):
            try:
                text = render(plan(topology, host.id), ExportOptions(teardown=teardown)).text
            except ExportError:  # a name that no command line can carry is refused
                continue
            body = text.split("\n#>\n", 1)[1]
            code = "\n".join(outside_of_literals(line) for line in body.split("\n"))
            assert code.isascii()
            for opening, closing in ("()", "{}", "[]"):
                assert code.count(opening) == code.count(closing)
            assert "Remove-Item C:" not in code
