"""Ranks the rules that explain an error text; with a design, those first that the design breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from designer.explaining import signatures
from designer.explaining.codes import FIRST, name_of
from designer.explaining.cut_off import seen_cut_off
from designer.explaining.engine_texts import ENGINE_TEXTS
from designer.explaining.mentions import Mentions
from designer.explaining.own_words import in_catalogue, in_drops
from designer.explaining.reading import Reading, in_words, squeezed
from designer.explaining.signatures import Evidence, weighed
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

_CUT_OFF = 0.75
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
        seen: what in the text speaks for it, as a sentence.
        tells: what the rule says about it, or what is wrong in the design.
        unlike: what does not fit: that the design does not break the rule, or cannot show it.
        elements: the elements of the design concerned, the most concerned first.
        fix: a change of the design that removes the cause.
        judged: the finding of the design, if the design breaks the rule.
    """

    rule: Rule
    score: float
    seen: str
    tells: str
    elements: tuple[EntityId, ...] = ()
    fix: ChangeSet | None = None
    judged: Judged | None = None
    unlike: str = ""

    @property
    def why(self) -> str:
        """All that speaks for it, and what does not fit."""
        return f"{self.seen} {self.tells} {self.unlike}".rstrip()


def explain(
    text: str, topology: Topology | None = None, findings: Iterable[Judged] | None = None
) -> tuple[Explanation, ...]:
    """Return the rules that may explain an error text, the likeliest first; none if nothing is known about it.

    Args:
        text: the message, or a log with it.
        topology: the design that it came from.
        findings: what is wrong in the design, if that is known already.
    """
    reading = Reading.of(text)
    evidence = _evidence(reading)
    if topology is None:
        found = _without_design(evidence)
    else:
        found = _with_design(reading, evidence, topology, judge(topology) if findings is None else findings)
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
    known = (*WINDOWS_TEXTS, *ENGINE_TEXTS)
    merged = weighed(reading, signatures.seen(reading, known))
    for rule, evidence in weighed(reading, seen_cut_off(reading, known)).items():
        merged.setdefault(rule, evidence._replace(score=evidence.score * _CUT_OFF))
    for more in (complaints(reading), in_catalogue(reading, catalogue()), in_drops(reading)):
        for rule, evidence in more.items():
            if rule not in merged or merged[rule].score < evidence.score:
                merged[rule] = evidence
    return {rule: evidence for rule, evidence in merged.items() if rule in RULES}


def _without_design(evidence: Mapping[str, Evidence]) -> Iterator[Explanation]:
    for rule_id, (score, why) in evidence.items():
        yield Explanation(RULES[rule_id], round(score, 3), why, sentence(RULES[rule_id].why))


def _with_design(
    reading: Reading, evidence: Mapping[str, Evidence], topology: Topology, findings: Iterable[Judged]
) -> Iterator[Explanation]:
    mentions = Mentions.of(reading, topology)
    by_rule: dict[str, list[Judged]] = {}
    for judged in findings:
        by_rule.setdefault(judged.rule.id, []).append(judged)
    for rule_id, found in evidence.items():
        if rule_id in by_rule:
            yield from _broken(found, by_rule[rule_id], mentions, topology)
        else:
            yield _not_broken(RULES[rule_id], found, mentions, topology)
    others = [judged for rule_id, each in by_rule.items() if rule_id not in evidence for judged in each]
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
        tells = f"In the design: {judged.finding.message}"
        if quote:
            score += (1 - score) * _MENTIONED
            tells = f"In the design, which the text speaks of with “{quote}”: {judged.finding.message}"
        if place == 0 and more > 0:
            tells += f" The design breaks this rule {len(quoted)} times."
        yield _of_finding(judged, score, evidence.why, tells)


def _not_broken(rule: Rule, evidence: Evidence, mentions: Mentions, topology: Topology) -> Explanation:
    subject = rule.subject.subject if hasattr(rule.subject, "subject") else rule.subject
    kinds = kinds_of(subject) if rule.decidable else ()
    named = [element for element in mentions.quotes if isinstance(topology.get(element), Element)]
    fitting = [element for element in named if isinstance(topology.get(element), kinds)]
    unlike = "The design does not break this rule; the machine may differ from it."
    return Explanation(
        rule,
        round(evidence.score * _NOT_BROKEN, 3),
        evidence.why,
        sentence(rule.why),
        tuple((fitting or named)[:MOST_ELEMENTS]),
        unlike=unlike if rule.decidable else f"A design cannot show this: {rule.reason}",
    )


def _nearby(
    reading: Reading, findings: Iterable[Judged], mentions: Mentions, topology: Topology
) -> Iterator[Explanation]:
    """Explain by problems of what the text names, and by those whose message the text is."""
    is_error = any(squeezed(word) in reading.squeezed for word in _ERROR_WORDS) or bool(reading.codes)
    for judged in findings:
        message = squeezed(judged.finding.message)
        if message in reading.squeezed:
            yield _of_finding(judged, _SAME_MESSAGE, "The text is a finding of this design:", judged.finding.message)
        elif is_error and judged.severity is not Severity.INFO:
            quote = mentions.of_finding(topology, judged.finding.elements)
            if quote:
                seen = f"The text names “{quote}”, and the design has a problem there:"
                yield _of_finding(judged, _NEARBY, seen, judged.finding.message)


def _of_finding(judged: Judged, score: float, seen: str, tells: str) -> Explanation:
    finding = judged.finding
    return Explanation(judged.rule, round(score, 3), seen, tells, finding.elements, finding.fix, judged)
