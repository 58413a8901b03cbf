from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given

from designer import api
from designer.model.changes import ChangeSet, Edit
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.topology import Topology
from designer.rules.design import Design
from designer.rules.mending import MAX_FIXES, MAX_TRIES
from designer.rules.registry import RULES, Finding, FixClass, Rule, Severity
from designer.rules.runner import INTERNAL
from tests.property.strategies import topologies

HOST = Host(id=EntityId("h"), name="HOST01")


@given(topologies())
def test_fixing_ends_and_leaves_nothing_that_can_be_fixed_alone(topology: Topology) -> None:
    result = api.fix(topology)
    again = api.fix(result.topology)

    assert len(result.fixed) < MAX_FIXES
    assert [judged.rule.id for judged in again.fixed] == []


@pytest.fixture
def stubborn(monkeypatch: pytest.MonkeyPatch) -> Rule:
    """A rule whose fix brings its own finding back."""

    def check(_design: Design, host: Host) -> Iterator[Finding]:
        other = "HOST02" if host.name == "HOST01" else "HOST01"
        yield Finding((host.id,), "Rename it.", fix=ChangeSet("Rename", (Edit(host, host.evolve(name=other)),)))

    rule = replace(INTERNAL, id="ZZZ001", fix_class=FixClass.QUICK, subject=Host, check=check)
    monkeypatch.setitem(RULES, rule.id, rule)
    return rule


def test_a_fix_that_brings_its_finding_back_does_not_run_for_ever(stubborn: Rule) -> None:
    result = api.fix(Topology.of_entities([HOST]), [stubborn.id])

    assert len(result.fixed) == MAX_TRIES
    assert len(result.left) == 1


def test_a_fix_that_needs_a_decision_is_not_applied(stubborn: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RULES, stubborn.id, replace(stubborn, fix_class=FixClass.MANUAL))

    assert api.fix(Topology.of_entities([HOST]), [stubborn.id]).fixed == ()


def test_a_hint_is_taken_only_when_its_rule_is_named(stubborn: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RULES, stubborn.id, replace(stubborn, severity=Severity.INFO))
    topology = Topology.of_entities([HOST])

    assert api.fix(topology).topology == topology
    assert api.fix(topology, [stubborn.id]).topology != topology


def test_a_fix_that_no_longer_fits_is_left_out(stubborn: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    def stale(_design: Design, host: Host) -> Iterator[Finding]:
        before = host.evolve(name="OLD")
        yield Finding((host.id,), "Rename it.", fix=ChangeSet("Rename", (Edit(before, host),)))

    monkeypatch.setitem(RULES, stubborn.id, replace(stubborn, check=stale))

    assert api.fix(Topology.of_entities([HOST]), [stubborn.id]).fixed == ()
