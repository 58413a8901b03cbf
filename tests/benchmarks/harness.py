"""Times a case of the product and its raw reference in turn, and keeps both for the table of ratios.

A budget is a ratio to the reference, so that it means the same on any machine and survives a noisy one; where the
budget is a duration, the reference is left out. Processor time is counted, not time on the clock: other work on the
machine does not show, and neither does waiting for a disk.
"""

from __future__ import annotations

import gc
import math
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import process_time
from typing import Literal

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

Run = Callable[[], object]
Figure = Literal["median", "p95"]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; durations in milliseconds.

    Attributes:
        budget: the largest ratio, or the largest duration where there is no reference.
    """

    task: str
    size: int
    figure: Figure
    product: float
    reference: float | None
    budget: float
    unit: str = "ms"

    @property
    def used(self) -> float:
        """What the budget limits: the ratio, else the duration."""
        return self.product / self.reference if self.reference else self.product

    @property
    def is_met(self) -> bool:
        """Whether the case stays within its budget."""
        return self.used <= self.budget


@dataclass(slots=True)
class Table:
    """The rows of one run."""

    rows: list[Row] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Return the table as Markdown."""
        found = ["| task | N | figure | product | reference | ratio | budget | |", "|---|---|---|---|---|---|---|---|"]
        for row in sorted(self.rows, key=lambda row: (row.task, row.size)):
            reference = f"{row.reference:.2f}" if row.reference else "–"
            ratio = f"{row.used:.2f}x" if row.reference else "–"
            budget = f"{row.budget:g}x" if row.reference else f"{row.budget:g} {row.unit}"
            budget = "–" if math.isinf(row.budget) else budget
            product = f"{row.product:.2f} {row.unit}"
            state = "" if row.is_met else "over"
            found.append(
                f"| {row.task} | {row.size} | {row.figure} | {product} | {reference} | {ratio} | {budget} | {state} |"
            )
        return found


TABLE: pytest.StashKey[Table] = pytest.StashKey()


@dataclass(frozen=True, slots=True)
class Stopwatch:
    """Compares a case with its reference; see the fixture `compare`."""

    benchmark: BenchmarkFixture
    table: Table

    def __call__(
        self,
        task: str,
        size: int,
        product: Run,
        reference: Run | None,
        budget: float,
        *,
        figure: Figure = "median",
        rounds: int = 7,
        prepare: Run | None = None,
    ) -> None:
        """Run both in turn and keep the row.

        Args:
            task: what is done, in the words of the budgets.
            size: elements of the design.
            product: the case.
            reference: the same work done raw; None where the budget is a duration.
            budget: the largest ratio, or the largest duration in milliseconds; `math.inf` where nothing is asked.
            figure: median, or the 95th percentile for what a hand feels.
            rounds: how often; fewer where one takes seconds.
            prepare: what comes before each run of the case and is not counted.
        """
        raw: list[float] = []

        def before() -> None:
            if reference is not None:
                raw.append(_timed(reference))
            if prepare is not None:
                prepare()

        with _only_new_objects():
            self.benchmark.pedantic(product, setup=before, rounds=rounds, warmup_rounds=1)  # type: ignore[no-untyped-call]
        assert self.benchmark.stats is not None, "benchmarks run with --benchmark-only"
        own = list(self.benchmark.stats.stats.data)
        row = Row(
            task,
            size,
            figure,
            1000 * _value(own, figure),
            1000 * _value(raw[1:], figure) if reference is not None else None,
            budget,
        )
        self.keep(row)

    def keep(self, row: Row) -> None:
        """Keep a row, also in the file that --benchmark-json writes."""
        self.table.rows.append(row)
        self.benchmark.extra_info.update(
            task=row.task, size=row.size, reference_ms=row.reference, used=row.used, budget=row.budget, met=row.is_met
        )


@contextmanager
def _only_new_objects() -> Iterator[None]:
    """Keep the garbage collector from looking at what other cases have made, and from coming in between."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _timed(run: Run) -> float:
    start = process_time()
    run()
    return process_time() - start


def _value(durations: list[float], figure: Figure) -> float:
    if figure == "median":
        return statistics.median(durations)
    ordered = sorted(durations)
    return ordered[math.ceil(0.95 * len(ordered)) - 1]
