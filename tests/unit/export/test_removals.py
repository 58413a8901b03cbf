from __future__ import annotations

from designer.export import removals
from designer.export.plan import plan
from designer.export.removals import RestoreDaemonSettings
from designer.export.script import Statement
from tests.unit.export.designs import HOST, engine


def test_a_removal_is_not_undone() -> None:
    for inverse in plan(engine(), HOST).teardown():
        assert inverse.inverse is None


def test_every_removal_is_a_statement() -> None:
    classes = [
        each for each in vars(removals).values() if isinstance(each, type) and each.__module__ == removals.__name__
    ]

    assert classes
    assert all(issubclass(each, Statement) for each in classes)


def test_the_daemon_file_comes_back_last() -> None:
    assert isinstance(list(plan(engine(), HOST).teardown())[-1], RestoreDaemonSettings)
