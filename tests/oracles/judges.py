"""The judges in ``../shared/oracles``, for tests that skip where that folder is not beside the repository."""

from __future__ import annotations

import gc
import json
import sys
import warnings
from argparse import Namespace
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from designer.formats import FORMATS, ExportOptions, export_host
from designer.model.hosts import Host
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.releases import OsRelease
from designer.model.topology import Topology
from designer.storage.files import load
from tests.unit.export.designs import DESIGNS

ROOT = Path(__file__).parents[2]
ORACLES = ROOT.parent / "shared" / "oracles"

needs_oracles = pytest.mark.skipif(not ORACLES.is_dir(), reason="the oracles are not beside the repository")
needs_simulator = pytest.mark.skipif(
    not (ORACLES.is_dir() and (ORACLES.parent / "pwsh" / "pwsh").exists()),
    reason="the PowerShell of the simulated host is not beside the repository",
)

TOKEN = "SWMTKN-1-00ff-w"
"""A join token that the engine model takes for a worker's."""

EXAMPLES = sorted(path.stem for path in (ROOT / "examples").glob("*.cnd") if path.stem != "broken")


@dataclass(frozen=True)
class Case:
    """One host of one design."""

    name: str
    topology: Topology = field(repr=False)
    host: Host = field(repr=False)

    def __str__(self) -> str:
        return f"{self.name}-{self.host.name}"

    @property
    def os(self) -> str:
        return judged_release(self.host)

    @property
    def simulated(self) -> bool:
        """Whether the simulated host has the release itself."""
        return self.host.os in {OsRelease.WS2016, OsRelease.WS2019, OsRelease.WS2022, OsRelease.WS2025}

    @property
    def joins(self) -> bool:
        """Whether the host joins a swarm that another one founds."""
        return "$JoinToken" in self.script()

    def script(self, *, target: str = "powershell", teardown: bool = False) -> str:
        return export_host(self.topology, self.host.id, target, ExportOptions(teardown=teardown)).text

    def write(self, folder: Path, *, target: str = "powershell", teardown: bool = False) -> Path:
        """Write a script as it is exported."""
        script = export_host(self.topology, self.host.id, target, ExportOptions(teardown=teardown))
        path = folder / f"{target}-{'down' if teardown else 'up'}{FORMATS[target].suffix}"
        path.write_bytes(script.encoded())
        return path

    def overlays(self) -> list[ContainerNetwork]:
        return [each for each in self.topology.of(ContainerNetwork) if each.mode is NetworkMode.OVERLAY]

    def write_prelude(self, folder: Path) -> Path:
        """Write what the first manager of the swarm does: on the simulated host no other machine can do it."""
        lines = ["docker swarm init --advertise-addr 10.30.0.11"]
        for overlay in self.overlays():
            pairs = " ".join(f"--subnet {each.prefix} --gateway {each.gateway}" for each in overlay.subnets)
            lines.append(f"docker network create -d overlay --attachable {pairs} '{overlay.name}'")
        path = folder / "prelude.ps1"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path


def judged_release(host: Host) -> str:
    """Return the release that the judges know: the host's own, or the next one that they have."""
    older = {OsRelease.WS1709, OsRelease.WS1803}
    return str(OsRelease.WS2019 if host.column in older else host.column)


def cases(names: list[str]) -> list[Case]:
    """Return the hosts of examples and test designs."""
    designs = {name: DESIGNS[name]() if name in DESIGNS else _example(name) for name in names}
    return [Case(name, topology, host) for name, topology in designs.items() for host in topology.of(Host)]


def _example(name: str) -> Topology:
    return load(ROOT / "examples" / f"{name}.cnd").topology


def judge(module: str) -> ModuleType:
    """Import a module of the judges."""
    for folder in ("powershell", "docker", "windows-host"):
        path = str(ORACLES / folder)
        if path not in sys.path:
            sys.path.append(path)
    return import_module(module)


@cache
def _commands_of_windows() -> Any:
    return judge("psdb").DB()


def grammar(script: Path, os: str, literals: tuple[str, ...] = (), real: Any = None) -> list[str]:
    """Return what the PowerShell judge finds, warnings too."""
    found = judge("check_powershell").check_file(
        str(script), os, _commands_of_windows(), strict=True, literals=list(literals), real=real
    )
    return [f"{each['line']}: [{each['code']}] {each['message']}" for each in found if each["level"] != "info"]


class SimulatedMachine:
    """A simulated Windows host of one release; scripts run on it in a real PowerShell."""

    def __init__(self, os: str) -> None:
        self.os = os
        self._runner = judge("run_on_host")
        self._host = judge("simhost").Host(os)

    def close(self) -> None:
        """End the machine; it leaves its channel open, so it is collected here, where that may be."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            self._host.close()
            del self._host
            gc.collect()

    def options(self, **chosen: object) -> Namespace:
        options: Namespace = self._runner.options("--os", self.os)
        for key, value in chosen.items():
            setattr(options, key, value)
        return options

    def fresh(self, case: Case, folder: Path) -> Any:
        """Make the machine that the case needs, and return its state."""
        self._host.fresh(str(machine_file(case, folder)))
        if case.joins:
            self._runner.one_run(self._host, str(case.write_prelude(folder)), self.options())
        return self._host.view()

    def begin(self, machine: dict[str, Any]) -> Any:
        """Be the machine that a description gives, and return its state."""
        self._host.fresh(machine)
        return self._host.view()

    def view(self) -> Any:
        return self._host.view()

    def run(self, script: Path, *arguments: str, what_if: bool = False, **faults: int) -> Any:
        """Run a script; the report has exit, errors, findings, changes, after. ``killAt=3``: it dies at a change."""
        options = self.options(arg=list(arguments), what_if=what_if)
        return self._runner.one_run(self._host, str(script), options, **faults)

    def difference(self, before: Any) -> list[str]:
        return list(judge("simhost").difference(before, self._host.view()))

    def interrupt(self, up: Path, down: Path, case: Case, folder: Path) -> Any:
        """Kill and fail the setup at each operation; see the README of the simulated host."""
        before = [str(case.write_prelude(folder))] if case.joins else []
        options = self.options(host=str(machine_file(case, folder)), before=before)
        return self._runner.interrupt(str(up), str(down), options, self._host)


def machine_file(case: Case, folder: Path) -> Path:
    """Return the description of the machine: the release's own; four adapters or hns modules if a design needs them."""
    hosts = ORACLES / "windows-host" / "hosts"
    adapters = "Ethernet 3" in case.script()
    machine = json.loads((hosts / f"{case.os}{'-four-adapters' if adapters else ''}.json").read_text(encoding="utf-8"))
    if "Find-HnsModule" in case.script():
        machine["hnsModules"] = ["C:\\k\\hns.psm1", "C:\\k\\hns.v2.psm1"]
    path = folder / "machine.json"
    path.write_text(json.dumps(machine), encoding="utf-8")
    return path
