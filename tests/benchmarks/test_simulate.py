"""Following packets: one path, an edit in between, and the matrix of a hundred ends."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle

import pytest

from designer.editing.commands import rename
from designer.model.identity import EntityId
from designer.model.topology import Topology
from designer.model.workloads import HyperVContainer
from designer.simulate.asking import ends_of
from designer.simulate.engine import trace
from designer.simulate.matrix import matrix
from designer.simulate.trace import Packet
from designer.simulate.world import World, hosts_changed_by
from tests.benchmarks import raw
from tests.benchmarks.designs import container_ids, design
from tests.benchmarks.harness import Stopwatch

sizes = pytest.mark.parametrize("size", [1_000, 10_000, 50_000])
PAIRS = 20
ELEMENTS_OF_A_HUNDRED_ENDS = 153


def pairs(topology: Topology) -> list[tuple[EntityId, EntityId]]:
    """Return pairs of ends of one physical network, where most packets arrive, each with a far one in between."""
    near = container_ids(topology)[:PAIRS]
    last = topology.of(HyperVContainer)[-1].id
    others = [*near[7:], *near[:7]]
    others[::5] = [last] * len(others[::5])
    return list(zip(near, others, strict=True))


@sizes
def test_trace_a_path(compare: Stopwatch, size: int) -> None:
    topology = design(size)
    world, graph, asked = World(topology), raw.adjacency(raw.records(topology)), pairs(topology)
    compare(
        "trace 20 packets and their answers, world kept",
        size,
        lambda: [trace(world, Packet(source, target, port=80)) for source, target in asked],
        lambda: [raw.shortest_path(graph, source, target) for source, target in asked],
        8,
        figure="p95",
        rounds=20,
    )


@sizes
def test_trace_after_an_edit(compare: Stopwatch, size: int) -> None:
    topology, ids = design(size), cycle(container_ids(design(size)))
    source, target = pairs(topology)[1]
    world = World(topology)
    trace(world, Packet(source, target, port=80))
    number = 0

    def edit_and_trace() -> None:
        nonlocal number
        number += 1
        change = rename(topology, next(ids), f"other{number}")
        after = topology.apply(change)
        trace(world.after(after, hosts_changed_by(topology, after, change)), Packet(source, target, port=80))

    compare("edit one container and trace again", size, edit_and_trace, None, 20, figure="p95", rounds=20)


def test_the_matrix_of_a_hundred_ends(compare: Stopwatch) -> None:
    topology = design(ELEMENTS_OF_A_HUNDRED_ENDS)
    ends = len(ends_of(topology))
    assert 100 <= ends <= 110
    found: Callable[[], object] = lambda: matrix(World(topology))  # noqa: E731 - named for the type
    compare("matrix of 100 x 100 packets and their answers", ends, found, None, 5_000, rounds=3)
