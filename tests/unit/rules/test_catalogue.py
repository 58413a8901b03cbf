"""The catalogue is complete: every id with its severity, its fix class and its releases, none without a source."""

from __future__ import annotations

import re
from typing import NamedTuple

from designer import rules
from designer.model.releases import RELEASES, OsRelease
from designer.rules.catalogue import catalogue
from designer.rules.registry import FixClass, Severity
from designer.rules.spans import CLIENTS, SERVERS, before, since

FACTS: dict[str, str] = {
    "HST": (
        "001EM 002ES 003EM<2019 004ES 005ES 006EQ 007EM=client 008WM=2016 009IM=client 010WM 011WM 012EQ "
        "013IQ 014EQ 015EM>1709"
    ),
    "ISO": ("001EM 002EQ 003WQ=2016 004EM 005ES 006ES 007EM 008WQ=win10 009IQ 010EQ 011WQ=win11 012IM=server 013EQ"),
    "CMP": (
        "001EQ 002EQ 003EQ 004EQ 005EQ 006WQ 007EQ 008EQ 009EQ 010EM 011EM>1709 012EM=2016 013EM 014EQ 015IM "
        "016EQ>2019 017WQ"
    ),
    "SWI": (
        "001EM 002EQ 003EQ 004EQ 005EQ 006EQ 007EQ 008WQ 009EM 010IN>1709 011EQ 012ES 013WQ=client 015WQ "
        "016IS 017WM 018WQ 019EM=server 020ES 021WQ 022WM>1709 023EM 024ES"
    ),
    "SET": "001EM 002WM 003EM 004EQ 005EQ 006ES 007EQ 009ES 008EM=win10",
    "NAT": (
        "001EQ=2016 002EQ 003EQ 004ES 005WM 006WQ 007WS 008WQ 009EQ 010WS>2019 011WQ<2019 012EQ 013IQ 014WQ "
        "015WS=2016 016EQ 017IM"
    ),
    "IPA": (
        "001EQ 002EQ 003EQ 004EQ 005EQ 006EQ 007EQ 008EQ 009WM 010EQ 011EQ 012WQ 013WM 014EQ 015IM 016EQ "
        "017EM<2022 018EQ 019EQ 020EQ 021EQ 022EQ 023EQ 024WQ 025EQ 026WQ 027EQ 028WQ 029WQ>2022 030EQ>2022 "
        "031WQ 032WQ 033IQ 034EQ 035WM"
    ),
    "VLN": "001WQ 002EQ 003EM 004WQ 005ES 006EQ 007EQ 008EQ",
    "VSI": "001WQ 002EQ 003EQ 004EQ 005EQ 006EQ 007WQ>2019",
    "PRT": (
        "001EQ 002EQ=2016 003EQ 004WQ 005EQ 006EQ 007EQ 008EQ 009EQ 010EQ 011EQ 012WQ 013WQ 014EQ 015EQ=2016 "
        "016EQ 017EQ 018IQ 020WS 021WQ>2019 022WS 023EM=2019"
    ),
    "DNS": "001EQ 002WQ 003WQ 004EQ 005WQ 006WQ 007WM 008WQ 010WM 011IQ",
    "MAC": "001EQ 002EQ 003EQ 004EQ 005EQ 006EQ 007EQ 008IQ",
    "VMH": "001ES 002EM 003IQ 004WM 005WM",
    "AZR": "001EQ 002EQ 003ES 004EM",
    "OVL": (
        "001EQ 002EQ 003EM 004EM 005ES 006EM 007EQ 008EQ=2016 009EQ 010EQ 011EQ 012IQ>1709 013EQ=2016 014WS "
        "015EQ 016WM=2019 017EQ 018WQ"
    ),
    "SWM": "001EQ 002EM 003WQ 004EQ 005EQ",
    "DKR": (
        "001EQ 002EQ 003EQ 004WQ 005EQ 006WQ 007EQ 008EQ 009EQ 010EQ 011WQ 012EQ 013WQ 014EQ=2016 015WQ>1709 "
        "016IQ>1709 017EQ>1709 018IQ 019EQ 020IQ 021EQ 022EM"
    ),
    "CPS": "001EQ 002EQ 003EQ 004WQ 005WQ 006EQ 007EQ 008EQ 009EQ",
    "NAM": "001EQ 002EQ 003EQ 004EQ 005EQ 006EQ 007EQ 008EQ 009EQ",
    "MHM": "001EQ 002EQ 003WM 004EQ 005WM 006EQ",
    "HOT": "001EQ=2016 002EQ 003EQ>2019 004EQ 005EQ",
    "IPV": "001EQ 002EM<2022 003WM>2022 004EM>2022",
    "MTU": "001WQ 002IQ 003WM 004EQ 005WS",
    "ACL": "001EQ 002WQ 003WQ 004EQ<1803 005WQ=2016 006EM>1709 007WQ 008EM 009EM 010EQ 012WQ>1709",
    "QOS": "001IS 002WM 003WQ 004EQ 005WS 006WM",
    "LBL": "001EQ 002EQ 003EQ>1709 004EQ<2019 005EQ<2022 006EM 007WQ 008EQ 009WQ>1903 010WM 011IS",
    "TOP": "001WQ 002EM 003EM 004EQ 005IQ 006IQ 007WM 008EM 009WM 010WM 011EM 012WQ 013IQ",
}
"""Family: number, severity (E, W, I), fix (Q quick, S script, M manual, N none) and releases of each rule."""

MIXED = {
    "SWM002": "a swarm without a manager is an error, an even number of managers a remark",
    "CPS004": "a warning or an error, as the key of Compose that it is about",
    "AZR003": "the route is a step in Azure or a decision",
    "SWI011": "an error for a second transparent network, else a warning",
    "SWI019": "an error from Windows Server 2022 on, a warning before",
    "NAT004": "an error on Windows Server 2016, a warning later",
}
"""Rules to which the catalogue gives two severities or fix classes, and why."""

MORE = frozenset({"TOP014", "TOP015"})
"""Rules beyond the catalogue: what a file can hold and nothing makes."""

_SEVERITIES = {"E": Severity.ERROR, "W": Severity.WARNING, "I": Severity.INFO}
_FIXES = {"Q": FixClass.QUICK, "S": FixClass.SCRIPT, "M": FixClass.MANUAL, "N": FixClass.NONE}
_ENTRY = re.compile(r"(\d{3})([EWI])([QSMN])([<>=]\w+)?")
_BUILDS = {"1709": 16299, "1803": 17134, "1903": 18362, "2019": 17763, "2022": 20348}
_GROUPS = {
    "client": CLIENTS,
    "server": SERVERS,
    "2016": (OsRelease.WS2016,),
    "2019": (OsRelease.WS2019,),
    "win10": (OsRelease.WIN10,),
    "win11": (OsRelease.WIN11,),
}


class Fact(NamedTuple):
    """What the catalogue says of a rule."""

    severity: Severity
    fix: FixClass
    releases: tuple[OsRelease, ...]


def _facts() -> dict[str, Fact]:
    found: dict[str, Fact] = {}
    for family, entries in FACTS.items():
        for entry in entries.split():
            parts = _ENTRY.fullmatch(entry)
            assert parts is not None, entry
            assert family + parts[1] not in found
            found[family + parts[1]] = Fact(_SEVERITIES[parts[2]], _FIXES[parts[3]], _releases(parts[4] or ""))
    return found


def _releases(span: str) -> tuple[OsRelease, ...]:
    if not span:
        return ()
    if span[0] == "=":
        return _GROUPS[span[1:]]
    return since(_BUILDS[span[1:]]) if span[0] == ">" else before(_BUILDS[span[1:]])


def test_every_rule_of_the_catalogue_is_there_once() -> None:
    ids = [found.id for found in catalogue()]
    assert len(ids) == len(set(ids))
    assert set(ids) - MORE == set(_facts())
    assert len(_facts()) == 317


def test_further_rules_name_a_source() -> None:
    further = [found for found in catalogue() if found.id not in _facts()]
    assert {found.id for found in further} == MORE
    assert all(found.sources and all(found.sources) for found in further)


def test_severities_and_fix_classes_are_those_of_the_catalogue() -> None:
    facts = _facts()
    ours = {found.id: (found.severity, found.fix_class) for found in catalogue() if found.id in facts}
    differing = {
        rule_id: ours[rule_id] for rule_id, fact in facts.items() if ours[rule_id] != (fact.severity, fact.fix)
    }
    assert set(differing) <= set(MIXED), differing


def test_releases_are_those_of_the_catalogue() -> None:
    ours = {found.id: set(found.os) for found in catalogue()}
    differing = {rule_id: ours[rule_id] for rule_id, fact in _facts().items() if ours[rule_id] != set(fact.releases)}
    assert not differing


def test_the_package_holds_no_rule_for_a_release_that_it_does_not_know() -> None:
    assert rules.__all__ == sorted(rules.__all__)
    assert all(release in RELEASES for found in catalogue() for release in found.os)
