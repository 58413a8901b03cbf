"""The words of the program itself: ids and titles of rules, what their pages quote, drop codes of the simulator."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from designer.explaining.reading import Reading, in_words, squeezed
from designer.explaining.signatures import Evidence
from designer.rules.registry import Rule
from designer.simulate.drops import DROPS

_RULE_ID = re.compile(r"\b[a-z]{3}\d{3}\b")
_DROP = re.compile(r"\bd-[a-z0-9\-]+")
_CODE = re.compile(r"\b0x([0-9a-fA-F]{6,8})\b")
_QUOTED = re.compile(r"“([^”]+)”")
_WORD = re.compile(r"[a-z0-9\-]{3,}")
_COMMON = frozenset(
    {"the", "and", "are", "for", "has", "have", "its", "not", "one", "that", "this", "with", "without", "than", "who"}
    | {"more", "which", "what", "into", "outside", "inside", "container", "network", "window", "docker", "host"}
)
"""Words that stand in every other title."""

_NAMED, _CODED, _QUOTES, _TITLED = 0.95, 0.65, 0.8, 0.5
_DROPPED = 0.9
_LEAST_LETTERS = 14
_LEAST_SHARE = 0.7
_MOST_CHARACTERS = 400
"""Only a short text can be meant as the title of a rule."""


def in_catalogue(reading: Reading, rules: Iterable[Rule]) -> dict[str, Evidence]:
    """Return the rules whose own words stand in a text."""
    ids = set(_RULE_ID.findall(reading.plain))
    words = _words(reading.plain) if len(reading.plain) <= _MOST_CHARACTERS else frozenset()
    evidence: dict[str, Evidence] = {}
    for rule in rules:
        best = max(_evidence(rule, reading, ids, words), default=None, key=lambda each: each.score)
        if best is not None:
            evidence[rule.id] = best
    return evidence


def in_drops(reading: Reading) -> dict[str, Evidence]:
    """Return the rules that predict the drops whose codes stand in a text."""
    evidence: dict[str, Evidence] = {}
    for code in _DROP.findall(reading.plain):
        drop = DROPS.get(code.upper())
        for place, rule in enumerate(drop.rules if drop is not None else ()):
            score = _DROPPED - 0.05 * place
            if drop is not None and (rule not in evidence or evidence[rule].score < score):
                evidence[rule] = Evidence(score, f"The text has {code.upper()}: {drop.meaning}.")
    return evidence


def _evidence(rule: Rule, reading: Reading, ids: set[str], words: frozenset[str]) -> Iterator[Evidence]:
    if rule.id.casefold() in ids:
        yield Evidence(_NAMED, f"The text names {rule.id}.")
    page = f"{rule.why} {rule.bad}"
    for found in _CODE.findall(page):
        if int(found, 16) in reading.codes:
            yield Evidence(_CODED, f"The text has {in_words(int(found, 16))}, which this rule foresees.")
    for quoted in _QUOTED.findall(rule.why):
        text = squeezed(quoted)
        if " " in quoted and len(text) >= _LEAST_LETTERS and text in reading.squeezed:
            yield Evidence(_QUOTES, f"The text has “{quoted}”, which this rule foresees.")
    title = _words(rule.title.casefold())
    common = title & words
    if len(common) >= 2 and len(common) >= _LEAST_SHARE * len(title):
        yield Evidence(_TITLED * len(common) / len(title), f"The text speaks of {', '.join(sorted(common))}.")


def _words(text: str) -> frozenset[str]:
    return frozenset(word.removesuffix("s") for word in _WORD.findall(text) if word not in _COMMON) - _COMMON
