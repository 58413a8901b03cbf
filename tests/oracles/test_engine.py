"""Every docker command through the real client against a recorded Windows engine, by ../shared/oracles/docker."""

from __future__ import annotations

from pathlib import Path
from shutil import which

import pytest

from tests.oracles.judges import EXAMPLES, Case, cases, needs_oracles
from tests.oracles.verdicts import assert_engine_is_as_designed
from tests.unit.export.designs import DESIGNS

pytestmark = [needs_oracles, pytest.mark.skipif(which("docker") is None, reason="no docker client")]


CASES = [
    pytest.param(case, target, id=f"{case}-{target}")
    for case in cases([*EXAMPLES, *DESIGNS])
    for target in ("powershell", "docker", "bash")
    if case.simulated or target != "bash"  # Bash asks the engine for its build, and the model has those of servers
]
CASES += [
    pytest.param(case, "cmd", id=f"{case}-cmd")
    for case in cases([*EXAMPLES, *DESIGNS])
    if not case.joins and "docker network rm ingress" not in case.script(target="cmd")
]
"""The cmd.exe of the judges follows no loops over what a command says, and no pipes: each thing is made anew there."""


@pytest.mark.parametrize(("case", "target"), CASES)
def test_the_engine_ends_up_as_designed(case: Case, target: str, tmp_path: Path) -> None:
    assert_engine_is_as_designed(case, target, tmp_path)
