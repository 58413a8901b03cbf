from __future__ import annotations

from designer.model.changes import ChangeSet, Edit
from designer.model.hosts import Host
from tests.unit.sample import eid

HOST = Host(id=eid("h"), name="HOST01")


def test_the_inverse_swaps_and_reverses() -> None:
    other = Host(id=eid("h2"), name="HOST02")
    change = ChangeSet("Add hosts", (Edit(None, HOST), Edit(None, other)))
    assert change.inverse() == ChangeSet("Add hosts", (Edit(other, None), Edit(HOST, None)))
    assert change.inverse().inverse() == change


def test_an_edit_is_of_one_entity() -> None:
    assert Edit(None, HOST).id == Edit(HOST, None).id == "h"


def test_a_change_that_changes_nothing_is_false() -> None:
    assert not ChangeSet("Nothing", ())
    assert not ChangeSet("Same", (Edit(HOST, HOST.evolve()),))
    assert ChangeSet("Rename", (Edit(HOST, HOST.evolve(name="other")),))
