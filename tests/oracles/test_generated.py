"""All judges on designs for every mode, release and isolation; minutes long, so by ``pytest -m campaign``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from designer.model.hosts import Host
from designer.model.networks import NetworkMode
from tests.oracles.generated import ISOLATIONS, RELEASES, generated
from tests.oracles.judges import Case, SimulatedMachine, grammar, needs_oracles, needs_simulator
from tests.oracles.verdicts import assert_engine_is_as_designed, assert_runs_and_is_undone, machine_of

CASES = [Case(name, topology, host) for name, topology in generated() for host in topology.of(Host)]
BY_RELEASE = sorted(CASES, key=lambda case: (case.os, case.name))


def test_there_are_designs_for_each_mode_release_and_isolation() -> None:
    combinations = Counter(tuple(case.name.split("-")[:3]) for case in CASES)

    assert len(CASES) >= 200
    assert len(combinations) == len(NetworkMode) * len(RELEASES) * len(ISOLATIONS)


@pytest.mark.campaign
@needs_oracles
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_scripts_parse(case: Case, tmp_path: Path) -> None:
    scripts = (case.write(tmp_path), case.write(tmp_path, teardown=True))

    assert [each for script in scripts for each in grammar(script, case.os, real=False)] == []


@pytest.mark.campaign
@needs_oracles
@pytest.mark.skipif(which("docker") is None, reason="no docker client")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_engine_ends_up_as_designed(case: Case, tmp_path: Path) -> None:
    assert_engine_is_as_designed(case, "powershell", tmp_path)


@pytest.mark.campaign
@needs_simulator
@pytest.mark.parametrize("case", BY_RELEASE, ids=lambda case: case.name)
def test_a_setup_works_twice_previews_and_is_undone(case: Case, machines: dict[str, Any], tmp_path: Path) -> None:
    machine: SimulatedMachine = machine_of(case, machines)

    assert_runs_and_is_undone(case, machine, tmp_path)
