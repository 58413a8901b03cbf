from __future__ import annotations

from designer.export.plan import plan
from designer.export.removals import RemoveContainer, RemoveNetwork
from designer.export.script import Risk, Section, Statement, builds_of
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.releases import OsRelease
from tests.unit.export.designs import HOST, design, pods


def test_a_statement_has_no_inverse_of_its_own() -> None:
    assert Statement(element=EntityId("x"), reason="nothing").inverse is None


def test_a_statement_is_harmless_and_a_remark_unless_it_says_otherwise() -> None:
    statement = Statement(element=EntityId("x"), reason="nothing")

    assert (statement.risk, statement.section) == (Risk.NONE, Section.REMARKS)


def test_the_teardown_goes_backwards() -> None:
    removals = list(plan(pods(), HOST).teardown())

    kinds = [type(removal) for removal in removals]
    assert kinds == [RemoveContainer] * 5 + [RemoveNetwork]


def test_a_server_has_one_build_and_a_client_a_range() -> None:
    assert builds_of(plan(pods(), HOST)) == (20348, 20348)
    client = plan(design(host=Host(id=HOST, name="H", os=OsRelease.WIN11)), HOST)
    assert builds_of(client) == (22000, 26200)
