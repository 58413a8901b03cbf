from __future__ import annotations

import pytest

from designer.export.plan import plan
from designer.export.script import Statement
from designer.export.statements import CreateContainer, CreateNetwork, MergeDaemonSettings, StartContainer
from tests.unit.export.designs import DESIGNS, HOST, engine


@pytest.mark.parametrize("name", [name for name in DESIGNS if name != "second-manager"])
def test_equal_designs_give_equal_statements(name: str) -> None:
    assert plan(DESIGNS[name](), HOST) == plan(DESIGNS[name](), HOST)


def test_what_creates_something_has_an_inverse_for_the_same_element() -> None:
    for statement in plan(engine(), HOST).statements:
        if isinstance(statement, CreateNetwork | CreateContainer | MergeDaemonSettings):
            assert isinstance(statement.inverse, Statement)
            assert statement.inverse.element == statement.element


def test_a_started_container_goes_with_its_container() -> None:
    start = next(each for each in plan(engine(), HOST).statements if isinstance(each, StartContainer))

    assert start.inverse is None


def test_a_network_that_moves_an_adapter_is_as_risky_to_remove() -> None:
    for statement in plan(engine(), HOST).statements:
        if isinstance(statement, CreateNetwork):
            assert statement.inverse.risk is statement.risk
