from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

import pytest
from pytestqt.qtbot import QtBot

from designer.editing.commands import rename
from designer.model.fabric import Client
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.topology import Topology
from designer.resources import example_folder
from designer.rules.registry import Judged, Severity
from designer.rules.runner import judge
from designer.storage.files import load
from designer.ui.document_controller import DocumentController
from designer.ui.judging import DELAY_MS, SMALL_DESIGN

pytestmark = pytest.mark.qt


@pytest.fixture
def controller(qtbot: QtBot) -> Iterator[DocumentController]:
    found = DocumentController()
    yield found
    found.close()


def broken() -> Topology:
    return load(example_folder() / "broken.cnd").topology


def large() -> Topology:
    clients = [Client(id=EntityId(f"client-{n}"), name=f"client{n}") for n in range(SMALL_DESIGN + 10)]
    return Topology.of_entities([*broken().entities.values(), *clients])


@pytest.mark.parametrize("design", [broken, large])
def test_findings_follow_the_design_and_equal_a_full_pass(
    controller: DocumentController, qtbot: QtBot, design: object
) -> None:
    assert callable(design)
    controller.adopt(design())
    qtbot.waitUntil(lambda: controller.is_judged, timeout=20_000)
    assert tuple(controller.judged) == tuple(judge(controller.topology))
    host = controller.topology.of(Host)[0]
    controller.execute(rename(controller.topology, host.id, "OTHER"))
    assert not controller.is_judged
    qtbot.waitUntil(lambda: controller.is_judged, timeout=20_000)
    assert tuple(controller.judged) == tuple(judge(controller.topology))
    controller.undo()
    qtbot.waitUntil(lambda: controller.is_judged, timeout=20_000)
    assert tuple(controller.judged) == tuple(judge(controller.topology))


def test_a_change_returns_before_anything_is_judged(controller: DocumentController, qtbot: QtBot) -> None:
    controller.adopt(broken())
    qtbot.waitUntil(lambda: controller.is_judged)
    told: list[tuple[Judged, ...]] = []
    controller.judged_changed.connect(told.append)
    host = controller.topology.of(Host)[0]
    for number in range(5):
        controller.execute(rename(controller.topology, host.id, f"HOST{number}"))
    assert told == []
    qtbot.waitUntil(lambda: controller.is_judged)
    assert len(told) == 1


def test_the_design_rests_before_it_is_judged(controller: DocumentController, qtbot: QtBot) -> None:
    controller.adopt(broken())
    qtbot.waitUntil(lambda: controller.is_judged)
    host = controller.topology.of(Host)[0]
    begun = perf_counter()
    controller.execute(rename(controller.topology, host.id, "OTHER"))
    qtbot.waitUntil(lambda: controller.is_judged)
    assert perf_counter() - begun >= 0.9 * DELAY_MS / 1000


def test_a_result_for_another_design_is_dropped(controller: DocumentController, qtbot: QtBot) -> None:
    controller.adopt(large())
    qtbot.wait(1)
    controller.adopt(Topology())
    qtbot.waitUntil(lambda: controller.is_judged)
    qtbot.wait(300)
    assert tuple(controller.judged) == ()


def test_nothing_is_judged_or_told_while_a_gesture_runs(controller: DocumentController, qtbot: QtBot) -> None:
    controller.adopt(broken())
    qtbot.waitUntil(lambda: controller.is_judged)
    told: list[tuple[Judged, ...]] = []
    controller.judged_changed.connect(told.append)
    controller.hold_findings(held=True)
    host = controller.topology.of(Host)[0]
    controller.execute(rename(controller.topology, host.id, "OTHER"))
    controller.judge_now()
    qtbot.wait(2 * DELAY_MS)
    assert told == []
    assert not controller.is_judged
    controller.hold_findings(held=False)
    qtbot.waitUntil(lambda: controller.is_judged)
    assert len(told) == 1
    controller.hold_findings(held=True)
    controller.hold_findings(held=False)
    qtbot.wait(2 * DELAY_MS)
    assert len(told) == 1, "nothing has changed meanwhile"


def test_a_result_of_the_thread_waits_for_the_end_of_a_gesture(controller: DocumentController, qtbot: QtBot) -> None:
    controller.adopt(large())
    qtbot.waitUntil(lambda: controller.is_judged, timeout=20_000)
    told: list[tuple[Judged, ...]] = []
    controller.judged_changed.connect(told.append)
    host = controller.topology.of(Host)[0]
    controller.execute(rename(controller.topology, host.id, "OTHER"))
    controller.judge_now()
    controller.hold_findings(held=True)
    qtbot.wait(3 * DELAY_MS)
    assert told == []
    controller.hold_findings(held=False)
    qtbot.waitUntil(lambda: controller.is_judged, timeout=20_000)
    assert len(told) == 1


def test_a_design_is_judged_when_it_is_asked_for(controller: DocumentController, qtbot: QtBot) -> None:
    controller.adopt(broken())
    qtbot.waitUntil(lambda: controller.is_judged)
    controller.judge_by_itself(is_live=False)
    host = controller.topology.of(Host)[0]
    controller.execute(rename(controller.topology, host.id, "OTHER"))
    before = controller.judged
    qtbot.wait(2 * DELAY_MS)
    assert controller.judged is before
    assert not controller.is_judged
    controller.judge_now()
    assert controller.is_judged
    assert tuple(controller.judgement) == tuple(judge(controller.topology))
    controller.execute(rename(controller.topology, host.id, "THIRD"))
    controller.judge_by_itself(is_live=True)
    assert controller.is_judged


def test_hidden_rules_and_mild_findings_are_not_shown_but_errors_always_are(
    controller: DocumentController, qtbot: QtBot
) -> None:
    controller.adopt(broken())
    qtbot.waitUntil(lambda: controller.is_judged)
    rules = frozenset(found.rule.id for found in controller.judgement)
    errors = [found for found in controller.judgement if found.severity is Severity.ERROR]
    controller.hide(rules, only_errors=False)
    assert list(controller.judged) == errors
    assert len(controller.hidden) == len(controller.judgement) - len(errors)
    controller.hide(frozenset(), only_errors=True)
    assert list(controller.judged) == errors
    controller.hide(frozenset(), only_errors=False)
    assert controller.judged == tuple(controller.judgement)
    assert controller.hidden == ()
