"""A swarm that was there before the script: the script uses it, and leaves it as a swarm with a routing mesh."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.oracles.judges import SimulatedMachine, cases, machine_file, needs_simulator

pytestmark = needs_simulator


@pytest.fixture(scope="module")
def machine() -> Iterator[SimulatedMachine]:
    started = SimulatedMachine("ws2022")
    yield started
    started.close()


def test_a_swarm_of_others_stays_and_has_its_mesh_again(machine: SimulatedMachine, tmp_path: Path) -> None:
    design = next(iter(cases(["services"])))
    machine.begin(json.loads(machine_file(design, tmp_path).read_text(encoding="utf-8")))
    prelude = tmp_path / "swarm.ps1"
    prelude.write_text("docker swarm init --advertise-addr 10.30.0.11\n", encoding="utf-8")
    assert machine.run(prelude)["exit"] == 0

    setup = machine.run(design.write(tmp_path))
    assert (setup["exit"], [each["message"] for each in setup["errors"]]) == (0, [])
    meshes = [each["name"] for each in setup["after"]["docker"]["networks"] if each["ingress"]]
    assert meshes == ["entry"]
    assert machine.run(design.write(tmp_path))["changes"] == 0

    undone = machine.run(design.write(tmp_path, teardown=True))
    failed = [(each["argv"], each["error"]) for each in undone["docker"] if each["status"]]
    assert (undone["exit"], failed) == (0, [])
    state = undone["after"]["docker"]
    assert state["swarm"]
    assert state.get("services", []) == []
    assert [each["name"] for each in state["networks"] if each["ingress"]] == ["ingress"]
    assert not {"entry", "mesh", "local"} & {each["name"] for each in state["networks"]}
