"""What people say when no program reports an error: it just does not work."""

from __future__ import annotations

import re
from typing import NamedTuple

from designer.explaining.reading import Reading
from designer.explaining.signatures import Evidence


class Symptom(NamedTuple):
    """Words that stand together when people tell of a problem.

    Attributes:
        says: what the words mean, as the end of a sentence.
        rules: the rules, the likeliest first.
        words: regular expressions; each must be found.
    """

    says: str
    rules: tuple[str, ...]
    words: tuple[str, ...]


MOST_CHARACTERS = 1_000
"""Only a short text is a complaint; in a log such words stand by chance."""

_SCORE = 0.6
_PER_RULE = 0.08
_NOT = r"\b(?:not|no|nothing|cannot|never|fail\w*|refus\w*|unreachable|timeout|timed out|gone|lost|loses?)\b|n't\b"
_NO_ANSWER = rf"{_NOT}|\b(?:hangs?|stalls?|slow|ignored?|still|disappears?|vanish\w*|missing)\b"

SYMPTOMS = (
    Symptom(
        "a published port is not translated for connections from the host itself",
        ("NAT011",),
        (r"localhost|127\.0\.0\.1", _NOT, r"\bpublish|\bports?\b|(?<!\w)-p\b"),
    ),
    Symptom(
        "networks that HNS does not keep are lost with a restart",
        ("NAT010",),
        (r"\breboot|\brestart", r"\bnetworks?\b", _NO_ANSWER),
    ),
    Symptom(
        "the prefix of the nat network is also used by a VPN or the site",
        ("HST010", "NAT003"),
        (r"\bvpn\b", r"\bcontainers?\b|\bnat\b", _NOT),
    ),
    Symptom(
        "the virtual machine's port drops frames of MAC addresses that it does not know",
        ("VMH001", "VMH002", "AZR001"),
        (r"\btransparent\b", r"\bvms?\b|virtual machine|\bazure\b|\bvmware\b", rf"{_NOT}|\bdhcp\b|169\.254"),
    ),
    Symptom(
        "the switch takes over the adapter that the host itself uses",
        ("SWI015", "SWI016"),
        (r"\brdp\b|remote desktop", r"network create|\bswitch|\btransparent\b|\bl2bridge\b", _NOT),
    ),
    Symptom(
        "the network was made with its first prefix, which a changed fixed-cidr does not move",
        ("NAT007",),
        (r"fixed-cidr|\bbip\b", _NO_ANSWER),
    ),
    Symptom(
        "the WinNAT behind the network is gone, so that nothing is translated",
        ("NAT015", "NAT004"),
        (r"\bget-netnat\b|\bwinnat\b", rf"{_NOT}|\bempty\b|\bmissing\b"),
    ),
    Symptom(
        "Docker took a nat network that HNS had before it for its own",
        ("NAT017",),
        (r"\bnat\b", r"\bdocker\b", r"\bwrong\b|\bunexpected|\bforeign\b|\bnot mine\b", r"\bprefix|\bsubnet|\bnetwork"),
    ),
    Symptom(
        "names are known on nat and overlay networks only",
        ("DNS005", "DNS006"),
        (r"\bresolv|\bnames?\b|\bdns\b", r"\btransparent\b|\bl2bridge\b|container names?", _NOT),
    ),
    Symptom(
        "each nat network is separated from the others",
        ("NAT008",),
        (r"(?:two|other|another|between|second) nat\b", rf"{_NOT}|\breach|\bping"),
    ),
    Symptom(
        "small packets pass and large ones do not: the MTU of the containers is above that of the path",
        ("MTU005", "MTU001"),
        (
            r"\bdownloads?\b|\btls\b|\bhttps\b|\blarge\b",
            r"\bhangs?\b|\bstall|time[ds]? ?out|\bslow",
            r"\bcontainers?\b",
        ),
    ),
)


def complaints(reading: Reading) -> dict[str, Evidence]:
    """Return the rules that a complaint in plain words speaks of."""
    evidence: dict[str, Evidence] = {}
    if len(reading.plain) > MOST_CHARACTERS:
        return evidence
    for symptom in SYMPTOMS:
        if not all(re.search(word, reading.plain) for word in symptom.words):
            continue
        for place, rule in enumerate(symptom.rules):
            score = _SCORE - _PER_RULE * place
            if rule not in evidence or evidence[rule].score < score:
                evidence[rule] = Evidence(score, f"The text reads as if {symptom.says}.")
    return evidence
