"""Ranks the rules that explain an error text; with a design, those first that the design breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from designer.explaining.codes import FIRST, name_of
from designer.explaining.engine_texts import ENGINE_TEXTS
from designer.explaining.mentions import Mentions
from designer.explaining.own_words import in_catalogue, in_drops
from designer.explaining.reading import Reading, in_words, squeezed
from designer.explaining.signatures import Evidence, seen, weighed
from designer.explaining.symptoms import complaints
from designer.explaining.windows_texts import WINDOWS_TEXTS
from designer.model.base import Element
from designer.model.changes import ChangeSet
from designer.model.identity import EntityId
from designer.model.topology import Topology
from designer.rules.catalogue import catalogue
from designer.rules.pages import sentence
from designer.rules.registry import RULES, Judged, Rule, Severity, kinds_of
from designer.rules.runner import judge

MOST_FINDINGS = 5
"""So many findings of one rule are listed; the first one says how many more there are."""

MOST_ELEMENTS = 8

_BROKEN_HERE = 0.6
_NOT_BROKEN = 0.7
_MENTIONED = 0.5
_NEARBY = 0.3
_SAME_MESSAGE = 1.0
_ERROR_WORDS = ("error", "fail", "refused", "denied", "not found", "timed out", "cannot", "unable")


@dataclass(frozen=True, slots=True)
class Explanation:
    """One rule that may explain a text.

    Attributes:
        score: how sure it is, above 0 and at most 1.
        why: what in the text and in the design speaks for it, as sentences.
        elements: the elements of the design concerned, the most concerned first.
        fix: a change of the design that removes the cause.
        judged: the finding of the design, if the design breaks the rule.
    """

    rule: Rule
    score: float
    why: str
    elements: tuple[EntityId, ...] = ()
    fix: ChangeSet | None = None
    judged: Judged | None = None


def explain(text: str, topology: Topology | None = None) -> tuple[Explanation, ...]:
    """Return the rules that may explain an error text, the likeliest first; none if nothing is known about it."""
    reading = Reading.of(text)
    evidence = _evidence(reading)
    found = _without_design(evidence) if topology is None else _with_design(reading, evidence, topology)
    return tuple(sorted(found, key=lambda each: (-each.score, each.rule.id, each.elements)))


def what_next(text: str) -> str:
    """Say what can be done about a text that no rule explains."""
    codes = Reading.of(text).codes
    known = [f"{in_words(code)} is {name_of(code)}" for code in codes if name_of(code)]
    others = [in_words(code) for code in codes if not name_of(code) and code > FIRST]
    said = ""
    if known:
        said = f"{'; '.join(known[:3])}, which no rule foresees. "
    elif others:
        said = f"No rule foresees {', '.join(others[:3])}. "
    return (
        f"{said}Paste the whole message, with the code in it (0x…) and the lines before it; they are in the output of "
        "docker, in Get-WinEvent -ProviderName docker, and in the log Microsoft-Windows-Host-Network-Service-Admin. "
        "“designer check” tells what is wrong in a design without any message."
    )


def _evidence(reading: Reading) -> dict[str, Evidence]:
    if not reading.squeezed:
        return {}
    merged = weighed(reading, seen(reading, (*WINDOWS_TEXTS, *ENGINE_TEXTS)))
    for more in (complaints(reading), in_catalogue(reading, catalogue()), in_drops(reading)):
        for rule, evidence in more.items():
            if rule not in merged or merged[rule].score < evidence.score:
                merged[rule] = evidence
    return {rule: evidence for rule, evidence in merged.items() if rule in RULES}


def _without_design(evidence: Mapping[str, Evidence]) -> Iterator[Explanation]:
    for rule_id, (score, why) in evidence.items():
        yield Explanation(RULES[rule_id], round(score, 3), f"{why} {sentence(RULES[rule_id].why)}")


def _with_design(reading: Reading, evidence: Mapping[str, Evidence], topology: Topology) -> Iterator[Explanation]:
    mentions = Mentions.of(reading, topology)
    findings: dict[str, list[Judged]] = {}
    for judged in judge(topology):
        findings.setdefault(judged.rule.id, []).append(judged)
    for rule_id, found in evidence.items():
        if rule_id in findings:
            yield from _broken(found, findings[rule_id], mentions, topology)
        else:
            yield _not_broken(RULES[rule_id], found, mentions, topology)
    others = [judged for rule_id, each in findings.items() if rule_id not in evidence for judged in each]
    yield from _nearby(reading, others, mentions, topology)


def _broken(
    evidence: Evidence, findings: Iterable[Judged], mentions: Mentions, topology: Topology
) -> Iterator[Explanation]:
    """Explain by what the design breaks, the findings whose elements the text names first."""
    quoted = [(mentions.of_finding(topology, judged.finding.elements), judged) for judged in findings]
    quoted.sort(key=lambda pair: not pair[0])
    more = len(quoted) - MOST_FINDINGS
    for place, (quote, judged) in enumerate(quoted[:MOST_FINDINGS]):
        score = evidence.score + (1 - evidence.score) * _BROKEN_HERE
        why = f"{evidence.why} In the design: {judged.finding.message}"
        if quote:
            score += (1 - score) * _MENTIONED
            why = f"{evidence.why} In the design, which the text speaks of with “{quote}”: {judged.finding.message}"
        if place == 0 and more > 0:
            why += f" The design breaks this rule {len(quoted)} times."
        yield _of_finding(judged, score, why)


def _not_broken(rule: Rule, evidence: Evidence, mentions: Mentions, topology: Topology) -> Explanation:
    subject = rule.subject.subject if hasattr(rule.subject, "subject") else rule.subject
    kinds = kinds_of(subject) if rule.decidable else ()
    named = [element for element in mentions.quotes if isinstance(topology.get(element), Element)]
    fitting = [element for element in named if isinstance(topology.get(element), kinds)]
    clause = "The design does not break this rule" if rule.decidable else "A design cannot show this"
    reason = f": {rule.reason}" if rule.reason else "; the machine may differ from it."
    return Explanation(
        rule,
        round(evidence.score * _NOT_BROKEN, 3),
        f"{evidence.why} {sentence(rule.why)} {clause}{reason}",
        tuple((fitting or named)[:MOST_ELEMENTS]),
    )


def _nearby(
    reading: Reading, findings: Iterable[Judged], mentions: Mentions, topology: Topology
) -> Iterator[Explanation]:
    """Explain by problems of what the text names, and by those whose message the text is."""
    is_error = any(squeezed(word) in reading.squeezed for word in _ERROR_WORDS) or bool(reading.codes)
    for judged in findings:
        message = squeezed(judged.finding.message)
        if message in reading.squeezed:
            yield _of_finding(judged, _SAME_MESSAGE, f"The text is this finding: {judged.finding.message}")
        elif is_error and judged.severity is not Severity.INFO:
            quote = mentions.of_finding(topology, judged.finding.elements)
            if quote:
                why = f"The text names “{quote}”, and the design has a problem there: {judged.finding.message}"
                yield _of_finding(judged, _NEARBY, why)


def _of_finding(judged: Judged, score: float, why: str) -> Explanation:
    finding = judged.finding
    return Explanation(judged.rule, round(score, 3), why, finding.elements, finding.fix, judged)
