"""The pause of the cycle collector."""

from __future__ import annotations

import gc

import pytest

from designer.collector import collector_paused


@pytest.mark.parametrize("staying", [False, True])
def test_the_collector_rests_inside_and_runs_again_after(staying: bool) -> None:
    with collector_paused(staying=staying):
        assert not gc.isenabled()
        with collector_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_runs_again_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), collector_paused():
        raise ZeroDivisionError
    assert gc.isenabled()


def test_what_stays_is_old_at_once_and_still_collected_when_it_is_garbage() -> None:
    with collector_paused(staying=True):
        made: list[list[object]] = [[] for _ in range(100)]
    assert any(each is made for each in gc.get_objects(generation=2))
    assert gc.get_freeze_count() == 0


def test_a_program_without_collector_stays_so() -> None:
    gc.disable()
    try:
        with collector_paused(staying=True):
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
