"""The pages of rules as text and Markdown, and the reference that all of them make."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType

from designer.model.releases import RELEASES
from designer.rules.registry import FixClass, Rule, Severity

FAMILIES: Mapping[str, str] = MappingProxyType(
    {
        "HST": "Hosts and features",
        "ISO": "Isolation and images",
        "CMP": "Compartments",
        "SWI": "Switches and adapters",
        "SET": "SET teams",
        "NAT": "NAT",
        "IPA": "Addresses",
        "VLN": "VLANs",
        "VSI": "Virtual subnets",
        "PRT": "Published ports",
        "DNS": "Names and DNS",
        "MAC": "MAC addresses",
        "VMH": "Virtual machines as hosts",
        "AZR": "Azure",
        "OVL": "Overlay networks",
        "SWM": "Swarm",
        "DKR": "Docker options",
        "CPS": "Compose files",
        "NAM": "Names of things",
        "MHM": "Several networks",
        "HOT": "Changes of what runs",
        "IPV": "IPv6",
        "MTU": "MTU",
        "ACL": "Access lists",
        "QOS": "Bandwidth",
        "LBL": "Load balancers",
        "TOP": "The design as a whole",
    }
)
"""What the first three letters of an id stand for, in the order of the reference."""


class Caught(StrEnum):
    """Where something is caught that no design can show."""

    INPUT = "where it is typed or read: a design cannot hold it"
    SCRIPT = "by the exported scripts, which never do it"
    PREFLIGHT = "by the exported script, which looks at the machine before it changes anything"
    EXPLAIN = "by “designer explain”, from the error text"


_INPUT, _SCRIPT, _PREFLIGHT, _EXPLAIN = Caught.INPUT, Caught.SCRIPT, Caught.PREFLIGHT, Caught.EXPLAIN

CAUGHT: Mapping[str, tuple[Caught, ...]] = MappingProxyType(
    {
        "ACL008": (_EXPLAIN,),
        "CMP001": (_INPUT,),
        "CMP004": (_INPUT,),
        "CMP005": (_INPUT,),
        "CMP014": (_INPUT, _EXPLAIN),
        "CPS001": (_INPUT, _EXPLAIN),
        "CPS002": (_INPUT, _EXPLAIN),
        "CPS003": (_INPUT, _EXPLAIN),
        "CPS004": (_INPUT, _EXPLAIN),
        "CPS005": (_INPUT,),
        "CPS006": (_INPUT, _EXPLAIN),
        "CPS007": (_INPUT,),
        "CPS009": (_INPUT, _EXPLAIN),
        "DKR021": (_SCRIPT, _EXPLAIN),
        "HOT003": (_PREFLIGHT, _EXPLAIN),
        "HOT004": (_PREFLIGHT,),
        "HOT005": (_PREFLIGHT, _EXPLAIN),
        "HST004": (_PREFLIGHT, _EXPLAIN),
        "IPA033": (_INPUT,),
        "IPA034": (_INPUT,),
        "ISO010": (_INPUT, _EXPLAIN),
        "LBL011": (_PREFLIGHT,),
        "MTU004": (_INPUT, _EXPLAIN),
        "NAM008": (_INPUT,),
        "NAM009": (_SCRIPT, _EXPLAIN),
        "NAT015": (_PREFLIGHT, _EXPLAIN),
        "NAT017": (_EXPLAIN,),
        "OVL002": (_PREFLIGHT, _EXPLAIN),
        "PRT008": (_INPUT, _EXPLAIN),
        "SWI022": (_PREFLIGHT, _EXPLAIN),
        "SWI023": (_EXPLAIN,),
        "VSI006": (_INPUT,),
    }
)
"""Every undecidable rule with the places where it is caught instead."""

FIX_WORDS: Mapping[FixClass, str] = MappingProxyType(
    {
        FixClass.QUICK: "a quick fix of the design",
        FixClass.SCRIPT: "a step on the host, after your consent",
        FixClass.MANUAL: "a decision that only a person can make",
        FixClass.NONE: "nothing has to be done",
    }
)

_REPOSITORY = re.compile(r"(?P<repository>[\w.\-]+/[\w.\-]+)(?:#(?P<thread>\d+)|: (?P<path>[\w./\-]+))?")
_SPECIAL = re.compile(r"([\\`*_<>|\[\]])")
_FIRST = "inferred from "
_NAMES = frozenset({"docker", "hcsshim", "ics", "nat", "routingdomain"})
"""Words that are written in small letters wherever they stand."""


def family_of(rule: Rule) -> str:
    """Return the first three letters of a rule's id."""
    return rule.id[:3]


def releases_of(rule: Rule) -> str:
    """Return the releases that a rule concerns, in words."""
    return ", ".join(RELEASES[release].title for release in rule.os) or "all releases"


def link_of(source: str) -> str:
    """Return the address of a source that is a repository, a path or thread in one; nothing for other sources."""
    found = _REPOSITORY.fullmatch(source.removeprefix(_FIRST))
    if found is None:
        return ""
    base = f"https://github.com/{found['repository']}"
    if found["thread"]:
        return f"{base}/issues/{found['thread']}"
    return f"{base}/blob/HEAD/{found['path']}" if found["path"] else base


def sentence(text: str) -> str:
    """Return a paragraph of a page with a capital at its beginning, unless a name stands there."""
    first = text.split(maxsplit=1)[0].strip(",:") if text.strip() else ""
    return f"{text[:1].upper()}{text[1:]}" if first.isalpha() and first not in _NAMES else text


def as_text(rule: Rule) -> str:
    """Return the whole rule as text for a terminal."""
    lines = [
        f"{rule.id}: {rule.title}",
        "",
        f"Family:   {FAMILIES.get(family_of(rule), 'The program itself')}",
        f"Severity: {rule.severity}",
        f"Releases: {releases_of(rule)}",
        f"Fix:      {rule.fix_class} ({FIX_WORDS[rule.fix_class]})",
        "",
    ]
    if not rule.decidable:
        lines += [f"Not decided from a design: {rule.reason}"]
        lines += [f"Caught {place}." for place in CAUGHT.get(rule.id, ())] + [""]
    for word, paragraph in (("Why", rule.why), ("Bad", rule.bad), ("Good", rule.good)):
        lines += [f"{word}: {paragraph}", ""]
    return "\n".join([*lines, "Sources:", *(f"  {source}" for source in rule.sources), ""])


def as_markdown(rule: Rule, level: int = 2) -> str:
    """Return the whole rule in Markdown, with a heading of some level."""
    parts = [
        f"{'#' * level} {rule.id}: {_plain(rule.title)}",
        f"*{sentence(rule.severity.value)} · {releases_of(rule)} · fix: {FIX_WORDS[rule.fix_class]}*",
        _plain(sentence(rule.why)),
        f"**Bad:** {_plain(rule.bad)}",
        f"**Good:** {_plain(rule.good)}",
    ]
    if not rule.decidable:
        caught = "".join(f"\n- Caught {_plain(place)}." for place in CAUGHT.get(rule.id, ()))
        parts.append(f"**Not decided from a design:** {_plain(rule.reason)}{f'{chr(10)}{caught}' if caught else ''}")
    parts.append(f"Sources: {'; '.join(_linked(source) for source in rule.sources)}")
    return "\n\n".join(parts) + "\n"


def reference(rules: Iterable[Rule]) -> str:
    """Return the page of all rules in Markdown, by family."""
    rules = tuple(rules)
    return "\n".join([*_head(rules), *_families(rules)]).rstrip("\n") + "\n"


def by_family(rules: Iterable[Rule]) -> dict[str, list[Rule]]:
    """Return rules by their families, in the order of the reference."""
    found: dict[str, list[Rule]] = {family: [] for family in FAMILIES}
    for rule in rules:
        found[family_of(rule)].append(rule)
    return {family: members for family, members in found.items() if members}


def _head(rules: tuple[Rule, ...]) -> Iterator[str]:
    counts = Counter(rule.severity for rule in rules)
    words = ", ".join(f"{counts[severity]} {word}" for severity, word in _COUNTED.items() if counts[severity])
    undecided = [rule for rule in rules if not rule.decidable]
    yield "# Rules"
    yield ""
    yield (
        f"What cannot work, what works with a limit, and why: {len(rules)} rules ({words}). "
        "This page is made by `designer rules --format markdown`; `designer rules ID` shows one rule."
    )
    yield ""
    yield (
        f"{len(undecided)} of them cannot be decided from a design; they say where they are caught instead. "
        "A rule without releases holds for all of them. The severity of a finding can differ from that of its rule "
        "where the release or the machine decides."
    )
    yield ""
    yield "| Family | Rules |"
    yield "| --- | --- |"
    for family, members in by_family(rules).items():
        ids = ", ".join(f"[{rule.id}](#{anchor(rule)})" for rule in members)
        yield f"| {FAMILIES[family]} | {ids} |"
    yield ""


_COUNTED = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.INFO: "hints"}


def _families(rules: tuple[Rule, ...]) -> Iterator[str]:
    for family, members in by_family(rules).items():
        yield f"## {FAMILIES[family]} ({family})"
        yield ""
        for rule in members:
            yield as_markdown(rule, 3)


def anchor(rule: Rule) -> str:
    """Return what code hosts make of the heading of a rule."""
    heading = f"{rule.id}: {rule.title}".casefold()
    return re.sub(r"[^\w\- ]", "", heading).replace(" ", "-")


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _linked(source: str) -> str:
    link = link_of(source)
    return f"[{_plain(source)}]({link})" if link else _plain(source)
