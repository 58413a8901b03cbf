"""Which rows the list of problems has, in which order and under which headings; and that only what changes moves."""

from __future__ import annotations

from time import process_time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from designer.model.annotations import Suppression
from designer.model.changes import ChangeSet, Edit
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.topology import Topology
from designer.resources import example_folder
from designer.rules.registry import Severity
from designer.rules.runner import Judgement, judge, rejudge
from designer.rules.suppressing import sift, suppress
from designer.storage.files import load
from designer.ui.docks.problem_list import ROW, ProblemModel
from designer.ui.docks.problem_page import as_text
from designer.ui.docks.problem_rows import GroupBy, Heading, Problem, SortBy, Wanted, arrange, problems_of
from tests.unit.rules.designs import design

pytestmark = pytest.mark.qt

BROKEN = load(example_folder() / "broken.cnd").topology
QUICK_S = 0.25
"""More than ten times what one edit among ten thousand findings takes; catches a list that starts over."""


def kept() -> Topology:
    """Return the broken design with one finding suppressed, and a suppression of something that is not there."""
    found = next(found for found in judge(BROKEN) if found.rule.id == "IPA004")
    topology = BROKEN.apply(suppress(BROKEN, found, "A lesson.", author="Ada"))
    stale = Suppression(id=EntityId("stale"), rule="NAT003", elements=(EntityId("nat0"),), reason="Gone.")
    return topology.apply(ChangeSet("Add", (Edit(None, stale),)))


def rows_of(topology: Topology, **wanted: object) -> list[Problem | Heading]:
    sifted = sift(topology, judge(topology))
    return arrange(topology, problems_of(topology, sifted.active, sifted), Wanted(**wanted))  # type: ignore[arg-type]  # by name


def titles(rows: list[Problem | Heading]) -> list[str]:
    return [row.title for row in rows if isinstance(row, Heading)]


def rules(rows: list[Problem | Heading]) -> list[str]:
    return [row.rule for row in rows if isinstance(row, Problem)]


def test_suppressed_and_stale_are_left_out_or_at_the_end() -> None:
    assert "IPA004" not in rules(rows_of(kept()))
    assert rules(rows_of(kept(), suppressed=True))[-2:] == ["IPA004", "NAT003"]


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        (GroupBy.SEVERITY, ["Errors", "Hints", "Suppressed", "Suppressions whose finding is gone"]),
        (GroupBy.HOST, ["BROKEN01"]),
    ],
)
def test_groups_have_headings_in_their_order(group: GroupBy, expected: list[str]) -> None:
    assert titles(rows_of(kept(), group=group, suppressed=True)) == expected


def test_groups_by_rule_and_by_element_say_what_they_are_about() -> None:
    by_rule = [row for row in rows_of(kept(), group=GroupBy.RULE) if isinstance(row, Heading)]
    assert [row.key for row in by_rule] == sorted(set(rules(rows_of(kept()))))
    assert by_rule[0].detail == f"{by_rule[0].key} · 1 problem · 1 can be fixed"
    by_element = [row for row in rows_of(kept(), group=GroupBy.ELEMENT) if isinstance(row, Heading)]
    nat = next(row for row in by_element if row.title == "nat0")
    assert nat.detail == "Container network on BROKEN01 · 1 problem · 1 can be fixed"


def test_a_folded_group_keeps_its_heading_and_its_members() -> None:
    rows = rows_of(BROKEN, group=GroupBy.SEVERITY, folded=frozenset({"error"}))
    heading = rows[0]
    assert isinstance(heading, Heading)
    assert (heading.title, heading.is_open, len(heading.members)) == ("Errors", False, 4)
    assert isinstance(rows[1], Heading)


@pytest.mark.parametrize("sort", SortBy)
def test_every_order_has_the_same_rows(sort: SortBy) -> None:
    rows = rows_of(BROKEN, sort=sort)
    assert sorted(rules(rows)) == sorted(rules(rows_of(BROKEN)))
    if sort is SortBy.RULE:
        assert rules(rows) == sorted(rules(rows))
    if sort is SortBy.MESSAGE:
        messages = [row.message for row in rows if isinstance(row, Problem)]
        assert messages == sorted(messages, key=str.casefold)


def test_words_and_severities_narrow_the_list() -> None:
    assert rules(rows_of(BROKEN, text="GATEWAY ipa002")) == ["IPA002"]
    assert rules(rows_of(kept(), text="ada")) == []
    assert rules(rows_of(kept(), text="lesson", suppressed=True)) == ["IPA004"]
    only = rows_of(kept(), severities=frozenset({Severity.INFO}), suppressed=True)
    assert rules(only) == ["SWI016"], "a stale suppression has no severity"


def test_problems_as_text_have_one_line_each() -> None:
    lines = as_text(row for row in rows_of(kept(), suppressed=True) if isinstance(row, Problem)).splitlines()
    assert lines[0].startswith("error IPA002: ")
    assert lines[0].endswith("(nat0)")
    assert lines[-2].endswith("(app01 – corp, corp) – suppressed: A lesson.")
    assert lines[-1] == "stale NAT003: No longer found: nat0 – suppressed: Gone."


def shown(model: ProblemModel, topology: Topology, judgement: Judgement) -> None:
    sifted = sift(topology, judgement)
    model.show_findings(topology, sifted.active, sifted)


@pytest.mark.parametrize("group", GroupBy)
def test_only_the_rows_that_change_come_and_go(qtbot: QtBot, group: GroupBy) -> None:
    model = ProblemModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    first = judge(BROKEN)
    model.want(group=group)
    shown(model, BROKEN, first)
    stay = next(row for row in model.rows() if isinstance(row, Problem) and row.rule == "PRT001")
    fix = next(found.finding.fix for found in first if found.rule.id == "IPA002")
    assert fix is not None
    after = BROKEN.apply(fix)
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.rowsRemoved):
        shown(model, after, rejudge(after, fix, first))
    assert stay in model.rows()
    with qtbot.assertNotEmitted(model.modelReset), qtbot.assertNotEmitted(model.rowsRemoved):
        shown(model, after, rejudge(after, fix, first))
    assert [model.index(number).data(ROW) for number in range(model.rowCount())] == list(model.rows())
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_an_edit_among_ten_thousand_findings_is_quick() -> None:
    drawn = design()
    blocked = tuple({"port": 8000 + number} for number in range(100))
    for host in range(100):
        drawn = drawn.host(f"H{host}", blocked_ports=blocked).network(f"nat{host}")
        for number in range(100):
            ports = ({"host_port": 8000 + number, "container_port": 80},)
            drawn = drawn.container(f"c{host}-{number}", on=f"nat{host}", ports=ports)
    topology = drawn.topology
    first = judge(topology)
    assert len(first) >= 10_000
    model = ProblemModel()
    shown(model, topology, first)
    before = topology.find(EntityId("H3"), Host)
    assert before is not None
    change = ChangeSet("Open", (Edit(before, before.evolve(blocked_ports=blocked[:50])),))
    after = topology.apply(change)
    second = rejudge(after, change, first)
    begun = process_time()
    shown(model, after, second)
    assert process_time() - begun < QUICK_S
    assert model.rowCount() == len(first) - 50
