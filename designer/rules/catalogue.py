"""All rules: in order, and by id."""

from __future__ import annotations

from designer.errors import UnknownNameError
from designer.rules.registry import RULES, Rule


def catalogue() -> tuple[Rule, ...]:
    """Return all rules, sorted by id."""
    return tuple(RULES[rule_id] for rule_id in sorted(RULES))


def rule_of(rule_id: str) -> Rule:
    """Return the rule with an id, in capitals or not.

    Raises:
        UnknownNameError: there is none.
    """
    found = RULES.get(rule_id.upper())
    if found is None:
        raise UnknownNameError("rule", rule_id, RULES)
    return found
