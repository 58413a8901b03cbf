"""The page beside the list of problems: the finding in full, what its fix changes, and its rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from designer.export.consent import BY_HAND, IN_SCRIPT
from designer.model.topology import Topology
from designer.rules.consenting import can_consent, host_of_finding, is_consented
from designer.rules.registry import RULES, Judged
from designer.ui.docks.problem_rows import Heading, Problem
from designer.ui.inspector.change_preview import preview_html
from designer.ui.rule_page import rule_page

if TYPE_CHECKING:
    from designer.drawing.theme import Theme

GO = "go"
"""The link that leads to what a problem is about."""
_PARAGRAPH = "<p style='margin-top:0; margin-bottom:5px'>"
MOST_LISTED = 30


def page(topology: Topology, row: Problem | Heading | None, chosen: Sequence[Problem], theme: Theme) -> str:
    """Return the page of a row, or of several that are chosen."""
    if isinstance(row, Heading):
        rule = RULES.get(row.key)
        head = f"{_title(row.title)}<p style='color:{theme.muted}'>{escape(row.detail)}</p>"
        return head + (rule_page(rule, theme) if rule is not None else "")
    if len(chosen) > 1:
        return _page_of_many(chosen, theme)
    return _page_of_one(topology, row, theme) if row is not None else ""


def _page_of_one(topology: Topology, row: Problem, theme: Theme) -> str:
    parts = [_title(row.message)]
    if row.suppression is not None:
        scope = f"for {row.names}" if row.suppression.elements else "for the rule, everywhere in this design"
        author = f" ({escape(row.suppression.author)})" if row.suppression.author else ""
        parts.append(f"{_PARAGRAPH}Suppressed {escape(scope)}, because: {escape(row.suppression.reason)}{author}</p>")
    elif row.judged is not None:
        parts.append(_ways_out(topology, row.judged, theme))
    if row.judged is None:
        parts.append(f"{_PARAGRAPH}The finding is gone, so the suppression can be removed.</p>")
    if row.elements:
        names = f"<a href='{GO}' style='color:{theme.accent}'>{escape(row.names)}</a>"
        parts.append(f"{_PARAGRAPH}{names}</p>")
    rule = row.judged.rule if row.judged is not None else RULES.get(row.rule)
    return "".join(parts) + (rule_page(rule, theme) if rule is not None else "")


def _ways_out(topology: Topology, judged: Judged, theme: Theme) -> str:
    fix, rule = judged.finding.fix, judged.rule.id
    if fix is not None:
        return f"{_PARAGRAPH}<span style='color:{theme.muted}'>Fix:</span> {preview_html(topology, fix, theme)}</p>"
    text = ""
    host = host_of_finding(topology, judged.finding.elements)
    if is_consented(topology, judged):
        text = f"The script of {host.name if host is not None else 'the host'} does this step, as you agreed."
    elif can_consent(topology, judged):
        text = "A step on the machine mends this. The exported script runs it once you agree."
    elif rule in IN_SCRIPT:
        text = f"Every exported script does this: {IN_SCRIPT[rule]}."
    elif rule in BY_HAND:
        text = f"To be done by hand, {BY_HAND[rule]}."
    step = judged.finding.script_step
    code = f"<br><code>{escape(step)}</code>" if step else ""
    return f"<p style='color:{theme.muted}'>{escape(text)}{code}</p>" if text or code else ""


def _page_of_many(chosen: Sequence[Problem], theme: Theme) -> str:
    shown = "".join(f"{_PARAGRAPH}{escape(found.message)}</p>" for found in chosen[:MOST_LISTED])
    more = len(chosen) - MOST_LISTED
    rest = f"<p style='color:{theme.muted}'>and {more} more</p>" if more > 0 else ""
    return f"{_title(f'{len(chosen)} problems chosen')}{shown}{rest}"


def _title(text: str) -> str:
    return f"<p style='font-weight:600; margin-top:0; margin-bottom:5px'>{escape(text)}</p>"


def as_text(problems: Iterable[Problem]) -> str:
    """Return problems as lines to paste: severity, rule, message, elements, and why they are suppressed."""
    return "\n".join(_as_line(found) for found in problems)


def _as_line(found: Problem) -> str:
    names = f" ({found.names})" if found.names else ""
    reason = f" – suppressed: {found.suppression.reason}" if found.suppression is not None else ""
    if found.judged is None:
        return f"stale {found.rule}: {found.message}{reason}"
    return f"{found.judged.severity.value} {found.rule}: {found.message}{names}{reason}"
