from __future__ import annotations

from designer.export.functions_checks import FUNCTIONS
from designer.export.plan import plan
from designer.export.powershell_checks import checks
from designer.export.preflight_rules import CHECKS, EXPLAINED
from designer.rules.catalogue import catalogue
from designer.rules.registry import RULES
from tests.unit.export.designs import HOST, policies


def test_every_rule_that_no_design_shows_is_asked_by_the_script_or_explained() -> None:
    undecidable = {rule.id for rule in catalogue() if not rule.decidable}

    assert undecidable <= CHECKS.keys() | EXPLAINED.keys()
    assert EXPLAINED.keys() <= undecidable
    assert not CHECKS.keys() & EXPLAINED.keys()
    assert CHECKS.keys() <= RULES.keys()


def test_the_message_names_the_rule() -> None:
    asked = [line for statement in plan(policies(), HOST).statements for line in checks(statement, "")]
    given = {"HOT001", "HOT002", "HOT003", "LBL011"}  # ids that the pre-flight hands to the function

    assert any("'LBL011'" in line for line in asked)
    assert {rule for rule, function in CHECKS.items() if rule not in FUNCTIONS[function]} == given
