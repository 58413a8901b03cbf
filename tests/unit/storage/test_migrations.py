"""The chain of steps, and a frozen sample for every format."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from designer.storage.codec import decode
from designer.storage.document import FORMAT
from designer.storage.migrations import OLDEST_MAJOR, STEPS, migrate

SAMPLES = Path(__file__).parents[2] / "golden" / "documents"


def test_steps_run_in_a_chain_from_the_format_that_was_found() -> None:
    def to(number: int) -> Any:
        return lambda raw: {"path": [*raw["path"], number]}

    raw: dict[str, Any] = {"path": []}

    assert migrate(raw, 2, 4, {1: to(2), 2: to(3), 3: to(4)}) == {"path": [3, 4]}
    assert raw == {"path": []}


def test_the_present_format_needs_no_step() -> None:
    raw = {"a": 1}

    assert migrate(raw, FORMAT[0], FORMAT[0]) is raw


def test_every_older_format_has_its_step_and_its_frozen_sample() -> None:
    assert set(STEPS) == set(range(OLDEST_MAJOR, FORMAT[0]))
    for major in range(OLDEST_MAJOR, FORMAT[0] + 1):
        sample = SAMPLES / f"format-{major}.0.cnd"
        assert len(decode(sample.read_bytes(), sample.name).topology) > 30
