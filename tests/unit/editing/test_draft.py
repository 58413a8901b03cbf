from __future__ import annotations

import pytest

from designer.editing.draft import Draft, changed, created
from designer.errors import ChangeError
from designer.model.hosts import Host
from designer.model.workloads import WindowsContainer
from tests.unit.sample import HOST, WEB, eid, sample


def test_each_entity_is_edited_once() -> None:
    topology = sample()
    draft = Draft(topology)
    draft.update(topology[WEB], name="a")
    web = draft.get(WEB)
    assert web is not None
    draft.update(web, remark="b")
    (edit,) = draft.change_set("Test").edits
    assert (edit.before, edit.after) == (topology[WEB], topology[WEB].evolve(name="a", remark="b"))


def test_what_stays_as_it_was_is_no_edit() -> None:
    topology = sample()
    draft = Draft(topology)
    draft.update(topology[WEB], name="web01")
    draft.put(Host(id=eid("new"), name="new"))
    draft.remove(eid("new"))
    assert draft.change_set("Test").edits == ()


def test_a_draft_shows_what_will_be() -> None:
    draft = Draft(sample())
    draft.remove(WEB)
    assert draft.get(WEB) is None
    assert draft.find(HOST, Host) is not None
    assert draft.find(HOST, WindowsContainer) is None


def test_a_placement_is_made_or_set() -> None:
    topology = sample()
    draft = Draft(topology)
    draft.set_placement(WEB, x=1, y=2)
    draft.set_placement(WEB, "compartment", width=300)
    after = topology.apply(draft.change_set("Test"))
    placement, part = after.placement(WEB), after.placement(WEB, "compartment")
    assert placement is not None
    assert part is not None
    assert (placement.x, placement.y, part.width) == (1, 2, 300)


def test_refused_values_are_sentences() -> None:
    with pytest.raises(ChangeError, match="web01, name: the text must not be empty"):
        changed(sample()[WEB], name="")
    with pytest.raises(ChangeError, match="HOST09, colour: there is no field “colour”"):
        created(Host, id="h", name="HOST09", colour="red")
    with pytest.raises(ChangeError, match="not a MAC address"):
        changed(sample()[eid("web-nat")], mac="nonsense")
