"""Applies quick fixes one after the other, until none is left."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from designer.errors import ChangeError
from designer.model.topology import Topology
from designer.rules.registry import FixClass, Judged, Severity
from designer.rules.runner import Judgement, rejudge
from designer.rules.suppressing import About, about, fitting_suppressions, known_suppressions

MAX_FIXES = 10_000
MAX_TRIES = 3
"""So many fixes are applied in one go, and the same one so often: fixes that bring findings back must end."""


class Fixed(NamedTuple):
    """A design after its quick fixes: what was fixed, in that order, and what is left."""

    topology: Topology
    fixed: tuple[Judged, ...]
    left: Judgement


def mend(topology: Topology, judgement: Judgement, *, hints: bool, chosen: frozenset[About] = frozenset()) -> Fixed:
    """Apply safe fixes, each followed by a new judgement, until none is left; what is suppressed stays as it is.

    Args:
        topology: the design; it is not changed.
        judgement: its findings, all or those of some rules.
        hints: whether hints are taken too.
        chosen: what the only findings that are fixed are about; all when empty.
    """
    mending = _Mending(topology, judgement, hints=hints, chosen=chosen)
    while mending.step():
        pass
    return Fixed(mending.topology, tuple(mending.fixed), mending.judgement)


def is_safe(judged: Judged) -> bool:
    """Whether ``fix`` takes care of a finding by itself; hints are advice, and what they offer may be unwanted."""
    return has_quick_fix(judged) and judged.severity is not Severity.INFO


def has_quick_fix(judged: Judged) -> bool:
    """Whether a finding has a fix that needs no decision."""
    return judged.finding.fix is not None and judged.rule.fix_class is FixClass.QUICK


class _Mending:
    """A design on its way to having no finding that can be fixed."""

    def __init__(self, topology: Topology, judgement: Judgement, *, hints: bool, chosen: frozenset[About]) -> None:
        self.topology, self.judgement = topology, judgement
        self.fixed: list[Judged] = []
        self._chosen, self._suppressions = chosen, known_suppressions(topology)
        self._wanted = has_quick_fix if hints else is_safe
        self._tried: Counter[tuple[object, ...]] = Counter()
        self._refused: set[tuple[object, ...]] = set()

    def step(self) -> bool:
        """Apply one fix; return False when there is none."""
        judged = next((found for found in self.judgement if self._is_due(found)), None)
        if judged is None or judged.finding.fix is None or len(self.fixed) >= MAX_FIXES:
            return False
        signature = _signature(judged)
        try:
            self.topology = self.topology.apply(judged.finding.fix)
        except ChangeError:
            self._refused.add(signature)
            return True
        self.judgement = rejudge(self.topology, judged.finding.fix, self.judgement)
        self.fixed.append(judged)
        self._tried[signature] += 1
        self._refused.clear()
        return True

    def _is_due(self, judged: Judged) -> bool:
        signature = _signature(judged)
        return (
            self._wanted(judged)
            and self._tried[signature] < MAX_TRIES
            and signature not in self._refused
            and (not self._chosen or about(judged) in self._chosen)
            and not fitting_suppressions(self._suppressions, judged)
        )


def _signature(judged: Judged) -> tuple[object, ...]:
    """Return what makes a fix the same as an earlier one; the ids of new elements do not."""
    return judged.rule.id, judged.finding.elements, judged.finding.fix.label if judged.finding.fix else ""
