"""The answer to “may I put this here, may I join these?”."""

from __future__ import annotations

from dataclasses import dataclass

from designer.model.changes import ChangeSet
from designer.model.entities import AnyLink
from designer.model.identity import EntityId


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something can be placed or joined.

    Attributes:
        code: the id of the rule that speaks, or a stable word such as ``nesting``.
        reason: a plain sentence with names; empty when all is well.
        warning: it is allowed, but a rule will have something to say.
        fix: a change that does what was probably meant, when it is refused.
        link: the kind of link that joins the two.
        source: the end that the link starts at.
        target: the end that the link leads to.
    """

    ok: bool
    code: str = ""
    reason: str = ""
    warning: bool = False
    fix: ChangeSet | None = None
    link: type[AnyLink] | None = None
    source: EntityId | None = None
    target: EntityId | None = None


YES = Verdict(ok=True)


def no(code: str, reason: str, fix: ChangeSet | None = None) -> Verdict:
    """Return a refusal."""
    return Verdict(ok=False, code=code, reason=reason, fix=fix)


def careful(code: str, reason: str) -> Verdict:
    """Return a permission with a warning."""
    return Verdict(ok=True, code=code, reason=reason, warning=True)
