"""Steps on the machine that somebody consented to, run on machines that need them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.oracles.judges import ORACLES, Case, SimulatedMachine, cases, needs_simulator

pytestmark = needs_simulator

IPV6 = "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\Tcpip6\\Parameters"
RESTART = "$null = 1\nRestart-Computer -Force\n"


@pytest.fixture(scope="module")
def machine() -> Iterator[SimulatedMachine]:
    started = SimulatedMachine("ws2022")
    yield started
    started.close()


def case(name: str) -> Case:
    return next(iter(cases([name])))


def needy() -> dict[str, Any]:
    """A machine without Hyper-V and IPv6, with a NAT of its own."""
    host: dict[str, Any] = json.loads((ORACLES / "windows-host/hosts/ws2022-no-hyperv.json").read_text("utf-8"))
    host["features"]["Hyper-V-Tools"] = {"installed": False, "needsReboot": False}
    host["registry"][IPV6] = {"DisabledComponents": 255}
    host["nats"] = [
        {"name": "OldNat", "prefix": "192.168.90.0/24", "externalPrefix": None, "owner": "user", "active": True}
    ]
    return host


def restart(machine: SimulatedMachine, folder: Path) -> None:
    script = folder / "restart.ps1"
    script.write_text(RESTART, encoding="utf-8")
    assert machine.run(script)["restarted"]


def test_a_machine_is_prepared_restarted_set_up_and_put_back(machine: SimulatedMachine, tmp_path: Path) -> None:
    up, down = case("agreed").write(tmp_path), case("agreed").write(tmp_path, teardown=True)
    fresh = machine.begin(needy())

    preview = machine.run(up, what_if=True)
    assert (preview["exit"], preview["errors"], preview["changes"]) == (0, [], 0)
    assert machine.difference(fresh) == []

    first = machine.run(up)
    assert (first["exit"], first["errors"]) == (3010, [])
    assert "docker" not in {each["command"] for each in first["operations"] if each["changed"]}
    waiting = machine.run(up)
    assert (waiting["exit"], waiting["changes"]) == (3010, 0)

    restart(machine, tmp_path)
    second = machine.run(up)
    assert (second["exit"], second["errors"]) == (0, [])
    state = second["after"]
    assert state["nats"] == [] or [each["name"] for each in state["nats"]] != ["OldNat"]
    assert [each["name"] for each in state["docker"]["containers"]] == ["web01"]
    assert machine.run(up)["changes"] == 0

    undone = machine.run(down)
    assert (undone["exit"], undone["errors"]) == (0, [])
    restart(machine, tmp_path)
    assert machine.difference(fresh) == []
    assert machine.run(down)["changes"] == 0


def test_features_come_before_docker_is_asked(machine: SimulatedMachine, tmp_path: Path) -> None:
    machine.begin(json.loads((ORACLES / "windows-host/hosts/ws2022-bare.json").read_text("utf-8")))
    up = case("agreed").write(tmp_path)

    assert machine.run(up)["exit"] == 3010
    restart(machine, tmp_path)
    report = machine.run(up)
    assert (report["exit"], report["changes"]) == (1, 0)
    assert "Docker does not run" in " ".join(each["message"] for each in report["errors"])


@pytest.mark.campaign
def test_the_preparation_survives_every_interruption(machine: SimulatedMachine, tmp_path: Path) -> None:
    design = case("agreed")
    up, down = design.write(tmp_path), design.write(tmp_path, teardown=True)

    fresh = machine.begin(needy())
    changes = machine.run(up)["changes"]
    assert changes == 2
    for number in range(1, changes + 1):
        machine.begin(needy())
        assert machine.run(up, killAt=number)["killed"]
        machine.run(down)
        assert machine.difference(fresh) == [], number


def test_a_task_runs_the_script_at_each_start(machine: SimulatedMachine, tmp_path: Path) -> None:
    design = case("at-start")
    up, down = design.write(tmp_path), design.write(tmp_path, teardown=True)
    fresh = machine.fresh(design, tmp_path)

    first = machine.run(up)
    assert (first["exit"], first["errors"]) == (0, [])
    task = next(each for each in first["after"]["tasks"] if each["name"] == "Container Network Designer nat0")
    assert task["triggers"][0]["kind"] == "Startup"
    assert "start.ps1" in task["actions"][0]["arguments"]
    assert machine.run(up)["changes"] == 0

    assert machine.run(down)["exit"] == 0
    assert machine.difference(fresh) == []
