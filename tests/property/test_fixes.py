"""Every quick fix removes its finding and makes no new error, in random designs and in all examples of rules."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings

from designer.model.identity import EntityId
from designer.model.topology import Topology
from designer.rules.registry import Finding, Judged, Severity
from designer.rules.runner import Judgement, judge, rejudge
from tests.property.strategies import topologies
from tests.unit.rules.examples import Example, all_examples, ids_of

EXAMPLES = all_examples()


def same(finding: Finding) -> tuple[tuple[EntityId, ...], str]:
    """Return what makes a finding the same one after an edit: its elements and its words."""
    return finding.elements, finding.message


def errors(judgement: Judgement) -> Counter[tuple[str, EntityId]]:
    """Count the errors of each rule at each element that they are mostly about."""
    found = (judged for judged in judgement if judged.severity is Severity.ERROR)
    return Counter((judged.rule.id, judged.finding.elements[0]) for judged in found)


def faults_of_fix(topology: Topology, before: Judgement, judged: Judged) -> list[str]:
    """Return what is wrong with a fix: the finding stays, or errors are there that were not before.

    An error that takes the place of another one at the same element (no adapter is free, then: none is chosen) is none.
    """
    fix = judged.finding.fix
    assert fix is not None
    after = rejudge(topology.apply(fix), fix, before)
    faults = [
        f"{judged.rule.id} stays: {other.finding.message}"
        for other in after
        if other.rule.id == judged.rule.id and same(other.finding) == same(judged.finding)
    ]
    fresh = errors(after) - errors(before)
    replaced = Counter({element: count for (_, element), count in (errors(before) - errors(after)).items()})
    replaced[judged.finding.elements[0]] = 0
    fresh = Counter({key: count for key, count in fresh.items() if not replaced[key[1]]})
    return faults + [
        f"{judged.rule.id} ({judged.finding.message} | {fix.label}) makes {other.rule.id}: {other.finding.message}"
        for other in after
        if other.severity is Severity.ERROR and (other.rule.id, other.finding.elements[0]) in fresh
    ]


def faults(topology: Topology) -> list[str]:
    """Return what is wrong with the fixes of a design."""
    before = judge(topology)
    return [
        fault
        for judged in before
        if judged.finding.fix is not None
        for fault in faults_of_fix(topology, before, judged)
    ]


@settings(max_examples=60)
@given(topologies())
def test_fixes_mend_random_designs(topology: Topology) -> None:
    assert faults(topology) == []


@pytest.mark.parametrize("example", EXAMPLES, ids=ids_of(EXAMPLES))
def test_fixes_mend_the_examples(example: Example) -> None:
    assert faults(example.bad.topology) == []
    assert faults(example.good.topology) == []
