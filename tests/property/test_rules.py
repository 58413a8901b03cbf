"""Judging an edit gives what judging the whole design gives, and quick fixes fit."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.model.annotations import Placement
from designer.model.topology import Topology
from designer.rules.registry import Finding
from designer.rules.runner import Judgement, judge, rejudge
from tests.property.random_edits import Editor
from tests.property.strategies import commands, hostile_topologies, topologies


def content(judgement: Judgement) -> list[tuple[object, ...]]:
    """Return what is found and how it would be fixed, but for where things stand: moving does not judge again."""
    return [
        (judged.rule.id, judged.severity, finding.elements, finding.message, finding.field, fix_of(finding))
        for judged in judgement
        for finding in (judged.finding,)
    ]


def fix_of(finding: Finding) -> tuple[object, ...]:
    """Return label and edits of a fix, without those of placements."""
    if finding.fix is None:
        return ()
    edits = (edit for edit in finding.fix.edits if not isinstance(edit.before or edit.after, Placement))
    return (finding.fix.label, *edits)


@given(topologies(), st.data())
def test_judging_an_edit_equals_judging_everything(topology: Topology, data: st.DataObject) -> None:
    judged = judge(topology)
    for _ in range(3):
        change = data.draw(commands(topology))
        topology = topology.apply(change)
        judged = rejudge(topology, change, judged)
        assert content(judged) == content(judge(topology))


def edit_and_undo(seed: int, edits: int) -> None:
    """Edit a design at random, judging each edit, and half of the undone and repeated ones, anew and as a whole."""
    editor = Editor(seed)
    judged = judge(editor.topology)
    for number in range(edits):
        change = editor.next(judged)
        for step in (change, change.inverse(), change) if number % 2 else (change,):
            editor.topology = editor.topology.apply(step)
            judged = rejudge(editor.topology, step, judged)
            whole = judge(editor.topology)
            assert content(judged) == content(whole), f"seed {seed}, edit {number}: {step.label}"


@pytest.mark.parametrize("seed", range(3))
def test_judging_edits_of_everything_equals_judging_everything(seed: int) -> None:
    edit_and_undo(seed, 40)


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(50))
def test_judging_ten_thousand_edits_equals_judging_everything(seed: int) -> None:
    edit_and_undo(seed, 200)


@settings(max_examples=50)
@given(hostile_topologies())
def test_findings_are_one_line_and_fixes_apply(topology: Topology) -> None:
    for judged in judge(topology):
        finding = judged.finding
        assert "crashed" not in finding.message, judged.rule.id
        assert all(element in topology for element in finding.elements)
        if finding.fix is not None:
            assert topology.apply(finding.fix) != topology
