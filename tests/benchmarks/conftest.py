"""Fixtures of the benchmarks, and the table at the end of a run."""

from __future__ import annotations

import os
from pathlib import Path
from time import process_time

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.benchmarks.harness import TABLE, Stopwatch, Table

HERE = Path(__file__).parent

os.environ["QT_QPA_PLATFORM"] = "offscreen"


def pytest_configure(config: pytest.Config) -> None:
    """Start an empty table."""
    config.stash[TABLE] = Table()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let pytest-benchmark count processor time, like the harness."""
    for item in items:
        if item.path.parent == HERE:
            item.add_marker(pytest.mark.benchmark(timer=process_time))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print ratios beside budgets."""
    table = config.stash.get(TABLE, None)
    if table is not None and table.rows:
        terminalreporter.section("ratios to the raw reference, beside the budgets")
        terminalreporter.write_line("\n".join(table.lines()))


@pytest.fixture
def compare(benchmark: BenchmarkFixture, pytestconfig: pytest.Config) -> Stopwatch:
    """Return what times a case beside its reference."""
    return Stopwatch(benchmark, pytestconfig.stash[TABLE])
