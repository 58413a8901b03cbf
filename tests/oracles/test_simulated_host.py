"""Scripts run by a real PowerShell on a simulated Windows host, by ../shared/oracles/windows-host."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.oracles.expected import assert_containers, assert_networks, assert_services
from tests.oracles.judges import EXAMPLES, Case, SimulatedMachine, cases, needs_simulator
from tests.unit.export.designs import DESIGNS

pytestmark = needs_simulator

CASES = sorted((case for case in cases([*EXAMPLES, *DESIGNS]) if case.simulated), key=lambda case: (case.os, str(case)))

TOLERATED = {"docker-object-removed", "docker-without-hns"}
"""Events that a step brings about on purpose: the engine is restarted right after."""


@pytest.fixture(scope="module")
def machines() -> Iterator[dict[str, SimulatedMachine]]:
    started: dict[str, SimulatedMachine] = {}
    yield started
    for machine in started.values():
        machine.close()


def machine_of(case: Case, machines: dict[str, SimulatedMachine]) -> SimulatedMachine:
    if case.os not in machines:
        machines[case.os] = SimulatedMachine(case.os)
    return machines[case.os]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_setup_works_twice_previews_and_is_undone(
    case: Case, machines: dict[str, SimulatedMachine], tmp_path: Path
) -> None:
    machine = machine_of(case, machines)
    arguments = ("-JoinToken", "SWMTKN-1-00ff-w") if case.joins else ()
    up, down = case.write(tmp_path), case.write(tmp_path, teardown=True)

    fresh = machine.fresh(case, tmp_path)
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


@pytest.mark.campaign
@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_interruption_is_recovered_from(
    case: Case, machines: dict[str, SimulatedMachine], tmp_path: Path
) -> None:
    machine = machine_of(case, machines)
    up, down = case.write(tmp_path), case.write(tmp_path, teardown=True)

    report = machine.interrupt(up, down, case, tmp_path)
    assert [each["message"] for each in report["findings"]] == []
    assert report["left files"] == []
