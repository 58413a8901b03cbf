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

    def show(self, other: Problem) -> None:
        """Become the row of the same problem after another check."""
        self.judged, self.suppression, self.names, self._words = other.judged, other.suppression, other.names, ""

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


def problems_of(
    topology: Topology, shown: Iterable[Judged], sifted: Sifted, before: Iterable[Problem] = ()
) -> list[Problem]:
    """Return all rows: the findings that are shown, the suppressed ones, and the stale suppressions.

    The row of what was found before is the same again, with what is known about it now.
    """
    pairs: list[tuple[Judged | None, Suppression | None]] = [(judged, None) for judged in shown]
    pairs += sifted.suppressed
    pairs += [(None, suppression) for suppression in sifted.stale]
    same = {(id(found.judged), id(found.suppression)): found for found in before}
    rows = [same.pop((id(judged), id(suppression)), None) for judged, suppression in pairs]
    again: dict[object, list[Problem]] = {}
    for found in same.values():
        again.setdefault(found.place, []).append(found)
    return [row or _renewed(topology, pair, again) for row, pair in zip(rows, pairs, strict=True)]


def _renewed(
    topology: Topology, pair: tuple[Judged | None, Suppression | None], again: dict[object, list[Problem]]
) -> Problem:
    judged, suppression = pair
    text = ", ".join(judged.order[2]) if judged is not None else ""
    if judged is None and suppression is not None:
        text = names(topology, suppression)
    fresh = Problem(judged, suppression, text)
    known = again.get(fresh.place)
    if not known:
        return fresh
    found = known.pop(0)
    found.show(fresh)
    return found


def arrange(topology: Topology, problems: Sequence[Problem], wanted: Wanted) -> list[Row]:
    """Return the rows in their order, with a heading above each group."""
    words = wanted.text.casefold().split()
    kept = [found for found in problems if _fits(found, wanted, words)]
    hosts = Hosts(topology)
    sorting = _SORTING[wanted.sort]
    if sorting is not None:
        kept.sort(key=lambda found: sorting(hosts, found))
    if wanted.group is GroupBy.NOTHING:
        return list(kept)
    groups: dict[str, list[Problem]] = {}
    for found in kept:
        groups.setdefault(_KEYS[wanted.group](hosts, found), []).append(found)
    heads = [_HEADS[wanted.group](hosts, key, members[0]) for key, members in groups.items()]
    rows: list[Row] = []
    for head in sorted(heads, key=lambda head: (head.order, head.key)):
        is_open = head.key not in wanted.folded
        rows.append(_heading(head, tuple(groups[head.key]), is_open=is_open))
        rows += groups[head.key] if is_open else []
    return rows


class Hosts:
    """The hosts that problems are on, each looked for once.

    Attributes:
        topology: the design.
    """

    def __init__(self, topology: Topology) -> None:
        self.topology = topology
        self._known: dict[tuple[EntityId, ...], Host | None] = {}

    def of(self, found: Problem) -> Host | None:
        """Return the host of a problem."""
        elements = found.elements
        if elements not in self._known:
            self._known[elements] = host_of_finding(self.topology, elements)
        return self._known[elements]

    def name(self, found: Problem) -> str:
        """Return the name of the host of a problem; nothing when it is on none."""
        host = self.of(found)
        return host.name if host is not None else ""


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


_SEVERITY_WORDS = {
    Severity.ERROR.value: "Errors",
    Severity.WARNING.value: "Warnings",
    Severity.INFO.value: "Hints",
    "suppressed": "Suppressed",
    "stale": "Suppressions whose finding is gone",
}


def _severity_key(_hosts: Hosts, found: Problem) -> str:
    if found.judged is None:
        return "stale"
    return found.judged.severity.value if found.is_active else "suppressed"


def _element_key(_hosts: Hosts, found: Problem) -> str:
    return found.elements[0] if found.elements else ""


def _host_key(hosts: Hosts, found: Problem) -> str:
    host = hosts.of(found)
    return host.id if host is not None else ""


_KEYS: dict[GroupBy, Callable[[Hosts, Problem], str]] = {
    GroupBy.SEVERITY: _severity_key,
    GroupBy.RULE: lambda _, found: found.rule,
    GroupBy.ELEMENT: _element_key,
    GroupBy.HOST: _host_key,
}


def _severity_head(_hosts: Hosts, key: str, _found: Problem) -> _Head:
    return _Head(key, (list(_SEVERITY_WORDS).index(key),), _SEVERITY_WORDS[key])


def _rule_head(_hosts: Hosts, key: str, _found: Problem) -> _Head:
    rule = RULES.get(key)
    return _Head(key, (key,), rule.title if rule is not None else key, key)


def _element_head(hosts: Hosts, key: str, found: Problem) -> _Head:
    if not found.elements:
        return _Head(key, ("",), WHOLE_DESIGN)
    element, topology = found.elements[0], hosts.topology
    entity, name, host = topology.get(element), label(topology, element), hosts.of(found)
    kind = entity.title if isinstance(entity, Element | Link) else ""
    where = f"{kind} on {host.name}" if host is not None and host.id != element else kind
    return _Head(key, (name.casefold(),), name, where)


def _host_head(hosts: Hosts, key: str, found: Problem) -> _Head:
    host = hosts.of(found)
    if host is None:
        return _Head(key, (1,), NO_HOST)
    return _Head(key, (0, host.name.casefold()), host.name, RELEASES[host.os].title)


_HEADS: dict[GroupBy, Callable[[Hosts, str, Problem], _Head]] = {
    GroupBy.SEVERITY: _severity_head,
    GroupBy.RULE: _rule_head,
    GroupBy.ELEMENT: _element_head,
    GroupBy.HOST: _host_head,
}

_SORTING: dict[SortBy, Callable[[Hosts, Problem], str] | None] = {
    SortBy.SEVERITY: None,
    SortBy.RULE: lambda _, found: found.rule,
    SortBy.ELEMENT: lambda _, found: found.names.casefold(),
    SortBy.HOST: lambda hosts, found: hosts.name(found).casefold(),
    SortBy.MESSAGE: lambda _, found: found.message.casefold(),
}
"""What rows are sorted by; None for the order in which a check tells them."""
