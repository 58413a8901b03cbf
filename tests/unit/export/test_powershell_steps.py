from __future__ import annotations

from dataclasses import dataclass

import pytest

from designer.errors import ExportError
from designer.export.plan import plan
from designer.export.powershell_steps import step
from designer.export.script import Statement
from designer.export.statements import Remark
from designer.model.hosts import Host
from designer.model.identity import EntityId
from tests.unit.export.designs import DESIGNS


@pytest.mark.parametrize("name", DESIGNS)
def test_every_statement_and_its_inverse_can_be_written(name: str) -> None:
    topology = DESIGNS[name]()
    for host in topology.of(Host):
        script = plan(topology, host.id)
        for statement in (*script.statements, *script.teardown()):
            assert bool(step(statement)) is not isinstance(statement, Remark)


def test_a_statement_without_words_is_refused() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Dance(Statement):
        """Something that no script does."""

    with pytest.raises(ExportError, match="no words for Dance"):
        step(Dance(element=EntityId("x"), reason="why"))
