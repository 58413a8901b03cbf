from __future__ import annotations

import re
from dataclasses import replace

import pytest

from designer.errors import ExportError
from designer.export.cmd import render_cmd
from designer.export.plan import plan
from designer.export.rendered import ExportOptions, TextForm
from designer.model.identity import EntityId
from designer.model.topology import Topology
from tests.unit.export.designs import DESIGNS, HOST, engine, second_manager, services


def renamed(element: str, name: str) -> Topology:
    return Topology.of_entities(
        each.evolve(name=name) if each.id == element else each for each in engine().entities.values()
    )


@pytest.mark.parametrize("teardown", [False, True])
@pytest.mark.parametrize("name", DESIGNS)
def test_every_jump_has_its_label_and_every_line_its_entry(name: str, teardown: bool) -> None:
    host = HOST if name != "second-manager" else EntityId("manager-b")
    rendered = render_cmd(plan(DESIGNS[name](), host), ExportOptions(teardown=teardown))
    jumps = re.findall(r"(?:goto |call :)(\w+)", rendered.text)
    labels = re.findall(r"^:(\w+)$", rendered.text, re.M)

    assert rendered.form is TextForm.BATCH
    assert rendered.text.count("\n") == len(rendered.lines)
    assert set(jumps) <= set(labels)
    assert len(labels) == len(set(labels))


def test_a_step_is_left_out_when_its_label_is_found() -> None:
    text = render_cmd(plan(services(), HOST)).text

    assert 'call :find "service ls" settings=' in text
    assert '--constraint ^"node.platform.os == windows^" ^\n' in text
    removal = render_cmd(plan(services(), HOST), ExportOptions(teardown=True)).text
    assert 'call :find "service ls" element=shop\nif %found%==0 goto next' in removal
    assert "%run% docker service rm shop\nif errorlevel 1 goto failed" in removal
    assert "echo y| %run% docker network rm entry\n" in removal


def test_a_token_is_taken_from_outside() -> None:
    text = render_cmd(plan(second_manager(), EntityId("manager-b"))).text

    assert "--token %SWARM_JOIN_TOKEN% 10.30.0.11:2377" in text
    assert "if defined SWARM_JOIN_TOKEN goto" in text


def test_a_dry_run_only_says_what_it_would_do() -> None:
    assert "\nset run=echo\n" in render_cmd(plan(engine(), HOST), ExportOptions(what_if=True)).text
    assert "\nset run=\n" in render_cmd(plan(engine(), HOST)).text


def test_the_file_has_no_mark_and_windows_line_ends() -> None:
    data = render_cmd(plan(renamed("front", "front-\u00fc"), HOST)).encoded()

    assert data.startswith(b"@echo off\r\nsetlocal\r\nchcp 65001 >nul\r\n")
    assert "front-\u00fc".encode() in data


def test_what_a_batch_file_cannot_say_names_the_element() -> None:
    with pytest.raises(ExportError, match="container “api01” is on “a&b”"):
        render_cmd(plan(renamed("back", "a&b"), HOST))
    with pytest.raises(ExportError, match="of network “a"):
        render_cmd(plan(renamed("lan", "a\nb"), HOST))


def test_a_remark_cannot_become_a_command() -> None:
    script = plan(engine(), HOST)
    odd = replace(script, statements=tuple(replace(each, reason="& del %PATH% ^") for each in script.statements))

    lines = render_cmd(odd).text.splitlines()
    assert "rem # & del %%PATH%% ^" in lines
    assert all(line.startswith("rem # ") for line in lines if "& del" in line)
