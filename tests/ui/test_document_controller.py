from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from pytestqt.qtbot import QtBot

from designer.model.annotations import Placement, placement_id
from designer.model.changes import ChangeSet, Edit
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.realisation import PartKey
from designer.model.topology import Topology
from designer.ui.document_controller import AMEND, MERGE_WINDOW_S, DocumentController

pytestmark = pytest.mark.qt

HOST = EntityId("host-1")


@dataclass
class Clock:
    time: float = 0.0

    def __call__(self) -> float:
        return self.time


@dataclass
class Heard:
    changes: list[ChangeSet] = field(default_factory=list)
    selections: list[frozenset[PartKey]] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def controller(qtbot: QtBot, clock: Clock) -> Iterator[DocumentController]:
    controller = DocumentController(now=clock)
    controller.adopt(Topology.of_entities([Host(id=HOST, name="HOST01")]))
    yield controller
    controller.close()


@pytest.fixture
def heard(controller: DocumentController) -> Heard:
    heard = Heard()
    controller.changed.connect(heard.changes.append)
    controller.selection_changed.connect(heard.selections.append)
    controller.refused.connect(heard.refusals.append)
    return heard


def rename(controller: DocumentController, name: str) -> ChangeSet:
    host = controller.topology.find(HOST, Host)
    assert host is not None
    return ChangeSet(f"Rename to {name}", (Edit(host, host.evolve(name=name)),))


def shift(controller: DocumentController, x: float) -> ChangeSet:
    before = controller.topology.placement(HOST)
    after = Placement(id=placement_id(HOST), element=HOST, x=x)
    return ChangeSet("Move HOST01", (Edit(before, after),))


def name_of(controller: DocumentController) -> str:
    host = controller.topology.find(HOST, Host)
    assert host is not None
    return host.name


def test_a_change_is_applied_told_and_undone_exactly(controller: DocumentController, heard: Heard) -> None:
    start = controller.topology
    assert controller.execute(rename(controller, "web"))
    assert name_of(controller) == "web"
    assert controller.is_dirty
    controller.undo()
    assert controller.topology == start
    assert not controller.is_dirty
    controller.redo()
    assert name_of(controller) == "web"
    assert [change.label for change in heard.changes] == ["Rename to web"] * 3


def test_a_change_that_changes_nothing_leaves_no_step(controller: DocumentController, heard: Heard) -> None:
    controller.execute(rename(controller, "HOST01"))
    assert controller.undo_stack.count() == 0
    assert heard.changes == []


def test_a_stale_change_is_refused_before_it_reaches_the_stack(controller: DocumentController, heard: Heard) -> None:
    stale = rename(controller, "old")
    controller.execute(rename(controller, "new"))
    assert not controller.execute(stale)
    assert controller.undo_stack.count() == 1
    assert name_of(controller) == "new"
    assert "no longer fits" in heard.refusals[0]


@pytest.mark.parametrize(
    ("pause", "gestures", "between", "steps"),
    [
        (0.2, ("nudge", "nudge"), None, 1),
        (MERGE_WINDOW_S + 0.1, ("nudge", "nudge"), None, 2),
        (0.2, ("nudge", "drag"), None, 2),
        (0.2, ("", ""), None, 2),
        (0.2, ("nudge", ""), None, 2),
        (0.2, ("nudge", "nudge"), "end_gesture", 2),
        (0.2, ("nudge", "nudge"), "undo and redo", 2),
        (0.2, ("nudge", "nudge"), "another change", 3),
        (9.0, ("", AMEND), None, 1),
        (9.0, ("", AMEND), "undo and redo", 2),
    ],
)
def test_changes_of_one_gesture_are_one_step(
    controller: DocumentController,
    clock: Clock,
    pause: float,
    gestures: tuple[str, str],
    between: str | None,
    steps: int,
) -> None:
    controller.execute(shift(controller, 8), gestures[0])
    match between:
        case "end_gesture":
            controller.end_gesture()
        case "undo and redo":
            controller.undo()
            controller.redo()
        case "another change":
            controller.execute(rename(controller, "web"))
    clock.time += pause
    controller.execute(shift(controller, 16), gestures[1])
    assert controller.undo_stack.count() == steps
    placement = controller.topology.placement(HOST)
    assert placement is not None
    assert placement.x == 16


def test_a_gesture_that_returns_to_the_start_leaves_no_step(controller: DocumentController) -> None:
    controller.execute(shift(controller, 8))
    controller.execute(shift(controller, 16), "nudge")
    controller.execute(shift(controller, 8), "nudge")
    assert controller.undo_stack.count() == 1


def test_different_fields_of_one_element_do_not_merge(controller: DocumentController) -> None:
    controller.execute(rename(controller, "web"), "edit")
    host = controller.topology.find(HOST, Host)
    assert host is not None
    controller.execute(ChangeSet("Describe", (Edit(host, host.evolve(remark="old")),)), "edit")
    assert controller.undo_stack.count() == 2


def test_selection_is_told_once_and_loses_what_is_gone(controller: DocumentController, heard: Heard) -> None:
    other = Host(id=EntityId("host-2"), name="HOST02")
    controller.execute(ChangeSet("Add HOST02", (Edit(None, other),)))
    controller.select([PartKey(other.id)])
    controller.select([PartKey(other.id)])
    controller.undo()
    assert heard.selections == [frozenset({PartKey(other.id)}), frozenset()]
    controller.redo()
    assert controller.selection == {PartKey(other.id)}


def test_selecting_is_no_step_and_does_not_dirty(controller: DocumentController) -> None:
    controller.select([PartKey(HOST)])
    assert controller.undo_stack.count() == 0
    assert not controller.is_dirty


def test_another_design_forgets_the_one_before(controller: DocumentController, qtbot: QtBot) -> None:
    controller.execute(rename(controller, "web"))
    controller.select([PartKey(HOST)])
    with qtbot.waitSignals([controller.document_opened, controller.selection_changed]):
        controller.adopt(Topology())
    assert (controller.undo_stack.count(), controller.selection, len(controller.topology)) == (0, frozenset(), 0)


def test_a_closed_controller_keeps_no_undo_steps_for_the_cycle_collector(controller: DocumentController) -> None:
    controller.execute(rename(controller, "HOST02"))
    assert controller.undo_stack.count() == 1
    controller.close()
    assert controller.undo_stack.count() == 0
