"""The page of a rule as the window shows it: beside the list of problems, and where an error message is explained."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from designer.rules.pages import CAUGHT, link_of, releases_of, sentence
from designer.rules.registry import FixClass, Rule

if TYPE_CHECKING:
    from designer.drawing.theme import Theme

WHY = "why"
"""The anchor at which the explanation of the rule begins."""
_FIX_WORDS = {
    FixClass.QUICK: "The quick fix is safe.",
    FixClass.SCRIPT: "A step on the host can mend it, after your consent.",
    FixClass.MANUAL: "You decide how to mend it.",
    FixClass.NONE: "Nothing has to be done.",
}


def rule_page(rule: Rule, theme: Theme) -> str:
    """Return why a rule is one, what breaks it and what keeps it, and where that is written down."""
    muted = f"color:{theme.muted}"
    sources = "".join(f"<li>{_source(source, theme)}</li>" for source in rule.sources)
    return (
        f"<a name='{WHY}'></a>"
        f"<p><span style='font-weight:600'>{escape(rule.title)}</span><br>"
        f"<span style='{muted}'>{rule.id} · {rule.severity.value} · {escape(releases_of(rule))}</span></p>"
        f"<p>{escape(sentence(rule.why))}</p>"
        f"<p><span style='{muted}'>Cannot work</span><br>{escape(sentence(rule.bad))}</p>"
        f"<p><span style='{muted}'>Works</span><br>{escape(sentence(rule.good))}</p>"
        f"{_undecided(rule, theme)}"
        f"<p style='{muted}'>{_FIX_WORDS[rule.fix_class]}</p>"
        f"<p style='{muted}'>Sources</p><ul style='{muted}'>{sources}</ul>"
    )


def _undecided(rule: Rule, theme: Theme) -> str:
    if rule.decidable:
        return ""
    caught = "".join(f"<br>Caught {escape(place)}." for place in CAUGHT.get(rule.id, ()))
    head = f"<span style='color:{theme.muted}'>Not decided from a design</span>"
    return f"<p>{head}<br>{escape(sentence(rule.reason))}{caught}</p>"


def _source(source: str, theme: Theme) -> str:
    link = link_of(source)
    return f"<a href='{escape(link)}' style='color:{theme.accent}'>{escape(source)}</a>" if link else escape(source)
