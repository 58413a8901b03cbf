from __future__ import annotations

from designer.export.plan import plan
from designer.export.removals import RemoveContainer, RemoveNetwork
from designer.export.script import Risk, Section, Statement
from designer.model.identity import EntityId
from tests.unit.export.designs import HOST, pods


def test_a_statement_has_no_inverse_of_its_own() -> None:
    assert Statement(element=EntityId("x"), reason="nothing").inverse is None


def test_a_statement_is_harmless_and_a_remark_unless_it_says_otherwise() -> None:
    statement = Statement(element=EntityId("x"), reason="nothing")

    assert (statement.risk, statement.section) == (Risk.NONE, Section.REMARKS)


def test_the_teardown_goes_backwards() -> None:
    removals = list(plan(pods(), HOST).teardown())

    kinds = [type(removal) for removal in removals]
    assert kinds == [RemoveContainer] * 5 + [RemoveNetwork]
