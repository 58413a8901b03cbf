"""A machine that is not as the script needs it: the script stops before it changes anything, and says why."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from designer.formats import ExportOptions, export_host
from tests.oracles.judges import Case, SimulatedMachine, cases, machine_file, needs_simulator

pytestmark = needs_simulator

OS = "ws2022"


@pytest.fixture(scope="module")
def machine() -> Iterator[SimulatedMachine]:
    started = SimulatedMachine(OS)
    yield started
    started.close()


def case() -> Case:
    return next(iter(cases(["engine"])))


def another_build(host: dict[str, Any]) -> None:
    host["build"] = 17763


def no_hyperv(host: dict[str, Any]) -> None:
    host["features"]["Hyper-V"]["installed"] = False


def docker_stopped(host: dict[str, Any]) -> None:
    host["services"]["docker"]["status"] = "Stopped"


def no_second_adapter(host: dict[str, Any]) -> None:
    del host["adapters"][1]


def adapter_down(host: dict[str, Any]) -> None:
    host["adapters"][1]["status"] = "Disconnected"


def prefix_in_use(host: dict[str, Any]) -> None:
    host["addresses"].append({"ifAlias": "Ethernet 2", "ip": "172.31.0.9", "prefixLength": 16, "origin": "Manual"})


def port_in_use(host: dict[str, Any]) -> None:
    host["portsInUse"].append({"protocol": "TCP", "port": 8080, "process": "w3wp"})


def broken_daemon_file(host: dict[str, Any]) -> None:
    host["files"]["C:\\ProgramData\\docker\\config\\daemon.json"] = "{ not json"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (another_build, "not for build 17763"),
        (no_hyperv, "The feature Hyper-V is missing"),
        (docker_stopped, "Docker does not run"),
        (no_second_adapter, "There is no adapter named Ethernet 2"),
        (adapter_down, "The adapter Ethernet 2 is Disconnected"),
        (prefix_in_use, "172.31.0.0/24 of front overlaps 172.31.0.9 on Ethernet 2"),
        (port_in_use, "Port 8080/tcp, which web01 publishes, is in use"),
        (broken_daemon_file, "is no JSON"),
    ],
)
def test_it_stops_before_the_first_change(
    change: Callable[[dict[str, Any]], None], said: str, machine: SimulatedMachine, tmp_path: Path
) -> None:
    path = machine_file(case(), tmp_path)
    host = json.loads(path.read_text(encoding="utf-8"))
    change(host)
    fresh = machine.begin(host)

    report = machine.run(case().write(tmp_path))
    assert (report["exit"], report["changes"]) == (1, 0)
    assert said in " ".join(each["message"] for each in report["errors"])
    assert machine.difference(fresh) == []


FOREIGN = """
docker network create -d internal --subnet 192.168.200.0/24 back
docker network create -d internal --subnet 192.168.201.0/24 other
docker create --name web01 --network other mcr.microsoft.com/windows/servercore:ltsc2022
"""


def test_what_others_made_is_in_the_way_and_stays(machine: SimulatedMachine, tmp_path: Path) -> None:
    fresh_host = json.loads(machine_file(case(), tmp_path).read_text(encoding="utf-8"))
    machine.begin(fresh_host)
    prelude = tmp_path / "foreign.ps1"
    prelude.write_text(FOREIGN, encoding="utf-8")
    machine.run(prelude)
    before = machine.view()

    setup = machine.run(case().write(tmp_path))
    said = " ".join(each["message"] for each in setup["errors"])
    assert (setup["exit"], setup["changes"]) == (1, 0)
    assert "There is already a network named back" in said
    assert "There is already a container named web01" in said

    teardown = machine.run(case().write(tmp_path, teardown=True))
    assert (teardown["exit"], teardown["changes"]) == (0, 0)
    assert machine.difference(before) == []


def test_the_daemon_file_of_others_is_merged_and_comes_back(machine: SimulatedMachine, tmp_path: Path) -> None:
    host = json.loads(machine_file(case(), tmp_path).read_text(encoding="utf-8"))
    text = '{\n  "debug": true,\n  "dns": ["10.9.9.9"]\n}\n'
    host["files"]["C:\\ProgramData\\docker\\config\\daemon.json"] = text
    fresh = machine.begin(host)

    setup = machine.run(case().write(tmp_path))
    assert setup["exit"] == 0
    merged = json.loads(machine.view()["daemon.json"])
    assert merged == {
        "debug": True,
        "dns": ["10.0.0.10", "10.0.0.11"],
        "fixed-cidr": "172.30.0.0/24",
        "exec-opts": ["isolation=process"],
    }

    machine.run(case().write(tmp_path, teardown=True))
    assert machine.view()["daemon.json"] == text
    assert machine.difference(fresh) == []


def test_a_script_exported_as_a_dry_run_changes_nothing(machine: SimulatedMachine, tmp_path: Path) -> None:
    fresh = machine.begin(json.loads(machine_file(case(), tmp_path).read_text(encoding="utf-8")))
    script = tmp_path / "dry.ps1"
    design = case()
    options = ExportOptions(what_if=True)
    script.write_bytes(export_host(design.topology, design.host.id, "powershell", options).encoded())

    report = machine.run(script)
    assert (report["exit"], report["errors"], report["changes"]) == (0, [], 0)
    assert machine.difference(fresh) == []
