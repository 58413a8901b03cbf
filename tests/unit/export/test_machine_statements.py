from __future__ import annotations

from designer.export.machine_statements import (
    EnableIPv6,
    InstallFeature,
    RemoveFeature,
    RemoveForeignNat,
    RemoveStartTask,
    RestoreForeignNat,
    RestoreIPv6,
    RunAtStart,
)
from designer.model.identity import EntityId

HOST = EntityId("host-1")


def test_each_step_is_undone_in_its_own_section() -> None:
    steps = (
        InstallFeature(element=HOST, reason="x", name="Hyper-V", server=True),
        EnableIPv6(element=HOST, reason="x"),
        RemoveForeignNat(element=HOST, reason="x", name="n"),
        RunAtStart(element=HOST, reason="x", task="t"),
    )

    assert [type(step.inverse) for step in steps] == [RemoveFeature, RestoreIPv6, RestoreForeignNat, RemoveStartTask]
    assert [step.inverse.section for step in steps] == [step.section for step in steps]
