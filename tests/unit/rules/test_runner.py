"""The runner: order, crashes, and that judging again after an edit equals judging everything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from designer.model.changes import ChangeSet, Edit
from designer.model.hosts import Host
from designer.model.topology import Topology
from designer.rules.catalogue import catalogue, rule_of
from designer.rules.design import Design
from designer.rules.registry import Finding, Judged, Severity
from designer.rules.runner import Judgement, judge, rejudge
from tests.property.strategies import commands, topologies
from tests.unit.rules.designs import design


def told(judgement: tuple[Judged, ...]) -> list[tuple[str, Finding]]:
    return [(judged.rule.id, judged.finding) for judged in judgement]


def without_placements(change: ChangeSet | None) -> object:
    if change is None:
        return None
    return change.label, tuple(edit for edit in change.edits if not edit.id.__contains__("@"))


def comparable(judgement: tuple[Judged, ...]) -> list[object]:
    return [
        (judged.rule.id, replace(judged.finding, fix=None), without_placements(judged.finding.fix))
        for judged in judgement
    ]


def assert_equal(again: Judgement, whole: Judgement) -> None:
    """Compare, and name the findings that differ."""
    left, right = comparable(again), comparable(whole)
    too_many = [str(found)[:300] for found in left if found not in right]
    missing = [str(found)[:300] for found in right if found not in left]
    assert (too_many, missing) == ([], [])
    assert left == right


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(topologies(), st.data())
def test_judging_again_equals_judging_everything(topology: Topology, data: st.DataObject) -> None:
    judgement = judge(topology)
    for _ in range(3):
        change = data.draw(commands(topology))
        topology = topology.apply(change)
        judgement = rejudge(topology, change, judgement)
        assert_equal(judgement, judge(topology))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(topologies(), st.data())
def test_undoing_brings_the_judgement_back(topology: Topology, data: st.DataObject) -> None:
    judgement = judge(topology)
    change = data.draw(commands(topology))
    after = rejudge(topology.apply(change), change, judgement)
    back = rejudge(topology, change.inverse(), after)
    assert comparable(back) == comparable(judgement)


def test_findings_come_worst_first_then_by_rule_and_name() -> None:
    broken = design().host().network("nat0", subnet="10.1.0.7/24", gateway="10.2.0.1").network("a", mode="private")
    judgement = judge(broken.topology)
    assert [judged.severity.rank for judged in judgement] == sorted(judged.severity.rank for judged in judgement)
    assert judgement.counts[Severity.ERROR] == 2
    assert [judged.rule.id for judged in judgement][:2] == ["IPA001", "IPA002"]


def test_moving_things_judges_nothing() -> None:
    drawn = design().host().network("nat0").placed("nat0", 10, 20)
    before = judge(drawn.topology)
    assert rejudge(drawn.topology, drawn.last_change, before) is before


def test_a_crashing_rule_is_one_finding_and_the_others_run() -> None:
    def crash(_design: Design, _subject: Host) -> Iterator[Finding]:
        raise ZeroDivisionError("by hand")

    broken = replace(rule_of("HST007"), check=crash)
    others = [found for found in catalogue() if found.id != "HST007"]
    drawn = design().host("HOST01").host("HOST02").network("nat0", subnet="10.1.0.0/24", gateway="10.2.0.1")
    judgement = judge(drawn.topology, [broken, *others])
    crashes = [judged for judged in judgement if judged.rule.id == "INT001"]
    assert len(crashes) == 1
    assert "HST007" in crashes[0].finding.message
    assert crashes[0].severity is Severity.WARNING
    assert any(judged.rule.id == "IPA002" for judged in judgement)
    host = drawn.topology["HOST01"]  # type: ignore[index]  # the builder's ids are the names
    change = ChangeSet("Rename", (Edit(host, host.evolve(name="HOST09")),))
    again = rejudge(drawn.topology.apply(change), change, judgement)
    assert [judged.rule.id for judged in again if judged.rule.id == "INT001"] == ["INT001"]


def test_a_plain_tuple_is_judged_from_scratch() -> None:
    drawn = design().host().network("nat0", subnet="10.1.0.0/24", gateway="10.2.0.1")
    plain = tuple(judge(drawn.topology))
    assert isinstance(rejudge(drawn.topology, ChangeSet("Nothing", ()), plain), Judgement)


def test_only_the_rules_given_are_asked() -> None:
    drawn = design().host().network("nat0", subnet="10.1.0.7/24", gateway="10.2.0.1")
    assert [judged.rule.id for judged in judge(drawn.topology, [rule_of("IPA002")])] == ["IPA002"]
