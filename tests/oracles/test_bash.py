"""Scripts for Bash, run by a real Bash: with the real docker client against a recorded engine, and with any text."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from tests.oracles.judges import EXAMPLES, ORACLES, Case, cases, needs_oracles
from tests.unit.export.designs import DESIGNS

pytestmark = [
    needs_oracles,
    pytest.mark.skipif(which("docker") is None or which("bash") is None, reason="no docker client or no Bash"),
]

CASES = [case for case in cases([*EXAMPLES, *DESIGNS]) if case.simulated and not case.joins]
CHANGES = {"create", "rm", "connect", "start", "init", "leave", "update"}


def judged(case: Case, *arguments: str) -> Any:
    command = [sys.executable, str(ORACLES / "docker" / "run_docker_script.py"), "--json", "--os", case.os, *arguments]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)


def changing(report: Any) -> list[list[str]]:
    """Return the commands that change something; an option such as --filter has no part in it."""
    return [each["argv"] for each in report["commands"] if CHANGES & set(each["argv"][:2])]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_second_run_changes_nothing(case: Case, tmp_path: Path) -> None:
    up = str(case.write(tmp_path, target="bash"))
    report = judged(case, "--before", up, up)

    assert (report["error"], changing(report)) == (None, [])


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_teardown_leaves_nothing_of_ours(case: Case, tmp_path: Path) -> None:
    up, down = (str(case.write(tmp_path, target="bash", teardown=each)) for each in (False, True))
    report = judged(case, "--before", up, down)

    assert report["error"] is None
    assert [each["argv"] for each in report["commands"] if each["exit"]] == []
    state = report["state"]
    assert (state["containers"], state["services"], state["swarm"]) == ([], [], False)
    assert [each["name"] for each in state["networks"] if not each["predefined"]] == []


def test_a_preview_changes_nothing(tmp_path: Path) -> None:
    case = next(each for each in CASES if each.name == "services")
    script = case.write(tmp_path, target="bash")
    dry = tmp_path / "dry.sh"
    dry.write_text(script.read_text(encoding="utf-8").replace("dry_run=0", "dry_run=1"), encoding="utf-8")

    report = judged(case, str(dry))
    assert (report["error"], changing(report)) == (None, [])


def test_another_build_is_refused(tmp_path: Path) -> None:
    case = next(each for each in CASES if each.name == "engine")
    script = str(case.write(tmp_path, target="bash"))
    command = [sys.executable, str(ORACLES / "docker" / "run_docker_script.py"), "--json", "--os", "ws2019", script]
    report = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)

    assert changing(report) == []
    assert "This script is for a Windows engine of build 20348" in report["error"]


def test_a_name_that_something_else_has_is_refused(tmp_path: Path) -> None:
    case = next(each for each in CASES if each.name == "engine")
    foreign = tmp_path / "foreign.sh"
    foreign.write_text("docker network create -d internal --subnet 192.168.200.0/24 back\n", encoding="utf-8")
    report = judged(case, "--before", str(foreign), str(case.write(tmp_path, target="bash")))

    assert changing(report) == []
    assert "There is already a network named back" in report["error"]
