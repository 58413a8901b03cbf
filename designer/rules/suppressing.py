"""Findings that somebody lives with: taken out of the list with a reason that the design keeps.

A suppression names a rule and the elements of one finding, or the rule alone for all its findings in the design.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import reduce
from typing import Literal, NamedTuple

from pydantic import ValidationError

from designer.errors import ChangeError
from designer.model.annotations import Suppression
from designer.model.changes import ChangeSet, Edit
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.topology import Topology
from designer.rules.consenting import as_hint, is_consented
from designer.rules.design import label
from designer.rules.registry import Judged
from designer.rules.suggestions import fresh_id
from designer.storage.problems import sentence

Scope = Literal["finding", "rule"]
About = tuple[str, tuple[EntityId, ...]]
"""A rule and what it is about: what stays the same when a finding is found again."""

LONGEST_REASON = 1_000


class Sifted(NamedTuple):
    """The findings of a design, sorted by what somebody decided about them.

    Attributes:
        active: what has to be looked at; what a script does after consent is a hint among them.
        suppressed: what somebody lives with, and why.
        stale: suppressions whose finding is gone.
    """

    active: tuple[Judged, ...]
    suppressed: tuple[tuple[Judged, Suppression], ...] = ()
    stale: tuple[Suppression, ...] = ()


def about(judged: Judged) -> About:
    """Return what a finding is about."""
    return judged.rule.id, tuple(sorted(set(judged.finding.elements)))


def sift(topology: Topology, judgement: Iterable[Judged], rules: Collection[str] = ()) -> Sifted:
    """Return the findings without those that are suppressed, in the same order.

    Args:
        topology: the design.
        judgement: its findings.
        rules: ids of the only rules that were asked; a suppression of another one is not stale.
    """
    known = known_suppressions(topology)
    active: list[Judged] = []
    suppressed: list[tuple[Judged, Suppression]] = []
    used: set[EntityId] = set()
    has_steps = any(host.script_steps for host in topology.of(Host))
    for judged in judgement:
        fitting = fitting_suppressions(known, judged)
        if fitting:
            used.update(found.id for found in fitting)
            suppressed.append((judged, fitting[0]))
        else:
            active.append(as_hint(judged) if has_steps and is_consented(topology, judged) else judged)
    asked = {rule.upper() for rule in rules}
    stale = (found for found in known.values() if found.id not in used and (not asked or found.rule in asked))
    if has_steps:
        active.sort(key=lambda judged: judged.order)
    order = sorted(stale, key=lambda found: (found.rule, names(topology, found), found.id))
    return Sifted(tuple(active), tuple(suppressed), tuple(order))


def known_suppressions(topology: Topology) -> dict[About, Suppression]:
    """Return the suppressions of a design by what they are about."""
    return {(found.rule, found.elements): found for found in topology.of(Suppression)}


def fitting_suppressions(known: Mapping[About, Suppression], judged: Judged) -> list[Suppression]:
    """Return what suppresses a finding: the one for itself before the one for its rule."""
    return [known[key] for key in (about(judged), (judged.rule.id, ())) if key in known] if known else []


def names(topology: Topology, suppression: Suppression) -> str:
    """Return the names of what a suppression is about; nothing for a whole rule."""
    return ", ".join(label(topology, element) for element in suppression.elements)


def suppress(topology: Topology, judged: Judged, reason: str, scope: Scope = "finding", author: str = "") -> ChangeSet:
    """Return the change that takes a finding, or all findings of its rule, out of the list.

    One that is suppressed in that scope already gets the new reason.

    Raises:
        ChangeError: there is no reason, a longer one than a design keeps, or one that no file can hold.
    """
    rule, elements = about(judged) if scope == "finding" else (judged.rule.id, ())
    reason = " ".join(reason.split())
    if not reason or len(reason) > LONGEST_REASON:
        raise ChangeError(f"Say in 1 to {LONGEST_REASON} characters why it is right to live with {rule}.")
    before = known_suppressions(topology).get((rule, elements))
    entity_id = before.id if before is not None else fresh_id(topology, "suppression", rule, *elements)
    try:
        after = Suppression(id=entity_id, rule=rule, elements=elements, reason=reason, author=author.strip())
    except ValidationError as error:
        said = sentence(error.errors(include_url=False)[0])
        raise ChangeError(f"{rule} cannot be suppressed with these words: {said}") from error
    return ChangeSet(f"Suppress {rule}{_place(topology, after)}", (Edit(before, after),))


def suppress_all(
    topology: Topology, judged: Iterable[Judged], reason: str, scope: Scope = "finding", author: str = ""
) -> ChangeSet:
    """Return the one change that suppresses several findings for the same reason.

    Raises:
        ChangeError: there is no reason, a longer one than a design keeps, or one that no file can hold.
    """
    keys = {about(found) if scope == "finding" else found.rule.id: found for found in judged}
    changes = [suppress(topology, found, reason, scope, author) for found in keys.values()]
    return _together(changes, f"Suppress {len(changes)} problems")


def unsuppress(topology: Topology, suppression: Suppression) -> ChangeSet:
    """Return the change that brings back what a suppression took out of the list."""
    label_text = f"Stop suppressing {suppression.rule}{_place(topology, suppression)}"
    return ChangeSet(label_text, (Edit(suppression, None),))


def unsuppress_all(topology: Topology, suppressions: Iterable[Suppression]) -> ChangeSet:
    """Return the one change that removes several suppressions."""
    changes = [unsuppress(topology, found) for found in dict.fromkeys(suppressions)]
    return _together(changes, f"Remove {len(changes)} suppressions")


def _together(changes: list[ChangeSet], label_text: str) -> ChangeSet:
    if len(changes) == 1:
        return changes[0]
    return ChangeSet(label_text, reduce(ChangeSet.then, changes, ChangeSet(label_text, ())).edits)


def _place(topology: Topology, suppression: Suppression) -> str:
    return f" at {names(topology, suppression)}" if suppression.elements else " everywhere in this design"
