"""What the list of problems shows, row by row: filtered, sorted and grouped; nothing here draws."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from designer.drawing.theme import Mark
from designer.model.annotations import Suppression
from designer.model.base import Element, Link
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.releases import RELEASES
from designer.model.topology import Topology
from designer.rules.consenting import host_of_finding
from designer.rules.design import label
from designer.rules.registry import RULES, Judged, Severity
from designer.rules.suppressing import About, Sifted, about, names

NO_HOST = "On no host"
WHOLE_DESIGN = "The whole design"


class GroupBy(StrEnum):
    """What the rows of one group have in common."""

    NOTHING = "No groups"
    SEVERITY = "By severity"
    RULE = "By rule"
    ELEMENT = "By element"
    HOST = "By host"


class SortBy(StrEnum):
    """Order of the rows, in each group."""

    SEVERITY = "Worst first"
    RULE = "By rule"
    ELEMENT = "By element"
    HOST = "By host"
    MESSAGE = "By message"


@dataclass(slots=True, eq=False)
class Problem:
    """A row about a finding, or about a suppression whose finding is gone.

    Attributes:
        judged: the finding; None for a stale suppression.
        suppression: why somebody lives with it.
        names: what the elements are called.
    """

    judged: Judged | None
    suppression: Suppression | None
    names: str
    _words: str = ""

    @property
    def is_active(self) -> bool:
        """Whether it has to be looked at."""
        return self.suppression is None

    @property
    def rule(self) -> str:
        """The id of the rule."""
        if self.judged is not None:
            return self.judged.rule.id
        return self.suppression.rule if self.suppression is not None else ""

    @property
    def message(self) -> str:
        """The first line of the row."""
        if self.judged is not None:
            return self.judged.finding.message
        return f"No longer found: {self.names or 'anything of this rule'}"

    @property
    def elements(self) -> tuple[EntityId, ...]:
        """What it is about, the most concerned first."""
        if self.judged is not None:
            return self.judged.finding.elements
        return self.suppression.elements if self.suppression is not None else ()

    @property
    def place(self) -> tuple[bool, About]:
        """What stays the same when it is found again."""
        key = about(self.judged) if self.judged is not None else (self.rule, self.elements)
        return self.is_active, key

    @property
    def words(self) -> str:
        """What a filter looks into."""
        if not self._words:
            title = self.judged.title if self.judged is not None else ""
            reason = self.suppression.reason if self.suppression is not None else ""
            self._words = f"{self.message} {self.rule} {title} {self.names} {reason}".casefold()
        return self._words


@dataclass(frozen=True, slots=True, eq=False)
class Heading:
    """The row above a group.

    Attributes:
        key: the same for the same group after the next check.
        members: the rows of the group, shown or not.
    """

    key: str
    title: str
    detail: str
    mark: Mark | None
    members: tuple[Problem, ...]
    is_open: bool = True


Row = Problem | Heading


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which problems are shown and how.

    Attributes:
        suppressed: whether suppressed findings and stale suppressions are shown.
        folded: keys of the groups whose rows are hidden.
    """

    text: str = ""
    severities: frozenset[Severity] = frozenset(Severity)
    group: GroupBy = GroupBy.NOTHING
    sort: SortBy = SortBy.SEVERITY
    suppressed: bool = False
    folded: frozenset[str] = field(default_factory=frozenset)


def problems_of(topology: Topology, shown: Iterable[Judged], sifted: Sifted) -> list[Problem]:
    """Return all rows: the findings that are shown, the suppressed ones, and the stale suppressions."""
    found = [Problem(judged, None, ", ".join(judged.order[2])) for judged in shown]
    found += [Problem(judged, suppression, ", ".join(judged.order[2])) for judged, suppression in sifted.suppressed]
    found += [Problem(None, suppression, names(topology, suppression)) for suppression in sifted.stale]
    return found


def arrange(topology: Topology, problems: Sequence[Problem], wanted: Wanted) -> list[Row]:
    """Return the rows in their order, with a heading above each group."""
    words = wanted.text.casefold().split()
    kept = [found for found in problems if _fits(found, wanted, words)]
    kept.sort(key=_SORTING[wanted.sort](topology))
    if wanted.group is GroupBy.NOTHING:
        return list(kept)
    grouping = _GROUPING[wanted.group]
    groups: dict[str, list[Problem]] = {}
    heads: dict[str, _Head] = {}
    for found in kept:
        head = grouping(topology, found)
        heads.setdefault(head.key, head)
        groups.setdefault(head.key, []).append(found)
    rows: list[Row] = []
    for key in sorted(groups, key=lambda key: (heads[key].order, key)):
        is_open = key not in wanted.folded
        rows.append(_heading(heads[key], tuple(groups[key]), is_open=is_open))
        rows += groups[key] if is_open else []
    return rows


@dataclass(frozen=True, slots=True)
class _Head:
    key: str
    order: tuple[object, ...]
    title: str
    detail: str = ""


def _fits(found: Problem, wanted: Wanted, words: list[str]) -> bool:
    if not found.is_active and not wanted.suppressed:
        return False
    if found.judged is None:
        fits = wanted.severities == frozenset(Severity)
    else:
        fits = found.judged.severity in wanted.severities
    return fits and all(word in found.words for word in words)


def _heading(head: _Head, members: tuple[Problem, ...], *, is_open: bool) -> Heading:
    active = [found.judged for found in members if found.is_active and found.judged is not None]
    worst = min((judged.severity for judged in active), key=lambda severity: severity.rank, default=None)
    fixes = sum(judged.finding.fix is not None for judged in active)
    counts = ["1 problem" if len(active) == 1 else f"{len(active)} problems"] if active else []
    counts += [f"{fixes} can be fixed"] if fixes else []
    counts += [f"{len(members) - len(active)} suppressed"] if len(active) < len(members) else []
    detail = " · ".join(part for part in (head.detail, *counts) if part)
    return Heading(head.key, head.title, detail, Mark(worst.value) if worst is not None else None, members, is_open)


_SEVERITY_WORDS = {Severity.ERROR: "Errors", Severity.WARNING: "Warnings", Severity.INFO: "Hints"}


def _by_severity(_topology: Topology, found: Problem) -> _Head:
    if found.judged is None:
        return _Head("stale", (4,), "Suppressions whose finding is gone")
    if not found.is_active:
        return _Head("suppressed", (3,), "Suppressed")
    severity = found.judged.severity
    return _Head(severity.value, (severity.rank,), _SEVERITY_WORDS[severity])


def _by_rule(_topology: Topology, found: Problem) -> _Head:
    rule = RULES.get(found.rule)
    return _Head(found.rule, (found.rule,), rule.title if rule is not None else found.rule, found.rule)


def _by_element(topology: Topology, found: Problem) -> _Head:
    if not found.elements:
        return _Head("", ("",), WHOLE_DESIGN)
    element = found.elements[0]
    entity, name = topology.get(element), label(topology, element)
    kind = entity.title if isinstance(entity, Element | Link) else ""
    host = _host(topology, found)
    where = f"{kind} on {host.name}" if host is not None and host.id != element else kind
    return _Head(element, (name.casefold(),), name, where)


def _by_host(topology: Topology, found: Problem) -> _Head:
    host = _host(topology, found)
    if host is None:
        return _Head("", (1,), NO_HOST)
    return _Head(host.id, (0, host.name.casefold()), host.name, RELEASES[host.os].title)


def _host(topology: Topology, found: Problem) -> Host | None:
    return host_of_finding(topology, found.elements)


_GROUPING: dict[GroupBy, Callable[[Topology, Problem], _Head]] = {
    GroupBy.SEVERITY: _by_severity,
    GroupBy.RULE: _by_rule,
    GroupBy.ELEMENT: _by_element,
    GroupBy.HOST: _by_host,
}


def host_name(topology: Topology, found: Problem) -> str:
    """Return the name of the host that a problem is on; nothing when it is on none."""
    host = _host(topology, found)
    return host.name if host is not None else ""


def _as_found(_topology: Topology) -> Callable[[Problem], str]:
    return lambda _: ""


_SORTING: dict[SortBy, Callable[[Topology], Callable[[Problem], str]]] = {
    SortBy.SEVERITY: _as_found,
    SortBy.RULE: lambda _: lambda found: found.rule,
    SortBy.ELEMENT: lambda _: lambda found: found.names.casefold(),
    SortBy.HOST: lambda topology: lambda found: host_name(topology, found).casefold(),
    SortBy.MESSAGE: lambda _: lambda found: found.message.casefold(),
}
