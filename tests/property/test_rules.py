"""Judging an edit gives what judging the whole design gives, and quick fixes fit."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from designer.model.topology import Topology
from designer.rules.runner import judge, rejudge
from tests.property.strategies import commands, hostile_topologies, topologies


@given(topologies(), st.data())
def test_judging_an_edit_equals_judging_everything(topology: Topology, data: st.DataObject) -> None:
    judged = judge(topology)
    for _ in range(3):
        change = data.draw(commands(topology))
        topology = topology.apply(change)
        judged = rejudge(topology, change, judged)
        assert tuple(judged) == tuple(judge(topology))


@settings(max_examples=50)
@given(hostile_topologies())
def test_findings_are_one_line_and_fixes_apply(topology: Topology) -> None:
    for judged in judge(topology):
        finding = judged.finding
        assert "crashed" not in finding.message, judged.rule.id
        assert all(element in topology for element in finding.elements)
        if finding.fix is not None:
            assert topology.apply(finding.fix) != topology
