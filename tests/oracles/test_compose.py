"""Compose files judged by ../shared/oracles/docker: schema, references, and what a Windows engine makes of them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from designer.model.realisation import containers_on
from tests.oracles.judges import EXAMPLES, ORACLES, Case, cases, needs_oracles
from tests.unit.export.designs import DESIGNS

pytestmark = needs_oracles

WITH_CONTAINERS = [case for case in cases([*EXAMPLES, *DESIGNS]) if containers_on(case.topology, case.host.id)]


@pytest.mark.parametrize("case", WITH_CONTAINERS, ids=str)
def test_a_windows_engine_takes_the_file(case: Case, tmp_path: Path) -> None:
    path = case.write(tmp_path, target="compose")
    command = [sys.executable, str(ORACLES / "docker" / "compose_check.py"), "--json", "--os", case.os, str(path)]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    report = json.loads(finished.stdout)

    assert [each for each in report["findings"] if each["level"] != "info"] == []
    assert finished.returncode == 0
