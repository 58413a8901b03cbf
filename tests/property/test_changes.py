"""Whatever is done to a design can be undone exactly, and leaves a sound design."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from designer.editing.clipboard import copy, paste
from designer.editing.commands import delete
from designer.errors import ChangeError
from designer.model.annotations import DesignInfo, Suppression
from designer.model.base import Element
from designer.model.topology import Topology
from tests.property.strategies import commands, hostile_topologies, topologies


def assert_sound(topology: Topology) -> None:
    """Compare all look-ups with those of a design that is built anew."""
    anew = Topology.of_entities(topology.entities.values())
    assert topology == anew
    for entity in topology.entities.values():
        assert topology.of(type(entity)) == anew.of(type(entity))
        assert topology.referrers(entity.id) == anew.referrers(entity.id)
        assert topology.children(entity.id) == anew.children(entity.id)
    assert topology.children(None) == anew.children(None)


@given(topologies(), st.data())
def test_every_change_is_undone_exactly(topology: Topology, data: st.DataObject) -> None:
    change = data.draw(commands(topology))
    after = topology.apply(change)
    assert_sound(after)
    assert bool(change) is (after != topology)
    undone = after.apply(change.inverse())
    assert undone == topology
    assert_sound(undone)
    assert undone.apply(change) == after


@settings(max_examples=50)
@given(hostile_topologies(), st.data())
def test_names_do_not_matter_to_changes(topology: Topology, data: st.DataObject) -> None:
    change = data.draw(commands(topology))
    assert topology.apply(change).apply(change.inverse()) == topology
    assert "\n" not in change.label


@given(topologies(), st.data())
def test_deleting_leaves_nothing_behind(topology: Topology, data: st.DataObject) -> None:
    ids = sorted(element.id for element in topology.elements())
    chosen = data.draw(st.lists(st.sampled_from(ids))) if ids else []
    after = topology.apply(delete(topology, chosen))
    assert not any(found in after for found in chosen)
    left = topology.apply(delete(topology, ids)).entities.values()
    assert all(isinstance(entity, DesignInfo | Suppression) and not entity.references() for entity in left)


@given(topologies(), topologies(), st.data())
def test_pasting_keeps_ids_and_names_unique(source: Topology, target: Topology, data: st.DataObject) -> None:
    ids = sorted(element.id for element in source.elements())
    fragment = copy(source, data.draw(st.lists(st.sampled_from(ids), max_size=4)) if ids else [])
    parent = data.draw(st.sampled_from([None, *sorted(element.id for element in target.elements())]))
    try:
        change = paste(target, fragment, parent, 16, 16)
    except ChangeError:
        return
    after = target.apply(change)
    assert_sound(after)
    assert after.apply(change.inverse()) == target
    added = [edit.after for edit in change.edits if isinstance(edit.after, Element)]
    assert {element.id for element in added}.isdisjoint(target.entities)
