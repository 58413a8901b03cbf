"""A session of editing, undoing, redoing, saving and loading at random."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from designer.model.changes import ChangeSet
from designer.model.identity import counting_ids
from designer.model.topology import Topology
from designer.rules.runner import Judgement, judge, rejudge
from designer.storage.codec import decode, encode
from designer.storage.document import Document
from tests.property.strategies import commands, topologies
from tests.property.test_changes import assert_sound
from tests.property.test_rules import content


class Session(RuleBasedStateMachine):
    """What a window does to a design; the history holds every design that undo must come back to."""

    def __init__(self) -> None:
        super().__init__()
        self.history: list[tuple[ChangeSet, Topology]] = []
        self.undone: list[tuple[ChangeSet, Topology]] = []
        self.topology = Topology()
        self.judged: Judgement = judge(self.topology)
        self.new_id = counting_ids()

    @initialize(topology=topologies(max_hosts=1))
    def open(self, topology: Topology) -> None:
        self.topology, self.judged = topology, judge(topology)

    def _commit(self, change: ChangeSet) -> None:
        self.topology = self.topology.apply(change)
        self.judged = rejudge(self.topology, change, self.judged)

    @rule(data=st.data())
    def edit(self, data: st.DataObject) -> None:
        change = data.draw(commands(self.topology, lambda kind: self.new_id(f"new-{kind}")))
        if change:
            self.history.append((change, self.topology))
            self.undone.clear()
            self._commit(change)

    @precondition(lambda self: self.history)
    @rule()
    def undo(self) -> None:
        change, before = self.history.pop()
        self.undone.append((change, self.topology))
        self._commit(change.inverse())
        assert self.topology == before

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        change, after = self.undone.pop()
        self.history.append((change, self.topology))
        self._commit(change)
        assert self.topology == after

    @rule()
    def save_and_load(self) -> None:
        self.topology = decode(encode(Document(self.topology)), "session.cnd").topology

    @invariant()
    def the_design_is_sound(self) -> None:
        assert_sound(self.topology)

    @invariant()
    def the_findings_are_those_of_the_whole_design(self) -> None:
        assert content(self.judged) == content(judge(self.topology))


def test_a_session() -> None:
    run_state_machine_as_test(Session, settings=settings(max_examples=25, stateful_step_count=20))


@pytest.mark.campaign
def test_many_long_sessions() -> None:
    long = settings(
        max_examples=1000, stateful_step_count=60, suppress_health_check=list(HealthCheck), derandomize=False
    )
    run_state_machine_as_test(Session, settings=long)
