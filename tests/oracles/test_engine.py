"""Every docker command through the real client against a recorded Windows engine, by ../shared/oracles/docker."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from shutil import which

import pytest

from tests.oracles.expected import assert_containers, assert_networks, assert_services
from tests.oracles.judges import EXAMPLES, ORACLES, TOKEN, Case, cases, needs_oracles
from tests.unit.export.designs import DESIGNS

pytestmark = [needs_oracles, pytest.mark.skipif(which("docker") is None, reason="no docker client")]


@pytest.mark.parametrize("target", ["powershell", "docker"])
@pytest.mark.parametrize("case", cases([*EXAMPLES, *DESIGNS]), ids=str)
def test_the_engine_ends_up_as_designed(case: Case, target: str, tmp_path: Path) -> None:
    before = ["--before", str(case.write_prelude(tmp_path))] if case.joins else []
    command = [sys.executable, str(ORACLES / "docker" / "run_docker_script.py"), "--json", "--os", case.os]
    command += ["--param", f"JoinToken={TOKEN}", *before, str(case.write(tmp_path, target=target))]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    report = json.loads(finished.stdout)

    assert [(each["argv"], each["stderr"]) for each in report["commands"] if each["exit"]] == []
    assert report.get("error") is None
    assert finished.returncode == 0
    assert_networks(report["state"]["networks"], case.topology, case.host, made_elsewhere=case.joins)
    assert_containers(report["state"]["containers"], case.topology, case.host)
    assert_services(report["state"]["services"], case.topology, case.host)
