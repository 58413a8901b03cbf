"""Scripts run by a real PowerShell on a simulated Windows host, by ../shared/oracles/windows-host."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.oracles.judges import EXAMPLES, Case, SimulatedMachine, cases, needs_simulator
from tests.oracles.verdicts import assert_runs_and_is_undone, machine_of
from tests.unit.export.designs import DESIGNS

pytestmark = needs_simulator

CASES = sorted((case for case in cases([*EXAMPLES, *DESIGNS]) if case.simulated), key=lambda case: (case.os, str(case)))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_setup_works_twice_previews_and_is_undone(
    case: Case, machines: dict[str, SimulatedMachine], tmp_path: Path
) -> None:
    assert_runs_and_is_undone(case, machine_of(case, machines), tmp_path)


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
