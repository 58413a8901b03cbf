"""What every rule's test asks: the bad example has the finding, the good one has none, the fix removes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from designer.model.base import Link
from designer.model.changes import ChangeSet, Edit
from designer.model.topology import Topology
from designer.rules.registry import Finding, FixClass, Judged, Severity
from designer.rules.runner import judge, rejudge
from tests.unit.rules.designs import Drawn


class Also(NamedTuple):
    """A second rule that speaks of the same mistake, and why both do."""

    rule: str
    because: str


class Example(NamedTuple):
    """One rule with a design that breaks it and one that does not.

    Attributes:
        also: rules that rightly speak about the bad example too.
        severity: what the bad example is expected to give, when it is not the rule's own severity.
        fixable: whether the finding is expected to carry a fix.
        findings: how many findings of the rule the bad example has.
    """

    rule: str
    bad: Drawn
    good: Drawn
    severity: Severity | None = None
    fixable: bool = False
    findings: int = 1
    also: tuple[Also, ...] = ()


def found(rule: str, drawn: Drawn) -> list[Judged]:
    """Return the findings of one rule."""
    return [judged for judged in judge(drawn.topology) if judged.rule.id == rule]


def check(example: Example) -> None:
    """Hold an example to what it promises, also when one design becomes the other by an edit."""
    _check_edit(example.bad.topology, example.good.topology)
    _check_edit(example.good.topology, example.bad.topology)
    told = found(example.rule, example.bad)
    assert len(told) == example.findings, [judged.finding.message for judged in told]
    assert not found(example.rule, example.good)
    assert sorted(_besides(example)) == sorted(also.rule for also in example.also)
    for judged in told:
        assert judged.severity is (example.severity or judged.rule.severity)
        assert judged.finding.elements
        assert judged.finding.message.endswith((".", "?", "”"))
        first = example.bad.topology[judged.finding.elements[0]]
        assert not judged.finding.field or judged.finding.field in type(first).model_fields
        assert (judged.finding.fix is not None) is example.fixable, judged.finding.message
        assert judged.finding.script_step or judged.rule.fix_class is not FixClass.SCRIPT, judged.finding.message
        if judged.finding.fix is not None:
            _check_fix(example, judged)


def _besides(example: Example) -> set[str]:
    """Return the other rules that find something in the bad example which they do not find in the good one."""
    known = {(judged.rule.id, judged.finding.elements) for judged in judge(example.good.topology)}
    return {
        judged.rule.id
        for judged in judge(example.bad.topology)
        if judged.rule.id != example.rule and (judged.rule.id, judged.finding.elements) not in known
    }


def _check_edit(before: Topology, after: Topology) -> None:
    """Judging the edit from one design to the other gives what judging the other one gives."""
    ids = [found.id for found in before.entities.values() if isinstance(found, Link)]
    ids += [found.id for found in before.entities.values() if not isinstance(found, Link)]
    ids += [found.id for found in after.entities.values() if found.id not in before]
    edits = (Edit(before.get(entity), after.get(entity)) for entity in ids)
    change = ChangeSet("Edit", tuple(edit for edit in edits if edit.before != edit.after))
    assert _content(rejudge(before.apply(change), change, judge(before))) == _content(judge(after))


def _content(judgement: Iterable[Judged]) -> list[tuple[str, Finding]]:
    return [(judged.rule.id, judged.finding) for judged in judgement]


def _check_fix(example: Example, judged: Judged) -> None:
    topology = example.bad.topology
    fix = judged.finding.fix
    assert fix is not None
    assert fix
    before = {(other.rule.id, other.finding.elements) for other in judge(topology) if other.severity is Severity.ERROR}
    after = judge(topology.apply(fix))
    assert (judged.rule.id, judged.finding.message) not in {(other.rule.id, other.finding.message) for other in after}
    fresh = [
        other.finding.message
        for other in after
        if other.severity is Severity.ERROR and (other.rule.id, other.finding.elements) not in before
    ]
    assert not fresh, fresh


def ids_of(examples: Iterable[Example]) -> list[str]:
    """Return a name for each example: the id of its rule, with a number from the second one of that rule on."""
    seen: Counter[str] = Counter()
    names: list[str] = []
    for example in examples:
        seen[example.rule] += 1
        names.append(example.rule if seen[example.rule] == 1 else f"{example.rule}-{seen[example.rule]}")
    return names


@cache
def all_examples() -> tuple[Example, ...]:
    """Return the examples of all rules; for use inside tests, not while modules of tests are imported."""
    modules = (
        import_module(f"tests.unit.rules.{path.stem}") for path in sorted(Path(__file__).parent.glob("test_*.py"))
    )
    return tuple(example for module in modules for example in getattr(module, "EXAMPLES", ()))
