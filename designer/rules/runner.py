"""Runs the rules over a whole design, or again over what an edit can affect.

A rule that crashes becomes one finding, and the others still run.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple, Self

from designer.collector import collector_paused
from designer.model.base import EntityBase
from designer.model.changes import ChangeSet
from designer.model.fabric import Client
from designer.model.flows import Flow
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.topology import Topology
from designer.model.workloads import HyperVContainer, WindowsContainer
from designer.rules.affected import UNJUDGED, Affected, affected, neighbourhood
from designer.rules.catalogue import catalogue
from designer.rules.design import Design
from designer.rules.groups import Groups, group_of, keys_of
from designer.rules.ledger import Entry, Ledger, Place
from designer.rules.registry import (
    EVERY,
    OWN_FIELDS,
    Check,
    Finding,
    FixClass,
    Index,
    Judged,
    Reach,
    Reads,
    Rule,
    Severity,
    kinds_of,
    whole,
)
from designer.rules.selection import Selection, concerns

_CRASH = "crash"


class _Plan(NamedTuple):
    """The rules of a pass, sorted by what they are asked about and how far they look."""

    rules: tuple[Rule, ...]
    by_kind: dict[tuple[type[EntityBase], Reach], tuple[Rule, ...]]
    far: tuple[type[EntityBase], ...]
    by_index: dict[Index[Any], tuple[Rule, ...]]

    @classmethod
    def of(cls, rules: tuple[Rule, ...]) -> Self:
        by_kind: dict[tuple[type[EntityBase], Reach], list[Rule]] = {}
        by_index: dict[Index[Any], list[Rule]] = {}
        rules = tuple(part for rule in rules for part in whole(rule))
        for rule in rules:
            if isinstance(rule.subject, Index):
                by_index.setdefault(rule.subject, []).append(rule)
            else:
                for kind in kinds_of(rule.subject):
                    by_kind.setdefault((kind, rule.reads.reach), []).append(rule)
        return cls(
            rules,
            {kind: tuple(found) for kind, found in by_kind.items()},
            tuple(kind for kind, reach in by_kind if reach is Reach.ANYWHERE),
            {index: tuple(found) for index, found in by_index.items()},
        )


class _State(NamedTuple):
    design: Design
    plan: _Plan
    groups: dict[Index[Any], Groups]
    ledger: Ledger
    crashed: bool


class Judgement(tuple[Judged, ...]):
    """All findings in the order of a report: severity, rule, names. Keeps what makes the next edit quick to judge."""

    state: _State

    @classmethod
    def of(cls, found: Iterable[Judged], state: _State) -> Self:
        """Make a judgement of findings that are in order."""
        judgement = cls(found)
        judgement.state = state
        return judgement

    @property
    def counts(self) -> dict[Severity, int]:
        """How many findings there are of each severity."""
        counts = dict.fromkeys(Severity, 0)
        for judged in self:
            counts[judged.severity] += 1
        return counts


def judge(topology: Topology, rules: Iterable[Rule] | None = None) -> Judgement:
    """Return everything that the rules (all of them unless some are given) have to say about a design."""
    plan = _Plan.of(tuple(rules) if rules is not None else catalogue())
    with collector_paused(staying=True):
        return _judge(topology, plan)


def _judge(topology: Topology, plan: _Plan) -> Judgement:
    design = Design(topology, whole=True)
    groups = {index: Groups.of(design, index) for index in plan.by_index}
    places: dict[Place, list[Judged]] = {}
    selection = Selection(design)
    for rule in plan.rules:
        for judged in _run_whole(design, rule, groups, selection):
            places.setdefault((rule.id, judged.subject), []).append(judged)
    found = sorted((judged for group in places.values() for judged in group), key=_order)
    crashed = any(judged.subject == _CRASH for judged in found)
    return Judgement.of(found, _State(design, plan, groups, Ledger.of(design, places), crashed))


def rejudge(topology: Topology, change: ChangeSet, before: tuple[Judged, ...]) -> Judgement:
    """Return the judgement of a design after a change, from the one before it.

    Equal to ``judge(topology)``. A change that only moves things returns ``before`` itself.

    Args:
        topology: the design with the change applied.
        change: what was changed.
        before: the judgement of the design without the change.
    """
    if not isinstance(before, Judgement):
        return judge(topology)
    if all(isinstance(edit.before or edit.after, UNJUDGED) for edit in change.edits):
        return before
    if before.state.crashed:
        return judge(topology, before.state.plan.rules)
    with collector_paused():
        return _rejudge(topology, change, before)


def _rejudge(topology: Topology, change: ChangeSet, before: Judgement) -> Judgement:
    state = before.state
    design = Design(topology)
    reached = affected(state.design, design, change)
    own, near = reached.by_reach[Reach.SELF], reached.by_reach[Reach.LINKS]
    design.remember(state.design, own, near, reached.hosts, renamed=reached.renamed)
    reached = _far_too(state, design, reached)
    found: dict[Place, list[Judged]] = {}
    for rule, entity_id in _again(state, design, reached):
        found[rule.id, entity_id] = _answer(design, rule, entity_id)
    groups = _regrouped(state, design, reached, found)
    for place, rule in _shaken(state, design, reached):
        if place not in found:
            found[place] = _answer_again(design, rule, place[1], groups)
    if any(judged.subject == _CRASH for group in found.values() for judged in group):
        return judge(topology, state.plan.rules)
    return _merged(before, _State(design, state.plan, groups, state.ledger, crashed=False), found)


def _far_too(state: _State, design: Design, reached: Affected) -> Affected:
    """Add what is judged again because it looks anywhere: all of its kind, but flows that go on elsewhere as before."""
    sides = (state.design.topology, design.topology)
    far = {entity.id for kind in state.plan.far for side in sides for entity in side.of(kind)}
    if not far:
        return reached
    far.difference_update(flow for flow in design.traces.kept() if _is_elsewhere(design, flow, reached))
    return replace(reached, by_reach=reached.by_reach | {Reach.ANYWHERE: reached.by_reach[Reach.SELF] | far})


def _is_elsewhere(design: Design, flow_id: EntityId, reached: Affected) -> bool:
    """Whether a flow, whose packets meet nothing that an edit concerns, has its ends on other hosts too."""
    flow = design.topology.find(flow_id, Flow)
    ends = [design.topology[end] for end in (flow.source, flow.target)] if flow is not None else []
    if not ends or not all(isinstance(end, Host | WindowsContainer | HyperVContainer | Client) for end in ends):
        return False
    hosts = (design.host_of(end.id) for end in ends)
    return all(host is None or host.id not in reached.hosts for host in hosts)


def _answer(design: Design, rule: Rule, entity_id: EntityId) -> list[Judged]:
    entity = design.topology.entities.get(entity_id)
    if entity is None or not concerns(design, rule, entity):
        return []
    return _run(design, rule, ((entity, entity_id),))


def _answer_again(design: Design, rule: Rule, subject: Any, groups: dict[Index[Any], Groups]) -> list[Judged]:
    if not isinstance(rule.subject, Index):
        return _answer(design, rule, subject)
    known = groups[rule.subject]
    if len(known.members(subject[1])) < rule.subject.least:
        return []
    return _run(design, rule, ((group_of(design, known, subject[1]), subject),))


def _shaken(state: _State, design: Design, reached: Affected) -> Iterator[tuple[Place, Rule]]:
    """Yield the places, with their rules, whose words or fix may be out of date although their rule looks elsewhere.

    A quick fix offers a free address, port, prefix or name, and so depends on more than its rule reads; a message
    names elements.
    """
    ledger = state.ledger
    for place, entry in ledger.about(reached.by_reach[Reach.SELF]):
        yield place, entry.found[0].rule
    for name in reached.old_names:
        for place, entry in ledger.near((*reached.hosts, None)):
            if name in entry.text:
                yield place, entry.found[0].rule
    if ledger.quick:
        for place, entry in _near(state, design, reached):
            rule = entry.found[0].rule
            if entry.is_quick and (entry.gives_names or rule.reads.names or not reached.renamed):
                yield place, rule


def _near(state: _State, design: Design, reached: Affected) -> Iterator[tuple[Place, Entry]]:
    """Yield the entries whose fixes may depend on what was edited."""
    if reached.quiet:
        return state.ledger.about(reached.by_reach[Reach.LINKS])
    return state.ledger.near(neighbourhood((state.design, design), reached))


def _run_whole(design: Design, rule: Rule, groups: dict[Index[Any], Groups], selection: Selection) -> list[Judged]:
    if isinstance(rule.subject, Index):
        index = rule.subject
        known = groups[index]
        return _run(
            design, rule, ((group_of(design, known, key), (index.name, key)) for key in known.keys(index.least))
        )
    return _run(design, rule, selection.subjects(rule))


class _CrashError(Exception):
    """A rule stopped with an error at a subject."""

    def __init__(self, subject: Hashable, error: Exception) -> None:
        super().__init__(str(error))
        self.subject, self.error = subject, error


def _run(design: Design, rule: Rule, subjects: Iterable[tuple[Any, Hashable]]) -> list[Judged]:
    """Return what a rule finds; when it crashes, the one finding that says so."""
    try:
        return [_judged(design, rule, finding, subject) for finding, subject in _findings(design, rule.check, subjects)]
    except _CrashError as crash:
        return [_crash(rule, crash.subject, crash.error)]


def _findings(
    design: Design, check: Check, subjects: Iterable[tuple[Any, Hashable]]
) -> Iterator[tuple[Finding, Hashable]]:
    subject: Hashable = None
    try:
        for asked, subject in subjects:
            for finding in check(design, asked):
                yield finding, subject
    except Exception as error:  # a broken rule must not take the others with it
        raise _CrashError(subject, error) from error


def _judged(design: Design, rule: Rule, finding: Finding, subject: Hashable) -> Judged:
    severity = finding.severity or rule.severity
    names = tuple(design.label(element) for element in finding.elements)
    return Judged(rule, finding, subject, (severity.rank, rule.id, names, finding.elements, finding.message))


def _crash(rule: Rule, subject: Hashable, error: Exception) -> Judged:
    elements = (EntityId(subject),) if isinstance(subject, str) else ()
    finding = Finding(elements, f"The rule {rule.id} could not be applied: {type(error).__name__}: {error}")
    order = (Severity.WARNING.rank, INTERNAL.id, (rule.id,), elements, finding.message)
    return Judged(INTERNAL, finding, _CRASH, order)


def _again(state: _State, design: Design, reached: Affected) -> Iterator[tuple[Rule, EntityId]]:
    """Yield the rules and subjects that may be answered differently; a subject may be gone or of another kind now."""
    own = reached.by_reach[Reach.SELF]
    by_kind = state.plan.by_kind
    for reach, ids in reached.by_reach.items():
        for entity_id in ids:
            touched = entity_id in own
            for kind in _kinds(state.design, design, entity_id):
                for rule in by_kind.get((kind, reach), ()):
                    if touched or _may_matter(rule.reads, reached):
                        yield rule, entity_id


def _may_matter(reads: Reads, reached: Affected) -> bool:
    """Whether a rule that looks at what was edited may answer differently."""
    return (reads.names or not reached.renamed) and not reached.kinds.isdisjoint(reads.kinds)


def _kinds(before: Design, after: Design, entity_id: EntityId) -> set[type[EntityBase]]:
    sides = (before.topology.entities.get(entity_id), after.topology.entities.get(entity_id))
    return {type(entity) for entity in sides if entity is not None}


def _regrouped(
    state: _State, design: Design, reached: Affected, found: dict[Place, list[Judged]]
) -> dict[Index[Any], Groups]:
    """Return the groups after the edit, and judge the ones that may have changed."""
    groups = dict(state.groups)
    for index, rules in state.plan.by_index.items():
        stale: set[Hashable] = set()
        for entity_id in _members_again(state.plan, index, groups[index], reached):
            old, new = keys_of(state.design, index, entity_id), keys_of(design, index, entity_id)
            stale.update(old, new)
            if old != new:
                groups[index] = groups[index].moved(entity_id, old, new)
        for key in stale:
            enough = len(groups[index].members(key)) >= index.least
            subjects = [(group_of(design, groups[index], key), (index.name, key))] if enough else []
            for rule in rules:
                found[rule.id, (index.name, key)] = _run(design, rule, subjects)
    return groups


def _members_again(plan: _Plan, index: Index[Any], known: Groups, reached: Affected) -> frozenset[EntityId]:
    """Return the entities whose groups may have changed."""
    if index.reach is Reach.ANYWHERE:
        found = reached.by_reach[Reach.ANYWHERE]
        return found if set(kinds_of(index.subject)) <= set(plan.far) else found | known.everyone()
    return reached.by_reach[Reach.SELF if reached.renamed else index.reach]


def _merged(before: Judgement, state: _State, found: dict[Place, list[Judged]]) -> Judgement:
    """Return the findings with those of some places replaced; order is kept by bisection."""
    merged = list(before)
    ledger = state.ledger
    for place, fresh in found.items():
        if ledger.holds(state.design, place, fresh):
            continue
        stale = ledger.at(place)
        for judged in stale:
            position = bisect_left(merged, judged.order, key=_order)
            while merged[position] is not judged:
                position += 1
            del merged[position]
        for judged in fresh:
            insort(merged, judged, key=_order)
        ledger = ledger.entered(state.design, place, fresh)
    return Judgement.of(merged, state._replace(ledger=ledger))


def _order(judged: Judged) -> tuple[Any, ...]:
    return judged.order


def _no_check(_design: Design, _subject: object) -> Iterator[Finding]:
    return iter(())


INTERNAL = Rule(
    id="INT001",
    title="A rule could not be applied",
    severity=Severity.WARNING,
    os=(),
    fix_class=FixClass.NONE,
    sources=("designer/rules/runner.py",),
    why="The program has a fault in one rule; what that rule looks for is not known for this design.",
    bad="A rule that stops with an error.",
    good="All rules answer. Please report the message together with the design.",
    decidable=True,
    subject=EntityBase,
    reads=OWN_FIELDS,
    only=EVERY,
    check=_no_check,
)
"""Stands for a rule that crashed; it is no part of the catalogue."""
