"""What a known error text looks like, and which rules explain it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from designer.explaining.codes import name_of
from designer.explaining.reading import Reading, in_words, squeezed, squeezed_phrase

STRONGEST = 0.95
_PER_RULE = 0.05
_LEAST_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Signature:
    """One error with the rules that explain it.

    Attributes:
        says: what the error means, as the end of a sentence: “HNS found no adapter of that name”.
        rules: the rules, the likeliest first.
        texts: wordings of it; any one is enough. ``…`` stands for a few words that differ.
        codes: its codes, those of Win32 without 0x8007.
        weight: how sure the first rule is when the text is found, 0 to 1.
        context: words elsewhere in the text that speak for one of the rules.
    """

    says: str
    rules: tuple[str, ...]
    texts: tuple[str, ...] = ()
    codes: tuple[int, ...] = ()
    weight: float = 0.85
    context: tuple[tuple[str, str], ...] = ()


class Seen(NamedTuple):
    """A signature that was found in a text, and what was seen of it."""

    signature: Signature
    quote: str


class Evidence(NamedTuple):
    """What speaks for a rule: how sure it is, and a sentence about what was found in the text."""

    score: float
    why: str


def seen(reading: Reading, signatures: Iterable[Signature]) -> list[Seen]:
    """Return the signatures that a text has."""
    found = []
    for signature in signatures:
        quote = _quote(reading, signature)
        if quote:
            found.append(Seen(signature, quote))
    return found


def weighed(reading: Reading, found: Iterable[Seen]) -> dict[str, Evidence]:
    """Return the rules that the signatures lead to, each with its strongest evidence."""
    evidence: dict[str, Evidence] = {}
    for signature, quote in found:
        favoured = {rule for word, rule in signature.context if squeezed(word) in reading.squeezed}
        ranked = sorted(signature.rules, key=lambda rule: rule not in favoured)
        for place, rule in enumerate(ranked):
            share = max(_LEAST_SHARE, 1 - _PER_RULE * place)
            score = min(STRONGEST, signature.weight * share)
            if rule not in evidence or evidence[rule].score < score:
                evidence[rule] = Evidence(score, f"The text has {quote}: {signature.says}.")
    return evidence


def _quote(reading: Reading, signature: Signature) -> str:
    for code in signature.codes:
        if code in reading.codes:
            return in_words(code)
    for code in signature.codes:
        name = name_of(code)
        if name and squeezed(name) in reading.squeezed:
            return name
    return next((f"“{text}”" for text in signature.texts if reading.has(squeezed_phrase(text))), "")
