"""What the tests with judges share: simulated machines, started once for each release."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.oracles.judges import SimulatedMachine


@pytest.fixture(scope="module")
def machines() -> Iterator[dict[str, SimulatedMachine]]:
    started: dict[str, SimulatedMachine] = {}
    yield started
    for machine in started.values():
        machine.close()
