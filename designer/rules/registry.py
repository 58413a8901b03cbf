"""The table of rules: what a rule is, what it finds, and the decorator that registers one.

A rule is a small pure function over one kind of subject. Its docstring is its page: line one is the title, then the
paragraphs Why, Bad and Good. Metadata has no defaults, so that no rule goes without a source or a fix class.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import wraps
from textwrap import dedent
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from designer.model.base import EntityBase, Link
from designer.model.changes import ChangeSet
from designer.model.entities import ELEMENT_TYPES, LINK_TYPES
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.networks import ContainerNetwork, LoadBalancer, NetworkMode
from designer.model.releases import OsRelease

if TYPE_CHECKING:
    from designer.rules.design import Design

S = TypeVar("S", bound=EntityBase)
Check = Callable[["Design", Any], Iterator["Finding"]]


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """Position in a list, worst first."""
        return _RANKS[self]


_RANKS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


class FixClass(StrEnum):
    """What can be done about a finding.

    ``quick``: a change of the design that is safe by itself. ``script``: a step on the host, after consent.
    ``manual``: a decision that only a person can make. ``none``: nothing has to be done.
    """

    QUICK = "quick"
    SCRIPT = "script"
    MANUAL = "manual"
    NONE = "none"


class Reach(StrEnum):
    """How far a rule looks from its subject; every rule may also read the host that the subject stands on.

    ``self``: the fields of the subject. ``links``: also its links, references and what they lead to. ``wire``: also
    what carries it: switch, uplink, adapter, team, cable, physical network. ``host``: anything on the same host; for
    rules about hosts, and about networks, attachments and switches on them.
    """

    SELF = "self"
    LINKS = "links"
    WIRE = "wire"
    HOST = "host"
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True)
class Reads:
    """What a rule reads besides its subject and the host of that.

    Attributes:
        reach: how far it looks.
        kinds: at which kinds.
        names: whether its answer, not only its words, depends on what those are called.
    """

    reach: Reach
    kinds: tuple[type[EntityBase], ...]
    names: bool = False


OWN_FIELDS = Reads(Reach.SELF, ())


@dataclass(frozen=True, slots=True)
class Only:
    """Which subjects a rule is asked about; the others cannot violate it, so that a pass need not call it for them.

    Attributes:
        field: a field of the subject that is set.
        modes: modes that the network (of the attachment) has, None for an attachment to a switch; empty means any.
        host: what holds for the host of the subject; None means for any host, or none.
    """

    field: str = ""
    modes: tuple[NetworkMode | None, ...] = ()
    host: Callable[[Host], bool] | None = None


EVERY = Only()


def links(*kinds: type[EntityBase], names: bool = False) -> Reads:
    """Reads the links of the subject, its references, and what they lead to."""
    return Reads(Reach.LINKS, kinds_of(kinds), names)


def wire(*kinds: type[EntityBase], names: bool = False) -> Reads:
    """Reads what carries the subject: switch, uplink, adapter, team, cable, physical network."""
    return Reads(Reach.WIRE, kinds_of(kinds), names)


def same_host(*kinds: type[EntityBase], names: bool = False) -> Reads:
    """Reads other things on the host of the subject."""
    return Reads(Reach.HOST, kinds_of(kinds), names)


def anywhere(*kinds: type[EntityBase], names: bool = False) -> Reads:
    """Reads things of these kinds wherever they are: the nodes of a swarm, or what is on the way of a flow."""
    return Reads(Reach.ANYWHERE, kinds_of(kinds), names)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    Attributes:
        elements: what it is about, each once, the most concerned first; never empty.
        message: one sentence with names and values that says what is wrong and what to do.
        field: the field of the first element that the inspector shows the message at.
        fix: a change that removes the finding, if there is a safe one.
        severity: when it is not the one of the rule.
        script_step: PowerShell that a script could run after consent.
    """

    elements: tuple[EntityId, ...]
    message: str
    field: str = ""
    fix: ChangeSet | None = None
    severity: Severity | None = None
    script_step: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "elements", tuple(dict.fromkeys(self.elements)))


@dataclass(frozen=True, eq=False)
class Index(Generic[S]):
    """Groups entities by a key, so that rules about clashes look at small groups only.

    Attributes:
        name: unique; part of the identity of a group.
        subject: kind of the entities (a base class stands for all its kinds).
        keys: the groups that an entity belongs to; with reach ``anywhere`` at least one for each that is judged.
        reach: how far ``keys`` and the rules on the groups look.
        least: smaller groups are not judged.
        field: entities without this field set belong to no group.
    """

    name: str
    subject: tuple[type[S], ...]
    keys: Callable[[Design, S], Iterable[Hashable]]
    reach: Reach
    least: int = 2
    field: str = ""


class Group(NamedTuple):
    """Entities with one key, in the order of their ids."""

    key: Any
    members: tuple[Any, ...]


@dataclass(frozen=True, eq=False)
class Rule:
    """One rule with everything that its page shows.

    Attributes:
        os: the releases that it concerns; empty means all. What it finds on hosts of others is left out.
        decidable: false for a rule that only a running machine can answer.
        subject: kinds of entity that the check is called with, or the index whose groups it is called with.
        reads: what the answer depends on besides the subject and its host.
        only: the subjects that the check is called with.
        reason: why a design cannot show it; empty for a decidable rule.
    """

    id: str
    title: str
    severity: Severity
    os: tuple[OsRelease, ...]
    fix_class: FixClass
    sources: tuple[str, ...]
    why: str
    bad: str
    good: str
    decidable: bool
    subject: type[EntityBase] | tuple[type[EntityBase], ...] | Index[Any]
    reads: Reads
    only: Only
    check: Check = field(repr=False)
    reason: str = ""


class Judged(NamedTuple):
    """A finding with the rule that made it.

    Attributes:
        subject: what the rule was asked about: an entity id, or an index and a key.
        order: place in a report: severity, rule id, names of the elements.
    """

    rule: Rule
    finding: Finding
    subject: Hashable
    order: tuple[Any, ...]

    @property
    def severity(self) -> Severity:
        """How bad it is here: the finding's own severity, else the rule's."""
        return self.finding.severity or self.rule.severity

    @property
    def title(self) -> str:
        """The rule's title."""
        return self.rule.title


RULES: dict[str, Rule] = {}
"""All rules by id; filled by the decorator when the modules of this package are imported."""

_PAGE = re.compile(r"(?P<title>[^\n]+)\n.*?Why:\s*(?P<why>.+?)\s*Bad:\s*(?P<bad>.+?)\s*Good:\s*(?P<good>.+)", re.S)
_ID = re.compile(r"[A-Z]{3}\d{3}")

ALL_TYPES: tuple[type[EntityBase], ...] = (*ELEMENT_TYPES, *LINK_TYPES)


def kinds_of(subject: type[EntityBase] | tuple[type[EntityBase], ...]) -> tuple[type[EntityBase], ...]:
    """Return the concrete kinds that a type stands for: both containers for their base class."""
    return tuple(kind for kind in ALL_TYPES if issubclass(kind, subject))


def rule(
    rule_id: str,
    severity: Severity,
    *,
    subject: type[S] | tuple[type[S], ...],
    fix: FixClass,
    sources: tuple[str, ...],
    reads: Reads = OWN_FIELDS,
    os: tuple[OsRelease, ...] = (),
    only: Only = EVERY,
) -> Callable[[Callable[[Design, S], Iterator[Finding]]], Callable[[Design, S], Iterator[Finding]]]:
    """Register a rule about one kind of entity.

    Raises:
        ValueError: the id is taken or malformed, or the docstring lacks a part.
    """
    facts = _Facts(rule_id, severity, fix, sources, os)

    def register(check: Callable[[Design, S], Iterator[Finding]]) -> Callable[[Design, S], Iterator[Finding]]:
        _register(facts, subject, reads, only, check, check.__doc__ or "")
        return check

    return register


class Part(NamedTuple):
    """A further subject that a rule is asked about."""

    subject: type[EntityBase] | tuple[type[EntityBase], ...]
    reads: Reads
    only: Only
    check: Check


PARTS: dict[str, list[Part]] = {}
"""The further subjects of rules, by id; filled by the decorator `part`."""


def part(
    rule_id: str, *, subject: type[S] | tuple[type[S], ...], reads: Reads = OWN_FIELDS, only: Only = EVERY
) -> Callable[[Callable[[Design, S], Iterator[Finding]]], Callable[[Design, S], Iterator[Finding]]]:
    """Register a further subject of a rule that is registered elsewhere: what holds for a container and for a service.

    The subjects of the parts of one rule are of different kinds.
    """

    def register(check: Callable[[Design, S], Iterator[Finding]]) -> Callable[[Design, S], Iterator[Finding]]:
        PARTS.setdefault(rule_id, []).append(Part(subject, reads, only, check))
        return check

    return register


def whole(rule: Rule) -> tuple[Rule, ...]:
    """Return a rule and its parts, each as a rule of its own with the same id and page."""
    parts = (found._replace(check=_on_releases(rule.os, found.check)) for found in PARTS.get(rule.id, ()))
    return (rule, *(replace(rule, **found._asdict()) for found in parts))


def _on_releases(releases: tuple[OsRelease, ...], check: Check) -> Check:
    """Return a check without what it finds on hosts of other releases; what is on no host is kept."""
    if not releases:
        return check

    @wraps(check)
    def limited(design: Design, subject: Any) -> Iterator[Finding]:
        for finding in check(design, subject):
            hosts = [host for element in finding.elements for host in _hosts_of(design, element)]
            if not hosts or any(host.release in releases for host in hosts):
                yield finding

    return limited


def _hosts_of(design: Design, element: EntityId) -> Iterator[Host]:
    """Yield the hosts that something stands on; of a load balancer those of its back ends."""
    entity = design.topology.get(element)
    if isinstance(entity, ContainerNetwork):
        yield from design.hosts_of_network(entity)
    elif isinstance(entity, LoadBalancer):
        ends = (design.host_of(backend.target) for backend in design.backends(element))
        yield from (host for host in ends if host is not None)
    else:
        host = design.host_of_link(entity) if isinstance(entity, Link) else design.host_of(element)
        yield from (host,) if host is not None else ()


def group_rule(
    rule_id: str,
    severity: Severity,
    *,
    index: Index[S],
    fix: FixClass,
    sources: tuple[str, ...],
    os: tuple[OsRelease, ...] = (),
) -> Callable[[Callable[[Design, Group], Iterator[Finding]]], Callable[[Design, Group], Iterator[Finding]]]:
    """Register a rule about the groups of an index.

    Raises:
        ValueError: the id is taken or malformed, or the docstring lacks a part.
    """
    facts = _Facts(rule_id, severity, fix, sources, os)

    def register(check: Callable[[Design, Group], Iterator[Finding]]) -> Callable[[Design, Group], Iterator[Finding]]:
        _register(facts, index, Reads(index.reach, ()), EVERY, check, check.__doc__ or "")
        return check

    return register


def undecidable(
    rule_id: str,
    severity: Severity,
    *,
    reason: str,
    fix: FixClass,
    sources: tuple[str, ...],
    os: tuple[OsRelease, ...] = (),
) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register a rule of the catalogue that no design can show; it has a page and never finds anything.

    Args:
        rule_id: as in the catalogue.
        severity: how bad it is on a machine.
        reason: what a design lacks by nature, as a sentence.
        fix: what can be done about it there.
        sources: where the fact is written down.
        os: the releases that it concerns.

    Raises:
        ValueError: the id is taken or malformed, or the docstring lacks a part.
    """
    if not reason:
        raise ValueError(f"{rule_id} needs the reason why a design cannot show it")
    facts = _Facts(rule_id, severity, fix, sources, os)

    def register(page: Callable[[], None]) -> Callable[[], None]:
        _register(facts, (), OWN_FIELDS, EVERY, _never, page.__doc__ or "", reason)
        return page

    return register


def _never(_design: Design, _subject: object) -> Iterator[Finding]:
    return iter(())


class _Facts(NamedTuple):
    id: str
    severity: Severity
    fix: FixClass
    sources: tuple[str, ...]
    os: tuple[OsRelease, ...]


def _register(
    facts: _Facts,
    subject: type[EntityBase] | tuple[type[EntityBase], ...] | Index[Any],
    reads: Reads,
    only: Only,
    check: Check,
    docstring: str,
    reason: str = "",
) -> None:
    if not _ID.fullmatch(facts.id):
        raise ValueError(f"“{facts.id}” is no rule id; write three capitals and three digits")
    if facts.id in RULES:
        raise ValueError(f"the rule id {facts.id} is used twice")
    if not facts.sources or not all(facts.sources):
        raise ValueError(f"{facts.id} has no source")
    page = parse_page(facts.id, docstring)
    RULES[facts.id] = Rule(
        id=facts.id,
        title=page.title,
        severity=facts.severity,
        os=facts.os,
        fix_class=facts.fix,
        sources=facts.sources,
        why=page.why,
        bad=page.bad,
        good=page.good,
        decidable=not reason,
        subject=subject,
        reads=reads,
        only=only,
        check=_on_releases(facts.os, check),
        reason=reason,
    )


class Page(NamedTuple):
    """What a rule's docstring says."""

    title: str
    why: str
    bad: str
    good: str


def parse_page(rule_id: str, docstring: str) -> Page:
    """Return title, why, bad and good of a rule's docstring.

    Raises:
        ValueError: one of them is missing.
    """
    found = _PAGE.fullmatch(dedent("    " + docstring).strip())
    if found is None:
        raise ValueError(f"{rule_id}: the docstring needs a title and the paragraphs Why, Bad and Good")
    title, why, bad, good = (" ".join(part.split()) for part in found.groups())
    return Page(title.rstrip("."), why, bad, good)
