"""What the judges must say about the scripts of a host."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.oracles.expected import assert_containers, assert_networks, assert_services
from tests.oracles.judges import ORACLES, TOKEN, Case, SimulatedMachine

TOLERATED = {"docker-object-removed", "docker-without-hns"}
"""Events that a step brings about on purpose: the engine is restarted right after."""


def machine_of(case: Case, machines: dict[str, SimulatedMachine]) -> SimulatedMachine:
    if case.os not in machines:
        machines[case.os] = SimulatedMachine(case.os)
    return machines[case.os]


def assert_runs_and_is_undone(case: Case, machine: SimulatedMachine, folder: Path) -> None:
    """Preview, set up twice, take down twice on a simulated machine: it works, repeats nothing, leaves nothing."""
    arguments = ("-JoinToken", TOKEN) if case.joins else ()
    up, down = case.write(folder), case.write(folder, teardown=True)

    fresh = machine.fresh(case, folder)
    preview = machine.run(up, *arguments, what_if=True)
    assert (preview["exit"], preview["errors"], preview["findings"], preview["changes"]) == (0, [], [], 0)
    assert machine.difference(fresh) == []

    first = machine.run(up, *arguments)
    assert (first["exit"], first["errors"]) == (0, [])
    unexpected = [each for each in first["findings"] if each["level"] != "info" and each["code"] not in TOLERATED]
    assert unexpected == []
    assert_networks(first["after"]["docker"]["networks"], case.topology, case.host, made_elsewhere=case.joins)
    assert_containers(first["after"]["docker"].get("containers", []), case.topology, case.host)
    assert_services(first["after"]["docker"].get("services", []), case.topology, case.host)

    second = machine.run(up, *arguments)
    assert (second["exit"], second["errors"], second["changes"]) == (0, [], 0)

    undone = machine.run(down)
    assert (undone["exit"], undone["errors"]) == (0, [])
    assert machine.difference(fresh) == []

    again = machine.run(down)
    assert (again["exit"], again["changes"]) == (0, 0)


def assert_engine_is_as_designed(case: Case, target: str, folder: Path) -> None:
    """Run the docker commands of a script through the real client: all succeed, and the engine has what is drawn."""
    before = ["--before", str(case.write_prelude(folder))] if case.joins else []
    command = [sys.executable, str(ORACLES / "docker" / "run_docker_script.py"), "--json", "--os", case.os]
    command += ["--param", f"JoinToken={TOKEN}", *before, str(case.write(folder, target=target))]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    report = json.loads(finished.stdout)

    failed = [each for each in report["commands"] if each["exit"] and not each.get("probe")]
    assert [(each["argv"], each["stderr"]) for each in failed] == []
    assert report.get("error") is None
    assert finished.returncode == 0
    assert_networks(report["state"]["networks"], case.topology, case.host, made_elsewhere=case.joins)
    assert_containers(report["state"]["containers"], case.topology, case.host)
    assert_services(report["state"]["services"], case.topology, case.host)
