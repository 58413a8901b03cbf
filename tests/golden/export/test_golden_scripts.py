"""Scripts byte for byte.

After a deliberate change: ``UPDATE_GOLDEN=1 pytest tests/golden/export``; read the difference before committing it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from designer.formats import FORMATS, ExportOptions, export_host
from designer.model.hosts import Host
from designer.model.topology import Topology
from designer.storage.files import load
from tests.unit.export.designs import DESIGNS

HERE = Path(__file__).parent
EXAMPLES = Path(__file__).parents[3] / "examples"

SHOWN = ("seed", "multi-node", "nat", "none", "ics")
"""Examples with golden scripts; the oracles judge all of them."""


def design(name: str) -> Topology:
    return DESIGNS[name]() if name in DESIGNS else load(EXAMPLES / f"{name}.cnd").topology


FILES = {
    "bash": (("engine", "HOST01"), ("services", "HOST01"), ("second-manager", "B")),
    "cmd": (("engine", "HOST01"), ("services", "HOST01"), ("second-manager", "B")),
    "compose": (("seed", "HOST01"), ("multi-node", "NODE01")),
    "stack": (("swarm", "NODE01"),),
    "markdown": (("seed", "HOST01"),),
    "hns": (("seed", "HOST01"), ("l2bridge", "BRHOST01")),
    "cni": (("l2bridge", "BRHOST01"), ("multi-node", "NODE01")),
    "hcn": (("multi-node", "NODE01"), ("policies", "HOST01")),
}
"""Targets beside the scripts for PowerShell, and the hosts that are shown in them."""

CASES = [
    (name, host.name, kind)
    for name in (*SHOWN, *DESIGNS)
    for host in design(name).of(Host)
    for kind in ("setup", "teardown")
]
CASES += [("seed", "HOST01", "docker")]
CASES += [(name, host, target) for target, shown in FILES.items() for name, host in shown]


def file_name(name: str, host_name: str, kind: str) -> str:
    if kind in FILES:
        return f"{name}.{host_name}{FORMATS[kind].suffix}"
    return f"{name}.{host_name}.{kind}.ps1"


@pytest.mark.parametrize(("name", "host_name", "kind"), CASES)
def test_the_script_is_the_golden_one(name: str, host_name: str, kind: str) -> None:
    topology = design(name)
    host = next(each for each in topology.of(Host) if each.name == host_name)
    target = kind if kind in FORMATS else "powershell"
    found = export_host(topology, host.id, target, ExportOptions(teardown=kind == "teardown")).encoded()

    golden = HERE / file_name(name, host_name, kind)
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_bytes(found)
    assert found == golden.read_bytes()


def test_no_golden_script_is_left_over() -> None:
    wanted = {file_name(*case) for case in CASES}

    kept = {".gitattributes", Path(__file__).name, "__pycache__"}
    assert {path.name for path in HERE.iterdir()} - kept == wanted
