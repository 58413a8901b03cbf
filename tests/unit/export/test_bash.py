from __future__ import annotations

import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from shutil import which

import pytest
from hypothesis import given, settings

from designer.errors import ExportError
from designer.export.bash import render_bash
from designer.export.docker_arguments import connect_container, create_container, create_network, create_service
from designer.export.plan import plan
from designer.export.rendered import ExportOptions, TextForm
from designer.export.script import Script, Suppressed
from designer.export.service_statements import CreateService
from designer.export.statements import ConnectContainer, CreateContainer, CreateNetwork
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.topology import Topology
from tests.property.strategies import hostile_topologies
from tests.unit.export.designs import DESIGNS, HOST, engine, second_manager, services

needs_bash = pytest.mark.skipif(which("bash") is None, reason="no Bash")

FAKE = """\
docker() {
    case "$1 $2" in
        "info --format")
            if [[ $3 == *OSType* ]]; then echo "windows 10.0 $BUILD"; else echo "active true"; fi ;;
        "network ls" | "container ls" | "service ls") ;;
        *) printf '%s\\0' "$@" >>"$LOG"; printf '\\0' >>"$LOG" ;;
    esac
}
"""
"""A docker that has nothing and writes down what it is told, one empty word after each command."""


def told(script: Script, folder: Path) -> list[list[str]]:
    """Return the commands that a script gives to docker, as a real Bash runs it."""
    log, path = folder / "log", folder / "script.sh"
    log.write_bytes(b"")
    path.write_bytes(FAKE.encode() + render_bash(script).encoded())
    environment = {"LOG": str(log), "BUILD": str(script.build), "PATH": "/usr/bin:/bin", "SWARM_JOIN_TOKEN": "t"}
    finished = subprocess.run(["bash", str(path)], capture_output=True, env=environment, check=False)
    assert finished.returncode == 0, finished.stderr
    return [each.split("\0") for each in log.read_bytes().decode("utf-8").split("\0\0")[:-1]]


def wanted(script: Script) -> list[list[str]]:
    commands = []
    for each in script.statements:
        match each:
            case CreateNetwork():
                options = create_network(each)
            case CreateContainer():
                options = create_container(each)
            case CreateService():
                options = create_service(each)
            case ConnectContainer():
                options = connect_container(each)
            case _:
                continue
        commands.append([word for option in options for word in option])
    return commands


@needs_bash
@settings(max_examples=15, deadline=None)
@given(hostile_topologies())
def test_any_name_reaches_docker_in_one_piece(topology: Topology) -> None:
    for host in topology.of(Host):
        try:
            script = plan(topology, host.id)
        except ExportError:  # a name that no command line can carry is refused
            continue
        if any("" in words for words in wanted(script)):  # the log takes an empty word for the end of a command
            continue
        with tempfile.TemporaryDirectory() as folder:
            found = told(script, Path(folder))
        assert [each for each in found if each in wanted(script)] == wanted(script)


@pytest.mark.parametrize("name", DESIGNS)
def test_every_line_has_its_entry(name: str) -> None:
    for teardown in (False, True):
        host = HOST if name != "second-manager" else EntityId("manager-b")
        rendered = render_bash(plan(DESIGNS[name](), host), ExportOptions(teardown=teardown))

        assert rendered.form is TextForm.PLAIN
        assert rendered.text.count("\n") == len(rendered.lines)


def test_a_token_is_taken_from_outside() -> None:
    text = render_bash(plan(second_manager(), EntityId("manager-b"))).text

    assert 'run docker swarm join --advertise-addr 10.30.0.12 --token "$SWARM_JOIN_TOKEN" 10.30.0.11:2377' in text
    assert "SWMTKN" not in text


def test_what_is_not_docker_is_said() -> None:
    text = render_bash(plan(engine(), HOST)).text

    assert "# daemon.json: fixed-cidr, exec-opts, dns; every other key stays as it is: not a docker command" in text


def test_a_dry_run_and_suppressed_findings_are_in_the_head() -> None:
    script = replace(plan(engine(), HOST), suppressed=(Suppressed("HST002", "Missing.", "It comes."),))
    text = render_bash(script, ExportOptions(what_if=True)).text

    assert "\ndry_run=1\n" in text
    assert "# - HST002: Missing. Reason: It comes.\n" in text


def test_a_teardown_asks_for_the_labels() -> None:
    text = render_bash(plan(services(), HOST), ExportOptions(teardown=True)).text

    assert "if ours service shop shop; then\n    run docker service rm shop\nfi" in text
    assert "    echo y | run docker network rm entry\n" in text
    assert "claim" not in text.split("# ---- Is this the engine?")[1]
