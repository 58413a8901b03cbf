"""The two tables of modes, as the rules answer: at a glance, and by mode and release."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from designer.explaining.probes import PROBES, Answer, Probe, answers
from designer.model.modes import COLUMNS, MODES
from designer.model.networks import NetworkMode
from designer.model.releases import RELEASES, OsRelease
from designer.rules.catalogue import rule_of
from designer.rules.pages import anchor

Answers = tuple[Answer, ...]
Table = Mapping[str, Mapping[NetworkMode, Answers]]

NOT_ASKED = "–"


def table(probes: Sequence[Probe] = PROBES) -> Table:
    """Ask the rules everything: feature, mode, and an answer for each release that has a column."""
    return {probe.feature: {mode: answers(probe, mode) for mode in probe.modes} for probe in probes}


def column(release: OsRelease) -> str:
    """Return the short name of a release, as it stands above a column."""
    return RELEASES[release].title.rpartition(" ")[2]


def at_a_glance(found: Answers) -> str:
    """Return the answers for all releases in a few words: “yes”, “from 1709”, “until 1803”, “not on 2016, 2019”."""
    if len(set(found)) == 1:
        return found[0].value
    good = [answer is not Answer.NO for answer in found]
    if set(good) == {True}:
        limited = [column(release) for release, answer in zip(COLUMNS, found, strict=True) if answer is Answer.LIMITED]
        return f"yes, limited on {', '.join(limited)}"
    word = "" if Answer.YES in found else "limited "
    first, last = good.index(True), len(good) - 1 - good[::-1].index(True)
    if all(good[first:]):
        return f"{word}from {column(COLUMNS[first])}"
    if all(good[: last + 1]):
        return f"{word}until {column(COLUMNS[last])}"
    return f"{word}not on {', '.join(column(release) for release, ok in zip(COLUMNS, good, strict=True) if not ok)}"


def as_markdown(probes: Sequence[Probe] = PROBES) -> str:
    """Return both tables as a page of the reference."""
    found = table(probes)
    return "\n".join([*_head(), *_glance(found, probes), *_by_release(found)]) + "\n"


def _head() -> Iterator[str]:
    yield "# Modes"
    yield ""
    yield (
        "What each mode of a container network can do, as the rules say it: for each cell a small design that uses the "
        "feature was judged, on each release. This page is made by `designer rules --modes`."
    )
    yield ""
    yield (
        "“yes” means that no rule speaks against it, “no” that one does (or that the option is ignored), “limited” "
        f"that it works with a limit that the rule tells. {NOT_ASKED} stands where the question makes no sense. "
        "Windows 10 and 11 and the releases without a column take the answers of the nearest older server."
    )
    yield ""
    yield "## At a glance"
    yield ""


def _glance(found: Table, probes: Sequence[Probe]) -> Iterator[str]:
    yield _row(("", *(mode.value for mode in NetworkMode), "Rules"))
    yield _row(("---",) * (len(NetworkMode) + 2))
    for probe in probes:
        cells = (_cell(found[probe.feature], mode) for mode in NetworkMode)
        rules = ", ".join(_link(rule_id) for rule_id in (*probe.refused_by, *probe.limited_by))
        yield _row((probe.feature, *cells, rules))
    yield ""
    yield (
        "A container without a network (`none`) has no endpoint: nothing can be published, resolved or reached, and "
        "only its own loopback answers."
    )
    yield ""


def _cell(answers_of: Mapping[NetworkMode, Answers], mode: NetworkMode) -> str:
    return at_a_glance(answers_of[mode]) if mode in answers_of else NOT_ASKED


def _link(rule_id: str) -> str:
    return f"[{rule_id}](rules.md#{anchor(rule_of(rule_id))})"


def _by_release(found: Table) -> Iterator[str]:
    yield "## By mode and release"
    for mode in NetworkMode:
        yield ""
        yield f"### {MODES[mode].title} ({mode.value})"
        yield ""
        yield _row(("", *(column(release) for release in COLUMNS)))
        yield _row(("---",) * (len(COLUMNS) + 1))
        for feature, answers_of in found.items():
            if mode in answers_of:
                yield _row((feature, *(answer.value for answer in answers_of[mode])))


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
