"""Traces are kept from edit to edit where the edit cannot matter, and made again where it can."""

from __future__ import annotations

import pytest

from designer.model.changes import ChangeSet, Edit
from designer.model.flows import Flow
from designer.model.identity import EntityId
from designer.model.topology import Topology
from designer.rules.design import Design
from designer.rules.runner import judge, rejudge
from designer.rules.tracing import Traces, hosts_of
from tests.unit.rules.designs import design

TWO = (
    design()
    .host("HOST01")
    .network("nat0", subnet="172.16.0.0/20")
    .container("web01", on="nat0")
    .container("db01", on="nat0")
    .host("HOST02")
    .network("nat1", subnet="172.16.16.0/20")
    .container("api01", on="nat1")
    .flow("web01", "db01")
).topology
(FLOW,) = TWO.of(Flow)


def edited(topology: Topology, entity: str, **fields: object) -> tuple[Topology, ChangeSet]:
    before = topology[EntityId(entity)]
    change = ChangeSet("Edit", (Edit(before, before.evolve(**fields)),))
    return topology.apply(change), change


def test_a_trace_is_made_once() -> None:
    traces = Traces(TWO)
    assert traces.of(FLOW) is traces.of(FLOW)
    assert traces.of(FLOW).delivered
    assert hosts_of(traces.of(FLOW)) == {"HOST01"}


def ids(*names: str) -> frozenset[EntityId]:
    return frozenset(map(EntityId, names))


def test_an_edit_on_another_host_keeps_it() -> None:
    traces = Traces(TWO)
    known = traces.of(FLOW)
    after, _ = edited(TWO, "api01", image_build=17763)
    later = traces.after(after, ids("api01"), ids("api01", "nat1", "HOST02"), ids("HOST02"))
    assert later.of(FLOW) is known


@pytest.mark.parametrize(
    ("edit", "near", "hosts"),
    [
        ("db01", ids("db01", "nat0", "HOST01"), ids("HOST01")),
        ("HOST02", ids("HOST02"), ids("HOST02")),
        ("web01>db01", ids("web01>db01", "web01", "db01"), ids("HOST01")),
        ("gone", ids("gone", "corp"), ids("HOST03")),
    ],
)
def test_an_edit_on_its_host_or_beyond_all_hosts_makes_it_again(
    edit: str, near: frozenset[EntityId], hosts: frozenset[EntityId]
) -> None:
    topology = design().host("HOST03").network("corp", mode="transparent").topology
    both = Topology.of_entities([*TWO.entities.values(), *topology.entities.values()])
    traces = Traces(both)
    known = traces.of(FLOW)
    assert traces.after(both, ids(edit), near, hosts).of(FLOW) is not known


def test_judging_an_edit_takes_the_traces_over() -> None:
    before = judge(TWO)
    known = before.state.design.traces.of(FLOW)
    after, change = edited(TWO, "api01", remark="the third")
    judged = rejudge(after, change, before)
    assert judged.state.design.traces.of(FLOW) is known


def test_a_design_without_flows_traces_nothing() -> None:
    empty = Design(TWO)
    empty.remember(Design(TWO), ids(), ids(), ids())
    assert empty._traces is None
